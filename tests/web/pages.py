"""A page as a reader has it: its text, links and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup
from httpx import Response
from starlette.testclient import TestClient


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, parsed."""

    answer: Response
    soup: BeautifulSoup

    @property
    def heading(self) -> str:
        return " ".join(self.soup.find_all("h1")[0].get_text().split())

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    def texts(self, selector: str) -> list[str]:
        return [" ".join(found.get_text().split()) for found in self.soup.select(selector)]

    def links(self, selector: str = "a") -> list[str]:
        return [str(found["href"]) for found in self.soup.select(selector)]

    def link(self, text: str) -> str:
        """Where the link with that text leads."""
        (found,) = [a for a in self.soup.select("a") if " ".join(a.get_text().split()) == text]
        return str(found["href"])

    def value(self, selector: str) -> str:
        (found,) = self.soup.select(selector)
        return str(found.get("value", ""))


def read(client: TestClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:2000]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer, BeautifulSoup(answer.text, "lxml"))


def send(client: TestClient, address: str, form: Mapping[str, str]) -> Response:
    """A form as the page itself sends it."""
    answer: Response = client.post(address, data=dict(form), headers={"Origin": str(client.base_url)})
    return answer
