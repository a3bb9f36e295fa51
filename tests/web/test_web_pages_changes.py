"""The first page and the list of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from reports.runs import PortalLine
from reports.web.desk import Desk, PortalDue
from revisor.clock import FixedClock
from revisor.config import WebSettings
from revisor.model import Kind, Verdict
from storage.records import ChangeFilter
from storage.store import Store
from tests.reports.examples import ARTICLE
from tests.reports.shelf import Shelf
from tests.web.desks import NOW, desk, visit
from tests.web.pages import read, send

EVERYTHING = ChangeFilter(include_cosmetic=True)


def test_today_says_what_is_open_and_what_went_wrong(client: TestClient, store: Store) -> None:
    page = read(client, "/")
    assert page.heading == "3 open changes"
    assert page.texts(".entry .title") == [
        "Ferry timetable",
        "Harbour tunnel opens to all traffic",
        "Lighthouse repaired",
    ]
    (wrong,) = store.runs(None, 1)
    assert page.links(".wrong a") == [f"/runs/{wrong.id}"]
    assert "degraded" in page.texts(".wrong li")[0]


def test_today_counts_since_local_midnight(store: Store) -> None:
    first = store.changes(EVERYTHING, 10)[-1].detected_at
    zone = ZoneInfo("Asia/Shanghai")
    next_day = (first.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=5)
    page = read(visit(Desk(store, list, FixedClock(next_day), WebSettings(), zone)), "/")
    assert page.texts(".facts li")[:2] == ["0 seen today", "3 in the last 7 days"]


def test_today_shows_each_portal_with_its_health_and_when_it_is_due(store: Store) -> None:
    lines = [
        PortalDue(
            PortalLine("harbour", "The harbour", summary=store.portal_summary("harbour")),
            NOW + timedelta(hours=1),
        ),
        PortalDue(PortalLine("broken", error="PortalFileInvalid: no base"), None),
        PortalDue(PortalLine("late"), NOW - timedelta(hours=1)),
    ]
    page = read(visit(replace(desk(store), portals=lambda: lines)), "/")
    strip = page.texts(".strip li")
    assert "file is wrong" in strip[0]
    assert "The harbour degraded" in strip[1]
    assert "next 2026-03-02 14:00 UTC" in strip[1]
    assert "never crawled" in strip[2]
    assert "due since 2026-03-02 12:00 UTC" in strip[2]


def test_an_empty_installation_says_what_to_do(bare: Engine) -> None:
    empty = replace(desk(Store(bare)), portals=lambda: [PortalDue(PortalLine("zhuhai"), None)])
    client = visit(empty)
    assert "revisor crawl zhuhai" in read(client, "/").text
    assert read(client, "/changes").heading == "No changes"
    assert "No change has been seen yet" in read(client, "/changes").text
    assert read(client, "/runs").heading == "No runs"
    assert "zhuhai" in read(client, "/portals").text
    assert "No portal" in read(visit(desk(Store(bare))), "/portals").heading


def test_an_empty_installation_begins_with_a_portal_that_can_be_crawled(bare: Engine) -> None:
    """Not with one whose file is wrong, nor with a closed site that is never scheduled."""
    broken = PortalDue(PortalLine("broken", error="PortalFileInvalid: no base"), None)
    closed = PortalDue(PortalLine("archive", "A closed site"), None)
    open_ = PortalDue(PortalLine("town", "The town", schedule="17 */6 * * *"), NOW)

    def told(*portals: PortalDue) -> str:
        return read(visit(replace(desk(Store(bare)), portals=lambda: portals)), "/").text

    assert "revisor crawl town" in told(broken, closed, open_)
    assert "revisor crawl archive" in told(broken, closed)
    assert "There is no portal to crawl yet" in told(broken)


def test_the_list_shows_what_where_and_when(client: TestClient) -> None:
    page = read(client, "/changes")
    assert page.heading == "3 changes"
    edit = page.soup.select("#change-2")[0]
    assert [kind.text for kind in edit.select(".kind")][:2] == ["edited", "retitled"]
    assert "harbour" in edit.text
    assert "03:00 UTC, or up to 60 min earlier" in edit.text.replace("\xa0", " ")
    time = edit.select("time")[0]
    assert time["datetime"] == "2026-03-02T03:00:00Z"
    assert time["title"] == "2026-03-02 03:00 UTC"


def test_the_list_is_kept_by_local_days(store: Store) -> None:
    zone = ZoneInfo("Pacific/Kiritimati")  # UTC+14: the third run is on the same day, at 17:00
    page = read(visit(Desk(store, list, FixedClock(NOW), WebSettings(), zone)), "/changes")
    assert page.texts(".daymark") == ["Monday, 2 March 2026"]
    assert "17:00" in page.text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=removed", ["Ferry timetable"]),
        ("kind=removed&kind=new", ["Ferry timetable", "Lighthouse repaired"]),
        ("portal=harbour&words=timetable", ["Ferry timetable"]),
        ("portal=other", []),
        ("until=2026-03-02T02:30", ["Lighthouse repaired"]),
        ("state=reviewed", []),
    ],
)
def test_filters_narrow_the_list_and_its_total(client: TestClient, query: str, titles: list[str]) -> None:
    page = read(client, f"/changes?{query}")
    assert page.texts(".entry .title") == titles
    assert page.heading.startswith(str(len(titles)) if titles else "No")
    assert page.links("link[rel=alternate]")[0].startswith("/feed.atom?")


def test_each_filter_can_be_dropped_alone(client: TestClient) -> None:
    page = read(client, "/changes?kind=new&kind=edited&words=tunnel&state=open")
    chips = dict(zip(page.texts(".chips .off"), page.links(".chips .off"), strict=True))
    assert chips == {
        "Remove filter words: tunnel": "/changes?kind=new&kind=edited&state=open",
        "Remove filter new": "/changes?kind=edited&words=tunnel&state=open",
        "Remove filter edited": "/changes?kind=new&words=tunnel&state=open",
        "Remove filter open": "/changes?kind=new&kind=edited&words=tunnel",
    }
    assert read(client, page.link("clear all")).heading == "3 changes"


def test_kinds_are_counted_under_the_other_filters(client: TestClient) -> None:
    page = read(client, "/changes?words=timetable&kind=new")
    counts = {
        str(box.select("input")[0]["value"]): box.select(".number")[0].text
        for box in page.soup.select(".kindlist .check")
        if box.select(".number")
    }
    assert counts["removed"] == "1"
    assert counts["new"] == "0"
    assert page.soup.select("input[value=new][checked]")


def test_a_filter_that_cannot_be_understood_is_said_by_its_field(client: TestClient) -> None:
    page = read(client, "/changes?since=someday&kind=rumour&kind=edited&state=open")
    assert page.heading == "1 change"
    assert page.soup.select("#since")[0]["aria-invalid"] == "true"
    assert "is no moment" in page.texts(f"#{page.soup.select('#since')[0]['aria-describedby']}")[0]
    assert "rumour" in page.texts("#wrong-kind")[0]
    assert page.value("#since") == "someday"


@pytest.mark.parametrize("address", ["/changes", "/report"])
def test_a_day_that_there_is_not_stays_in_its_field_to_be_corrected(client: TestClient, address: str) -> None:
    """A date field shows nothing of a value that is no date."""
    (field,) = read(client, f"{address}?since=2026-02-30").soup.select("#since")
    assert (field["type"], field["value"]) == ("text", "2026-02-30")
    (field,) = read(client, f"{address}?since=2026-02-28").soup.select("#since")
    assert field["type"] == "date"


def test_a_long_list_has_pages(bare: Engine) -> None:
    shelf = Shelf(bare)
    shelf.run({"a": ARTICLE})
    shelf.run({f"p{n}": replace(ARTICLE, title=f"Notice {n}") for n in range(120)})
    client = visit(desk(shelf.store))
    first = read(client, "/changes?kind=new")
    assert first.heading == "120 changes"
    assert len(first.texts(".entry")) == 50
    second = read(client, first.link("Older"))
    assert "page 2 of 3" in second.text
    last = read(client, second.link("Older"))
    assert len(last.texts(".entry")) == 20
    assert "Older" not in last.texts(".pager a")
    titles = [*first.texts(".title"), *second.texts(".title"), *last.texts(".title")]
    assert len(set(titles)) == 120
    beyond = read(client, "/changes?kind=new&page=9")
    assert beyond.link("Go there") == "/changes?kind=new&page=3"


def test_text_from_pages_and_from_the_address_stays_text(bare: Engine) -> None:
    shelf = Shelf(bare, "<i>portal</i>")
    shelf.run({"a": ARTICLE})
    shelf.run({"a": replace(ARTICLE, title="<script>alert(1)</script>\u202eevil")})
    client = visit(desk(shelf.store))
    for address in (
        "/",
        "/changes?words=%22%3E%3Cscript%3E&portal=%3Ci%3Eportal%3C/i%3E",
        "/changes",
        "/runs",
    ):
        page = read(client, address)
        assert not page.soup.select("main script, main i")
        assert "\u202e" not in page.answer.text
        assert not page.soup.select("[style], style")


def test_a_row_can_be_marked_from_the_list(client: TestClient, store: Store) -> None:
    page = read(client, "/changes?state=open&kind=edited&kind=new")
    button = page.soup.select("#change-2 button")[0]
    answer = send(client, str(button["formaction"]), {"reviewed": "1", "then": "list"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/changes?kind=edited&kind=new&state=open#change-1"
    assert read(client, answer.headers["location"]).heading == "1 change"
    reviewed = store.change(2).review
    assert reviewed
    assert reviewed.reviewed


def test_marking_on_the_first_page_leads_back_to_it(client: TestClient) -> None:
    answer = send(client, "/changes/3/reviews?state=open", {"reviewed": "1", "then": "today"})
    assert answer.headers["location"] == "/#change-2"
    assert read(client, "/").heading == "2 open changes"


def test_cosmetic_changes_are_shown_when_asked_for(bare: Engine) -> None:
    shelf = Shelf(bare)
    shelf.run({"a": ARTICLE})
    shelf.run({"a": replace(ARTICLE, blocks=tuple(replace(b, text=f"{b.text} ") for b in ARTICLE.blocks))})
    (found,) = shelf.store.changes(EVERYTHING, 10)
    assert found.kinds == (Kind.COSMETIC,)
    client = visit(desk(shelf.store))
    assert read(client, "/changes").heading == "No changes"
    assert read(client, "/changes?all=1").heading == "1 change"


def test_a_failed_run_shows_with_its_failure(bare: Engine) -> None:
    shelf = Shelf(bare)
    run = shelf.run({"a": ARTICLE}, Verdict.DOWN)
    shelf.store.fail_run(run.id, "CrawlerCrashed", "first line\nlast line")
    page = read(visit(desk(shelf.store)), "/")
    assert "CrawlerCrashed" in page.texts(".wrong li")[0]
