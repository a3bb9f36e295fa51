"""The sample portal itself: CPU of a day generated and served, and how many pages a second it answers."""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from urllib.parse import urlsplit

from sample_portal.sections import SECTIONS, list_path
from sample_portal.server import Server
from sample_portal.site import DEFAULT_SKIN, Site
from sample_portal.skins import SKINS

CONNECTIONS = 8


def fetch_all(url: str, paths: Sequence[str], rounds: int) -> float:
    """Ask for every path so often over eight connections; pages a second. Raises ValueError for a non-200."""
    started = time.perf_counter()
    asyncio.run(_ask(urlsplit(url).port or 80, list(paths) * rounds))
    return len(paths) * rounds / (time.perf_counter() - started)


async def _ask(port: int, paths: Sequence[str]) -> None:
    shares = (paths[n::CONNECTIONS] for n in range(CONNECTIONS))
    await asyncio.gather(*(_connection(port, share) for share in shares))


async def _connection(port: int, paths: Sequence[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    for path in paths:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: sample\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if not head.startswith("http/1.1 200"):
            raise ValueError(f"{path}: {head.splitlines()[0]}")
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
    writer.close()
    await writer.wait_closed()


def measure(skin: str, articles: int, rounds: int) -> dict[str, float]:
    """CPU seconds of this process to generate the site, and to serve each page once; pages a second then."""
    started = time.process_time()
    site = Site(seed=1, articles=articles, days=2, skin=skin)
    generated = time.process_time() - started
    paths = [a.path for a in site.articles_on(1)] + [list_path(s, 1) for s in SECTIONS]
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        Server(site, day=1) as server,
    ):
        pool.submit(time.sleep, 0).result()  # so that its start is not measured
        started = time.process_time()
        pool.submit(fetch_all, server.url, paths, 1).result()
        served = time.process_time() - started
        rate = pool.submit(fetch_all, server.url, paths, rounds).result()
    return {"generated": generated, "served": served, "day": generated + served, "rate": rate}


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench sample", description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--skins", default=DEFAULT_SKIN, help="names with commas, or all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    skins = SKINS if wanted.skins == "all" else wanted.skins.split(",")
    figures = {skin: measure(skin, wanted.articles, wanted.rounds) for skin in skins}
    if wanted.json:
        print(json.dumps({"format": "revisor.bench.sample/1", "skins": figures}))
        return
    print(f"{wanted.articles} articles   CPU s: generate  serve once  together   pages/s afterwards")
    for skin, f in figures.items():
        line = f"{f['generated']:>10.2f} {f['served']:>11.2f} {f['day']:>9.2f} {f['rate']:>20,.0f}"
        print(f"{skin:<22} {line}")
    worst = max(f["day"] for f in figures.values())
    slowest = min(f["rate"] for f in figures.values())
    print(f"worst day {worst:.2f} s CPU, slowest server {slowest:,.0f} pages/s")


if __name__ == "__main__":
    main()
