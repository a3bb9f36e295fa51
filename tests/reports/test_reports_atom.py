"""The Atom feed: what RFC 4287 asks for, ids that stay, and nothing foreign in its HTML."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.atom import MAX_PARTS, atom_feed, entry_id
from reports.query import WholeChange
from reports.safe import safe
from revisor.model import Change, Kind
from tests.reports.examples import ARTICLE, DETECTED, change, edited, paragraphs
from tests.reports.test_reports_safe import HOSTILE, STEERING, Elements, hostile_changes

SELF = "http://127.0.0.1:8460/feed.atom?portal=harbour&kind=edited"
NOW = datetime(2026, 3, 9, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HTML = {"p", "b", "ins", "del"}


def feed(*changes: WholeChange | Change) -> str:
    whole = [one if isinstance(one, WholeChange) else WholeChange(one, 0) for one in changes]
    return atom_feed(
        whole, title="Changes", self_url=SELF, page_url=lambda number: f"http://127.0.0.1:8460/changes/{number}",
        updated=NOW,
    )  # fmt: skip


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))


def texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=ATOM)
    assert isinstance(found, list)
    return [str(one) for one in found]


def contents(text: str) -> Sequence[str]:
    return texts(parsed(text), "//a:content/text()")


def test_a_feed_has_what_the_standard_asks_for() -> None:
    case = replace(change(ARTICLE, edited()), recorded_at=NOW, summary="1 number changed")
    root = parsed(feed(case, replace(change(ARTICLE, None, number=8), recorded_at=NOW - timedelta(days=1))))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert texts(root, "a:id/text()") == texts(root, "a:link[@rel='self']/@href") == [SELF]
    assert texts(root, "a:title/text()") == ["Changes"]
    assert texts(root, "a:updated/text()") == ["2026-03-09T00:00:00Z"]
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == 2
    for entry in entries:
        for name in ("id", "title", "updated", "published", "author", "content", "summary"):
            assert len(entry.findall(f"a:{name}", ATOM)) == 1, name
    entry = entries[0]
    assert texts(entry, "a:title/text()") == [
        "edited, retitled, redated, recaptioned, attachment: Harbour tunnel opens to all traffic"
    ]
    assert texts(entry, "a:updated/text() | a:published/text()") == [
        "2026-03-09T00:00:00Z",
        "2026-03-03T01:07:00Z",
    ]
    assert texts(entry, "a:author/a:name/text()") == ["harbour"]
    assert texts(entry, "a:link[@rel='alternate']/@href") == ["http://127.0.0.1:8460/changes/7"]
    assert texts(entry, "a:link[@rel='related']/@href") == ["https://news.example/2026-03/01/c_1.htm"]
    assert texts(entry, "a:category/@term") == ["edited", "retitled", "redated", "recaptioned", "attachment"]
    (summary,) = texts(entry, "a:summary/text()")
    assert summary.startswith(
        "1 number changed; seen as before at 2026-03-02 01:00 UTC, changed at 2026-03-03"
    )


def test_the_content_shows_what_changed() -> None:
    (content,) = contents(feed(change(ARTICLE, edited())))
    assert '<p dir="auto"><b>Title:</b> Harbour tunnel opens to<ins> all</ins> traffic</p>' in content
    assert "The tunnel is <del>2,150</del><ins>2,510</ins> metres long" in content
    assert "12,000 vehicles" not in content
    (content,) = contents(feed(change(None, ARTICLE)))
    assert "12,000 vehicles" in content


def test_long_texts_are_cut_and_counted() -> None:
    long = replace(ARTICLE, blocks=paragraphs(*(f"{n} " + "word " * 2_000 for n in range(100))))
    (content,) = contents(feed(change(None, long)))
    assert len(content) < MAX_PARTS * 1_200
    assert "more parts on the page of this change" in content


def test_a_feed_without_entries_is_of_the_moment_it_is_given() -> None:
    root = parsed(feed())
    assert texts(root, "a:updated/text()") == ["2026-03-09T00:00:00Z"]
    assert root.findall("a:entry", ATOM) == []


def test_the_id_of_a_change_stays() -> None:
    case = change(ARTICLE, edited())
    urn = entry_id(case)
    assert urn == "urn:uuid:4836b059-e7cb-566d-b238-7da2f81957a5"
    assert uuid.UUID(urn).version == 5
    elsewhere = replace(
        case,
        title="Other",
        kinds=(Kind.NEW,),
        page=replace(case.page, url="https://moved.example/", title="Other"),
        detected_at=DETECTED.astimezone(timezone(timedelta(hours=8))),
    )
    assert entry_id(elsewhere) == urn
    others = (
        replace(case, id=8),
        replace(case, portal="valley"),
        replace(case, detected_at=DETECTED + timedelta(microseconds=1)),
    )
    assert len({urn, *map(entry_id, others)}) == 4


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_pages_bring_no_markup_of_their_own(evil: str) -> None:
    text = feed(*hostile_changes(evil))
    assert not STEERING - {"\n"} & set(text)
    root = parsed(text)
    assert texts(root, "//a:link[@rel='related']/@href") == []
    for content in contents(text):
        page = Elements()
        page.feed(content)
        assert {tag for tag, _ in page.found} <= HTML
        assert all(attributes in ({}, {"dir": "auto"}) for _, attributes in page.found)


@given(st.text(), st.text())
def test_any_text_gives_a_well_formed_feed(one: str, other: str) -> None:
    before, after = (replace(ARTICLE, title=text, blocks=paragraphs(text)) for text in (one, other))
    case = change(before, after, portal=one, kinds=(Kind.EDITED,))
    case = replace(case, summary=other, page=replace(case.page, key=one))
    root = parsed(feed(case, replace(case, diff=None, id=8)))
    kept = safe(one).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert "".join(texts(root, "//a:entry[1]/a:author/a:name/text()")) == kept
