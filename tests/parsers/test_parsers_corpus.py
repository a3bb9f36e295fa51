"""Real pages, where the corpus lies beside the project: floors that nobody lowers unseen."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.extraction.floors import below, figures, read_floors
from benchmarks.extraction.marks import Tally, asked, mark
from benchmarks.extraction.ours import OURS
from benchmarks.extraction.pages import CORPUS, pages_of, victoria_captures
from revisor.digest import digests
from revisor.model import Rules
from scrapers.parsers.article import EXTRACTOR, extract

VICTORIA = Rules("test", EXTRACTOR, time_zone="Australia/Melbourne", language="en")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here")


@pytest.mark.parametrize("name", ["gov-dev", "victoria"])
def test_no_figure_is_below_its_floor(name: str) -> None:
    pages = pages_of(name, CORPUS)
    whole = Tally.of([mark(page, OURS.run(page), OURS) for page in pages])
    assert below(name, figures(whole, asked(pages)), read_floors()) == []


def test_captures_of_one_release_differ_only_where_it_was_edited() -> None:
    edited, pairs, releases = 0, 0, 0
    for url, captures in victoria_captures(CORPUS).items():
        if "media-hub" in url:
            continue
        found = [extract(data, (), url, VICTORIA).article for _, data in sorted(captures)]
        assert all(article.title and article.published and article.blocks for article in found)
        same = [digests(a) == digests(b) for a, b in pairwise(found)]
        releases, pairs, edited = releases + 1, pairs + len(same), edited + same.count(False)
    assert (releases, pairs) == (87, 22)
    assert edited <= 1
