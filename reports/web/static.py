"""Our own style sheets, scripts and icons: read once, served under addresses that change with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

FOLDER = Path(__file__).parents[1] / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file. `url` names its content, so that it may be kept for good."""

    body: bytes
    media_type: str
    url: str


@cache
def assets() -> dict[str, Asset]:
    """All files by name."""
    return {path.name: _asset(path) for path in sorted(FOLDER.glob("*")) if path.suffix in _TYPES}


def asset_url(name: str) -> str:
    """Where a page finds the file. Raises KeyError for one that is not there."""
    return assets()[name].url


def routes() -> APIRouter:
    """`/static/NAME`; with the `v` of its content it never changes."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    def static(name: str, v: str = "") -> Response:
        asset = assets().get(name)
        if asset is None:
            raise HTTPException(404, f"there is no file {name[:100]}")
        kept = "max-age=31536000, immutable" if asset.url.endswith(f"?v={v}") else "no-cache"
        return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": kept})

    return router


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    url = f"/static/{path.name}?v={hashlib.sha256(body).hexdigest()[:12]}"
    return Asset(body, _TYPES[path.suffix], url)
