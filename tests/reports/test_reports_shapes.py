"""JSON: versioned, documented, and read back as it was written."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import shapes
from reports.query import find_change, find_history, list_changes, report_period
from storage.records import ChangeFilter
from tests.reports.examples import ARTICLE, edited
from tests.reports.shelf import Shelf
from tests.storage.making import START

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "json.md"


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    """Everything that a shape can hold at least once."""
    shelf.run({"a": ARTICLE, "b": ARTICLE})
    shelf.run({"a": edited(), "b": 404})
    shelf.run({"a": edited(), "b": 404, "c": ARTICLE})
    shelf.store.add_review(1, reviewed=True, note="Told the desk.", reviewer="Ada", at=START)
    return shelf


def written(shelf: Shelf) -> dict[str, tuple[str, Any]]:
    store = shelf.store
    period = ChangeFilter(since=START, until=shelf.next_run)
    return {
        "revisor.changes/1": (
            shapes.changes_json(list_changes(store, ChangeFilter(), 9, [])),
            shapes.ChangesShape,
        ),
        "revisor.change/1": (shapes.change_json(find_change(store, 1)), shapes.ChangeShape),
        "revisor.history/1": (
            shapes.history_json(find_history(store, "id:a", [("harbour", "id:a")])),
            shapes.HistoryShape,
        ),
        "revisor.report/1": (shapes.report_json(report_period(store, period, [])), shapes.ReportShape),
    }


def test_every_shape_names_its_format_first_and_reads_back(full: Shelf) -> None:
    for name, (text, shape) in written(full).items():
        assert text.startswith(f'{{\n  "format": "{name}",')
        assert text.endswith("}\n")
        again = msgspec.json.decode(text, type=shape)
        assert shapes.encode(again) == text


def test_moments_are_utc_with_a_z(full: Shelf) -> None:
    for text, _ in written(full).values():
        moments = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', text)
        assert moments
        for moment in moments:
            assert moment.endswith("Z")
            datetime.fromisoformat(moment)


def test_figures_are_right(full: Shelf) -> None:
    texts = {name: msgspec.json.decode(text) for name, (text, _) in written(full).items()}
    assert [row["kinds"][0] for row in texts["revisor.changes/1"]["changes"]] == ["new", "removed", "edited"]
    report = texts["revisor.report/1"]
    assert report["total"] == len(report["changes"]) == 3
    assert {c["kind"]: c["count"] for c in report["counts"]}["removed"] == 1
    assert report["portals"][0]["portal"] == "harbour"
    change = texts["revisor.change/1"]["change"]
    assert change["after"]["article"]["title"] == edited().title
    assert change["checks_between"] == 0
    assert change["recorded_at"].endswith("Z")
    assert (change["review"]["reviewed"], change["review"]["reviewer"]) == (True, "Ada")
    assert [row["review"] for row in texts["revisor.changes/1"]["changes"][:2]] == [None, None]
    (page,) = texts["revisor.history/1"]["pages"]
    assert (len(page["versions"]), len(page["changes"]), page["capture_count"]) == (2, 1, 3)


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


def test_every_key_and_format_is_documented(full: Shelf) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    for name, (text, _) in written(full).items():
        assert f'"{name}"' in document
        missing = {key for key in _keys(msgspec.json.decode(text)) if f"`{key}`" not in document}
        assert not missing


@given(st.dictionaries(st.text(), st.text()))
def test_what_is_escaped_says_the_same(value: dict[str, str]) -> None:
    text = shapes.encode(value)
    assert msgspec.json.decode(text) == value
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
