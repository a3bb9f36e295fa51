"""From pending captures to versions, changes and page states: the second of the two steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from revisor.diff import compare, summarize
from revisor.diff.tokens import count_words
from revisor.errors import CrawlerCrashed, DatabaseDamaged, ExtractionError, RevisorError
from revisor.model import Capture, Diff, Kind, Page, PageKind, PageState, Rules, Run, Verdict, Version
from scheduler.derive import Readable, answer_error, list_error, read
from scheduler.verdict import Answer, judge
from scrapers.parsers.article import EXTRACTOR
from scrapers.portal import Portal
from scrapers.ports import Clock
from storage.records import MadeOf, NewChange, NewVersion, PageRecord, PendingCapture
from storage.store import Store

SUSPICIOUS = frozenset({Verdict.DOWN, Verdict.BLOCKED, Verdict.REDESIGNED})
"""Verdicts on runs whose pages are not taken at their word: what differs is kept, and not compared."""

UNREADABLE = (DatabaseDamaged, CrawlerCrashed)
"""What stops the reading of one capture, and must not stop that of all others."""

SAMPLE = 40
"""Articles read before the verdict, to see whether the portal can still be read at all."""


def _ignore(_: int) -> None:
    pass


class Recorder:
    """Judges one run, then records its pending captures, page by page; can be killed and started again.

    avoid: captures that are not read, since reading them ended an earlier process. on_read: told the capture
    that is about to be read.
    """

    def __init__(
        self,
        store: Store,
        portal: Portal,
        run: Run,
        avoid: frozenset[int] = frozenset(),
        on_read: Callable[[int], None] = _ignore,
    ) -> None:
        self._store = store
        self._portal = portal
        self._run = run
        self._avoid = avoid
        self._on_read = on_read
        self._rules: Rules = portal.rules(EXTRACTOR)
        self._read: dict[int, Readable | RevisorError] = {}

    def finish(self, clock: Clock, drained: str | None = None, written: Clock | None = None) -> Run:
        """Judge, record every pending capture, close the run; not before it began: an import's clock may lag.

        drained: why the crawl was cut short; it is kept where the verdict gives no reason of its own.
        written: the clock by which changes are written down, where it is another than that of the run.
        """
        self._store.save_rules(self._rules, clock.now())
        verdict, reason = self._run.verdict, self._run.reason
        if verdict is None:
            verdict, reason = judge(list(self._answers()), complete=self._run.complete)
            self._store.judge(self._run.id, verdict, reason or drained)
        for pending in self._pending():
            self._store.record(self._run, self._decide(pending, verdict), (written or clock).now())
        return self._store.finish_run(self._run.id, max(clock.now(), self._run.started_at))

    def _pending(self) -> Iterator[PendingCapture]:
        last = 0
        while batch := self._store.pending(self._run.id, after_id=last):
            yield from batch
            last = batch[-1].id

    def _answers(self) -> Iterator[Answer]:
        fronts = {address.key for address in self._portal.start()}
        for pending in self._pending():
            if pending.kind is PageKind.LIST and (error := self._list_error(pending)):
                yield Answer(pending.kind, None, error.name, front=pending.key in fronts)
                continue
            page = self._store.page(self._portal.name, pending.key)
            known = _is_known(page)
            unreadable, text = None, None
            if (
                known
                and pending.kind is PageKind.ARTICLE
                and pending.status == 200
                and len(self._read) < SAMPLE
            ):
                unreadable, text = self._look(pending, page)
            yield Answer(
                pending.kind,
                pending.status,
                front=pending.key in fronts,
                known=known,
                unreadable=unreadable,
                text=text,
            )
        for failure in self._store.failures(self._run.id, limit=10_000):
            address = self._portal.identify(failure.url)
            kind, key = (address.kind, address.key) if address else (PageKind.ARTICLE, failure.url)
            known = _is_known(self._store.page(self._portal.name, key))
            yield Answer(kind, None, failure.name, front=key in fronts, known=known)

    def _look(self, pending: PendingCapture, page: Page | None) -> tuple[bool, str | None]:
        """Whether an article can no longer be read; if it can and is not as it was, what names its text."""
        if self._is_current(pending, page):
            return False, None
        derived = self._derive(pending)
        return (False, derived.digests.folded) if isinstance(derived, Readable) else (True, None)

    def _derive(self, pending: PendingCapture) -> Readable | RevisorError:
        """What the capture's bytes say. A body that is damaged in the store must not stop all others."""
        if pending.id not in self._read:
            try:
                self._read[pending.id] = read(self._portal, self._capture(pending.id), self._rules)
            except UNREADABLE as error:
                self._read[pending.id] = error
        return self._read[pending.id]

    def _capture(self, capture_id: int) -> Capture:
        """What is to be parsed now. Raises DatabaseDamaged, and CrawlerCrashed where it is to be avoided."""
        if capture_id in self._avoid:
            raise CrawlerCrashed("reading it ended the process, twice")
        self._on_read(capture_id)
        return self._store.capture(capture_id)

    def _list_error(self, pending: PendingCapture) -> RevisorError | None:
        if pending.status != 200:
            return None
        try:
            return list_error(self._capture(pending.id))
        except UNREADABLE as error:
            return error

    def _answer_error(self, pending: PendingCapture) -> RevisorError | None:
        try:
            return answer_error(self._portal, self._capture(pending.id))
        except UNREADABLE as error:
            return error

    def _is_current(self, pending: PendingCapture, page: Page | None) -> bool:
        """Whether these are the bytes that the current version was made of, under the same rules."""
        if page is None or page.version_id is None:
            return False
        return self._store.made_of(page.version_id) == MadeOf(self._rules.rules_id, pending.body_digest)

    def _decide(self, pending: PendingCapture, verdict: Verdict) -> PageRecord:
        if pending.status in {404, 410}:
            return self._missing(pending, verdict)
        if pending.status not in {200, 304}:
            return _named(pending, self._answer_error(pending), "redirected")
        if pending.kind is PageKind.LIST:
            return _named(pending, self._list_error(pending), "list")
        page = self._store.page(self._portal.name, pending.key)
        if pending.status == 304 or self._is_current(pending, page):
            return self._seen(pending, page)
        if verdict in SUSPICIOUS:
            return PageRecord(pending.id, outcome="withheld", forget=True)
        derived = self._derive(pending)
        self._read.pop(pending.id, None)
        if not isinstance(derived, Readable):
            return self._unread(pending, page, derived)
        return self._article(pending, page, derived)

    @staticmethod
    def _unread(pending: PendingCapture, page: Page | None, error: RevisorError) -> PageRecord:
        """An answer that cannot be read proves that the page is there; next time it is asked for whole."""
        state = PageState.LIVE if page and page.state is PageState.MISSING else None
        return PageRecord(pending.id, outcome=error.name, note=error.message, state=state, forget=True)

    def _missing(self, pending: PendingCapture, verdict: Verdict) -> PageRecord:
        """A page that is not found: removed once several healthy runs have said so."""
        page = self._store.page(self._portal.name, pending.key)
        if page is None or page.state is PageState.REMOVED or verdict in SUSPICIOUS:
            return PageRecord(pending.id, outcome="missing")
        if page.missing_since and pending.fetched_at <= page.missing_since:  # the same answer, imported again
            return PageRecord(pending.id, outcome="missing")
        # A degraded run proves nothing, but what it missed is no news to the next: pages that stay gone are
        # counted then, however many they are.
        runs = page.missing_runs + (verdict is Verdict.HEALTHY)
        since = page.missing_since or pending.fetched_at
        change, state = None, PageState.MISSING
        if verdict is Verdict.HEALTHY and runs >= self._portal.scope.removal_runs:
            state = PageState.REMOVED
            summary = f"answers {pending.status}, found missing {runs} times since {since:%Y-%m-%d %H:%M} UTC"
            change = NewChange((Kind.REMOVED,), page.title or pending.url, summary, None)
        return PageRecord(
            pending.id, outcome="missing", state=state, missing_runs=runs, missing_since=since, change=change
        )

    def _seen(self, pending: PendingCapture, page: Page | None) -> PageRecord:
        """The page is as it was; one that had been removed is back."""
        if page is None:
            return PageRecord(pending.id, outcome="unchanged")
        change = None
        if page.state is PageState.REMOVED:
            change = NewChange((Kind.RESTORED,), page.title or pending.url, "back as it was", None)
        return PageRecord(pending.id, outcome="unchanged", state=PageState.LIVE, seen=True, change=change)

    def _article(self, pending: PendingCapture, page: Page | None, derived: Readable) -> PageRecord:
        after = NewVersion(pending.id, self._rules.rules_id, derived.digests, derived.article)
        before = self._store.current_version(page) if page else None
        if page is None or before is None:
            change = None if pending.baseline else self._appearance(derived)
            return PageRecord(
                pending.id,
                outcome="article",
                state=PageState.LIVE,
                seen=True,
                versions=(after,),
                change=change,
            )
        rebuilt = self._rebuild(before)
        base = rebuilt or NewVersion(before.capture_id, before.rules_id, before.digests, before.article)
        same = base.digests.exact == derived.digests.exact
        diff = None if same else compare(base.article, derived.article)
        versions = ((rebuilt,) if rebuilt else ()) + (() if same else (after,))
        return PageRecord(
            pending.id,
            outcome="unchanged" if same else "article",
            state=PageState.LIVE,
            seen=True,
            versions=versions,
            change=self._difference(page, derived, diff),
        )

    def _rebuild(self, before: Version) -> NewVersion | None:
        """The earlier capture read under today's rules, so that new rules alone never look like an edit.

        None where the rules are the same, or where the old capture cannot be read by the new ones or is
        damaged: then the two sides are compared as they are.
        """
        if before.rules_id == self._rules.rules_id:
            return None
        try:
            derived = read(self._portal, self._capture(before.capture_id), self._rules)
        except UNREADABLE:
            return None
        if isinstance(derived, ExtractionError):
            return None
        rules_id = self._rules.rules_id
        return NewVersion(before.capture_id, rules_id, derived.digests, derived.article, technical=True)

    @staticmethod
    def _appearance(derived: Readable) -> NewChange:
        article = derived.article
        words = sum(count_words(block.text) for block in article.blocks)
        dated = article.published or article.updated
        parts = [f"dated {dated[:10]}" if dated else "without a date", f"{words} words"]
        if article.figures:
            parts.append(f"{len(article.figures)} image{'s' if len(article.figures) > 1 else ''}")
        return NewChange((Kind.NEW,), article.title, ", ".join(parts), None)

    @staticmethod
    def _difference(page: Page, derived: Readable, diff: Diff | None) -> NewChange | None:
        kinds = diff.kinds if diff else ()
        dated = bool(derived.article.published or derived.article.updated)
        summary = summarize(kinds, diff, dated=dated) if diff and kinds else ""
        if page.state is PageState.REMOVED:
            kinds = (Kind.RESTORED, *kinds)
            summary = f"back, and changed: {summary}" if summary else "back as it was"
        if not kinds:
            return None
        return NewChange(kinds, derived.article.title, summary, diff)


def _is_known(page: Page | None) -> bool:
    """Whether a page was there, as far as was known before this run."""
    return page is not None and page.state is PageState.LIVE


def _named(pending: PendingCapture, error: RevisorError | None, otherwise: str) -> PageRecord:
    """A record of an answer that says nothing of a page: the error it amounts to, if any."""
    if error is None:
        return PageRecord(pending.id, outcome=otherwise)
    return PageRecord(pending.id, outcome=error.name, note=error.message)
