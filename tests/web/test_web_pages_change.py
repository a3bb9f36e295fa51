"""One change and its reviews."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from revisor.model import Attachment, Figure
from storage.records import LONGEST_NOTE
from storage.store import Store
from tests.reports.examples import ARTICLE, edited, paragraphs
from tests.reports.shelf import Shelf
from tests.web.desks import desk, visit
from tests.web.pages import read, send


def test_a_change_says_what_where_when_and_how_sure(client: TestClient) -> None:
    page = read(client, "/changes/2")
    assert page.texts("article .kind")[:2] == ["edited", "retitled"]
    assert page.texts("h1 ins") == ["all"]
    assert (
        "Seen as before at 2026-03-02 02:00 UTC, changed at 2026-03-02 03:00 UTC, no checks between."
        in page.text
    )
    assert page.links(".address a") == ["https://news.example/a.htm"]
    assert page.soup.select(".address a")[0]["rel"] == ["noreferrer", "noopener"]


def test_fields_stand_before_the_body_and_unchanged_text_is_folded(client: TestClient) -> None:
    page = read(client, "/changes/2")
    order = [found.name for found in page.soup.select("article dl, article .body")]
    assert order == ["dl", "dl", "dl", "div"]
    assert page.texts(".part dt") == ["Image", "Caption", "Credit", "Attachment", "Address"]
    assert page.texts(".body del, .body ins") == ["2,150", "2,510"]
    assert page.texts("details summary")[0] == "2 paragraphs unchanged"


def test_side_by_side_shows_each_side_without_what_is_only_on_the_other(client: TestClient) -> None:
    page = read(client, "/changes/2?view=side")
    assert "2,150" in page.texts(".left")[0]
    assert "2,510" not in page.texts(".left")[0]
    assert "2,510" in page.texts(".right")[0]
    assert not page.soup.select(".left ins, .right del")
    assert page.texts(".bodyhead [aria-current]") == ["side by side"]


def test_nothing_foreign_is_loaded(client: TestClient) -> None:
    page = read(client, "/changes/2")
    assert not page.soup.select("img, iframe, object, embed, video, audio, main script, main link")
    loaded = [str(found.get("src") or found.get("href")) for found in page.soup.select("script, link")]
    assert all(address.startswith("/static/") for address in loaded)


def test_an_address_that_may_not_be_a_link_is_text(bare: Engine) -> None:
    shelf = Shelf(bare)
    shelf.run({"a": ARTICLE})
    bad = replace(
        edited(),
        figures=(Figure("javascript:alert(1)", "A caption."),),
        attachments=(Attachment("data:text/html,x", "A file"),),
    )
    shelf.run({"a": bad})
    page = read(visit(desk(shelf.store)), "/changes/1")
    assert "javascript:alert(1)" in page.text
    assert not [link for link in page.links() if not link.startswith(("/", "#", "https://news.example"))]


def test_a_removed_page_shows_its_text_as_last_seen(client: TestClient) -> None:
    page = read(client, "/changes/3")
    assert page.texts("article .kind") == ["removed"]
    assert "absent at 2026-03-02 04:00 UTC" in page.text
    assert page.texts(".bodyhead h2") == ["The text as it was last seen"]
    assert page.soup.select("h1")[0]["lang"] == "ar"
    assert page.soup.select("h1")[0]["dir"] == "auto"
    assert not page.soup.select(".bodyhead .chips")


def test_neighbours_are_those_of_the_list_that_the_reader_came_from(client: TestClient) -> None:
    everything = read(client, "/changes/2?view=side")
    assert everything.link("Newer") == "/changes/3?view=side"
    assert everything.link("Older") == "/changes/1?view=side"
    assert "2 of 3" in everything.text
    some = read(client, "/changes/2?kind=new&kind=edited")
    assert some.links(".crumbs [rel=prev]") == []
    assert some.link("Older") == "/changes/1?kind=new&kind=edited"
    assert some.link("Back to the list") == "/changes?kind=new&kind=edited"
    assert "1 of 2" in some.text
    outside = read(client, "/changes/2?kind=removed")
    assert outside.link("Newer") == "/changes/3?kind=removed"


def test_a_change_leads_to_its_proof(client: TestClient, store: Store) -> None:
    change = store.change(2)
    assert change.before
    assert change.after
    links = read(client, "/changes/2").links(".links a")
    assert links == [
        f"/pages/{change.page.id}",
        f"/captures/{change.before.capture_id}",
        f"/versions/{change.before.id}",
        f"/captures/{change.after.capture_id}",
        f"/versions/{change.after.id}",
        f"/compare/{change.before.id}/{change.after.id}",
        f"/runs/{change.run_id}",
    ]
    for link in links:
        read(client, link)


def test_review_and_reopen(client: TestClient) -> None:
    said = {"reviewed": "1", "note": "Called them.\r\nA <b>typo</b>.", "reviewer": " Zoë 李 "}
    answer = send(client, "/changes/2/reviews?kind=edited", said)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/changes/2?kind=edited#review"
    page = read(client, "/changes/2?kind=edited")
    assert page.texts("article .tick") == ["reviewed"]
    assert page.texts(".said .words") == ["Called them.A <b>typo</b>."]
    assert "by Zoë 李" in page.texts(".said li")[0]
    assert page.value("#reviewer") == "Zoë 李"  # remembered for the next one

    answer = send(
        client, "/changes/2/reviews", {"reviewed": "0", "note": "It was none.", "reviewer": "Zoë 李"}
    )
    assert answer.headers["location"] == "/changes/2#review"
    again = read(client, "/changes/2")
    assert not again.soup.select("article .tick")
    assert [text.split()[0] for text in again.texts(".said li")] == ["reviewed", "reopened"]


def test_mark_then_next_leads_to_the_next_open_one_of_the_list(client: TestClient) -> None:
    send(client, "/changes/2/reviews", {"reviewed": "1"})
    answer = send(client, "/changes/3/reviews?portal=harbour&view=side", {"reviewed": "1", "then": "next"})
    assert answer.headers["location"] == "/changes/1?portal=harbour&view=side"
    answer = send(
        client, answer.headers["location"].replace("?", "/reviews?"), {"reviewed": "1", "then": "next"}
    )
    assert answer.headers["location"] == "/changes?portal=harbour"  # nothing is open any more


def test_a_review_without_a_name_is_nobodys(client: TestClient, store: Store) -> None:
    send(client, "/changes/2/reviews", {"reviewed": "1", "reviewer": ""})
    review = store.change(2).review
    assert review
    assert review.reviewer is None


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"reviewed": "perhaps"},
        {"reviewed": "1", "then": "https://elsewhere.example"},
        {"reviewed": "1", "note": "x" * (LONGEST_NOTE + 1)},
        {"reviewed": "1", "reviewer": "x" * 1_000},
    ],
)
def test_a_review_that_cannot_be_kept_is_refused(
    client: TestClient, store: Store, form: dict[str, str]
) -> None:
    assert send(client, "/changes/2/reviews", form).status_code == 422
    assert store.reviews(2) == []


def test_a_note_as_long_as_the_form_lets_it_be_is_kept(client: TestClient, store: Store) -> None:
    lines = "\r\n".join(["x" * 99] * (LONGEST_NOTE // 100))
    assert send(client, "/changes/2/reviews", {"reviewed": "1", "note": lines}).status_code == 303
    assert len(store.reviews(2)[0].note) == LONGEST_NOTE - 1


@pytest.mark.parametrize("address", ["/changes/99", "/changes/0", "/changes/x", "/pages/99", "/versions/99"])
def test_what_is_not_there_is_said_on_a_page(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {404, 422}
    assert '<a href="/">Today</a>' in answer.text


def test_a_review_of_a_change_that_is_not_there(client: TestClient) -> None:
    assert send(client, "/changes/99/reviews", {"reviewed": "1"}).status_code == 404


def test_an_ordinary_change_page_is_light(bare: Engine) -> None:
    shelf = Shelf(bare)
    long = replace(ARTICLE, blocks=paragraphs(*(f"{n}: {'words of a paragraph ' * 12}" for n in range(40))))
    shelf.run({"a": long})
    shelf.run(
        {"a": replace(long, blocks=(*long.blocks[:20], *paragraphs("Another one."), *long.blocks[20:]))}
    )
    client = visit(desk(shelf.store))
    page = read(client, "/changes/1")
    parts = [str(found.get("src") or found.get("href")) for found in page.soup.select("script, link")]
    total = len(page.answer.content) + sum(len(client.get(part).content) for part in parts)
    assert total <= 60_000
