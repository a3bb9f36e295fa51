"""A real archive through the whole product: what it reports, how stable it is, what it costs.

    python -m benchmarks.replay ARCHIVE [--portal NAME|FILE.toml] [--gold FILE] [--show DIR] [--json]

The archive is imported as `revisor import` does it, into a home that is thrown away.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.replay.gold import mark
from benchmarks.replay.pairs import by_kind, pairs, reported_changes
from benchmarks.replay.read import Reading, read_all, read_elsewhere, stored_captures
from benchmarks.replay.report import (
    Imported,
    Replayed,
    cost,
    golden,
    odd_pair,
    sight_rows,
    steadiness,
)
from benchmarks.replay.show import show
from benchmarks.replay.text import text_of
from benchmarks.shared.cpu import REVISOR, adopt_orphans, cpu_of
from reports.query import failures_of
from revisor.config import Home
from revisor.errors import RevisorError
from revisor.model import PageKind
from scrapers.portal import Portal
from scrapers.portal_files import find_portal, portal_paths
from storage.archive import ArchiveIndex, index_archive
from storage.database import open_database
from storage.records import ChangeFilter
from storage.store import Store


def choose_portal(wanted: str | None, home: Home, index: ArchiveIndex) -> Portal:
    """The portal by name, by its file (copied into the home), or the only one whose pages the archive holds.

    Raises SystemExit where none or several have pages in it; PortalNotFound, PortalFileInvalid.
    """
    if wanted and wanted.endswith(".toml"):
        shutil.copy(wanted, home.portals)
        wanted = Path(wanted).stem
    if wanted:
        return find_portal(home.path, wanted)
    known = (find_portal(home.path, name) for name in portal_paths(home.path))
    fitting = [portal for portal in known if any(portal.identify(entry.url) for entry in index.entries)]
    if len(fitting) != 1:
        names = ", ".join(portal.name for portal in fitting) or "no known portal"
        raise SystemExit(f"the archive holds pages of {names}: add --portal NAME or --portal FILE.toml")
    return fitting[0]


def import_archive(archive: Path, portal: Portal, home: Home) -> float:
    """Run `revisor import`; CPU seconds of all its processes."""
    arguments = ("import", portal.name, str(archive), "--home", str(home.path))
    return cpu_of(sys.executable, "-c", REVISOR, *arguments, quiet=False)


def imported(archive: Path, portal: Portal, index: ArchiveIndex, store: Store, cpu: float) -> Imported:
    """What the store holds of the portal after the import."""
    runs = list(reversed(store.runs(portal.name, store.count_runs(portal.name))))
    stored = list(stored_captures(store, portal))
    summary = store.portal_summary(portal.name)
    every = ChangeFilter(portal=portal.name, include_cosmetic=True)
    failures = Counter(failure.name for run in runs for failure in failures_of(store, run.id))
    answers = Counter(one.status for one in stored if one.status != 200)
    return Imported(
        archive=archive.name,
        portal=portal.name,
        verdicts=dict(Counter(run.verdict.value if run.verdict else "unjudged" for run in runs)),
        first=f"{runs[0].started_at:%Y-%m-%d}",
        last=f"{runs[-1].started_at:%Y-%m-%d}",
        held=sum(portal.identify(entry.url) is not None for entry in index.entries),
        captures=len(stored),
        lists=sum(one.kind is PageKind.LIST for one in stored),
        pages=len({one.key for one in stored if one.kind is PageKind.ARTICLE}),
        articles=summary.live + summary.missing + summary.removed,
        versions=summary.versions,
        absent=sum(run.counts.absent for run in runs),
        answers={str(status): count for status, count in sorted(answers.items())},
        failures=dict(failures.most_common()),
        changes={count.kind.value: count.count for count in store.kind_counts(every)},
        cpu=cpu,
    )


def stored_digests(store: Store, portal: Portal, articles: Sequence[Reading]) -> dict[int, str]:
    """Capture -> digests of the version that was stored of it."""
    pages = (store.page(portal.name, key) for key in {reading.stored.key: None for reading in articles})
    return {
        version.capture_id: f"{version.digests.exact} {version.digests.folded}"
        for page in pages
        if page
        for version in store.history(page.id, captures=1).versions
    }


def replay(archive: Path, home: Home, wanted: argparse.Namespace) -> Replayed:
    """Import the archive into the home, and measure. Raises CalledProcessError where the import fails."""
    index = index_archive(archive)
    portal = choose_portal(wanted.portal, home, index)
    cpu = import_archive(archive, portal, home)
    engine = open_database(home.database, create=False)
    try:
        store = Store(engine)
        readings = read_all(store, portal, wanted.rounds)
        articles = [reading for reading in readings if reading.stored.kind is PageKind.ARTICLE]
        elsewhere = read_elsewhere(home.path, portal.name)
        found = pairs(readings, reported_changes(store, readings))
        odd = [pair for pair in found if pair.wrong]
        marks = mark(wanted.gold, readings, portal) if wanted.gold else None
        if wanted.show:
            flawed = marks.worst(len(marks.pages)) if marks else []
            number = show(wanted.show, store, readings, odd, flawed)
            sys.stderr.write(f"{number} pairs and pages written to {wanted.show}\n")
        return Replayed(
            imported=imported(archive, portal, index, store, cpu),
            pairs=sight_rows(found),
            kinds=by_kind(found),
            odd=tuple(odd_pair(pair) for pair in odd),
            steadiness=steadiness(
                articles, elsewhere, stored_digests(store, portal, articles), wanted.rounds
            ),
            cost=cost(articles),
            gold=golden(marks) if marks else None,
        )
    finally:
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench replay", description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path, help="a WARC file")
    parser.add_argument("--portal", help="a portal's name, or a portal file; else the archive's own")
    parser.add_argument("--gold", type=Path, help="JSON lines: url, warc_date, title, published, ...")
    parser.add_argument("--show", type=Path, metavar="DIR", help="write what is odd there, as files")
    parser.add_argument("--rounds", type=int, default=3, help="how often each capture is read (default 3)")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="revisor-replay-") as folder:
        home = Home(Path(folder))
        home.make()
        try:
            figures = replay(wanted.archive, home, wanted)
        except RevisorError as error:
            raise SystemExit(str(error)) from error
        except subprocess.CalledProcessError as error:  # it has said why
            raise SystemExit(error.returncode) from error
    print(msgspec.json.encode(figures).decode() if wanted.json else text_of(figures))


if __name__ == "__main__":
    main()
