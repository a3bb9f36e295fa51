"""A skin as a value that turns page values into HTML; noise is left as marks (`sample_portal.noise.mark`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample_portal.languages import LANGUAGES
from sample_portal.pages import ArticlePage, Chrome, ListPage
from sample_portal.sections import Section
from sample_portal.skins.drawing import Drawing

_HERE = Path(__file__).parent

WORKING_SKINS = (
    "subsite", "semantic", "webforms", "trs", "drupal", "frontpage", "sharepoint", "wordpress",
    "plone", "typo3", "liferay", "cards", "register", "cityhall", "divsoup",
)  # fmt: skip
"""The skins on which the product may be looked at while its rules are written."""

JUDGING_SKINS = ("civic", "ministry", "gazette", "newsdesk", "bulletin")
"""The skins kept for judging: whoever writes rules does not look at them."""

SKINS = WORKING_SKINS + JUDGING_SKINS


@dataclass(frozen=True, slots=True)
class Skin:
    """One draw of a skin: the same name and seed give the same templates, names and choices.

    Raises ValueError for a name that is not in `SKINS`.
    """

    name: str
    seed: int

    def __post_init__(self) -> None:
        if self.name not in SKINS:
            raise ValueError(f"no skin is called {self.name!r}; there are {', '.join(SKINS)}")

    def article(self, chrome: Chrome, page: ArticlePage) -> str:
        """The page of an article, or one of its pages."""
        return self._draw("article", chrome, page.section, page=page, article=page.article)

    def listing(self, chrome: Chrome, page: ListPage) -> str:
        """A page of a section."""
        return self._draw("list", chrome, page.section, page=page)

    def home(self, chrome: Chrome, fronts: tuple[ListPage, ...]) -> str:
        """The home page, from the first page of each section."""
        return self._draw("home", chrome, None, fronts=fronts)

    def missing(self, chrome: Chrome) -> str:
        """The page for an address that leads nowhere, with the full chrome."""
        return self._draw("missing", chrome, None)

    @property
    def selector(self) -> str:
        """The CSS selector of the element with title, date line and body: what a user would point at."""
        return Drawing(self.name, self.seed).selector("story")

    def _draw(
        self,
        template: str,
        chrome: Chrome,
        section: Section | None,
        **values: object,
    ) -> str:
        made = _environment(self).get_template(f"{self.name}/{template}.html")
        city = LANGUAGES[chrome.language].city
        return made.render(chrome=chrome, city=city, section=section, labels=chrome.labels, **values)


@cache
def _environment(skin: Skin) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    Drawing(skin.name, skin.seed).install(environment)
    return environment
