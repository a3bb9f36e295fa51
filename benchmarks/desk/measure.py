"""The review page over a full store: server time of each kind of page, its weight, and what it fetches."""

from __future__ import annotations

import argparse
import http.client
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote, urljoin, urlsplit

from benchmarks.desk.store import fill
from storage.database import open_database
from storage.store import Store

REVISOR = [sys.executable, "-u", "-c", "from commands.main import main; main()"]
_ASSET = re.compile(r'<(?:link|script|img|iframe|source)\b[^>]*?\b(?:href|src)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds from request to the last byte of the answer, and the answer's size in bytes."""

    name: str
    milliseconds: tuple[float, ...]
    size: int

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def paths(home: Path, rng: Random, rounds: int) -> dict[str, list[str]]:
    """Addresses of each kind of page, drawn from what the store holds."""
    with closing(sqlite3.connect(home / "revisor.db")) as database:

        def drawn(query: str) -> list[tuple[str, ...]]:
            rows = database.execute(query).fetchall()
            return [rng.choice(rows) for _ in range(rounds)]

        changes = drawn("select id from change")
        pairs = drawn("select before_version, after_version from change where before_version < after_version")
        portals = drawn("select distinct portal from page")
        kinds = drawn("select distinct kind from change_kind")
        pages = drawn("select id from page")
        runs = drawn("select id from run")
        captures = drawn("select id from capture where body_digest is not null")
        words = [title.split()[0] for (title,) in drawn("select title from change")]
    return {
        "today": ["/"] * rounds,
        "changes": [f"/changes?state=all&page={rng.randint(1, 40)}" for _ in range(rounds)],
        "changes, filtered": [
            f"/changes?portal={p}&kind={k}&state=open" for (p,), (k,) in zip(portals, kinds, strict=True)
        ],
        "changes, words": [f"/changes?state=all&words={quote(word)}" for word in words],
        "change": [f"/changes/{number}" for (number,) in changes],
        "change, side by side": [f"/changes/{number}?view=side" for (number,) in changes],
        "compare": [f"/compare/{a}/{b}" for a, b in pairs],
        "history": [f"/pages/{number}" for (number,) in pages],
        "capture": [f"/captures/{number}" for (number,) in captures],
        "capture, frame": [f"/captures/{number}/frame" for (number,) in captures],
        "runs": [f"/runs?page={rng.randint(1, 4)}" for _ in range(rounds)],
        "run": [f"/runs/{number}" for (number,) in runs],
        "portals": ["/portals"] * rounds,
        "feed": ["/feed.atom"] * rounds,
        "API, changes": [f"/api/changes?offset={rng.randint(0, 1900)}" for _ in range(rounds)],
        "API, change": [f"/api/changes/{number}" for (number,) in changes],
    }


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """A `revisor` command that serves the review page; gives its address."""
    command = [*REVISOR, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        if server.stdout is None:
            raise RuntimeError("the server has no output")
        line = next((line for line in server.stdout if line.startswith("Review page: ")), None)
        if line is None:
            raise SystemExit(f"`revisor {' '.join(arguments)}` serves nothing")
        try:
            yield line.split()[2]
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate()


def fetch(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}: {body[:300]!r}")
    return body


def timed(url: str, wanted: Mapping[str, list[str]]) -> Iterator[Timing]:
    """Each kind of page in turn over one connection, after one look that is not counted."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    for name, addresses in wanted.items():
        fetch(connection, addresses[0])
        taken, size = [], 0
        for path in addresses:
            started = time.perf_counter()
            body = fetch(connection, path)
            taken.append((time.perf_counter() - started) * 1000)
            size = max(size, len(body))
        yield Timing(name, tuple(taken), size)


def weight(url: str, path: str) -> tuple[dict[str, int], list[str]]:
    """Bytes of a page and of everything it loads, and what of that would come from elsewhere."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    html = fetch(connection, path)
    sizes, foreign = {path: len(html)}, []
    for reference in dict.fromkeys(_ASSET.findall(html.decode())):
        target = urljoin(url, reference)
        if urlsplit(target).netloc != place.netloc:
            foreign.append(target)
        else:
            sizes[reference] = len(fetch(connection, urlsplit(target).path))
    return sizes, foreign


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench desk", description=__doc__)
    parser.add_argument("--captures", type=int, default=20_000)
    parser.add_argument("--changes", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, help="milliseconds of p95 above which the bench fails")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        engine = open_database(home / "revisor.db")
        fill(Store(engine), captures=wanted.captures, changes=wanted.changes, seed=wanted.seed)
        engine.dispose()
        addresses = paths(home, Random(wanted.seed), wanted.rounds)
        slow = 0
        with serving("serve", "--port", "0", "--home", str(home)) as url:
            for one in timed(url, addresses):
                median, most = statistics.median(one.milliseconds), max(one.milliseconds)
                slow += bool(wanted.limit and one.p95 > wanted.limit)
                print(
                    f"{one.name:<22} median {median:6.1f}  p95 {one.p95:6.1f}  most {most:6.1f} ms"
                    f"  {one.size:>8,} bytes"
                )
            totals = [weight(url, path) for path in dict.fromkeys(addresses["change"])]
        sizes = sorted(sum(sizes.values()) for sizes, _ in totals)
        foreign = {address for _, elsewhere in totals for address in elsewhere}
        middle, most_bytes = sizes[len(sizes) // 2], sizes[-1]
        print(f"change page with all it loads: median {middle:,} bytes, most {most_bytes:,} bytes")
        print(f"loaded from elsewhere: {', '.join(sorted(foreign)) or 'nothing'}")
        sys.exit(bool(slow or foreign))
