"""Stored answers: as they came, to be saved, and as something that can be read in a frame."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from fastapi import APIRouter
from starlette.responses import Response

from reports.web.dependencies import DeskHere, Id
from reports.web.sanitize import shown

router = APIRouter(include_in_schema=False)

# Inline, since to a sandboxed document our own style sheet is of another origin.
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:1rem;font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap}td,th{border:1px solid #8888;padding:.2rem .4rem;text-align:start}"
    "table{border-collapse:collapse}.note{border:1px solid #8888;padding:.5rem .75rem}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_FRAME_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


@router.get("/captures/{capture_id}/raw")
def raw(desk: DeskHere, capture_id: Id) -> Response:
    """The body to the byte, as a file that no browser takes for anything but text."""
    headers = {
        "Content-Type": "text/plain",  # without a charset: the bytes are as they came
        "Content-Disposition": f'attachment; filename="capture-{capture_id}.txt"',
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    }
    return Response(desk.store.capture(capture_id).body, headers=headers)


@router.get("/captures/{capture_id}/frame")
def frame(desk: DeskHere, capture_id: Id) -> Response:
    """The stored page without everything that acts, for a sandboxed frame of our own page."""
    page = shown(desk.store.capture(capture_id))
    note = f'<p class="note">{escape(page.note)}</p>' if page.note else ""
    document = (
        '<!doctype html><html dir="auto"><head><meta charset="utf-8"><title>Stored page</title>'
        f'<style>{_STYLE}</style></head><body dir="auto">{note}{page.html}</body></html>\n'
    )
    return Response(document, media_type="text/html", headers=_FRAME_HEADERS)
