"""urlwatch, webchanges and changedetection.io on the days of the sample portal, held against its truth.

Each tool watches what its user could enter on day 0: every article by its address, and the first page of each
section. It is run once a day. How it is counted:

- a tool says "changed" and not what: its report holds good for any one true change of that article, if it
  comes from the change's day to its due day; each report serves once. Ours is counted in the same way here;
- an article whose check becomes an error (404, no text, a selector that finds nothing) is reported as
  removed, once, on the first day of the error; that it goes on, or ends with the old content, is no report;
- articles that appear later have no watch, because the tools discover none: they are missed (publications,
  and whatever befalls them later). So are further pages of an article. What the section pages reported is
  shown apart and is neither right nor wrong;
- CPU is that of the tool's processes over all days, divided by the number of checks. Starting the server of
  changedetection.io is left out, being asked how far it is (1.4 ms a check) and starting the commands once a
  day are not. For ours: `./run bench crawl`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path

from benchmarks.peers.commands import urlwatch, webchanges
from benchmarks.peers.selector import selectors_of
from benchmarks.peers.server import changedetection
from benchmarks.peers.table import Cost, Lists, Result, Row, as_json, show
from benchmarks.peers.tool import OpenPeer, Settings, Watch, version
from benchmarks.shared import sample_run
from sample_portal.judge import ANY, Report
from sample_portal.sections import SECTIONS, list_path
from sample_portal.server import Server
from sample_portal.site import Site
from sample_portal.skins import JUDGING_SKINS, SKINS, WORKING_SKINS

OURS = "revisor"
_GROUPS = {"all": SKINS, "working": WORKING_SKINS, "judging": JUDGING_SKINS}


@dataclass(frozen=True, slots=True)
class Tool:
    """A peer: its name is that of its package."""

    name: str
    open: OpenPeer
    settings: tuple[Settings, ...]


TOOLS = (
    Tool("urlwatch", urlwatch, tuple(Settings)),
    Tool("webchanges", webchanges, tuple(Settings)),
    Tool("changedetection-io", changedetection, (Settings.QUICK, Settings.SELECTOR)),  # text is its default
)
_NAMES = [OURS, *(tool.name for tool in TOOLS)]


def play(tool: Tool, settings: Settings, site: Site, home: Path) -> Result:
    """Run a peer once a day over all days of the site; `home` is an empty folder for its files."""
    reports: list[Report] = []
    told, cpu = 0, 0.0
    with Server(site) as server:
        base = server.url.rstrip("/")
        keys = {base + article.path: article.key for article in site.articles_on(0)}
        fronts = [base + list_path(section, 1) for section in SECTIONS]
        watches = [*watch_articles(keys, settings, site), *watch_lists(fronts, settings)]
        failing: frozenset[str] = frozenset()
        with tool.open(home, watches) as peer:
            for day in range(site.days):
                server.day = day
                checked = peer.check()
                cpu += checked.cpu
                news = dict.fromkeys(checked.failing - failing, "removed") | dict.fromkeys(
                    checked.changed, ANY
                )
                failing = checked.failing
                if day == 0 and failing:
                    raise RuntimeError(
                        f"{tool.name}, {settings}: {len(failing)} of {len(watches)} watches fail on day 0, "
                        f"{min(failing)} among them; a row of the table would say nothing"
                    )
                if day > 0:
                    reports += [Report(day, keys[url], kind) for url, kind in news.items() if url in keys]
                    told += sum(url in news for url in fronts)
    cost = Cost(len(watches) * site.days, cpu)
    return Result.of(site, reports, cost, Lists(len(fronts) * (site.days - 1), told))


def watch_articles(urls: Iterable[str], settings: Settings, site: Site) -> Iterator[Watch]:
    """A watch for each article."""
    selectors = selectors_of(site) if settings.selects else None
    return (Watch(url, settings, selectors) for url in urls)


def watch_lists(urls: Iterable[str], settings: Settings) -> Iterator[Watch]:
    """A watch for each section page; the selector of an article would find nothing there."""
    return (Watch(url, Settings.TEXT if settings.selects else settings) for url in urls)


def play_ours(site: Site, home: Path) -> Result:
    """Let the product crawl all days of the site; of each day and article one report, whatever its kinds."""
    played = sample_run.play(site, home)
    return Result.of(site, sorted({replace(report, kind=ANY) for report in played.reports if report.day > 0}))


def rows(wanted: argparse.Namespace) -> Iterator[Row]:
    """Play every wanted tool with every settings on the sites of all seeds."""
    skins = _GROUPS.get(wanted.skins) or tuple(wanted.skins.split(","))
    sites = [
        Site(
            seed=seed,
            articles=wanted.articles,
            days=wanted.days,
            skin=skins[(seed - 1) % len(skins)],
            everything=True,
        )
        for seed in range(1, wanted.seeds + 1)
    ]
    if OURS in wanted.tools:
        ours = tuple(_in_folder(site, OURS, play_ours) for site in sites)
        yield Row(OURS, metadata.version(OURS), "as installed", ours)
    for tool in TOOLS:
        for settings in tool.settings if tool.name in wanted.tools else ():
            name, player = f"{tool.name}, {settings}", partial(play, tool, settings)
            results = tuple(_in_folder(site, name, player) for site in sites)
            yield Row(tool.name, version(tool.name), settings, results)


def _in_folder(site: Site, name: str, player: Callable[[Site, Path], Result]) -> Result:
    with tempfile.TemporaryDirectory(prefix="revisor-peers-") as folder:
        result = player(site, Path(folder))
    found, due = len(result.found), len(result.found) + len(result.missed)
    sys.stderr.write(f"{name}, seed {site.seed}: found {found} of {due}, {result.false} false\n")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./run bench peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=2, help="how many sites; each has the next skin")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--skins", default="working", help="all, working, judging, or names with commas")
    parser.add_argument("--tools", nargs="+", choices=_NAMES, default=_NAMES)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    table = list(rows(wanted))
    if wanted.json:
        print(as_json(table))
    else:
        show(table)


if __name__ == "__main__":
    main()
