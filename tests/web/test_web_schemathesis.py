"""The API against its own description; `./run bench api` asks far more."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from benchmarks.api import campaign
from reports.web.app import create_app
from revisor.config import WebSettings
from storage.store import Store
from tests.web.desks import desk

TOKEN = "a-token-to-be-shown"  # noqa: S105  # of this test alone


@pytest.mark.parametrize("token", [None, TOKEN])
def test_every_answer_is_as_described(store: Store, token: str | None) -> None:
    app = create_app(desk(store, WebSettings(hosts=("testserver",), token=token)))
    found = campaign(app, examples=5, seed=1, token=token)
    assert found.failures == []
    assert found.answers[200]
    assert found.answers[422]
    assert bool(found.answers[401]) is bool(token)


def test_a_description_that_is_not_true_is_noticed() -> None:
    app = FastAPI(openapi_url="/api/openapi.json")

    @app.get("/api/count", response_model=int)
    def count() -> dict[str, str]:
        return {}

    @app.get("/api/echo")
    def echo(number: int) -> int:
        return 1 // (number - 1)

    assert campaign(app, examples=5, seed=1).failures
