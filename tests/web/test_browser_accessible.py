"""axe-core finds nothing to complain of, on a phone and on a desktop, in the light and in the dark."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PATHS = (
    "",
    "changes",
    "changes?kind=edited&words=harbour&state=open&since=nonsense",
    "changes/1",
    "changes/2",
    "changes/2?view=side",
    "changes/3",
    "pages/1",
    "compare/1/4",
    "versions/1",
    "captures/1",
    "runs",
    "runs/4",
    "portals",
    "report",
    "about",
    "changes/999",
)


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(
    browser: Browser, site: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    found: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        for path in PATHS:
            page.goto(site + path)
            results = Axe().run(page)
            found += [f"/{path}: {line}" for line in results.generate_snapshot().splitlines() if line]
    assert found == []


def test_axe_hears_what_is_wrong(page: Page) -> None:
    page.set_content("<title>x</title><img src='x.png'><input><a href='/'></a>")
    assert Axe().run(page).violations_count >= 3
