"""CPU of a whole `revisor crawl` of the sample portal beside a bare Scrapy spider that only downloads."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.shared.cpu import REVISOR, adopt_orphans, cpu_of
from sample_portal.portal_file import portal_file
from sample_portal.sections import SECTIONS, list_path
from sample_portal.server import Server
from sample_portal.site import Site

BARE_SPIDER = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        for url in open(sys.argv[1]).read().split():
            yield scrapy.Request(url)

    def parse(self, response):
        pass

process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING"})
process.crawl(Bare)
process.start()
"""

ORPHANS = "import benchmarks.crawl as bench; bench.leave_burning()"
BURNT = 0.5  # seconds of CPU


def burn() -> None:
    """Use up BURNT seconds of this process's CPU."""
    until = time.process_time() + BURNT
    while time.process_time() < until:
        pass


def leave_burning() -> None:
    """Have a forkserver's child burn, and end without a wait for either."""
    multiprocessing.get_context("forkserver").Process(target=burn).start()
    os._exit(0)


def check_all_is_counted() -> None:
    """Raises AssertionError where the CPU of a forkserver's child escapes `cpu_of`."""
    counted = cpu_of(sys.executable, "-c", ORPHANS) - cpu_of(sys.executable, "-c", "import benchmarks.crawl")
    if counted < BURNT:
        raise AssertionError(f"of {BURNT} s that a forkserver's child burnt, {counted:.2f} s were counted")


def paths(site: Site, day: int) -> Iterator[str]:
    """What a crawl of the day asks for: robots.txt, every list page, every article."""
    yield "/robots.txt"
    for section in SECTIONS:
        number = 1
        while site.respond(day, list_path(section, number), {}, Random(1)).status == 200:
            yield list_path(section, number)
            number += 1
    yield from (article.path for article in site.articles_on(day))


def measure(articles: int, rounds: int) -> tuple[list[float], list[float], list[float], int]:
    """CPU seconds of a bare download, a first crawl and a crawl of the next day, round by round.

    A round before the first compiles what is imported, and is left out.
    """
    bare, first, second = [], [], []
    with Server(Site(seed=1, articles=articles)) as server:
        asked = list(paths(server.site, 0))
        for _ in range(rounds + 1):
            with tempfile.TemporaryDirectory(prefix="revisor-bench-") as folder:
                home = Path(folder)
                (home / "portals").mkdir()
                (home / "portals" / "sample.toml").write_text(portal_file(server.hosts), encoding="utf-8")
                (home / "spider.py").write_text(BARE_SPIDER, encoding="utf-8")
                (home / "urls").write_text(
                    "\n".join(server.url.rstrip("/") + p for p in asked), encoding="utf-8"
                )
                server.day = 0
                bare.append(cpu_of(sys.executable, str(home / "spider.py"), str(home / "urls")))
                crawl = (sys.executable, "-c", REVISOR, "crawl", "sample", "--home", folder)
                first.append(cpu_of(*crawl))
                server.day = 1
                second.append(cpu_of(*crawl))
    return bare[1:], first[1:], second[1:], len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench crawl", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, nargs="+", default=[40, 400])
    wanted = parser.parse_args()
    adopt_orphans()
    check_all_is_counted()
    print(
        f"{'pages':>6} {'command':<12} {'CPU s':>7} {'ms a page':>10} {'ratio to bare, median (min-max)':>32}"
    )
    for articles in wanted.articles:
        bare, first, second, pages = measure(articles, wanted.rounds)
        for name, times in (("bare spider", bare), ("first crawl", first), ("next day", second)):
            ratios = [mine / its for mine, its in zip(times, bare, strict=True)]
            middle = statistics.median(times)
            spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
            print(f"{pages:>6} {name:<12} {middle:>7.2f} {1000 * middle / pages:>10.1f} {spread:>32}")


if __name__ == "__main__":
    main()
