"""Scripts in titles, captions, addresses, notes and portal names: does any run in page, report or feed?"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from lxml import etree
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Error, Page

from benchmarks.shared.browser import EAR, POKE, Ear, chromium, listening
from benchmarks.xss.store import START, fill
from reports.runs import PortalLine
from reports.web.app import create_app
from reports.web.desk import Desk, PortalDue
from reports.web.server import WebServer
from revisor.clock import FixedClock
from revisor.config import WebSettings
from storage.database import open_database
from storage.store import Store

VECTORS = Path(__file__).parents[3] / "shared" / "security" / "xss_vectors.jsonl"
BATCH = 400
SHOWN = 20
CALLS = ("alert(", "confirm(", "prompt(", "print(", "dialog")


@dataclass
class Outcome:
    """What was looked at and what was heard there; `control`: vectors that ran on a page open to them."""

    looked_at: Counter[str] = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)
    control: int = 0
    tried: int = 0


@contextmanager
def open_page() -> Iterator[tuple[str, Callable[[str], None]]]:
    """A server without any protection, and the way to say what it serves: as the page's body."""
    shown = [""]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.path.startswith("/page")
            self.send_response(200 if wanted else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if wanted:
                whole = shown[0].startswith("<!doctype")
                text = shown[0] if whole else f"<!doctype html><body>{shown[0]}</body>"
                self.wfile.write(text.encode("utf-8", "replace"))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", lambda text: shown.__setitem__(0, text)
    finally:
        server.shutdown()
        server.server_close()


def control(browser: Browser, vectors: Sequence[str], outcome: Outcome) -> None:
    """Each vector on a page that is open to it: the same ear must hear many of them."""
    with open_page() as (url, show), browser.new_context() as context:
        context.add_init_script(EAR)
        own = url + "page"
        page, ear = listening(context, own)
        for vector in vectors:
            show(vector)
            outcome.tried += 1
            outcome.control += any(what.startswith(CALLS) for what in _poked(page, ear))
            if page.is_closed() or page.url != own or len(context.pages) > 1:
                for opened in context.pages:
                    opened.close()
                page, ear = listening(context, own)


def _poked(page: Page, ear: Ear) -> list[str]:
    """What is heard of an open page on which everything was clicked that can be."""
    with suppress(Error):  # it leads away, or never ends to load
        page.goto(ear.own, timeout=3_000)
    with suppress(Error):
        page.evaluate(POKE)
        page.wait_for_timeout(10)
    return [] if page.is_closed() else ear.listen(page, whole=False)


def look(browser: Browser, base: str, paths: Sequence[str], outcome: Outcome) -> None:
    """Open pages of the desk and note everything that is heard."""
    with browser.new_context() as context:
        context.add_init_script(EAR)
        page, ear = listening(context, base)
        for path in paths:
            answer = page.goto(base + path)
            if answer is None or answer.status != 200:
                outcome.heard.append(f"{path}: status {answer and answer.status}")
            outcome.looked_at[path.split("?")[0].split("/")[0] or "today"] += 1
            outcome.heard += [f"{path}: {what}" for what in ear.listen(page)]


def look_at_texts(browser: Browser, texts: dict[str, list[str]], outcome: Outcome) -> None:
    """What leaves the desk, shown by the laxest reader there is: as the body of a page without protection."""
    with open_page() as (url, show), browser.new_context() as context:
        context.add_init_script(EAR)
        page, ear = listening(context, url + "page")
        for name, parts in texts.items():
            for part in parts:
                show(part)
                page.goto(url + "page")
                outcome.looked_at[name] += 1
                outcome.heard += [f"{name}: {what}" for what in ear.listen(page)]


def outgoing(base: str) -> dict[str, list[str]]:
    """Feed entries, the report, and the Markdown report by a renderer that lets raw HTML through, as HTML."""
    import httpx  # noqa: PLC0415 -- only here

    feed = etree.fromstring(httpx.get(f"{base}feed.atom?all=1", timeout=120).content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = [
        (element.text or "") if element.get("type") == "html" else _escaped(element.text or "")
        for element in feed.iter(f"{atom}content", f"{atom}summary", f"{atom}title")
    ]
    query = f"since={START:%Y-%m-%d}&until={START + timedelta(days=2):%Y-%m-%d}&all=1"
    markdown = httpx.get(f"{base}report.md?{query}", timeout=120).text
    report = httpx.get(f"{base}report.html?{query}", timeout=120).text
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    return {"feed": entries, "markdown": [rendered], "report file": [report]}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def paths_of(changes: Sequence[int], store: Store) -> list[str]:
    """Every page on which something of these changes stands."""
    lists = ["", "portals", "report", "about"]
    lists += [f"changes?all=1&state=all&page={number + 1}" for number in range((len(changes) + 49) // 50)]
    lists += [f"runs?page={number + 1}" for number in range((2 * len(changes) + 49) // 50)]
    each: list[str] = []
    for index, number in enumerate(changes):
        change = store.change(number)
        if change.before is None or change.after is None:
            raise SystemExit(f"change {number} lacks a version")
        each.append(f"changes/{number}" + ("?view=side" if index % 2 else ""))
        each.append(
            (
                f"pages/{change.page.id}",
                f"runs/{change.run_id}",
                f"versions/{change.after.id}",
                f"captures/{change.after.capture_id}",
                f"compare/{change.before.id}/{change.after.id}",
            )[index % 5]
        )
    return lists + each


def campaign(browser: Browser, vectors: Sequence[str]) -> Outcome:
    """All vectors in all places, batch after batch, each batch in a home of its own; then the control."""
    outcome = Outcome()
    shared_memory = Path("/dev/shm")  # noqa: S108 -- a store that nobody keeps need not reach a disk
    for start in range(0, len(vectors), BATCH):
        batch = vectors[start : start + BATCH]
        with tempfile.TemporaryDirectory(dir=shared_memory if shared_memory.is_dir() else None) as folder:
            _batch(browser, Path(folder), batch, outcome)
        print(f"{start + len(batch)} vectors, {len(outcome.heard)} heard", file=sys.stderr, flush=True)
    control(browser, vectors, outcome)
    return outcome


def _batch(browser: Browser, folder: Path, vectors: Sequence[str], outcome: Outcome) -> None:
    engine = open_database(folder / "revisor.db")
    try:
        store = Store(engine)
        changes = [fill(engine, vector, number) for number, vector in enumerate(vectors)]
        lines = tuple(
            PortalDue(PortalLine(v, v, v, v, v, error=v if index % 2 else None), START)
            for index, v in enumerate(vectors)
        )
        web = WebSettings(port=0)
        desk = Desk(store, lambda: lines, FixedClock(START + timedelta(hours=4)), web)
        with WebServer(create_app(desk), web) as server:
            look(browser, server.url, paths_of(changes, store), outcome)
            look_at_texts(browser, outgoing(server.url), outcome)
    finally:
        engine.dispose()


def vectors_of(path: Path) -> list[str]:
    """The vectors of a file with a JSON object per line, its text under `v`."""
    lines = path.read_text("utf-8").splitlines()
    return [json.loads(line)["v"] for line in lines if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench xss", description=__doc__)
    parser.add_argument("--vectors", type=Path, default=VECTORS, help="a file with one JSON object a line")
    parser.add_argument("--every", type=int, default=1, help="only every n-th vector")
    wanted = parser.parse_args()
    with chromium() as browser:
        outcome = campaign(browser, vectors_of(wanted.vectors)[:: wanted.every])
    for what in outcome.heard[:SHOWN]:
        print(unescape(what))
    places = ", ".join(f"{count} {name}" for name, count in outcome.looked_at.most_common())
    print(f"looked at: {places}")
    print(f"control: {outcome.control} of {outcome.tried} vectors ran on a page that is open to them")
    print(f"heard on the desk's own pages: {len(outcome.heard)}")
    sys.exit(bool(outcome.heard) or not outcome.control)
