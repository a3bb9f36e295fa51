"""How long a store of the size of a desk's takes to answer each question that the review page asks.

Prints milliseconds: the median, and the slowest of ten.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.desk.store import START, fill
from revisor.model import Kind
from storage.database import open_database
from storage.records import ChangeFilter, ChangeOrder
from storage.store import Store


def _questions(store: Store) -> dict[str, Callable[[], object]]:
    """What the pages of a desk ask, by name."""
    filters = {
        "none": ChangeFilter(),
        "all": ChangeFilter(include_cosmetic=True),
        "portal": ChangeFilter(portal="changjiang"),
        "section": ChangeFilter(portal="harbour", section="Policy"),
        "kinds": ChangeFilter(kinds=(Kind.RETITLED, Kind.REMOVED)),
        "dates": ChangeFilter(since=START + timedelta(days=5), until=START + timedelta(days=25)),
        "word": ChangeFilter(words="harbour"),
        "words": ChangeFilter(words="Minister budget 长江"),
        "word of none": ChangeFilter(words="zyzzyva"),
        "word, zh": ChangeFilter(words="长江"),
        "open": ChangeFilter(reviewed=False),
        "reviewed": ChangeFilter(reviewed=True),
        "much": ChangeFilter(portal="harbour", kinds=(Kind.EDITED,), words="tunnel", reviewed=False),
    }
    asked: dict[str, Callable[[], object]] = {}
    for name, wanted in filters.items():
        asked[f"changes, {name}"] = lambda wanted=wanted: store.changes(wanted, 50)  # type: ignore[misc]
        asked[f"page 40, {name}"] = lambda wanted=wanted: store.changes(wanted, 50, 1950)  # type: ignore[misc]
        asked[f"count, {name}"] = lambda wanted=wanted: store.count_changes(wanted)  # type: ignore[misc]
        asked[f"kinds, {name}"] = lambda wanted=wanted: store.kind_counts(wanted)  # type: ignore[misc]
    page = store.page_by_id(7)
    until = START + timedelta(days=20)
    return asked | {
        "recorded": lambda: store.changes(ChangeFilter(), 50, order=ChangeOrder.RECORDED),
        "recorded, portal": lambda: store.changes(
            ChangeFilter(portal="wadi"), 50, order=ChangeOrder.RECORDED
        ),
        "change": lambda: store.change(1_000),
        "reviews": lambda: store.reviews(1_000),
        "checks between": lambda: store.checks_between(page, START, until),
        "history": lambda: store.history(7),
        "version": lambda: store.version(1_000),
        "capture": lambda: store.capture(10_000),
        "page of capture": lambda: store.page_of_capture(10_000),
        "sections": store.sections,
        "portals": store.stored_portals,
        "runs": lambda: store.runs(limit=50),
        "runs, portal": lambda: store.runs("wadi", 20, 40),
        "count runs": store.count_runs,
        "latest slot": lambda: store.latest_slot("wadi"),
        "last healthy": lambda: store.last_healthy("wadi"),
        "captures of run": lambda: store.captures_of_run(100),
        "summary": lambda: store.portal_summary("wadi"),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(Path(folder) / "revisor.db")
        store = Store(engine)
        begun = time.perf_counter()
        fill(store)
        size = (Path(folder) / "revisor.db").stat().st_size >> 20
        print(f"filled in {time.perf_counter() - begun:.1f} s, {size} MiB")
        for name, ask in _questions(store).items():
            ask()
            took = []
            for _ in range(10):
                begun = time.perf_counter()
                ask()
                took.append((time.perf_counter() - begun) * 1000)
            print(f"{name:24}{statistics.median(took):8.2f}{max(took):8.2f}")
        engine.dispose()


if __name__ == "__main__":
    main()
