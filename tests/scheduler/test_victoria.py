"""A real portal of 111 days, imported from its archive."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from revisor.config import Config, Home
from revisor.model import Kind, Verdict
from scheduler.leash import Watcher
from scheduler.replay import import_archive
from scrapers.portal_files import find_portal
from storage.database import open_database
from storage.records import ChangeFilter
from storage.store import Store
from tests.corpus import CORPUS, needs_corpus


@needs_corpus
def test_four_months_of_victoria(tmp_path: Path) -> None:
    config = Config(Home(tmp_path))
    config.home.make()
    engine = open_database(config.home.database)
    store = Store(engine)
    portal = find_portal(tmp_path, "victoria")
    path = CORPUS / "victoria-2020.warc.gz"
    runs = import_archive(config, store, portal, path, lambda *_: None, Watcher())
    assert {run.verdict for run in runs} == {Verdict.HEALTHY}
    assert len(runs) == 111
    assert sum(run.counts.fetched for run in runs) == 220
    assert sum(run.counts.failed for run in runs) == 0
    assert store.live_pages("victoria") == 87
    kinds = Counter(c.kinds for c in store.changes(ChangeFilter(include_cosmetic=True), limit=1000))
    assert set(kinds) - {(Kind.NEW,)} <= {(Kind.EDITED,), (Kind.EDITED, Kind.REDATED), (Kind.REDATED,)}
    assert kinds.total() - kinds[Kind.NEW,] <= 1
    for line in (CORPUS / "victoria-gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        (page,) = store.page_by_url(gold["url"])
        version = store.current_version(page)
        assert version
        assert version.article.title == gold["title"]
        assert version.article.published == gold["published"]
        assert version.article.blocks
    engine.dispose()
