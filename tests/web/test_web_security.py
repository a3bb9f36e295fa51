"""Who is let in, and what is said to the browser about every answer."""

from __future__ import annotations

from base64 import b64encode

import pytest
from starlette.testclient import TestClient

from reports.web.security import MAX_BODY
from revisor.config import WebSettings
from storage.store import Store
from tests.web.desks import SITE, desk, visit

TOKEN = "schlüssel-zum-schreibtisch"  # noqa: S105  # of this test alone
REVIEWS = "/api/changes/1/reviews"
REVIEW = {"reviewed": True}
FORM = {"reviewed": "1"}
NAVIGATION = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def basic(text: str) -> str:
    return "Basic " + b64encode(text.encode()).decode()


@pytest.fixture
def guarded(store: Store) -> TestClient:
    return visit(desk(store, WebSettings(token=TOKEN)))


# --- host names ----------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8460", "localhost", "LOCALHOST:9", "localhost.", "[::1]:8460", "[0:0::1]", "127.0.0.1"],
)
def test_this_machine_is_served_under_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/api/runs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost:80@evil.example",
        "",
        " ",
        "127.0.0.2",
        "evil:127.0.0.1",
        "[::2]",
    ],
)
def test_other_names_are_not_served(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"].startswith("text/plain")
    assert "web.hosts" in answer.text
    assert "evil" not in answer.text


def test_two_host_headers_are_not_served(client: TestClient) -> None:
    request = client.build_request("GET", "/", headers=[("Host", "localhost"), ("Host", "evil.example")])
    assert client.send(request).status_code == 421


def test_names_that_are_set_are_served(store: Store) -> None:
    client = visit(desk(store, WebSettings(host="10.0.0.5", token=TOKEN, hosts=("Desk.Example", "fd00::1"))))
    client.headers["Authorization"] = basic(f"me:{TOKEN}")
    for host in ("desk.example:8460", "10.0.0.5", "[fd00:0::1]:80"):
        assert client.get("/api/runs", headers={"Host": host}).status_code == 200


# --- the token -------------------------------------------------------------------


@pytest.mark.parametrize("shown", [basic(f"anybody:{TOKEN}"), basic(f":{TOKEN}"), f"bearer {TOKEN}"])
def test_the_token_lets_in(guarded: TestClient, shown: str) -> None:
    answer = guarded.get("/api/runs", headers={"Authorization": shown.encode()})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "shown",
    [
        b"",
        b"Bearer",
        b"Bearer wrong",
        b"Bearer \xff\xfe",
        TOKEN.encode(),
        basic(TOKEN).encode(),
        basic("me:wrong").encode(),
        basic(f"me:{TOKEN} ").encode(),
        b"Basic !!!",
        b"Basic \xff",
        b"Basic " + b64encode(b"\xff\xfe:\xff"),
        b"Digest username=me",
    ],
)
def test_without_the_token_nobody_is_let_in(guarded: TestClient, shown: bytes) -> None:
    answer = guarded.get("/", headers={"Authorization": shown})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert TOKEN not in answer.text


def test_everything_asks_for_the_token(guarded: TestClient) -> None:
    for address in ("/", "/api/openapi.json", "/feed.atom", "/report.html", "/static/desk.css", "/nowhere"):
        assert guarded.get(address).status_code == 401
    assert guarded.post(REVIEWS, json=REVIEW).status_code == 401


def test_two_tokens_are_none(guarded: TestClient) -> None:
    right = ("Authorization", basic(f"me:{TOKEN}"))
    assert guarded.send(guarded.build_request("GET", "/", headers=[right, right])).status_code == 401


# --- writes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": SITE},
        {"Origin": SITE, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_json_may_be_sent_from_here_and_by_programs(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(REVIEWS, json=REVIEW, headers=headers).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8460"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": SITE},
        {"Sec-Fetch-Site": "cross-site", **NAVIGATION},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_writes_from_elsewhere_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(REVIEWS, json=REVIEW, headers=headers).status_code == 403
    assert client.post("/changes/1/reviews", data=FORM, headers=headers).status_code == 403
    assert client.get("/api/changes/1/reviews").json()["reviews"] == []


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "TEXT/plain"]
)
def test_forms_must_say_where_they_come_from(client: TestClient, media_type: str) -> None:
    answer = client.post("/changes/1/reviews", content=b"reviewed=1", headers={"Content-Type": media_type})
    assert answer.status_code == 403


def test_no_preflight_is_granted(client: TestClient) -> None:
    answer = client.options(
        REVIEWS, headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not any(name.startswith("access-control") for name in answer.headers)


# --- reads -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "style"},
        {"Sec-Fetch-Site": "none", **NAVIGATION},
        {"Sec-Fetch-Site": "cross-site", **NAVIGATION},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_links_to_here_may_be_followed(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/api/changes", headers=headers).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "strange"])
@pytest.mark.parametrize(
    ("mode", "destination"),
    [
        ("cors", "empty"),
        ("no-cors", "script"),
        ("no-cors", "image"),
        ("navigate", "iframe"),
        ("navigate", "object"),
    ],
)
def test_pages_of_other_sites_cannot_read_or_embed(
    client: TestClient, site: str, mode: str, destination: str
) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": destination}
    assert client.get("/api/changes", headers=headers).status_code == 403


# --- bodies ------------------------------------------------------------------------


def test_large_bodies_are_refused(client: TestClient) -> None:
    large = b'{"reviewed": true, "note": "' + b"x" * MAX_BODY + b'"}'
    answer = client.post(REVIEWS, content=large, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("told", [{}, {"Content-Length": "2"}, {"Content-Length": "9" * 400}])
def test_it_is_what_comes_that_counts(client: TestClient, told: dict[str, str]) -> None:
    chunks = (b"x" * 1000 for _ in range(MAX_BODY // 1000 + 1))
    headers = {"Content-Type": "application/json"} | told
    assert client.post(REVIEWS, content=chunks, headers=headers).status_code == 413


# --- what every answer says ----------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/api/changes", 200),
        ("GET", "/nowhere", 404),
        ("DELETE", "/", 405),
        ("GET", "/api/changes/0", 422),
    ],
)
def test_every_answer_is_guarded(client: TestClient, method: str, address: str, status: int) -> None:
    answer = client.request(method, address)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


def test_a_fault_is_one_line_and_guarded(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> list[object]:
        raise ValueError("secret of the house")

    of = desk(store)
    client = visit(type(of)(of.store, broken, of.clock, of.web, of.zone))  # type: ignore[arg-type]  # it is broken
    answer = client.get("/report.json")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "secret of the house" in caplog.text
