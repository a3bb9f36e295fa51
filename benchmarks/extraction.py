"""Quality and cost of extraction on the corpus of real pages, beside a bare parse of the same bytes.

    python -m benchmarks.extraction [--corpus ../shared/corpus] [--pages] [--half 0|1]

The score is that of `benchmarks.shared.gold`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from warcio.archiveiterator import ArchiveIterator

from benchmarks.shared.gold import Gold, clean, date_verdict, f1, gold_of, score, shingles
from revisor.errors import RevisorError
from revisor.model import Article, Rules
from scrapers.parsers.article import EXTRACTOR, extract

_RULES = Rules("bench", EXTRACTOR)
_VICTORIA = Rules("bench", EXTRACTOR, time_zone="Australia/Melbourne", language="en")


@dataclass(slots=True)
class Tally:
    """Sums over a set."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    titles: int = 0
    failed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    ours: float = 0.0
    bare: float = 0.0

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)


def gold_pages(folder: Path) -> Iterator[Gold]:
    """The pages of a set with their gold, in the order of the file."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield gold_of(row, gzip.decompress((folder / "html" / f"{row['id']}.html.gz").read_bytes()))


def measure(pages: Iterable[Gold], rules: Rules, *, show: bool) -> Tally:
    tally = Tally()
    for gold in pages:
        start = time.process_time()
        try:
            article: Article | None = extract(gold.data, (), gold.url, rules).article
        except RevisorError as error:
            article = None
            tally.failed += 1
            print(f"    {gold.id}: {error}"[:160])
        middle = time.process_time()
        etree.fromstring(gold.data, etree.HTMLParser(encoding="utf-8"))
        tally.ours += middle - start
        tally.bare += time.process_time() - middle
        _count(tally, gold, article, show=show)
    return tally


def _count(tally: Tally, gold: Gold, article: Article | None, *, show: bool) -> None:
    text = "\n".join(block.text for block in article.blocks) if article else ""
    precision, recall = score(text, gold)
    tally.precision.append(precision)
    tally.recall.append(recall)
    title = clean(article.title) if article else ""
    tally.titles += title == clean(gold.title)
    marks = [] if title == clean(gold.title) else [f"title {title[:60]!r} for {gold.title[:60]!r}"]
    for name, ours, theirs in (
        ("published", article.published if article else None, gold.published),
        ("updated", article.updated if article else None, gold.updated),
    ):
        verdict = date_verdict(ours, theirs)
        tally.counts[f"{name} {verdict}"] += 1
        if verdict in {"wrong", "missing", "invented"}:
            marks.append(f"{name} {ours} for {theirs}")
    tied = (
        {clean(f"{one.caption or ''} {one.credit or ''}").strip() for one in article.figures}
        if article
        else set()
    )
    forms = {frozenset(shingles(one)) for one in tied if one}
    tally.counts["captions"] += len(gold.captions)
    hit = sum(1 for caption in gold.captions if any(_alike(form, shingles(caption)) for form in forms))
    tally.counts["captions right"] += hit
    tally.counts["captions ours"] += len(forms)
    tally.counts["attachments"] += gold.attachments
    tally.counts["attachments ours"] += len(article.attachments) if article else 0
    if show:
        print(f"  {gold.id:32} P {precision:.3f} R {recall:.3f}  {'; '.join(marks)}")


def _alike(a: frozenset[tuple[str, ...]], b: Iterable[tuple[str, ...]]) -> bool:
    other = frozenset(b)
    return len(a & other) * 2 >= 1.6 * len(a | other) if a | other else True


def report(name: str, tally: Tally) -> None:
    pages = len(tally.precision)
    if not pages:
        return
    p, r = sum(tally.precision) / pages, sum(tally.recall) / pages
    print(f"{name}: {pages} pages, F1 {tally.f1:.4f} (P {p:.4f} R {r:.4f})")
    print(f"    title exact {tally.titles / pages:.3f}, no article {tally.failed}")
    print("   ", ", ".join(f"{key} {value}" for key, value in sorted(tally.counts.items())))
    ours, bare = tally.ours / pages * 1000, tally.bare / pages * 1000
    print(f"    CPU {ours:.2f} ms a page, bare lxml parse {bare:.2f} ms, ratio {ours / max(bare, 1e-9):.1f}")


def victoria_captures(corpus: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Address -> day and bytes of each of its captures, in the order of the archive."""
    captures: dict[str, list[tuple[str, bytes]]] = {}
    with (corpus / "victoria-2020.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url, when = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
                captures.setdefault(url, []).append((when, record.content_stream().read()))
    return captures


def victoria_gold(corpus: Path) -> list[Gold]:
    """The releases that have gold, with their bytes."""
    captures = victoria_captures(corpus)
    rows = map(json.loads, (corpus / "victoria-gold.jsonl").read_text(encoding="utf-8").splitlines())
    return [gold_of(row, dict(captures[row["url"]])[row["warc_date"]]) for row in rows]


def victoria(corpus: Path, *, show: bool) -> None:
    """The releases with gold; what their later captures change: `./run bench replay`."""
    report("victoria", measure(victoria_gold(corpus), _VICTORIA, show=show))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    parser.add_argument("--pages", action="store_true", help="print each page")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every other page of gov-dev")
    parser.add_argument("--only", choices=("gov-dev", "news-dev", "victoria"))
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"no corpus at {args.corpus}: nothing to measure")
        return
    for name in ("gov-dev", "news-dev"):
        if args.only in {None, name}:
            pages = list(gold_pages(args.corpus / name))
            if name == "gov-dev" and args.half is not None:
                pages = pages[args.half :: 2]
            report(name, measure(pages, _RULES, show=args.pages))
    if args.only in {None, "victoria"}:
        victoria(args.corpus, show=args.pages)


if __name__ == "__main__":
    main()
