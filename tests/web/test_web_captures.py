"""What of a stored answer reaches a browser: all of its bytes to save, and nothing in it that acts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import Engine
from starlette.testclient import TestClient

from reports.web.sanitize import MAX_CHARACTERS, MAX_DEPTH, shown
from revisor.model import Capture, Headers
from storage.store import Store
from tests.storage.making import START
from tests.web.desks import capture, desk, visit

VECTORS = Path(__file__).parents[3] / "shared" / "security" / "xss_vectors.jsonl"
HARMLESS = """p div section article blockquote pre br hr ul ol li dl dt dd figure figcaption address table
caption thead tbody tfoot tr th td b strong i em u s sub sup small code ruby rb rt rp h1 h2 h3 h4 h5 h6"""
HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)


def of(body: bytes, headers: Headers = HTML) -> Capture:
    return Capture("https://news.example/a.htm", 200, headers, body, START)


def acting(fragment: str) -> list[str]:
    """Every element and attribute that could do more than be read."""
    tree = html.document_fromstring(f"<html><body>{fragment}</body></html>")
    body = tree.find("body")
    assert body is not None
    found = [str(element.tag) for element in body.iterdescendants() if element.tag not in HARMLESS.split()]
    return found + [f"{e.tag!s} {name!s}" for e in body.iterdescendants() for name in e.keys()]  # noqa: SIM118  # lxml


@pytest.mark.parametrize(
    "body",
    [
        "<p onclick=alert(1) style=color:red id=x class=y>text<script>alert(1)</script>",
        '<a href="javascript:alert(1)">text</a><a href="https://elsewhere.example/">more</a>',
        "<img src=x onerror=alert(1)>text<svg><script>alert(1)</script></svg><math><mi xlink:href=x>",
        "<form action=/changes/1/reviews method=post><input name=reviewed><button>text</button></form>",
        "<meta http-equiv=refresh content='0;url=https://elsewhere.example/'><base href=x><p>text",
        "<iframe src=/ srcdoc='<p>'></iframe><object data=x></object><embed src=x><p>text",
        "<link rel=stylesheet href=//elsewhere.example/x.css><style>@import '//elsewhere.example'</style>",
        "<template><p>hidden</p></template><noscript><p title='</noscript><img src=x onerror=alert(1)>'>text",
        "<table background=//elsewhere.example/x><td>text</table><video poster=x><audio src=x>",
    ],
)
def test_nothing_that_acts_is_left(body: str) -> None:
    page = shown(of(body.encode()))
    assert acting(page.html) == []
    assert "elsewhere" not in page.html
    assert "alert" not in page.html


@pytest.mark.skipif(
    not VECTORS.exists(), reason="the attack strings are not beside this checkout (../shared/security)"
)
def test_attack_strings_leave_nothing_that_acts() -> None:
    vectors = [json.loads(line)["v"] for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    assert vectors
    for vector in vectors:
        for body in (
            vector,
            f"<p title='{vector}'>x</p>",
            f"<title>{vector}</title>",
            f"<!--{vector}-->{vector}",
        ):
            page = shown(of(body.encode("utf-8", "surrogatepass")))
            assert acting(page.html) == [], vector


def test_the_text_stays() -> None:
    page = shown(of(b"<h1>Tunnel</h1><p>It is <b>2,150</b> m &amp; open.</p><ul><li>Bus</li></ul>"))
    assert page.html == "<h1>Tunnel</h1><p>It is <b>2,150</b> m &amp; open.</p><ul><li>Bus</li></ul>"
    assert page.note is None


def test_the_page_is_decoded_as_extraction_does() -> None:
    body = '<meta charset="gb2312"><p>香港政府新聞網</p>'.encode("gb18030")
    assert shown(of(body, (("Content-Type", "text/html"),))).html == "<p>香港政府新聞網</p>"


@pytest.mark.parametrize(
    ("body", "headers", "why"),
    [
        (b'{"a": "<script>alert(1)</script>"}', (("Content-Type", "application/json"),), "application/json"),
        (b"%PDF-1.7 <script>", HTML, "a PDF"),
        (b"only text", HTML, "no markup"),
        (b"<p>" + b"<div>" * 3000, HTML, "deep"),
    ],
)
def test_what_is_no_page_is_shown_as_text(body: bytes, headers: Headers, why: str) -> None:
    page = shown(of(body, headers))
    assert acting(page.html) == []
    assert page.html.startswith("<pre>")
    assert why in (page.note or "")


def test_an_answer_without_a_body_says_so() -> None:
    assert shown(of(b"")).note == "This answer had no body."


def test_a_long_page_is_cut_and_says_so() -> None:
    page = shown(of(b"<p>" + b"word " * (MAX_CHARACTERS // 4)))
    assert len(page.html) < MAX_CHARACTERS + 100
    assert "2,000,000" in (page.note or "")


@pytest.mark.parametrize(
    "bomb",
    [
        "".join(f"<b a={i}>" for i in range(400))
        + "<p>x" * 100_000,  # formatting elements opened anew in each p
        "<a><table>" * 50_000,
        "<b><p>" * 50_000,
        "<div>x" * 1_500,
    ],
)
def test_markup_that_grows_when_it_is_read_does_not(bomb: str) -> None:
    assert len(shown(of(bomb.encode())).html) < 4 * len(bomb) + 20 * MAX_DEPTH


def test_raw_is_the_body_to_the_byte_as_a_file(engine: Engine, store: Store) -> None:
    body = bytes(range(256)) + b"<script>alert(1)</script>"
    number = capture(engine, body)
    answer = visit(desk(store)).get(f"/captures/{number}/raw")
    assert answer.content == body
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["content-disposition"] == f'attachment; filename="capture-{number}.txt"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_frame_is_sandboxed_and_only_ours(engine: Engine, store: Store) -> None:
    number = capture(engine, b"<p>It opened.<script>alert(1)</script>", HTML)
    answer = visit(desk(store)).get(f"/captures/{number}/frame")
    policy = answer.headers["content-security-policy"]
    assert "<p>It opened.</p>" in answer.text
    assert "script" not in answer.text
    assert policy.endswith("frame-ancestors 'self'; sandbox")
    assert "default-src 'none'" in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("what", ["raw", "frame"])
def test_an_unknown_capture_is_not_found(client: TestClient, what: str) -> None:
    assert client.get(f"/captures/99999/{what}").status_code == 404
    assert client.get(f"/captures/{2**63}/{what}").status_code == 422


def test_what_an_answer_says_of_itself_is_no_markup(engine: Engine, store: Store) -> None:
    number = capture(engine, b"x", (("Content-Type", "text/<h1>x</h1>"),))
    text = visit(desk(store)).get(f"/captures/{number}/frame").text
    assert "<h1>" not in text
    assert "&lt;h1&gt;" in text
