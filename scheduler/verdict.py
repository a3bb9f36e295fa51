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

BROKEN_SHARE = 0.2
GONE_SHARE = 0.3
UNREADABLE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one address of the run: a status, or the name of a failure.

    `front`: the first page of a section. `known`: the page was live before this run. `unreadable`: a 200 of
    which no article could be read.
    """

    kind: PageKind
    status: int | None
    failure: str | None = None
    front: bool = False
    known: bool = False
    unreadable: bool = False

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
    articles = [a for a in answers if a.kind is PageKind.ARTICLE]
    read = [a for a in articles if a.known and a.status == 200]
    if len(read) >= FEW and _share(read, lambda a: a.unreadable) >= UNREADABLE_SHARE:
        lost = sum(a.unreadable for a in read)
        return Verdict.REDESIGNED, f"{lost} of {len(read)} articles looked at can no longer be read"
    known = [a for a in articles if a.known]
    gone = sum(a.gone for a in known)
    if gone >= FEW and gone / len(known) >= GONE_SHARE:
        return Verdict.DEGRADED, f"{gone} of {len(known)} known pages are suddenly not found"
    broken = [a for a in answers if not a.good and not a.gone and not _redirect(a)]
    if bad_lists or (len(broken) >= FEW and len(broken) / len(answers) >= BROKEN_SHARE):
        bad = broken or bad_lists
        return Verdict.DEGRADED, f"{len(bad)} of {len(answers)} addresses failed ({_causes(bad)})"
    return Verdict.HEALTHY, None


def _redirect(answer: Answer) -> bool:
    return answer.status is not None and 300 <= answer.status < 400


def _share(answers: list[Answer], holds: Callable[[Answer], bool]) -> float:
    return sum(map(holds, answers)) / len(answers)


def _causes(answers: list[Answer]) -> str:
    counted = Counter(a.cause for a in answers if not a.good).most_common(3)
    return ", ".join(f"{cause} {n}x" for cause, n in counted)
