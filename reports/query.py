"""What the commands ask the store for, as frozen values; every figure that is shown comes from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from revisor.errors import NotFound
from revisor.model import Article, Change, Failure, Kind, Run, Verdict
from storage.queries import QUIET
from storage.records import ChangeFilter, PageHistory
from storage.store import Store

MAX_CHANGES = 1_000
MAX_TEXT = 32_000_000
"""A report holds at most so many changes, and so many characters of articles; the newest come first."""

MAX_CAPTURES = 1_000
MAX_RUNS = 10_000
RECENT_RUNS = 200
"""Runs that are looked at for portals whose file is no longer there."""


@dataclass(frozen=True, slots=True)
class PortalHealth:
    """How a portal was last looked at."""

    portal: str
    last_run: Run
    last_healthy: Run | None


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Changes, newest first, as rows; `total` counts all that the filter lets through."""

    changes: tuple[Change, ...]
    total: int
    portals: tuple[PortalHealth, ...]


@dataclass(frozen=True, slots=True)
class WholeChange:
    """A change with both versions and their difference.

    checks: how many answers of the page came between the last sight of the earlier state and the change;
    None when that is not known.
    """

    change: Change
    checks: int | None


@dataclass(frozen=True, slots=True)
class History:
    """Everything known of one page, with its changes, oldest first."""

    known: PageHistory
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class PortalPeriod:
    """What a portal did in the period: its runs, newest first, and how many changes they brought."""

    portal: str
    changes: int
    runs: tuple[Run, ...]
    last_healthy: Run | None

    @property
    def unhealthy(self) -> tuple[Run, ...]:
        """The runs whose verdict is another than healthy."""
        return tuple(run for run in self.runs if run.verdict not in {None, Verdict.HEALTHY})


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A period, since <= t < until. `total` counts all its changes, `changes` holds the newest of them whole.

    counts: changes by kind, the weightiest first; a change of two kinds counts in both.
    """

    since: datetime
    until: datetime
    portals: tuple[PortalPeriod, ...]
    changes: tuple[WholeChange, ...]
    total: int
    counts: tuple[KindCount, ...]


def list_changes(store: Store, wanted: ChangeFilter, limit: int, portals: Iterable[str]) -> ChangeList:
    """The newest `limit` changes that are wanted, and how each of the portals was last looked at."""
    stored = {run.portal for run in store.runs(None, RECENT_RUNS)}
    names = {wanted.portal} if wanted.portal else {*portals, *stored}
    return ChangeList(
        changes=tuple(store.changes(wanted, limit)),
        total=store.count_changes(wanted),
        portals=tuple(health for name in sorted(names) if (health := _health(store, name))),
    )


def failures_of(store: Store, run_id: int) -> tuple[Failure, ...]:
    """What failed in a run: fetches without an answer, then answers from which nothing could be made."""
    answers = (
        Failure(line.url, line.outcome or "", line.note, line.fetched_at, line.status)
        for line in store.captures_of_run(run_id)
        if line.note
    )
    return (*store.failures(run_id, limit=MAX_CHANGES), *answers)


def find_change(store: Store, change_id: int) -> WholeChange:
    """One change. Raises NotFound."""
    change = store.change(change_id)
    return WholeChange(change, _checks(store, change))


def find_history(store: Store, address: str, keys: Iterable[tuple[str, str]]) -> tuple[History, ...]:
    """The pages of an address, most often one.

    address: a URL or a page's key. keys: portal and key of what else the address may stand for.
    Raises NotFound.
    """
    pages = {page.id: page for page in store.page_by_url(address)}
    for portal, key in keys:
        if page := store.page(portal, key):
            pages[page.id] = page
    if not pages:
        raise NotFound(f'no page of "{address}" is stored', "`revisor changes` shows addresses that are")
    return tuple(
        History(store.history(page_id, MAX_CAPTURES), _changes_of(store, page_id))
        for page_id in sorted(pages)
    )


def report_period(store: Store, wanted: ChangeFilter, portals: Iterable[str]) -> PeriodReport:
    """A period's changes, whole, with the runs that saw them. `wanted` needs `since` and `until`."""
    if wanted.since is None or wanted.until is None:
        raise ValueError("a period needs its start and its end")
    total = store.count_changes(wanted)
    runs = [
        run for run in store.runs(wanted.portal, MAX_RUNS) if wanted.since <= run.started_at < wanted.until
    ]
    names = {wanted.portal} if wanted.portal else {*portals, *(run.portal for run in runs)}
    looked_at = (_period(store, wanted, name, runs) for name in sorted(names))
    return PeriodReport(
        since=wanted.since,
        until=wanted.until,
        portals=tuple(period for period in looked_at if period.runs or period.changes or wanted.portal),
        changes=_whole(store, wanted, total),
        total=total,
        counts=_counts(store, wanted),
    )


def _health(store: Store, portal: str) -> PortalHealth | None:
    runs = store.runs(portal, 1)
    return PortalHealth(portal, runs[0], store.last_healthy(portal)) if runs else None


def _checks(store: Store, change: Change) -> int | None:
    since = change.last_seen_before
    if since is None:
        return None
    known = store.history(change.page.id, MAX_CAPTURES)
    if known.capture_count > len(known.captures) and known.captures[0].fetched_at > since:
        return None
    return sum(since < capture.fetched_at < change.detected_at for capture in known.captures)


def _changes_of(store: Store, page_id: int) -> tuple[Change, ...]:
    wanted = ChangeFilter(page_id=page_id, include_cosmetic=True)
    return tuple(reversed(store.changes(wanted, store.count_changes(wanted))))


def _period(store: Store, wanted: ChangeFilter, portal: str, runs: list[Run]) -> PortalPeriod:
    return PortalPeriod(
        portal=portal,
        changes=store.count_changes(replace(wanted, portal=portal)),
        runs=tuple(run for run in runs if run.portal == portal),
        last_healthy=store.last_healthy(portal),
    )


def _whole(store: Store, wanted: ChangeFilter, total: int) -> tuple[WholeChange, ...]:
    whole: list[WholeChange] = []
    size = 0
    for row in store.changes(wanted, min(total, MAX_CHANGES)) if total else ():
        found = find_change(store, row.id)
        size += sum(_size(v.article) for v in (found.change.before, found.change.after) if v)
        if whole and size > MAX_TEXT:
            break
        whole.append(found)
    return tuple(whole)


def _size(article: Article) -> int:
    return len(article.title) + sum(len(block.text) for block in article.blocks)


def _counts(store: Store, wanted: ChangeFilter) -> tuple[KindCount, ...]:
    quiet = () if wanted.include_cosmetic else QUIET
    kinds = [kind for kind in Kind if kind in wanted.kinds or (not wanted.kinds and kind not in quiet)]
    counted = (KindCount(kind, store.count_changes(replace(wanted, kinds=(kind,)))) for kind in kinds)
    return tuple(entry for entry in counted if entry.count)
