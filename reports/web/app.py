"""The review page and its API as one ASGI application."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reports.web import api, captures, downloads, pages, static
from reports.web.desk import Desk
from reports.web.methods import HeadAsGet, allowed
from reports.web.problems import Problem, as_json, problem_of, title, wants_problem
from reports.web.security import Security
from revisor import __version__
from revisor.errors import RevisorError

_LOG = logging.getLogger("revisor.web")

DESCRIPTION = "What changed on the watched portals, and what people said of it. Failures are as in RFC 9457."


def create_app(desk: Desk) -> FastAPI:
    """The application: pages, JSON under /api, feeds and reports. Its handlers run in threads."""
    routers = [
        api.router,
        captures.router,
        downloads.router,
        pages.routes(desk),
        static.routes(),
    ]
    app = FastAPI(
        title="Revisor",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # both load their scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        middleware=[
            Middleware(Security, web=desk.web),
            Middleware(HeadAsGet),
            Middleware(_LastResort),
        ],
    )
    app.state.desk = desk
    for router in routers:
        app.include_router(router)

    if desk.web.token:
        _require_token(app)

    @app.exception_handler(RevisorError)
    def _told(request: Request, error: RevisorError) -> Response:
        return _answer(request, problem_of(error))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        return _answer(request, Problem(title(422), 422, _complaints(error)))

    @app.exception_handler(HTTPException)
    def _refused(request: Request, error: HTTPException) -> Response:
        headers, detail = dict(error.headers or {}), error.detail
        if error.status_code == 405:
            headers["Allow"] = allowed([*routers, app.router], request.scope)
            detail = f"this address knows {headers['Allow']}"
        elif detail == title(404):
            detail = "there is nothing at this address"
        return _answer(request, Problem(title(error.status_code), error.status_code, detail), headers)

    return app


def _require_token(app: FastAPI) -> None:
    """Say in the API's description what `Security` asks of every request."""
    schemes = {scheme: {"type": "http", "scheme": scheme} for scheme in ("basic", "bearer")}
    document = app.openapi()  # made once and kept
    document["components"]["securitySchemes"] = schemes
    document["security"] = [{scheme: []} for scheme in schemes]


class _LastResort:
    """Answers what nobody foresaw with one line, and logs the rest of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noticed)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            detail = f"{type(error).__name__}; the log of the service has the rest"
            answer = _answer(Request(scope), Problem(title(500), 500, detail))
            await answer(scope, receive, send)


def _answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    if wants_problem(request.scope):
        return as_json(problem, headers)
    detail = f"{problem.detail}. Try: {problem.remedy}." if problem.remedy else problem.detail
    return HTMLResponse(pages.error_page(problem.status, problem.title, detail), problem.status, headers)


def _complaints(error: RequestValidationError) -> str:
    """Where and why, without what was sent: it may be long, and secret."""
    told = (f"{'.'.join(map(str, one['loc']))[:100]}: {one['msg'][:300]}" for one in error.errors()[:5])
    return "; ".join(told)
