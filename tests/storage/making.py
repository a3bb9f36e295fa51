"""Values that the tests of the store are fed with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from revisor.digest import digests
from revisor.model import (
    Address,
    Article,
    Block,
    BlockKind,
    Capture,
    Diff,
    Discovered,
    Fetch,
    FrontierEntry,
    Headers,
    Kind,
    PageKind,
    PageState,
    Rules,
    Run,
    Source,
    Trigger,
    Verdict,
)
from storage.captures import RunSink
from storage.database import reading
from storage.frontier import RunFrontier
from storage.records import NewChange, NewVersion, PageRecord, PendingCapture
from storage.schema import metadata
from storage.store import Store

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = Rules("rules-1", "1")


def address(name: str, kind: PageKind = PageKind.ARTICLE, section: str | None = None) -> Address:
    return Address(f"id:{name}", f"https://news.example/{name}.htm", kind, section)


def found(
    name: str, kind: PageKind = PageKind.ARTICLE, section: str | None = None, depth: int = 1
) -> Discovered:
    return Discovered(address(name, kind, section), Source.LIST, depth)


def answer(
    name: str = "a",
    *,
    status: int = 200,
    body: bytes = b"<p>text</p>",
    headers: Headers = (("Content-Type", "text/html"),),
    at: datetime = START,
    section: str | None = None,
    discovered: tuple[Discovered, ...] = (),
) -> Fetch:
    of = address(name, section=section)
    return Fetch(FrontierEntry(of), Capture(of.url, status, headers, body, at), discovered)


def article(title: str = "Tunnel opens", *paragraphs: str) -> Article:
    texts = paragraphs or ("The city opened its tunnel on Monday.",)
    return Article(title, tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))


def new_version(capture_id: int, of: Article | None = None, rules_id: str = RULES.rules_id) -> NewVersion:
    of = of or article()
    return NewVersion(capture_id, rules_id, digests(of), of)


def change(*kinds: Kind, title: str = "Tunnel opens", summary: str = "words") -> NewChange:
    return NewChange(kinds or (Kind.NEW,), title, summary, Diff(kinds or (Kind.NEW,)))


def live(capture_id: int, of: Article | None = None, told: NewChange | None = None) -> PageRecord:
    """A record that brings a new version."""
    versions = (new_version(capture_id, of),)
    return PageRecord(capture_id, "article", state=PageState.LIVE, versions=versions, change=told, seen=True)


class Scene:
    """Runs of one portal, played against a store; each starts an hour after the one before."""

    def __init__(self, engine: Engine, portal: str = "test") -> None:
        self.engine = engine
        self.store = Store(engine)
        self.portal = portal
        self.now = START - HOUR
        self.store.save_rules(RULES, START)

    def begin(self) -> Run:
        self.now += HOUR
        return self.store.begin_run(self.portal, f"slot {self.now}", Trigger.MANUAL, self.now)

    def crawl(self, *fetches: Fetch) -> Run:
        """A run whose captures wait to be recorded; every fetch must be made at `now`, see `at`."""
        run = self.begin()
        sink = RunSink(self.engine, run)
        RunFrontier(self.engine, run).add(Discovered(fetch.entry.address, Source.LIST) for fetch in fetches)
        for fetch in fetches:
            sink.store(fetch)
        return self.store.end_crawl(run.id, complete=True)

    @property
    def at(self) -> datetime:
        """When the next run will fetch."""
        return self.now + HOUR

    def finish(self, run: Run, verdict: Verdict = Verdict.HEALTHY) -> Run:
        self.store.judge(run.id, verdict, None)
        return self.store.finish_run(run.id, self.now)

    def only(self, run: Run) -> PendingCapture:
        """The one capture that waits."""
        (pending,) = self.store.pending(run.id)
        return pending


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored."""
    with reading(engine) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
