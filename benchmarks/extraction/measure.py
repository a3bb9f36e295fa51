"""All extractors over the same pages, in one process, one after the other on each page."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from lxml import etree

from benchmarks.extraction.found import Extractor, Found
from benchmarks.extraction.marks import Mark, mark
from benchmarks.extraction.pages import Page

_WARM_UP = 20  # pages, over the whole set: what is loaded late is loaded then


@dataclass(frozen=True, slots=True)
class Measured:
    """One extractor over a set. cpu: seconds of this process for each page, in the order of the pages."""

    extractor: Extractor
    marks: tuple[Mark, ...]
    cpu: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """CPU of one extractor: milliseconds of a page, and how many times the bare parse of the same bytes.

    sums: of all pages together; medians: of the two medians; worst_ratio: of the page where it is highest.
    """

    median: float
    p95: float
    worst: float
    sums: float
    medians: float
    worst_ratio: float

    @classmethod
    def of(cls, cpu: Sequence[float], bare: Sequence[float]) -> Speed:
        ordered = sorted(cpu)
        return cls(
            median=median(ordered) * 1000,
            p95=ordered[ceil(len(ordered) * 0.95) - 1] * 1000,
            worst=ordered[-1] * 1000,
            sums=sum(cpu) / sum(bare),
            medians=median(cpu) / median(bare),
            worst_ratio=max(one / other for one, other in zip(cpu, bare, strict=True)),
        )


def measure(
    pages: Sequence[Page], extractors: Sequence[Extractor], rounds: int = 1
) -> tuple[list[Measured], tuple[float, ...]]:
    """What each extractor finds on the pages and costs, and the seconds of the bare parse of each page.

    On every page each of them has its turn before the next page comes, and another begins each time, so that
    what slows the machine slows all alike. The cost of a page is the median of the rounds.
    """
    runs = [extractor.run for extractor in extractors]
    turns = [*runs, _bare]
    for page in pages[:: max(1, len(pages) // _WARM_UP)]:
        for run in turns:
            run(page)
    gc.collect()
    gc.freeze()  # modules and pages are nobody's garbage
    costs: list[list[list[float]]] = [[[] for _ in pages] for _ in turns]
    marks: list[list[Mark]] = [[] for _ in runs]
    for turn in range(rounds):
        for number, page in enumerate(pages):
            for place in range(len(turns)):
                which = (place + number + turn) % len(turns)
                gc.collect()  # each pays for what it leaves, not for what its neighbour left
                start = time.process_time()
                found = turns[which](page)
                costs[which][number].append(time.process_time() - start)
                if turn == 0 and which < len(runs):
                    marks[which].append(mark(page, found, extractors[which]))
    gc.unfreeze()
    cpu = [tuple(median(of_page) for of_page in one) for one in costs]
    measured = [Measured(e, tuple(m), c) for e, m, c in zip(extractors, marks, cpu, strict=False)]
    return measured, cpu[-1]


def _bare(page: Page) -> Found | None:
    """The yardstick: nothing but the tree of the page."""
    etree.fromstring(page.gold.data, etree.HTMLParser(encoding="utf-8"))
    return None
