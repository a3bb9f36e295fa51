"""What a real browser makes of the guards: our own form gets through, another site's page does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from reports.web.app import create_app
from reports.web.server import WebServer
from revisor.config import WebSettings
from storage.store import Store
from tests.web.desks import capture, desk

ANY_PORT = WebSettings(port=0)
TRY_EVERYTHING = """
async (target) => {
    const tried = {};
    const loaded = (name, make) => new Promise(done => {
        const element = make();
        element.onload = () => done(tried[name] = "loaded");
        element.onerror = () => done(tried[name] = "refused");
        document.body.append(element);
    });
    const element = (name, attributes) => Object.assign(document.createElement(name), attributes);
    await loaded("script", () => element("script", {src: target + "static/desk.js"}));
    await loaded("image", () => element("img", {src: target + "static/icon.svg"}));
    await loaded("style", () => element("link", {rel: "stylesheet", href: target + "static/desk.css"}));
    for (const [name, address, options] of [
        ["read", "api/changes", {}],
        ["blind read", "api/changes", {mode: "no-cors"}],
        ["json", "api/changes/2/reviews",
            {method: "POST", headers: {"Content-Type": "application/json"}, body: '{"reviewed": true}'}],
        ["blind text", "api/changes/2/reviews",
            {mode: "no-cors", method: "POST", body: '{"reviewed": true}'}],
        ["blind form", "changes/2/reviews",
            {mode: "no-cors", method: "POST", body: new URLSearchParams({reviewed: "1"})}],
    ])
        tried[name] = await fetch(target + address, options).then(answer => answer.type, () => "refused");
    return tried;
}
"""


async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Another site: an empty page, on which the tests write what they like."""
    answer: Response = HTMLResponse("<!doctype html><title>Elsewhere</title><body>")
    await answer(scope, receive, send)


@pytest.fixture
def own(store: Store) -> Iterator[str]:
    with WebServer(create_app(desk(store, ANY_PORT)), ANY_PORT) as server:
        yield server.url


@pytest.fixture(params=["127.0.0.1", "localhost"])
def foreign(request: pytest.FixtureRequest) -> Iterator[str]:
    """To the first the review page is same-site, to the second cross-site; both are foreign."""
    with WebServer(elsewhere, ANY_PORT) as server:
        yield server.url.replace("127.0.0.1", request.param)


@pytest.mark.parametrize("scripts", [True, False])
def test_our_own_form_is_accepted(browser: Browser, store: Store, own: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{own}changes/2")
    page.fill("textarea[name=note]", "A typing error.")
    page.locator("form[action='/changes/2/reviews'] button").first.click()
    page.wait_for_load_state()
    context.close()
    (review,) = store.reviews(2)
    assert review.note == "A typing error."
    assert review.reviewed


def test_another_site_can_neither_read_nor_write(page: Page, store: Store, own: str, foreign: str) -> None:
    page.goto(foreign)
    tried = page.evaluate(TRY_EVERYTHING, own)
    blind = {"opaque", "refused"}  # opaque: sent, but nothing of the answer can be seen
    assert {name for name, came in tried.items() if came not in blind} == set()
    assert tried["script"] == tried["image"] == tried["style"] == tried["read"] == tried["json"] == "refused"
    assert store.reviews(2) == []


def test_another_site_cannot_post_a_form(page: Page, store: Store, own: str, foreign: str) -> None:
    page.goto(foreign)
    with page.expect_navigation() as navigation:
        page.evaluate(
            """target => {
                const form = document.createElement("form");
                Object.assign(form, {method: "post", action: target + "changes/2/reviews"});
                form.innerHTML = "<input name=reviewed value=1><input name=note value=x>";
                document.body.append(form);
                form.submit();
            }""",
            own,
        )
    assert navigation.value is not None
    assert navigation.value.status == 403
    assert store.reviews(2) == []


def test_another_site_may_link_but_not_embed(page: Page, own: str, foreign: str) -> None:
    page.goto(foreign)
    page.evaluate("target => { document.body.innerHTML = `<iframe src='${target}'></iframe>` }", own)
    page.wait_for_load_state("networkidle")
    assert "Revisor" not in page.frames[1].content()
    page.evaluate("target => { document.body.innerHTML = `<a href='${target}changes'>there</a>` }", own)
    page.click("a")
    page.wait_for_url("**/changes")
    assert "Revisor" in page.title()


def test_a_stored_page_shows_in_its_frame_and_does_nothing(page: Page, engine: Engine, own: str) -> None:
    body = (
        b"<h1>It opened.</h1><script>document.title = 'fired'</script>"
        b"<img src=https://elsewhere.example/x onerror=alert(1)><a href=/changes>link</a>"
    )
    number = capture(engine, body)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{own}captures/{number}")
    page.locator("iframe").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe")
    frame.locator("h1").wait_for()
    assert frame.locator("h1").inner_text() == "It opened."
    assert frame.locator("script, img, a, link").count() == 0
    assert frame.locator("body").evaluate("body => getComputedStyle(body).marginTop") == "16px"
    assert [url for url in asked if not url.startswith(own)] == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_token_is_asked_for_and_opens(browser: Browser, store: Store) -> None:
    web = WebSettings(port=0, token="sixteen letters!")  # noqa: S106  # of this test alone
    with WebServer(create_app(desk(store, web)), web) as server:
        context = browser.new_context(http_credentials={"username": "x", "password": "sixteen letters!"})
        page = context.new_page()
        answer = page.goto(server.url)
        assert answer is not None
        assert answer.status == 200
        context.close()
        stranger = browser.new_context()
        with pytest.raises(Error, match="ERR_INVALID_AUTH_CREDENTIALS"):
            stranger.new_page().goto(server.url)
        stranger.close()
