"""CPU of a whole `revisor crawl` of the sample portal beside a bare Scrapy spider that only downloads."""

from __future__ import annotations

import argparse
import ctypes
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sample_portal.newsroom import SECTIONS
from sample_portal.pages import list_path
from sample_portal.portal_file import portal_file
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
REVISOR = "from commands.main import main; main()"


ORPHANS = "import benchmarks.crawl as bench; bench.leave_burning()"
BURNT = 0.5  # seconds of CPU
PATIENCE = 30.0  # seconds for what a command leaves behind to end


def adopt_orphans() -> None:
    """Make this process the parent of whatever its commands leave running, so that it can wait for that.

    The crawl is a grandchild, of a forkserver for which no one waits. Source: prctl(2), of Linux.
    """
    set_child_subreaper = 36
    if ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "PR_SET_CHILD_SUBREAPER")


def cpu_of(*command: str) -> float:
    """CPU seconds, user and system, of a command and of every process that came of it.

    Modules are loaded as from an installed Revisor: compiled, by an earlier command.
    """
    environment = {name: os.environ[name] for name in os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    reap_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def reap_orphans() -> None:
    """Wait for the end of all that a command left behind. Raises TimeoutError where it does not end."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            if time.monotonic() > until:
                raise TimeoutError(f"a process that the command left behind runs on after {PATIENCE:g} s")
            time.sleep(0.01)


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
                (home / "portals" / "sample.toml").write_text(portal_file(server.url), encoding="utf-8")
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
