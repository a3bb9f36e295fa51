"""Consecutive captures of one page: what a reader sees change, what the digests say, what was reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.replay.read import Reading, Stored
from benchmarks.replay.visible import Difference, Sight, Visible, compare, spread
from revisor import diff
from revisor.model import Kind, PageKind
from storage.store import Store

_NOT_TEXT = frozenset({Kind.IMAGE, Kind.ATTACHMENT})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two captures of one page, one after the other.

    kinds: how the two readings differ; empty also where one of them is no article. reported: the kinds of
    change that the product recorded with the later one. wrong: why somebody should look; empty where all
    three agree.
    """

    before: Stored
    after: Stored
    difference: Difference
    same_digest: bool
    kinds: tuple[Kind, ...]
    reported: tuple[Kind, ...]
    wrong: str = ""


Reported = Mapping[tuple[int, str], tuple[Kind, ...]]
"""Run and page -> kinds of the change that the product recorded."""


def pairs(readings: Sequence[Reading], reported: Reported) -> list[Pair]:
    """Every pair of consecutive captures of an article, by page."""
    histories: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.stored.kind is PageKind.ARTICLE:
            histories[reading.stored.key].append(reading)
    shared = _by_day(readings)
    return [
        _pair(a, b, (shared[a.stored.day], shared[b.stored.day]), reported)
        for history in histories.values()
        for a, b in pairwise(history)
    ]


def _by_day(readings: Iterable[Reading]) -> dict[str, Counter[str]]:
    """Day -> on how many pages of it a line stands; the last capture of a page on a day counts."""
    days: dict[str, dict[str, Visible]] = defaultdict(dict)
    for reading in readings:
        days[reading.stored.day][reading.stored.key] = reading.seen
    return {day: spread(pages) for day, pages in days.items()}


def reported_changes(store: Store, readings: Iterable[Reading]) -> Reported:
    """What the product recorded in the runs of these captures."""
    runs = {reading.stored.run_id for reading in readings}
    return {
        (run, change.page.key): change.kinds for run in sorted(runs) for change in store.changes_of_run(run)
    }


def _pair(a: Reading, b: Reading, shared: tuple[Counter[str], Counter[str]], reported: Reported) -> Pair:
    seen = Difference(Sight.BYTES) if a.body == b.body else compare(a.seen, b.seen, shared)
    same = a.digests[0] == b.digests[0]
    kinds = diff.compare(a.article, b.article).kinds if a.article and b.article and not same else ()
    told = reported.get((b.stored.run_id, b.stored.key), ())
    pair = Pair(a.stored, b.stored, seen, same, kinds, told)
    lost = next((f"not read: {r.error}" for r in (b, a) if r.error), "")
    return replace(pair, wrong=lost or _wrong(pair))


def _wrong(pair: Pair) -> str:
    sight = pair.difference.sight
    if pair.same_digest:
        if set(pair.reported) - {Kind.RESTORED}:
            return "the digests are the same, and yet a change was reported"
        return "lines of its own differ, the digests do not" if sight is Sight.OWN else ""
    images = pair.difference.addresses and _NOT_TEXT.issuperset(pair.kinds)
    if sight is not Sight.OWN and not images:
        return "the digests differ, though a reader sees no other article"
    return "" if pair.reported else "the digests differ, no change was reported"


def by_sight(found: Sequence[Pair]) -> Iterator[tuple[Sight, list[Pair]]]:
    """The pairs by what a reader sees differ, the least first."""
    for sight in Sight:
        yield sight, [pair for pair in found if pair.difference.sight is sight]


def by_kind(found: Iterable[Pair]) -> dict[str, int]:
    """Kind -> how many pairs it was reported of."""
    return dict(sorted(Counter(kind.value for pair in found for kind in pair.reported).items()))
