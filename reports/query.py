"""What the commands ask the store for, as frozen values; every figure that is shown comes from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from revisor.diff import compare, summarize
from revisor.errors import NotFound
from revisor.model import Article, Change, Diff, Failure, Page, Run, Verdict, Version
from storage.records import ChangeFilter, ChangeOrder, KindCount, PageHistory
from storage.store import Store

MAX_CHANGES = 1_000
MAX_TEXT = 32_000_000
"""A report holds at most so many changes, and so many characters of articles; the newest come first."""

MAX_FEED = 50
MAX_CAPTURES = 1_000
MAX_RUNS = 10_000


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
    None when there was no earlier state.
    """

    change: Change
    checks: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a page and their difference, whose `kinds` say of what sort it is.

    summary: in a line. same_rules: both were read by the same rules; else some of what differs may be the
    rules' doing and not the page's.
    """

    page: Page
    before: Version
    after: Version
    diff: Diff
    summary: str
    same_rules: bool


@dataclass(frozen=True, slots=True)
class History:
    """Everything known of one page, with its changes, oldest first."""

    known: PageHistory
    changes: tuple[Change, ...]


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
    names = {wanted.portal} if wanted.portal else {*portals, *store.stored_portals()}
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


def compare_versions(store: Store, before_id: int, after_id: int) -> Comparison:
    """Any two versions of one page, in the order they are asked for.

    Raises NotFound when there is no such version, or they are of different pages; DatabaseDamaged.
    """
    before, after = store.version(before_id), store.version(after_id)
    if before.page_id != after.page_id:
        raise NotFound(
            f"versions {before_id} and {after_id} are of different pages",
            "compare two versions that `revisor history URL` lists for one page",
        )
    diff = compare(before.article, after.article)
    dated = bool(after.article.published or after.article.updated)
    return Comparison(
        page=store.page_by_id(before.page_id),
        before=before,
        after=after,
        diff=diff,
        summary=summarize(diff.kinds, diff, dated=dated),
        same_rules=before.rules_id == after.rules_id,
    )


def recently_recorded(store: Store, wanted: ChangeFilter) -> tuple[WholeChange, ...]:
    """The changes that were last written down, whole, the newest first: what a feed holds.

    Not by when they were seen, since what an import brings lies in the past and would be overlooked.
    """
    return _whole(store, store.changes(wanted, MAX_FEED, order=ChangeOrder.RECORDED))


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
        changes=_whole(store, store.changes(wanted, MAX_CHANGES)),
        total=total,
        counts=tuple(store.kind_counts(wanted)),
    )


def _health(store: Store, portal: str) -> PortalHealth | None:
    runs = store.runs(portal, 1)
    return PortalHealth(portal, runs[0], store.last_healthy(portal)) if runs else None


def _checks(store: Store, change: Change) -> int | None:
    since = change.last_seen_before
    if since is None:
        return None
    return store.checks_between(change.page, since, change.detected_at)


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


def _whole(store: Store, rows: Iterable[Change]) -> tuple[WholeChange, ...]:
    """The changes of a list, as many as have room."""
    whole: list[WholeChange] = []
    size = 0
    for row in rows:
        found = find_change(store, row.id)
        size += sum(_size(v.article) for v in (found.change.before, found.change.after) if v)
        if whole and size > MAX_TEXT:
            break
        whole.append(found)
    return tuple(whole)


def _size(article: Article) -> int:
    return len(article.title) + sum(len(block.text) for block in article.blocks)
