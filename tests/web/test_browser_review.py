"""What a reader does in the morning, in a real browser: open, filter, read, mark, compare, print."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect


def test_a_reader_opens_filters_reads_and_marks(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Changes").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 changes")
    page.get_by_role("checkbox", name=re.compile("removed")).check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 change")
    page.get_by_role("link", name="Ferry timetable").click()
    page.get_by_label("Note").fill('gone since <b>Monday</b> & "not" moved')
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Mark reviewed").click()
    expect(page.get_by_text('gone since <b>Monday</b> & "not" moved')).to_be_visible()
    page.goto(site + "changes?state=open")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 ")
    page.goto(site + "changes?state=reviewed")
    expect(page.get_by_role("link", name="Ferry timetable")).to_be_visible()


def test_an_edit_is_seen_inline_and_side_by_side(page: Page, site: str) -> None:
    page.goto(site + "changes/2")
    assert page.locator("main ins").count()
    assert page.locator("main del").count()
    decoration = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator("main ins").first.evaluate(decoration) == "underline"
    assert page.locator("main del").first.evaluate(decoration) == "line-through"
    page.get_by_role("link", name="side by side").click()
    expect(page.get_by_text("Before", exact=True)).to_be_visible()
    expect(page.get_by_text("After", exact=True)).to_be_visible()


def test_any_two_versions_have_a_permanent_address(page: Page, site: str) -> None:
    page.goto(site + "changes/2")
    page.get_by_role("link", name="History of this page").click()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare/\d+/\d+$"))
    first = page.locator("main").inner_text()
    page.goto(page.url)
    assert page.locator("main").inner_text() == first
    assert page.locator("main ins, main del").count()


def test_everything_works_without_scripts(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + "changes/1")
        page.get_by_role("button", name="Mark reviewed").click()
        page.goto(site + "changes?state=reviewed")
        expect(page.get_by_role("link", name="Lighthouse repaired")).to_be_visible()


def test_keys_lead_through_the_changes(page: Page, site: str) -> None:
    page.goto(site + "changes")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/changes/3\b"))
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"/changes/2\b"))


def test_after_a_mark_the_keys_go_on_where_the_reader_was(page: Page, site: str) -> None:
    page.goto(site + "changes")
    for key in ("j", "j", "r"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("#change-1$"))
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Lighthouse repaired")).to_be_focused()


@pytest.mark.parametrize(
    "path", ["", "changes", "changes/2?view=side", "pages/1", "runs", "portals", "report"]
)
@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_scrolls_sideways(browser: Browser, site: str, path: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_arabic_runs_from_the_right(page: Page, site: str) -> None:
    page.goto(site + "changes/3")
    page.locator("main h1").evaluate("element => { element.textContent = 'إصلاح المنارة'; }")
    assert page.locator("main h1").evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_change_prints_on_paper_without_the_controls(page: Page, site: str) -> None:
    page.goto(site + "changes/2")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Mark reviewed")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("", "#change-2"),
        ("changes", "#change-2"),
        ("changes?kind=edited", "#change-2"),
        ("pages/1", ".timeline .version"),
        ("runs/3", "#change-2"),
    ],
)
def test_lists_and_histories_print_without_their_controls(
    page: Page, site: str, path: str, shown: str
) -> None:
    page.goto(site + path)
    page.emulate_media(media="print")
    expect(page.locator(shown).first).to_be_visible()
    assert page.locator("button:visible, input:visible, select:visible").count() == 0


def test_the_stored_page_is_shown_in_a_frame_that_runs_nothing(page: Page, site: str) -> None:
    page.goto(site + "captures/1")
    frame = page.locator("iframe")
    assert frame.get_attribute("sandbox") == ""
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("text")


def test_nothing_is_asked_of_elsewhere(context: BrowserContext, site: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page = context.new_page()
    page.on("request", note)
    for path in (
        "",
        "changes",
        "changes/1",
        "changes/2",
        "pages/1",
        "captures/1",
        "runs",
        "runs/1",
        "portals",
    ):
        page.goto(site + path)
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


def test_the_raw_capture_is_saved_not_shown(page: Page, site: str) -> None:
    page.goto(site + "captures/1")
    with page.expect_download() as saving:
        page.get_by_role("link", name=re.compile("bytes|raw|download", re.IGNORECASE)).first.click()
    saved = BytesIO(saving.value.path().read_bytes())
    assert saved.getvalue() == b"<p>text</p>"
