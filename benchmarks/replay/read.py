"""Every stored capture of an article read again, several times: is it the same article, at what cost?

    python -m benchmarks.replay.read HOME PORTAL

Run so, in a process of its own, it prints the digests of each capture, and who asked for the time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from benchmarks.replay.visible import Visible, encoding_of, parse, visible
from revisor.config import Home
from revisor.digest import digests
from revisor.errors import ExtractionError
from revisor.model import Article, Capture, PageKind, Rules
from scheduler.derive import Readable, read
from scrapers.parsers.article import EXTRACTOR, extract
from scrapers.portal import Portal
from scrapers.portal_files import find_portal
from storage.database import open_database
from storage.store import Store

_CLOCKS = frozenset({"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime", "strftime"})
_ELSEWHERE = (("Etc/GMT+12", "1"), ("Pacific/Kiritimati", "2"))
"""Time zones 26 hours apart, where it is never the same day; and seeds for the order of sets."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored capture of a page. `day` is the portal's."""

    id: int
    run_id: int
    key: str
    url: str
    at: datetime
    day: str
    kind: PageKind
    status: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one capture is, seen and read.

    article: None with `error`, a name in `revisor.errors`. digests: how each reading of it named the article
    (or the error), the first first; more than one is a fault. cpu, bare: seconds of extraction and of a bare
    parse, the least of all rounds; 0.0 for lists, which are only looked at.
    """

    stored: Stored
    body: str
    seen: Visible
    article: Article | None = None
    error: str | None = None
    digests: tuple[str, ...] = ("",)
    cpu: float = 0.0
    bare: float = 0.0


class Elsewhere(msgspec.Struct, frozen=True):
    """What another process made of the captures: id -> digests; clocks: which functions told it the time."""

    digests: dict[int, str]
    clocks: list[str]


def stored_captures(store: Store, portal: Portal) -> Iterator[Stored]:
    """Everything stored of a portal's pages, in the order of its runs."""
    zone = ZoneInfo(portal.time_zone)
    for run in reversed(store.runs(portal.name, store.count_runs(portal.name))):
        for line in store.captures_of_run(run.id):
            if address := portal.identify(line.url):
                day = f"{line.fetched_at.astimezone(zone):%Y-%m-%d}"
                yield Stored(
                    line.id, run.id, address.key, line.url, line.fetched_at, day, address.kind, line.status
                )


def read_all(store: Store, portal: Portal, rounds: int) -> list[Reading]:
    """Every capture with status 200, looked at; those of articles also read, `rounds` times."""
    rules = portal.rules(EXTRACTOR)
    found = (one for one in stored_captures(store, portal) if one.status == 200)
    return [_reading(store.capture(one.id), one, portal, rules, rounds) for one in found]


def read_elsewhere(home: Path, portal: str) -> list[Elsewhere]:
    """The same captures read in processes that begin afresh, on two different days of the calendar."""
    found = []
    for zone, seed in _ELSEWHERE:
        command = [sys.executable, "-m", "benchmarks.replay.read", str(home), portal]
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
        found.append(msgspec.json.decode(done.stdout, type=Elsewhere))
    return found


def _reading(capture: Capture, stored: Stored, portal: Portal, rules: Rules, rounds: int) -> Reading:
    body = sha256(capture.body).hexdigest()
    encoding = portal.text.encoding or encoding_of(capture.body)
    if stored.kind is not PageKind.ARTICLE:
        return Reading(stored, body, visible(parse(capture.body, encoding)))
    url = portal.canonical(capture.url) or capture.url
    named: dict[str, None] = {}
    cpu, bare = [], []
    article: Article | None = None
    error: str | None = None
    for _ in range(rounds):
        start = time.process_time()
        try:
            article = extract(capture.body, capture.headers, url, rules).article
        except ExtractionError as failure:
            error = failure.name
        middle = time.process_time()
        root = parse(capture.body, encoding)
        bare.append(time.process_time() - middle)
        cpu.append(middle - start)
        named[_name(article, error)] = None
    return Reading(stored, body, visible(root), article, error, tuple(named), min(cpu), min(bare))


def _name(article: Article | None, error: str | None) -> str:
    if article is None:
        return error or ""
    both = digests(article)
    return f"{both.exact} {both.folded}"


class Listener:
    """Notes who tells the time while it listens; C functions that Python calls, not what C asks of itself."""

    def __init__(self) -> None:
        self.heard: set[str] = set()

    def __call__(self, _frame: object, event: str, called: Callable[..., object]) -> None:
        if event == "c_call" and called.__name__ in _CLOCKS:
            owner = getattr(called, "__self__", None)
            name = getattr(owner, "__name__", type(owner).__name__)
            if name in {"time", "date", "datetime"}:
                self.heard.add(f"{name}.{called.__name__}")


def _digests_here(store: Store, portal: Portal) -> Elsewhere:
    rules = portal.rules(EXTRACTOR)
    listener = Listener()
    found: dict[int, str] = {}
    for one in stored_captures(store, portal):
        if one.status == 200 and one.kind is PageKind.ARTICLE:
            capture = store.capture(one.id)
            sys.setprofile(listener)
            result = read(portal, capture, rules)
            sys.setprofile(None)
            article, error = (result.article, None) if isinstance(result, Readable) else (None, result.name)
            found[one.id] = _name(article, error)
    return Elsewhere(found, sorted(listener.heard))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("portal")
    wanted = parser.parse_args()
    engine = open_database(Home(wanted.home).database, create=False)
    try:
        found = _digests_here(Store(engine), find_portal(wanted.home, wanted.portal))
    finally:
        engine.dispose()
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
