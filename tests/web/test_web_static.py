"""Our own files: kept for good under the address that names their content, and nothing else is served."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from reports.web.static import asset_url, assets

NAMES = sorted(assets())


def test_there_are_files() -> None:
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_address_that_names_the_content_is_kept(client: TestClient, name: str) -> None:
    answer = client.get(asset_url(name))
    assert answer.content == assets()[name].body
    assert answer.headers["cache-control"] == "max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000"])
def test_any_other_address_is_asked_for_again(client: TestClient, name: str, query: str) -> None:
    assert client.get(f"/static/{name}{query}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["", "nothing.css", "../desk.py", "..%2fdesk.py", "%2e%2e/web/desk.py", "a/b.css", "."]
)
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_nothing_in_our_files_is_loaded_from_elsewhere() -> None:
    for name in NAMES:
        text = assets()[name].body.decode("utf-8", "replace").replace("http://www.w3.org/", "")
        assert "//" not in text.replace("// ", ""), name
        assert "@import" not in text
