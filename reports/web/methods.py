"""What HTTP asks of every address beyond its handlers: HEAD where there is GET, and a true Allow."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """Answers HEAD as GET without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, bodiless)


def allowed(routers: Iterable[APIRouter], scope: Scope) -> str:
    """The methods that the address of a request knows, for `Allow` (RFC 9110, 10.2.1)."""
    methods = {
        method
        for router in routers
        for route in router.routes
        if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE
        for method in (route.methods or ())
    }
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
