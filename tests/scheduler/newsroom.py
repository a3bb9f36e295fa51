"""A portal whose answers a test writes by hand, recorded day by day without any network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from revisor.clock import FixedClock
from revisor.model import (
    Address,
    Capture,
    Change,
    Discovered,
    Failure,
    Fetch,
    FrontierEntry,
    PageKind,
    Run,
    Source,
    Trigger,
)
from scheduler.record import Recorder
from scrapers.portal import Portal, Scope, Section, Urls
from storage.captures import RunSink
from storage.database import open_database
from storage.frontier import RunFrontier
from storage.store import Store

PORTAL = Portal(
    name="test",
    base="https://news.example/",
    sections=(Section("News", "news.html"),),
    urls=Urls(article=(r"^/a(?P<id>\d+)\.htm$",)),
    scope=Scope(removal_runs=2),
)
DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def page(
    title: str = "Harbour tunnel opens to traffic",
    paragraphs: tuple[str, ...] = (
        "The city opened its new harbour tunnel on Monday after four years of work, the port office said.",
        "The tunnel is 2,150 metres long and shortens the way to the airport by 17 minutes, engineers said.",
        "Some 12,000 vehicles are expected to use it on an ordinary working day, according to the planners.",
    ),
    updated: str = "2026-03-01",
    noise: str = "",
) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><div class='q{noise}'><a href='/'>Home</a></div>"
        f"<div><h1>{title}</h1><span>Updated: {updated}</span>{body}</div>"
        f"<div>Copyright of the port office. Token {noise}</div></body></html>"
    ).encode()


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)


class Newsroom:
    """Plays runs of `PORTAL` against a store: each call of `run` is a crawl of the given answers."""

    def __init__(self, home: Path, portal: Portal = PORTAL) -> None:
        self.portal = portal
        self.engine = open_database(home / "revisor.db")
        self.store = Store(self.engine)
        self.now = START
        self.base = "https://news.example"

    def crawl(
        self,
        answers: Mapping[int, bytes | Answer],
        failures: dict[int, str] | None = None,
        *,
        complete: bool = True,
    ) -> Run:
        """The fetch half of a run: captures of articles by number, behind a list that links to them."""
        run = self.store.begin_run("test", f"slot {self.now}", Trigger.MANUAL, self.now)
        frontier, sink = RunFrontier(self.engine, run, 1000), RunSink(self.engine, run)
        section = self.portal.start()[0]
        found = [Discovered(self._address(n), Source.LIST, 1) for n in (*answers, *(failures or {}))]
        frontier.add([Discovered(section, Source.SECTION)])
        news = Capture(section.url, 200, (), b"<html><body>list</body></html>", self.now)
        sink.store(Fetch(FrontierEntry(section), news, tuple(found)))
        for number, answer in answers.items():
            made = answer if isinstance(answer, Answer) else Answer(body=answer)
            address = self._address(number)
            url = address.url.replace("https://news.example", self.base)
            capture = Capture(url, made.status, made.headers, made.body, self.now)
            sink.store(Fetch(FrontierEntry(address), capture))
        for number, name in (failures or {}).items():
            address = self._address(number)
            sink.fail(FrontierEntry(address), Failure(address.url, name, "it failed", self.now))
        return self.store.end_crawl(run.id, complete=complete)

    def record(self, run: Run, portal: Portal | None = None) -> Run:
        """The record half."""
        done = Recorder(self.store, portal or self.portal, run).finish(
            FixedClock(self.now + timedelta(minutes=5))
        )
        self.now += DAY
        return done

    def run(self, answers: Mapping[int, bytes | Answer], failures: dict[int, str] | None = None) -> Run:
        return self.record(self.crawl(answers, failures))

    def changes(self, run: Run) -> list[Change]:
        return self.store.changes_of_run(run.id)

    def kinds(self, run: Run) -> dict[str, tuple[str, ...]]:
        return {c.page.key: tuple(kind.value for kind in c.kinds) for c in self.changes(run)}

    def close(self) -> None:
        self.engine.dispose()

    def _address(self, number: int) -> Address:
        return Address(f"id:{number}", f"https://news.example/a{number}.htm", PageKind.ARTICLE, "News")
