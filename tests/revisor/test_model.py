"""The values that pass between the rooms: frozen, plain, and as JSON the same again."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given

from revisor import model
from revisor.model import Address, Article, Capture, FrontierEntry, Kind, PageKind, Run, RunState, Trigger
from tests.revisor.articles import articles

VALUES = [
    value for value in vars(model).values() if isinstance(value, type) and dataclasses.is_dataclass(value)
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_values_are_frozen_and_slotted(value: type) -> None:
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(value)


@given(articles())
def test_articles_are_the_same_after_json(article: Article) -> None:
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    assert hash(article) == hash(dataclasses.replace(article))


def test_headers_are_found_in_any_case() -> None:
    moment = datetime(2023, 9, 21, tzinfo=UTC)
    capture = Capture("http://x/", 200, (("ETag", '"1"'), ("etag", '"2"')), b"", moment)
    assert (capture.header("etag"), capture.header("ETAG"), capture.header("Age")) == ('"1"', '"1"', None)


def test_values_have_plain_defaults() -> None:
    entry = FrontierEntry(Address("1", "http://x/1", PageKind.ARTICLE))
    assert (entry.depth, entry.etag, entry.address.section) == (0, None, None)
    moment = datetime(2023, 9, 21, tzinfo=UTC)
    run = Run(1, "p", "s", Trigger.MANUAL, RunState.DONE, baseline=False, complete=True, started_at=moment)
    assert run.counts == model.RunCounts()


def test_kinds_are_ordered_by_weight() -> None:
    order = list(Kind)
    assert (
        order.index(Kind.REMOVED)
        < order.index(Kind.EDITED)
        < order.index(Kind.COSMETIC)
        < order.index(Kind.TECHNICAL)
    )
