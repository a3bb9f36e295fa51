"""The figures of a replay, for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.replay.report import Cost, Counts, Golden, Imported, Replayed, Steadiness

_LINES = 5  # of each sort that are shown of a pair or page
_PAIRS = 20
_CUT = 110  # characters


def text_of(replayed: Replayed) -> str:
    """All figures, for a reader."""
    lines = [
        *_import_lines(replayed.imported),
        *_pair_lines(replayed),
        *_steady_lines(replayed.steadiness),
        *_cost_lines(replayed.cost, replayed.imported),
    ]
    if replayed.gold:
        lines += _gold_lines(replayed.gold)
    return "\n".join(lines)


def _counts(counts: Counts) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _import_lines(imported: Imported) -> Iterator[str]:
    i = imported
    yield f"{i.archive} as portal {i.portal}"
    yield f"  runs: {sum(i.verdicts.values())} from {i.first} to {i.last}: {_counts(i.verdicts)}"
    yield (
        f"  captures: {i.captures} stored of {i.held} in the archive: "
        f"{i.lists} of lists, {i.captures - i.lists} of {i.pages} pages; {i.absent} times not in archive"
    )
    yield f"  articles: {i.articles} of {i.pages} pages, {i.versions} versions"
    yield f"  answers other than 200: {_counts(i.answers)}; failures: {_counts(i.failures)}"
    yield f"  changes by kind: {_counts(i.changes)}"


def _pair_lines(replayed: Replayed) -> Iterator[str]:
    yield ""
    pairs = sum(row.pairs for row in replayed.pairs)
    yield f"pairs of consecutive captures of one page: {pairs}; reported: {_counts(replayed.kinds)}"
    yield f"  {'what a reader sees differ':<40} {'pairs':>6} {'same digest':>12} {'other':>6}  reported"
    for row in replayed.pairs:
        yield f"  {row.sight:<40} {row.pairs:>6} {row.same:>12} {row.other:>6}  {_counts(row.reported)}"
    yield f"  pairs to look at: {len(replayed.odd)}"
    for odd in replayed.odd[:_PAIRS]:
        yield f"    {odd.url}"
        yield f"      {odd.before:%Y-%m-%d %H:%M} to {odd.after:%Y-%m-%d %H:%M}: {odd.wrong}"
        if odd.kinds or odd.reported:
            yield f"      read: {', '.join(odd.kinds) or '-'}; reported: {', '.join(odd.reported) or '-'}"
        yield from _some("      - ", odd.gone)
        yield from _some("      + ", odd.came)


def _some(mark: str, texts: Sequence[str]) -> Iterator[str]:
    for text in texts[:_LINES]:
        yield mark + (text if len(text) <= _CUT else f"{text[:_CUT]} ...")
    if len(texts) > _LINES:
        yield f"{mark}and {len(texts) - _LINES} more"


def _steady_lines(steady: Steadiness) -> Iterator[str]:
    yield ""
    yield f"the same bytes read again: {steady.captures} captures of articles"
    for name, unlike in (
        (f"{steady.rounds} times in one process", steady.again),
        ("in two other processes, on other days, with other seeds", steady.elsewhere),
        (f"beside the {steady.versions} versions stored", steady.stored),
    ):
        yield f"  {name}: {len(unlike)} read otherwise"
        yield from _some("    ", unlike)
    yield f"  asked for the time: {', '.join(steady.clocks) or 'nowhere'}"


def _cost_lines(figures: Cost | None, imported: Imported) -> Iterator[str]:
    yield ""
    yield f"{'CPU, ms a page':<22} {'median':>8} {'p95':>8} {'most':>8}"
    if figures:
        for name, spread in (("extraction", figures.extraction), ("bare lxml parse", figures.bare)):
            yield f"{name:<22} {spread.median:>8.2f} {spread.p95:>8.2f} {spread.most:>8.2f}"
        yield f"ratio {figures.ratio:.2f}; the worst page {figures.worst_ratio:.2f}: {figures.worst}"
    each = 1000 * imported.cpu / max(1, imported.captures)
    yield f"the whole import: {imported.cpu:.2f} s, {each:.1f} ms a capture"


def _gold_lines(gold: Golden) -> Iterator[str]:
    yield ""
    yield (
        f"gold: {gold.pages} pages; titles exact {gold.titles}; "
        f"published: {_counts(gold.published)}; updated: {_counts(gold.updated)}"
    )
    yield (
        f"  body F1 {gold.f1:.4f} (P {gold.precision:.4f}, R {gold.recall:.4f}); "
        f"the gold's own text with its optional passages {gold.ceiling:.4f}"
    )
    if gold.absent:
        yield f"  no capture is stored for {len(gold.absent)} rows"
        yield from _some("    ", gold.absent)
    yield f"  pages with a flaw: {gold.flawed}" + (f", the worst {len(gold.worst)}" if gold.worst else "")
    for page in gold.worst:
        yield f"    {page.url} at {page.at:%Y-%m-%d}: P {page.precision:.4f}, R {page.recall:.4f}"
        yield from _some("      ", page.wrong)
        yield from _some("      lacks: ", page.missing)
        yield from _some("      too much: ", page.extra)
