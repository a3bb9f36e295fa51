"""The system's own Chromium, and an ear for scripts that run where none should."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Frame, Page, Request, sync_playwright

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
EAR = """
window.__fired = [];
for (const name of ["alert", "confirm", "prompt", "print"]) {
    const heard = function (...words) { window.__fired.push(name + "(" + words.join() + ")"); };
    Object.defineProperty(window, name, {get: () => heard, set: () => {}, configurable: false});
}
document.addEventListener("securitypolicyviolation",
    event => window.__fired.push("blocked " + event.effectiveDirective + " " + event.blockedURI));
"""
"""Replaces what the vectors call, and hears what the policy had to stop."""

HANDLERS = """
() => {
    const addresses = /^(href|src|srcset|action|formaction|data|poster|background|ping|cite|xlink:href)$/;
    const bad = /^(object|embed|base|svg|math|audio|video|applet|marquee|style|link|meta)$/;
    const own = /^(style|link|meta)$/;
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        const name = element.localName;
        if (bad.test(name) && !(own.test(name) && document.head.contains(element))) found.push(name);
        for (const attribute of element.attributes) {
            const value = attribute.value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
            const scheme = addresses.test(attribute.name) && /^(javascript|vbscript|data|blob):/.test(value);
            if (attribute.name.startsWith("on") || /^(style|srcdoc)$/.test(attribute.name) || scheme)
                found.push(`${name} ${attribute.name}=${attribute.value.slice(0, 80)}`);
        }
    }
    return found;
}
"""
"""What would wait for a click or a movement: handlers, script addresses, elements that we never write."""


POKE = """
() => {
    for (const element of document.querySelectorAll("*")) {
        for (const attribute of element.attributes)
            if (attribute.name.startsWith("on")) element.dispatchEvent(new Event(attribute.name.slice(2)));
        if (/^\\s*javascript:/i.test(element.getAttribute("href") || "")) element.click();
    }
}
"""
"""Does what a reader might do, everywhere: so a handler that waits is heard too."""


@dataclass
class Ear:
    """What a page did that it should not: scripts that ran or were stopped, requests to elsewhere."""

    own: str
    heard: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.own, "about:", "data:text/html,own")):
            self.heard.append(f"request to {request.url[:200]}")

    def on_dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog {dialog.message[:80]}")
        dialog.dismiss()

    def on_popup(self, popup: Page) -> None:
        self.heard.append(f"popup {popup.url[:80]}")
        popup.close()

    def listen(self, page: Page, *, whole: bool = True) -> list[str]:
        """What was heard since the last call; whole: handlers that wait in the page count too."""
        heard = self.heard + [
            str(fired) for frame in page.frames for fired in _evaluate(frame, "window.__fired || []")
        ]
        if whole:
            heard += [str(found) for frame in page.frames for found in _evaluate(frame, HANDLERS)]
        self.heard = []
        return heard


def _evaluate(frame: Frame, script: str) -> list[str]:
    try:
        return list(frame.evaluate(script))
    except Error as error:
        return [f"{frame.url[:80]} went away while it was looked at: {error.message.splitlines()[0]}"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A fresh Chromium. Raises RuntimeError where the system has none."""
    if EXECUTABLE is None:
        raise RuntimeError("there is no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def listening(context: BrowserContext, own: str) -> tuple[Page, Ear]:
    """A page, of a context that has the EAR, in which everything suspicious is heard.

    own: how its own addresses begin.
    """
    page = context.new_page()
    ear = Ear(own)
    page.on("request", ear.on_request)
    page.on("dialog", ear.on_dialog)
    page.on("popup", ear.on_popup)
    return page, ear
