"""The pictures of the documentation: the demo's review page in a real browser."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from benchmarks.desk.measure import serving
from benchmarks.shared.browser import chromium

IMAGES = Path(__file__).parents[1] / "docs" / "images"


@dataclass(frozen=True, slots=True)
class Shot:
    """The top of a page at that size; `links` are the words of links to follow from its path, in turn."""

    name: str
    path: str
    links: tuple[str, ...] = ()
    width: int = 1200
    height: int = 900
    scheme: Literal["light", "dark"] = "light"


# A change's number differs from demo to demo, so it is found as a reader would find it.
REDATED = "changes?kind=redated"
TITLE = "One-stop service hall"
SHOTS = (
    Shot("today", ""),
    Shot("changes", "changes"),
    Shot("change", REDATED, (TITLE,)),
    Shot("change-side-dark", REDATED, (TITLE, "Side by side"), scheme="dark"),
    Shot("change-phone", REDATED, (TITLE,), width=390, height=844),
    Shot("history", REDATED, (TITLE, "history")),
    Shot("runs", "runs", height=640),
)


def take(browser: Browser, url: str, shot: Shot, folder: Path) -> None:
    size = {"width": shot.width, "height": shot.height}
    with browser.new_context(viewport=size, color_scheme=shot.scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        answer = page.goto(url + shot.path)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{shot.path} answers {answer and answer.status}")
        for words in shot.links:
            with page.expect_navigation():
                page.get_by_role("link", name=words).first.click()
        page.screenshot(path=folder / f"{shot.name}.png")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench screenshots", description=__doc__)
    parser.add_argument("--into", type=Path, default=IMAGES)
    wanted = parser.parse_args()
    wanted.into.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, serving("demo") as url:
        for shot in SHOTS:
            take(browser, url, shot, wanted.into)
            print(wanted.into / f"{shot.name}.png")


if __name__ == "__main__":
    main()
