"""The figures of a replay as one value."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.replay.gold import Marks
from benchmarks.replay.pairs import Pair, by_kind, by_sight
from benchmarks.replay.read import Elsewhere, Reading

WORST = 5  # pages of the gold that are named

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import brought.

    held: captures of the portal in the archive. captures: those stored. lists: of these, of list pages.
    pages: addresses of articles; articles: pages with a version. absent: how often the archive lacked an
    address of a day. answers: captures by status, other than 200. cpu: seconds, of all processes.
    """

    archive: str
    portal: str
    verdicts: Counts
    first: str
    last: str
    held: int
    captures: int
    lists: int
    pages: int
    articles: int
    versions: int
    absent: int
    answers: Counts
    failures: Counts
    changes: Counts
    cpu: float


@dataclass(frozen=True, slots=True)
class SightRow:
    """Pairs of which a reader sees the same sort of difference, by their digests and what was reported."""

    sight: str
    pairs: int
    same: int
    other: int
    reported: Counts


@dataclass(frozen=True, slots=True)
class OddPair:
    url: str
    before: datetime
    after: datetime
    wrong: str
    kinds: tuple[str, ...]
    reported: tuple[str, ...]
    gone: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Captures that are not always read alike, as `address at time`.

    again: in one process; elsewhere: in other processes; stored: beside the stored version. clocks: functions
    that told extraction the time.
    """

    captures: int
    rounds: int
    versions: int
    again: tuple[str, ...]
    elsewhere: tuple[str, ...]
    stored: tuple[str, ...]
    clocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of CPU a page."""

    median: float
    p95: float
    most: float


@dataclass(frozen=True, slots=True)
class Cost:
    """ratio: of the sums; worst_ratio: of the page that costs most beside its own bare parse."""

    extraction: Spread
    bare: Spread
    ratio: float
    worst_ratio: float
    worst: str


@dataclass(frozen=True, slots=True)
class FlawedPage:
    url: str
    at: datetime
    precision: float
    recall: float
    wrong: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Golden:
    pages: int
    f1: float
    ceiling: float
    precision: float
    recall: float
    titles: int
    published: Counts
    updated: Counts
    flawed: int
    worst: tuple[FlawedPage, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    imported: Imported
    pairs: tuple[SightRow, ...]
    kinds: Counts
    odd: tuple[OddPair, ...]
    steadiness: Steadiness
    cost: Cost | None
    gold: Golden | None
    format: str = "revisor.bench.replay/1"


def sight_rows(found: Sequence[Pair]) -> tuple[SightRow, ...]:
    """A row for each sort of difference, the least first."""
    return tuple(
        SightRow(
            sight.value,
            len(some),
            sum(p.same_digest for p in some),
            sum(not p.same_digest for p in some),
            by_kind(some),
        )
        for sight, some in by_sight(found)
    )


def odd_pair(pair: Pair) -> OddPair:
    return OddPair(
        pair.after.url,
        pair.before.at,
        pair.after.at,
        pair.wrong,
        tuple(kind.value for kind in pair.kinds),
        tuple(kind.value for kind in pair.reported),
        pair.difference.gone,
        pair.difference.came,
    )


def steadiness(
    articles: Sequence[Reading], elsewhere: Sequence[Elsewhere], stored: dict[int, str], rounds: int
) -> Steadiness:
    """stored: capture -> the digests with which its version was stored."""

    def those(wrong: Callable[[Reading], bool]) -> tuple[str, ...]:
        return tuple(f"{r.stored.url} at {r.stored.at:%Y-%m-%d %H:%M}" for r in articles if wrong(r))

    return Steadiness(
        captures=len(articles),
        rounds=rounds,
        versions=len(stored),
        again=those(lambda r: len(r.digests) > 1),
        elsewhere=those(lambda r: any(other.digests.get(r.stored.id) != r.digests[0] for other in elsewhere)),
        stored=those(lambda r: stored.get(r.stored.id, r.digests[0]) != r.digests[0]),
        clocks=tuple(sorted({clock for other in elsewhere for clock in other.clocks})),
    )


def cost(articles: Sequence[Reading]) -> Cost | None:
    """None where nothing was read."""
    if not articles:
        return None
    worst = max(articles, key=lambda r: r.cpu / r.bare)
    return Cost(
        extraction=_spread([r.cpu for r in articles]),
        bare=_spread([r.bare for r in articles]),
        ratio=sum(r.cpu for r in articles) / sum(r.bare for r in articles),
        worst_ratio=worst.cpu / worst.bare,
        worst=worst.stored.url,
    )


def _spread(seconds: Sequence[float]) -> Spread:
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Spread(1000 * statistics.median(seconds), 1000 * p95, 1000 * max(seconds))


def golden(marks: Marks) -> Golden:
    count = max(1, len(marks.pages))
    return Golden(
        pages=len(marks.pages),
        f1=marks.f1,
        ceiling=marks.ceiling,
        precision=sum(page.precision for page in marks.pages) / count,
        recall=sum(page.recall for page in marks.pages) / count,
        titles=sum(page.title for page in marks.pages),
        published=marks.verdicts("published"),
        updated=marks.verdicts("updated"),
        flawed=sum(page.flawed for page in marks.pages),
        worst=tuple(
            FlawedPage(p.gold.url, p.stored.at, p.precision, p.recall, p.wrong, p.missing, p.extra)
            for p in marks.worst(WORST)
        ),
        absent=marks.absent,
    )
