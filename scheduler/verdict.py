"""Judging a run as a whole, before any of its pages is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from revisor.model import PageKind, Verdict

BLOCKING_STATUS = {401, 403, 407, 429, 451}
BLOCKING_FAILURES = {"RobotsRefused"}

FEW = 5
"""Below this many pages a share says nothing."""

ALIKE = 3
"""So many known pages that all at once say the same show a notice, not themselves."""

BROKEN_SHARE = 0.2
GONE_SHARE = 0.3
UNREADABLE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one address of the run: a status, or the name of a failure.

    `front`: the first page of a section. `known`: the page was live before this run (one that is missing
    already is no news). `unreadable`: whether no article could be read of a 200; None where nobody looked.
    `text`: names what the article says now, where it changed.
    """

    kind: PageKind
    status: int | None
    failure: str | None = None
    front: bool = False
    known: bool = False
    unreadable: bool | None = None
    text: str | None = None

    @property
    def good(self) -> bool:
        return self.status in {200, 304}

    @property
    def blocked(self) -> bool:
        return self.status in BLOCKING_STATUS or self.failure in BLOCKING_FAILURES

    @property
    def gone(self) -> bool:
        return self.status in {404, 410}

    @property
    def redirected(self) -> bool:
        return self.status is not None and 300 <= self.status < 400 and self.status != 304

    @property
    def broken(self) -> bool:
        """A fault; not what the portal says on purpose (gone, moved, an article that robots may not read)."""
        refused = self.failure == "RobotsRefused" and not self.front
        return not (self.good or self.gone or self.redirected or refused)

    @property
    def cause(self) -> str:
        return self.failure or f"status {self.status}"


def judge(answers: list[Answer], *, complete: bool) -> tuple[Verdict, str | None]:
    """The verdict on a run and, unless it is healthy, the reason in one line.

    complete: the crawl was not stopped early. Only a healthy run may count a page as missing, so doubt goes
    against health.
    """
    if not answers:
        return (Verdict.DOWN, "nothing was fetched") if complete else (Verdict.DEGRADED, "stopped at once")
    good = [a for a in answers if a.good]
    if not good:
        verdict = Verdict.BLOCKED if _share(answers, lambda a: a.blocked) >= 0.5 else Verdict.DOWN
        return verdict, f"none of {len(answers)} addresses gave a page ({_causes(answers)})"
    lists = [a for a in answers if a.front]  # further pages of a pager come and go
    bad_lists = [a for a in lists if not a.good]
    if lists and len(bad_lists) == len(lists):
        verdict = Verdict.BLOCKED if all(a.blocked for a in lists) else Verdict.DOWN
        return verdict, f"no section could be read ({_causes(bad_lists)})"
    known = [a for a in answers if a.kind is PageKind.ARTICLE and a.known]
    looked_at = [a for a in known if a.unreadable is not None]
    lost = sum(bool(a.unreadable) for a in looked_at)
    if len(looked_at) >= FEW and lost / len(looked_at) >= UNREADABLE_SHARE:
        return Verdict.REDESIGNED, f"{lost} of {len(looked_at)} articles looked at can no longer be read"
    same = max(Counter(a.text for a in looked_at if a.text).values(), default=0)
    if same >= ALIKE and same * 2 >= len(looked_at):
        return Verdict.BLOCKED, f"{same} of {len(looked_at)} articles looked at suddenly say the same"
    for what, count in (
        ("not found", sum(a.gone for a in known)),
        ("redirected", sum(a.redirected for a in known)),
        ("failing", sum(a.broken for a in known)),
    ):
        if _many(count, len(known)):
            return Verdict.DEGRADED, f"{count} of {len(known)} known pages are suddenly {what}"
    broken = [a for a in answers if a.broken]
    if bad_lists or (len(broken) >= FEW and len(broken) / len(answers) >= BROKEN_SHARE):
        bad = broken or bad_lists
        return Verdict.DEGRADED, f"{len(bad)} of {len(answers)} addresses failed ({_causes(bad)})"
    return Verdict.HEALTHY, None


def _many(count: int, known: int) -> bool:
    """Whether so many known pages at once speak of the portal, not of the pages: all, or a large share."""
    return (count >= FEW and count / known >= GONE_SHARE) or count == known > 1


def _share(answers: list[Answer], holds: Callable[[Answer], bool]) -> float:
    return sum(map(holds, answers)) / len(answers)


def _causes(answers: list[Answer]) -> str:
    counted = Counter(a.cause for a in answers if not a.good).most_common(3)
    return ", ".join(f"{cause} {n}x" for cause, n in counted)
