"""The JSON API: what is read and written through it, and how it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from reports.query import find_change
from reports.shapes import change_json
from revisor.errors import DatabaseLocked
from storage.database import writing
from storage.store import Store
from tests.web.desks import NOW, desk, visit


def read(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


# --- reading -------------------------------------------------------------------------


def test_changes_come_newest_first_with_their_count(client: TestClient) -> None:
    found = read(client, "/api/changes")
    assert found["format"] == "revisor.api.changes/1"
    assert found["total"] == 3
    assert [change["kinds"][0] for change in found["changes"]] == ["removed", "edited", "new"]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("kind=new", 1),
        ("kind=new&kind=edited", 2),
        ("portal=harbour", 3),
        ("portal=elsewhere", 0),
        ("words=lighthouse", 1),
        ("state=open", 3),
        ("state=reviewed", 0),
        ("since=2026-03-03", 0),
        ("until=2026-03-02", 3),
        ("since=24h", 3),
        ("since=1m", 0),
        ("since=2026-03-02T03:00:00Z", 2),
        ("since=2026-03-02T10:00:00%2B08:00", 3),
        ("since=2026-03-09&until=2026-03-01", 0),
        ("all=true", 3),
    ],
)
def test_changes_are_filtered(client: TestClient, query: str, total: int) -> None:
    assert read(client, f"/api/changes?{query}")["total"] == total


def test_changes_come_in_slices(client: TestClient) -> None:
    numbers = [c["id"] for c in read(client, "/api/changes")["changes"]]
    for offset, number in enumerate(numbers):
        found = read(client, f"/api/changes?limit=1&offset={offset}")
        assert [c["id"] for c in found["changes"]] == [number]
        assert found["total"] == 3
    assert read(client, "/api/changes?offset=1000000000")["changes"] == []


def test_a_change_is_to_the_letter_what_the_command_prints(client: TestClient, store: Store) -> None:
    assert client.get("/api/changes/2").text == change_json(find_change(store, 2))


def test_a_page_has_its_versions_changes_and_captures(client: TestClient) -> None:
    page_id = read(client, "/api/changes?kind=edited")["changes"][0]["id"]
    version = read(client, f"/api/changes/{page_id}")["change"]["after"]
    (page,) = read(client, f"/api/pages/{version['page_id']}")["pages"]
    assert page["capture_count"] == 4
    assert [line["id"] for line in page["versions"]][-1] == version["id"]
    assert [change["kinds"][0] for change in page["changes"]] == ["edited"]


def test_a_version_is_the_article_as_it_was(client: TestClient) -> None:
    assert read(client, "/api/versions/1")["version"]["article"]["title"] == "Harbour tunnel opens to traffic"


def test_runs_and_one_run(client: TestClient) -> None:
    found = read(client, "/api/runs?limit=2")
    assert found["total"] == 4
    assert [run["verdict"] for run in found["runs"]] == ["degraded", "healthy"]
    assert read(client, "/api/runs?portal=elsewhere")["total"] == 0
    run = read(client, f"/api/runs/{found['runs'][1]['id']}")
    assert run["format"] == "revisor.run/1"
    assert [change["id"] for change in run["changes"]] == [2]


# --- writing -------------------------------------------------------------------------


def test_a_review_is_kept_with_the_moment_it_was_made(client: TestClient) -> None:
    said = {"reviewed": True, "note": "A typing error.\nNo more.", "reviewer": "Ada"}
    answer = client.post("/api/changes/2/reviews", json=said)
    assert answer.status_code == 201
    review = answer.json()["review"]
    assert review | said == review
    assert review["at"] == f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    (row,) = read(client, "/api/changes?state=reviewed")["changes"]
    assert row["review"] == review
    client.post("/api/changes/2/reviews", json={"reviewed": False})
    reviews = read(client, "/api/changes/2/reviews")["reviews"]
    assert [r["reviewed"] for r in reviews] == [True, False]
    assert read(client, "/api/changes?state=reviewed")["total"] == 0


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"reviewed": "yes"},
        {"reviewed": 1},
        {"reviewed": True, "note": "x" * 2001},
        {"reviewed": True, "reviewer": "x" * 201},
        {"reviewed": True, "note": None},
        {"reviewed": True, "rating": 5},
        [],
        None,
    ],
)
def test_what_is_no_review_is_refused(client: TestClient, said: object) -> None:
    answer = client.post("/api/changes/2/reviews", json=said)
    assert answer.status_code == 422
    assert read(client, "/api/changes/2/reviews")["reviews"] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=st.text(st.characters(), max_size=50))
def test_any_text_is_a_note_or_refused(client: TestClient, note: str) -> None:
    """Lone surrogates are no text; anything else, NUL too, comes back as it was."""
    body = json.dumps({"reviewed": True, "note": note}).encode()
    answer = client.post("/api/changes/2/reviews", content=body, headers={"Content-Type": "application/json"})
    if any("\ud800" <= character <= "\udfff" for character in note):
        assert answer.status_code == 422
    else:
        assert answer.status_code == 201
        assert answer.json()["review"]["note"] == note


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(["portal", "section", "words", "since", "kind"]), raw=st.binary(max_size=30))
def test_any_bytes_may_be_asked_for(client: TestClient, field: str, raw: bytes) -> None:
    value = "".join(f"%{byte:02x}" for byte in raw)
    assert client.get(f"/api/changes?{field}={value}").status_code in {200, 422}
    assert client.get(f"/feed.atom?{field}={value}").status_code in {200, 422}


# --- refusing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/changes/99999", 404),
        ("/api/changes/99999/reviews", 404),
        ("/api/pages/99999", 404),
        ("/api/versions/99999", 404),
        ("/api/runs/99999", 404),
        ("/api/nothing", 404),
        ("/api", 404),
        ("/api/changes/", 404),
        ("/api/changes/0", 422),
        ("/api/changes/-1", 422),
        ("/api/changes/x", 422),
        (f"/api/changes/{2**63}", 422),
        (f"/api/changes/{'9' * 5000}", 422),
        ("/api/changes?limit=201", 422),
        ("/api/changes?offset=-1", 422),
        ("/api/changes?kind=rewritten", 422),
        ("/api/changes?since=2026-02-30", 422),
        ("/api/changes?sinse=7d", 422),
        (f"/api/changes?{'x' * 5000}=7d", 422),
        (f"/api/changes?words={'x' * 201}", 422),
    ],
)
def test_failures_are_problem_details(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert len(problem["detail"]) < 1000


def test_an_error_of_ours_has_its_name_and_remedy(client: TestClient) -> None:
    problem = client.get("/api/changes/99999").json()
    assert problem["name"] == "NotFound"
    assert problem["detail"] == "there is no change 99999"
    assert problem["remedy"]


@pytest.mark.parametrize(
    ("method", "address", "allow"),
    [
        ("DELETE", "/api/changes/1/reviews", "GET, HEAD, POST"),
        ("PUT", "/api/changes", "GET, HEAD"),
        ("OPTIONS", "/api/openapi.json", "GET, HEAD"),
        ("DELETE", "/", "GET, HEAD"),
        ("PATCH", "/feed.atom", "GET, HEAD"),
    ],
)
def test_other_methods_are_told_which_there_are(
    client: TestClient, method: str, address: str, allow: str
) -> None:
    answer = client.request(method, address)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allow


def test_head_is_get_without_the_body(client: TestClient) -> None:
    whole, head = client.get("/api/changes"), client.head("/api/changes")
    assert head.content == b""
    assert head.headers == whole.headers


def test_a_locked_database_means_try_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise DatabaseLocked("the database is locked")

    monkeypatch.setattr(Store, "run", locked)
    answer = visit(desk(store)).get("/api/runs/1")
    assert answer.status_code == 503
    assert answer.json()["name"] == "DatabaseLocked"


def test_damage_is_named(engine: Engine, client: TestClient) -> None:
    with writing(engine) as connection:
        connection.execute(text("update change set diff = x'00' where id = 2"))
    answer = client.get("/api/changes/2")
    assert answer.status_code == 500
    assert answer.json()["name"] == "DatabaseDamaged"


def test_the_description_covers_the_api_alone_and_loads_nothing(client: TestClient) -> None:
    description = read(client, "/api/openapi.json")
    assert all(path.startswith("/api/") for path in description["paths"])
    for operations in description["paths"].values():
        for operation in operations.values():
            assert {"401", "403", "405", "421", "422", "500", "503"} <= set(operation["responses"])
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
