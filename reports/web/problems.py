"""Failures as answers: problem details for the API (RFC 9457), plain text where a page would be too much."""

from __future__ import annotations

import http
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from starlette.responses import Response
from starlette.types import Scope

from revisor.errors import ConfigError, DatabaseLocked, NotFound, RevisorError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong (RFC 9457). `name`: of the error, to look it up. `remedy`: what to try."""

    title: str
    status: int
    detail: str
    name: str | None = None
    remedy: str | None = None


def problem_of(error: RevisorError) -> Problem:
    """An error of ours as a problem: its status tells whose fault it is and whether to try again."""
    match error:
        case NotFound():
            status = 404
        case ConfigError():
            status = 422
        case DatabaseLocked():
            status = 503
        case _:
            status = 500
    return Problem(title(status), status, error.message, error.name, error.remedy)


def title(status: int) -> str:
    """The words that HTTP has for a status."""
    return http.HTTPStatus(status).phrase


def wants_problem(scope: Scope) -> bool:
    """Whether the request was for the API."""
    path: str = scope["path"]
    return path == "/api" or path.startswith("/api/")


def as_json(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """For the API."""
    told = {name: value for name, value in asdict(problem).items() if value is not None}
    return Response(json.dumps(told), problem.status, headers, MEDIA_TYPE)


def refusal(scope: Scope, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A request that is not let in: in one line, without looking at what it asked for."""
    if wants_problem(scope):
        return as_json(Problem(title(status), status, detail), headers)
    return Response(f"{status} {title(status)}: {detail}\n", status, headers, "text/plain")
