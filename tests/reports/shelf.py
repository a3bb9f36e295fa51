"""A store filled by hand: what each page was, run by run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from revisor.diff import compare, summarize
from revisor.model import Article, Kind, Page, PageState, Run, Verdict
from storage.records import NewChange, PageRecord, PendingCapture
from tests.storage.making import Scene, answer, new_version


class Shelf:
    """Runs of a portal an hour apart; the first records without a change."""

    def __init__(self, engine: Engine, portal: str = "harbour") -> None:
        self._scene = Scene(engine, portal)
        self.store = self._scene.store

    @property
    def next_run(self) -> datetime:
        return self._scene.at

    def run(self, pages: dict[str, Article | int], verdict: Verdict = Verdict.HEALTHY) -> Run:
        """One run: each page by name with its article, or with the status of an answer without one."""
        first = not self.store.runs(self._scene.portal, 1)
        fetches = [
            answer(name, status=page if isinstance(page, int) else 200, at=self._scene.at)
            for name, page in pages.items()
        ]
        run = self._scene.crawl(*fetches)
        for pending in self.store.pending(run.id):
            told = self._judged(pending, pages[pending.key.removeprefix("id:")], first=first)
            self.store.record(run, told, self._scene.now)
        return self._scene.finish(run, verdict)

    def _judged(self, pending: PendingCapture, page: Article | int, *, first: bool) -> PageRecord:
        known = self.store.page(pending.portal, pending.key)
        before = self.store.current_version(known) if known else None
        if isinstance(page, int):
            return (
                self._gone(pending, known) if known and page == 404 else PageRecord(pending.id, "HttpError")
            )
        if before and before.article == page:
            return PageRecord(pending.id, "unchanged", state=PageState.LIVE, seen=True)
        diff = compare(before.article, page) if before else None
        kinds = diff.kinds if diff else (Kind.NEW,)
        change = None if first else NewChange(kinds, page.title, summarize(kinds, diff), diff)
        versions = (new_version(pending.id, page),)
        return PageRecord(
            pending.id, "article", state=PageState.LIVE, versions=versions, change=change, seen=True
        )

    @staticmethod
    def _gone(pending: PendingCapture, page: Page) -> PageRecord:
        """Removed when it was not found a second time."""
        runs = page.missing_runs + 1
        change = NewChange((Kind.REMOVED,), page.title or "", "page removed", None) if runs == 2 else None
        return PageRecord(
            pending.id,
            "missing",
            state=PageState.REMOVED if runs >= 2 else PageState.MISSING,
            missing_runs=runs,
            missing_since=page.missing_since or pending.fetched_at,
            change=change,
        )
