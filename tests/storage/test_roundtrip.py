"""What goes in comes out: any text, any headers, any moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select
from sqlalchemy.exc import StatementError

from revisor.errors import DatabaseDamaged
from revisor.model import (
    Address,
    Article,
    Block,
    Capture,
    Diff,
    Discovered,
    Fetch,
    FieldChange,
    Figure,
    FrontierEntry,
    Kind,
    PageKind,
    Source,
)
from storage import packing
from storage.captures import RunSink
from storage.columns import AnyText, Moment
from storage.database import reading
from storage.frontier import RunFrontier
from storage.records import NewChange
from tests.storage.making import START, Scene, answer, live

ANY_TEXT = st.text(st.characters(), max_size=60)  # all of Unicode, lone surrogates included
MAYBE = st.none() | ANY_TEXT
BLOCKS = st.builds(Block, text=ANY_TEXT, cells=st.lists(ANY_TEXT, max_size=3).map(tuple))
FIGURES = st.builds(Figure, image=ANY_TEXT, caption=MAYBE, credit=MAYBE, alt=MAYBE)
ARTICLES = st.builds(
    Article,
    title=ANY_TEXT,
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    published=MAYBE,
    byline=MAYBE,
    figures=st.lists(FIGURES, max_size=2).map(tuple),
)
FIELDS = st.builds(FieldChange, field=ANY_TEXT, before=MAYBE, after=MAYBE)
DIFFS = st.from_type(Diff) | st.builds(Diff, fields=st.lists(FIELDS, max_size=3).map(tuple))
MOMENTS = st.datetimes(
    min_value=datetime(1, 1, 3),  # noqa: DTZ001 -- hypothesis adds the zone
    max_value=datetime(9999, 12, 29),  # noqa: DTZ001 -- as above
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


def replaced(text: str) -> str:
    return "".join("\ufffd" if 0xD800 <= ord(character) < 0xE000 else character for character in text)


@given(ARTICLES)
@settings(max_examples=50)
def test_articles(lasting: Scene, article: Article) -> None:
    """To the letter, lone surrogates included; only the page's title, a text column, replaces those."""
    run = lasting.crawl(answer(f"{lasting.at}", at=lasting.at))
    lasting.store.record(run, live(lasting.only(run).id, article), START)
    (line,) = lasting.store.captures_of_run(run.id)
    version = lasting.store.version_by_capture(line.id, "rules-1")
    assert version
    assert version.article == article
    page = lasting.store.page_by_id(version.page_id)
    assert page.title == replaced(article.title)


@given(DIFFS, ANY_TEXT, ANY_TEXT, st.sets(st.sampled_from(Kind), min_size=1))
@settings(max_examples=50)
def test_changes(lasting: Scene, diff: Diff, title: str, summary: str, kinds: set[Kind]) -> None:
    run = lasting.crawl(answer(f"{lasting.at}", at=lasting.at))
    told = NewChange(tuple(kinds), title, summary, diff)
    change_id = lasting.store.record(run, live(lasting.only(run).id, told=told), START)
    assert change_id
    change = lasting.store.change(change_id)
    assert change.diff == diff
    assert (change.title, change.summary) == (replaced(title), replaced(summary))
    assert change.kinds == tuple(kind for kind in Kind if kind in kinds)


HEADERS = st.lists(st.tuples(st.text(max_size=9), st.text(max_size=30)), max_size=5).map(tuple)


@given(HEADERS, st.binary(max_size=300), st.integers(100, 599), MOMENTS)
@settings(max_examples=50)
def test_captures(
    lasting: Scene, headers: tuple[tuple[str, str], ...], body: bytes, status: int, at: datetime
) -> None:
    run = lasting.begin()
    capture = Capture("https://news.example/a", status, headers, body, at)
    entry = FrontierEntry(Address("id:a", capture.url, PageKind.ARTICLE))
    RunSink(lasting.engine, run).store(Fetch(entry, capture))
    stored = lasting.store.capture(lasting.only(run).id)
    assert stored == capture
    assert stored.fetched_at.tzinfo is UTC


def test_bytes_that_are_no_text_survive_in_headers(scene: Scene) -> None:
    headers = (("X-Name", b"caf\xe9 \xff".decode("utf-8", "surrogateescape")),)
    pending = scene.only(scene.crawl(answer("a", headers=headers)))
    assert scene.store.capture(pending.id).headers == headers


@given(ANY_TEXT)
def test_text_columns_replace_only_lone_surrogates(lasting: Scene, text: str) -> None:
    with reading(lasting.engine) as connection:
        stored = connection.execute(select(literal(text, AnyText))).scalar()
    assert stored == replaced(text)


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_text(lasting: Scene, one: datetime, other: datetime) -> None:
    query = select(literal(one, Moment), literal(one, Moment) < literal(other, Moment))
    with reading(lasting.engine) as connection:
        back, earlier = connection.execute(query).one()
    assert back == one
    assert back.tzinfo is UTC
    assert bool(earlier) == (one < other)


def test_a_moment_without_a_zone_is_refused(scene: Scene) -> None:
    run = scene.begin()
    naive = replace(answer("a").capture, fetched_at=START.replace(tzinfo=None))
    with pytest.raises(StatementError, match="time zone"):
        RunSink(scene.engine, run).store(replace(answer("a"), capture=naive))


def test_a_huge_article_and_many_links(scene: Scene) -> None:
    run = scene.begin()
    many = tuple(
        Discovered(
            Address(f"id:{number}", f"https://news.example/{number}", PageKind.ARTICLE), Source.LINK, 1
        )
        for number in range(20_000)
    )
    RunSink(scene.engine, run).store(answer("a", body=b"x" * (20 << 20), discovered=many))
    assert RunFrontier(scene.engine, run).pending() == 20_000
    large = replace(Article("Large", ()), source="text " * 1_000_000)
    scene.store.record(run, live(scene.only(run).id, large), START)
    version = scene.store.version_by_capture(1, "rules-1")
    assert version
    assert version.article == large


@pytest.mark.parametrize(
    "blob", [b"", b"{", b"[]", b'{"title": 3, "blocks": []}', b"\xff", b'{"title":"\xed\xa0']
)
def test_rotten_values_are_damage(blob: bytes) -> None:
    with pytest.raises(DatabaseDamaged, match="version 3"):
        packing.unpack(packing.squeeze(blob), Article, "version 3")


@pytest.mark.parametrize("text", ["", "{", "3", "[3]", '[["a"]]', "null"])
def test_rotten_headers_are_damage(text: str) -> None:
    with pytest.raises(DatabaseDamaged, match="capture 3"):
        packing.headers_of_text(text, "capture 3")
