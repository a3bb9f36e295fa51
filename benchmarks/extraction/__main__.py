"""Extraction beside other extractors: quality and CPU in one run, on the same pages.

Sets: gov-dev and news-dev (real pages with gold), victoria (releases with gold), sample (the sample portal's
working skins). Without a corpus of real pages at hand, the sample. Exits with 1 where a figure of ours is
below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.extraction.floors import below, figures, read_floors, write_floors
from benchmarks.extraction.marks import Tally
from benchmarks.extraction.measure import measure
from benchmarks.extraction.ours import OURS
from benchmarks.extraction.pages import CORPUS, SETS, pages_of
from benchmarks.extraction.peers import PEERS, peers_named
from benchmarks.extraction.table import SetResult, print_worst, rows


def main() -> None:
    wanted = _arguments()
    if not wanted.set:
        wanted.set = ["gov-dev", "news-dev"] if wanted.corpus.is_dir() else ["sample"]
    if wanted.victoria:
        wanted.set.append("victoria")
    extractors = [OURS, *peers_named(wanted.peers)]
    results = []
    for name in dict.fromkeys(wanted.set):
        try:
            pages = pages_of(name, wanted.corpus)
        except FileNotFoundError as error:
            sys.exit(
                f"{name} is not in the corpus: {error}; --corpus says where it is, --set sample needs none"
            )
        pages = [page for page in pages if wanted.half in {None, page.half}][: wanted.limit]
        if not pages:
            sys.exit(f"no page of {name} is left to measure")
        sys.stderr.write(f"{name}: {len(pages)} pages, {len(extractors)} extractors ...\n")
        measured, bare = measure(pages, extractors, wanted.rounds)
        results.append(SetResult(name, tuple(measured), bare))
    if wanted.json:
        print(json.dumps(rows(results)))
    for result in results:
        if not wanted.json:
            result.print()
        if wanted.pages:
            print_worst(result, wanted.pages)
    if wanted.limit is None and wanted.half is None:
        sys.exit(_hold_floors(results, pin=wanted.set_floors))
    sys.stderr.write("floors are of whole sets: not looked at\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench extraction", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder with the sets of real pages")
    parser.add_argument("--set", action="append", choices=SETS, help="may be given several times")
    parser.add_argument("--victoria", action="store_true", help="that set too")
    parser.add_argument(
        "--peers", type=_peers, default=PEERS, help=f"none, or of {', '.join(PEERS)}; with commas"
    )
    parser.add_argument("--limit", type=int, help="only so many pages of each set")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only that half of each set")
    parser.add_argument("--rounds", type=int, default=1, help="how often each page is timed")
    parser.add_argument(
        "--pages", type=int, nargs="?", const=20, help="print so many of our worst pages (20)"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--set-floors", action="store_true", help="pin our figures of this run as floors")
    wanted = parser.parse_args()
    if wanted.set_floors and (wanted.limit is not None or wanted.half is not None):
        parser.error("--set-floors wants whole sets: leave out --limit and --half")
    if wanted.json and wanted.pages:
        parser.error("--json and --pages do not go together")
    return wanted


def _peers(text: str) -> Sequence[str]:
    names = [] if text == "none" else text.split(",")
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such peer: {', '.join(unknown)}; there are {', '.join(PEERS)}")
    return names


def _hold_floors(results: Sequence[SetResult], *, pin: bool) -> int:
    """Compare ours with the floors, or make them the floors; the exit status."""
    floors = read_floors()
    found = {result.name: figures(Tally.of(result.measured[0].marks), result.asked) for result in results}
    fallen = [line for name, values in found.items() for line in below(name, values, floors)]
    for line in fallen:
        sys.stderr.write(f"{'was' if pin else 'below its floor'}: {line}\n")
    if pin:
        write_floors(floors | found)
        return 0
    return 1 if fallen else 0


if __name__ == "__main__":
    main()
