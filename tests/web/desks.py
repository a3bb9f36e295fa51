"""A filled desk, and somebody who visits it."""

from __future__ import annotations

from starlette.testclient import TestClient

from reports.web.app import create_app
from reports.web.desk import Desk
from tests.web.filling import NOW, capture, desk, fill

__all__ = ["NOW", "SITE", "capture", "desk", "fill", "visit"]

SITE = "http://127.0.0.1:8460"


def visit(desk: Desk) -> TestClient:
    """A program that asks under the usual address."""
    return TestClient(create_app(desk), base_url=SITE, follow_redirects=False)
