"""Real pages, where the corpus lies beside the project: floors that nobody lowers unseen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.extraction import gold_pages, measure, victoria_captures, victoria_gold
from revisor.digest import digests
from revisor.model import Rules
from scrapers.parsers.article import EXTRACTOR, extract

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
RULES = Rules("test", EXTRACTOR)
VICTORIA = Rules("test", EXTRACTOR, time_zone="Australia/Melbourne", language="en")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here")


def test_government_pages() -> None:
    tally = measure(gold_pages(CORPUS / "gov-dev"), RULES, show=False)
    assert tally.f1 >= 0.93
    assert tally.titles >= 46
    assert tally.counts["published wrong"] == 0
    assert tally.failed == 0


def test_releases_of_victoria() -> None:
    tally = measure(victoria_gold(CORPUS), VICTORIA, show=False)
    assert tally.f1 >= 0.99
    assert tally.titles == len(tally.recall) == 24
    assert tally.counts["published right"] == tally.counts["updated right"] == 24


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
