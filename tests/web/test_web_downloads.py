"""Reports and the feed as the page hands them out, and what an address may ask of them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from reports.web.filters import Filters, State, understand
from revisor.model import Kind
from storage.store import Store
from tests.web.desks import SITE, desk, visit

ATOM = "{http://www.w3.org/2005/Atom}"


# --- reports ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "media_type", "shows"),
    [
        ("html", "text/html", "Lighthouse repaired</"),
        ("md", "text/markdown", "Lighthouse repaired"),
        ("json", "application/json", '"format": "revisor.report/1"'),
        ("csv", "text/csv", '"Lighthouse repaired"'),
    ],
)
def test_a_report_is_a_file_of_the_last_seven_days(
    client: TestClient, ending: str, media_type: str, shows: str
) -> None:
    answer = client.get(f"/report.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    disposition = answer.headers["content-disposition"]
    assert disposition == f'attachment; filename="revisor-report-2026-03-02.{ending}"'
    assert shows in answer.text


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 3),
        ("kind=new", 1),
        ("since=2026-03-02T03:00", 2),
        ("until=2026-03-02T03:00", 1),
        ("until=2026-03-01", 0),
        ("portal=elsewhere", 0),
        ("words=timetable", 1),
    ],
)
def test_a_report_holds_what_is_asked_for(client: TestClient, query: str, total: int) -> None:
    assert client.get(f"/report.json?{query}").json()["total"] == total


def test_a_period_that_only_ends_begins_seven_days_before(client: TestClient) -> None:
    report = client.get("/report.json?until=2026-02-10T00:00Z").json()
    assert (report["since"], report["until"]) == ("2026-02-03T00:00:00Z", "2026-02-10T00:00:00Z")


@pytest.mark.parametrize("query", ["since=soon", "kind=rewritten", f"words={'x' * 201}", "state=seen"])
@pytest.mark.parametrize("address", ["/report.html", "/feed.atom"])
def test_what_cannot_be_understood_is_said(client: TestClient, address: str, query: str) -> None:
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert query.partition("=")[0] in answer.text.lower()


# --- the feed ---------------------------------------------------------------------------


def test_the_feed_links_to_its_changes_and_to_itself(client: TestClient) -> None:
    answer = client.get("/feed.atom?kind=new&portal=harbour")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    links = {link.get("rel"): link.get("href") or "" for link in feed.iter(f"{ATOM}link")}
    assert links["alternate"] == f"{SITE}/changes/1"
    own = links["self"]
    assert client.get(own).content == answer.content


def test_a_reader_that_has_the_feed_is_told_so(client: TestClient) -> None:
    tag = client.get("/feed.atom").headers["etag"]
    again = client.get("/feed.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    client.post("/api/changes/1/reviews", json={"reviewed": True})
    other = client.get("/feed.atom?state=open", headers={"If-None-Match": tag})
    assert other.status_code == 200


# --- filters ------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
FILTERS = st.builds(
    Filters,
    portal=TEXTS,
    section=TEXTS,
    kind=st.lists(st.sampled_from([kind.value for kind in Kind]), unique=True).map(tuple),
    since=TEXTS,
    until=TEXTS,
    words=TEXTS,
    state=st.sampled_from([state.value for state in State]),
    all=st.sampled_from(["", "1"]),
    page=st.integers(1, 99).map(str),
)


@given(filters=FILTERS)
def test_an_address_made_of_filters_asks_for_the_same(filters: Filters) -> None:
    query = filters.query(page=filters.page)
    assert Filters.of(QueryParams(query)) == filters
    assert filters.number == int(filters.page)


def test_a_link_to_other_filters_begins_at_the_first_page() -> None:
    filters = Filters(portal="harbour", kind=("new",), page="3")
    assert filters.query() == "portal=harbour&kind=new"
    assert filters.query(kind=()) == "portal=harbour"
    assert parse_qsl(urlsplit(f"?{filters.query(page='4')}").query)[-1] == ("page", "4")
    assert Filters().query() == ""


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "9" * 30, "1e3"])
def test_a_page_that_cannot_be_read_is_the_first(page: str) -> None:
    assert Filters(page=page).number == 1


def test_each_field_says_what_is_wrong_with_it(store: Store) -> None:
    bad = Filters(since="soon", until="2026-02-30", kind=("new", "rewritten"), words="x" * 201, state="seen")
    asked = understand(bad, desk(store))
    assert {error.field for error in asked.errors} == {"since", "until", "kind", "words", "state"}
    assert "soon" in (asked.error("since") or "")
    assert asked.error("portal") is None
    assert asked.wanted.kinds == (Kind.NEW,)
    assert store.count_changes(asked.wanted) == 1


def test_a_period_may_be_given_by_its_days(store: Store) -> None:
    asked = understand(Filters(since="2026-03-02", until="2026-03-02"), desk(store))
    assert not asked.backwards
    assert store.count_changes(asked.wanted) == 3
    assert understand(Filters(since="2026-03-02", until="2026-03-01"), desk(store)).backwards


@pytest.mark.parametrize(
    "query", ["until=0001-01-03", "since=0001-01-01T01:00Z", "until=9999-12-30", "since=99999w"]
)
@pytest.mark.parametrize("address", ["/report.html", "/report.md", "/feed.atom", "/report", "/changes"])
def test_a_moment_beyond_every_calendar_is_refused_by_its_field(
    store: Store, address: str, query: str
) -> None:
    """Weeks before the first year, and local times of the last day, cannot be counted."""
    client = visit(replace(desk(store), zone=ZoneInfo("America/New_York")))
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == (200 if address in {"/report", "/changes"} else 422)
    assert "too far away" in answer.text
