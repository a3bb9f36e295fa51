"""A page's history, versions compared, captures, runs, portals, and the form for a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from reports.runs import PortalLine
from reports.web.desk import PortalDue
from revisor.model import PageState, Rules, Verdict
from storage.records import PageRecord
from storage.store import Store
from tests.reports.examples import ARTICLE, edited
from tests.reports.shelf import Shelf
from tests.storage.making import START, Scene, answer, new_version
from tests.web.desks import capture, desk, visit
from tests.web.pages import read


def test_a_history_lists_versions_and_changes_newest_first(client: TestClient, store: Store) -> None:
    change = store.change(2)
    page = read(client, f"/pages/{change.page.id}")
    assert page.heading == "Harbour tunnel opens to all traffic"
    assert "Live, first seen 2026-03-02 01:00 UTC" in page.text
    assert "2 versions, 1 change, 4 captures" in page.text.lower()
    marks = page.links(".timeline > li > p > a:first-child")
    assert change.before
    assert change.after
    assert marks == ["/changes/2", f"/versions/{change.after.id}", f"/versions/{change.before.id}"]
    assert len(page.texts(".table tbody tr")) == 4


def test_two_versions_are_chosen_and_compared_at_a_permanent_address(
    client: TestClient, store: Store
) -> None:
    change = store.change(2)
    page = read(client, f"/pages/{change.page.id}")
    before = page.value("input[name=before][checked]")
    after = page.value("input[name=after][checked]")
    answer = client.get("/compare", params={"before": before, "after": after})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/compare/{before}/{after}"
    compared = read(client, answer.headers["location"])
    assert compared.texts("h1 ins") == ["all"]
    assert f"http://127.0.0.1:8460/compare/{before}/{after}" in compared.text
    assert "different rules" not in compared.text
    swapped = read(client, compared.link("Swap sides"))
    assert swapped.texts("h1 del") == ["all"]
    side = read(client, f"/compare/{before}/{after}?view=side")
    assert "2,510" in side.texts(".right")[0]


def test_a_page_with_one_version_has_nothing_to_compare(client: TestClient, store: Store) -> None:
    page = read(client, f"/pages/{store.change(1).page.id}")
    assert not page.soup.select("input[type=radio], button")


def test_versions_of_different_pages_are_not_compared(client: TestClient, store: Store) -> None:
    one, other = store.change(1).after, store.change(2).after
    assert one
    assert other
    page = read(client, f"/compare/{one.id}/{other.id}", 404)
    assert "different pages" in page.text


@pytest.mark.parametrize("query", ["", "before=1", "before=x&after=2", "before=0&after=99999999999999999999"])
def test_a_comparison_needs_two_numbers(client: TestClient, query: str) -> None:
    read(client, f"/compare?{query}", 422)


def test_a_version_is_an_article_as_it_was(client: TestClient, store: Store) -> None:
    version = store.change(2).before
    assert version
    page = read(client, f"/versions/{version.id}")
    assert page.heading == "Harbour tunnel opens to traffic"
    assert "2,150 metres" in page.text
    assert page.texts("code") == [version.digests.exact, version.rules_id]
    assert not page.soup.select("ins, del")


def test_a_capture_shows_how_it_was_answered(engine: Engine, client: TestClient) -> None:
    body = b"<p>text</p><script>alert(1)</script>"
    number = capture(engine, body, (("Content-Type", "text/html"), ("X-Note", "<b>bold</b>")))
    page = read(client, f"/captures/{number}")
    assert "200 OK" in page.text
    assert page.texts(".headers td") == ["text/html", "<b>bold</b>"]
    (frame,) = page.soup.select("iframe")
    assert frame["src"] == f"/captures/{number}/frame"
    assert not frame["sandbox"]
    assert page.link("Download the raw answer") == f"/captures/{number}/raw"


def test_a_capture_that_is_no_page_has_no_frame(engine: Engine, client: TestClient) -> None:
    number = capture(engine, b"%PDF-1.7", (("Content-Type", "application/pdf"),))
    assert not read(client, f"/captures/{number}").soup.select("iframe")


def test_runs_show_verdict_counts_and_who_began_them(client: TestClient) -> None:
    page = read(client, "/runs?portal=harbour")
    assert page.heading == "4 runs"
    assert page.texts(".table .state") == ["degraded", "healthy", "healthy", "healthy"]
    assert page.texts(".chips [aria-current]") == ["harbour"]
    assert read(client, "/runs?portal=other").heading == "No runs"
    read(client, "/runs?page=0", 422)


def test_a_run_lists_what_failed_and_what_it_changed(client: TestClient, store: Store) -> None:
    newest, third, *_ = store.runs()
    page = read(client, f"/runs/{newest.id}")
    assert page.texts(".entry .title") == ["Ferry timetable"]
    page = read(client, f"/runs/{third.id}")
    assert page.texts(".entry .title") == ["Harbour tunnel opens to all traffic"]


def test_a_crashed_run_shows_its_failure_and_last_lines(bare: Engine) -> None:
    shelf = Shelf(bare)
    run = shelf.run({"a": ARTICLE}, Verdict.DOWN)
    shelf.store.fail_run(run.id, "CrawlerCrashed", "line <1>\n  line 2\n" + "x" * 500)
    page = read(visit(desk(shelf.store)), f"/runs/{run.id}")
    assert "CrawlerCrashed" in page.texts(".notice")[0]
    assert "the next run goes on" in page.texts(".notice")[0]
    assert page.soup.select("pre")[0].get_text().splitlines()[:2] == ["line <1>", "  line 2"]


def test_portals_say_when_each_is_due_here_and_there(store: Store) -> None:
    due = datetime(2026, 3, 3, 1, 17, tzinfo=UTC)
    line = PortalLine(
        "harbour", "The harbour", "https://news.example/", "17 9 * * 1-5", "Slow at night.",
        store.portal_summary("harbour"), time_zone="Asia/Shanghai",
    )  # fmt: skip
    broken = PortalLine("broken", error="PortalFileInvalid: no <base>")
    page = read(
        visit(replace(desk(store), portals=lambda: [PortalDue(line, due), PortalDue(broken, None)])),
        "/portals",
    )
    assert page.heading == "2 portals"
    assert "Monday to Friday at 09:17 17 9 * * 1-5 in Asia/Shanghai" in page.text
    assert "2026-03-03 01:17 UTC (2026-03-03 09:17 UTC+08:00 there)" in page.text
    assert "3 changes" in page.text
    assert "no <base>" in page.texts(".notice")[0]


def test_the_report_form_begins_with_the_last_week(client: TestClient) -> None:
    page = read(client, "/report")
    assert page.value("#since") == "2026-02-24"
    assert page.value("#until") == "2026-03-02"
    assert "3 changes in this period" in page.text
    assert [str(b.get("formaction", "")) for b in page.soup.select("main button")] == [
        "", "/report.md", "/report.csv", "/report.json",
    ]  # fmt: skip
    yesterday = read(client, page.link("Yesterday"))
    assert yesterday.value("#until") == "2026-03-01"
    assert "No changes in this period" in yesterday.text


def test_the_report_form_keeps_the_filters_of_the_list(client: TestClient) -> None:
    page = read(client, "/report?words=tunnel&state=open&kind=edited")
    assert page.value("input[type=hidden][name=words]") == "tunnel"
    assert page.value("input[type=hidden][name=state]") == "open"
    assert page.soup.select("input[value=edited][checked]")
    assert "1 change in this period" in page.text


def test_versions_read_by_other_rules_are_said_so(bare: Engine) -> None:
    scene = Scene(bare)
    scene.store.save_rules(Rules("rules-2", "2"), START)
    for rules, article in (("rules-1", ARTICLE), ("rules-2", edited())):
        run = scene.crawl(answer("a", at=scene.at))
        number = scene.only(run).id
        versions = (new_version(number, article, rules),)
        record = PageRecord(number, "article", state=PageState.LIVE, versions=versions, seen=True)
        scene.store.record(run, record, scene.now)
        scene.finish(run)
    assert "read by different rules" in read(visit(desk(scene.store)), "/compare/1/2").text


@pytest.mark.parametrize("address", ["/about", "/report", "/portals", "/runs", "/changes", "/"])
def test_every_page_has_one_heading_a_skip_link_and_landmarks(client: TestClient, address: str) -> None:
    page = read(client, address)
    assert len(page.soup.select("h1")) == 1
    assert page.links(".skip") == ["#main"]
    assert page.soup.select("main#main")
    for label in page.soup.select("label[for]"):
        assert page.soup.select(f"#{label['for']}")
    ids = [str(found["id"]) for found in page.soup.select("[id]")]
    assert len(ids) == len(set(ids))
