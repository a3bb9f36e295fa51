"""Skins: how a portal draws its pages. A skin is a value that turns page values into HTML."""

from __future__ import annotations

from typing import Protocol

from sample_portal.pages import Chrome, ListPage
from sample_portal.truth import TrueArticle


class Skin(Protocol):
    """What every skin draws; noise is left as marks (`sample_portal.noise.mark`)."""

    def article(self, chrome: Chrome, article: TrueArticle) -> str:
        """The page of an article."""
        ...

    def listing(self, chrome: Chrome, page: ListPage) -> str:
        """A page of a section."""
        ...

    def home(self, chrome: Chrome, fronts: tuple[ListPage, ...]) -> str:
        """The home page, from the first page of each section."""
        ...

    def missing(self, chrome: Chrome) -> str:
        """The page for an address that leads nowhere, with the full chrome."""
        ...
