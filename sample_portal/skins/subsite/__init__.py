"""The skin of a regional subsite: nested divs, UEditor bodies, two sidebars.

Class names, ids and some of the nesting are drawn from the seed, so no parser can know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sample_portal import vocabulary as words
from sample_portal.newsroom import Section
from sample_portal.noise import Slot, mark
from sample_portal.pages import Chrome, ListPage
from sample_portal.truth import TrueArticle, TrueAttachment

_LETTERS = "bcdfghjklmnpqrstvwxz"  # no vowels: a drawn name never spells a word that tells its role


@dataclass(frozen=True, slots=True)
class SubsiteSkin:
    """One draw of the skin. wraps: how many more divs stand round the body; indents: paragraphs' style."""

    seed: int
    title_tag: str
    date_tag: str
    sidebars_first: bool
    counter_in_footer: bool
    wraps: int
    indents: bool

    def article(self, chrome: Chrome, article: TrueArticle) -> str:
        section = next(s for s in chrome.sections if s.code == article.section)
        breaks = Random(f"{self.seed}:{article.key}:breaks").random() < 0.3
        return self._draw("article", chrome, article=article, section=section, breaks=breaks)

    def listing(self, chrome: Chrome, page: ListPage) -> str:
        return self._draw("list", chrome, page=page, section=page.section)

    def home(self, chrome: Chrome, fronts: tuple[ListPage, ...]) -> str:
        return self._draw("home", chrome, fronts=fronts)

    def missing(self, chrome: Chrome) -> str:
        return self._draw("missing", chrome)

    def attribute(self, role: str) -> Markup:
        """`id="..."` or `class="..."` of the one element of that role, the name drawn from seed and role."""
        rng = Random(f"{self.seed}:{role}")
        return Markup('{}="{}"').format(rng.choice(("id", "class", "class")), _name(rng))

    def class_of(self, role: str) -> Markup:
        """`class="..."` of the elements of a role that repeats."""
        return Markup('class="{}"').format(_name(Random(f"{self.seed}:{role}")))

    def _draw(self, template: str, chrome: Chrome, **page: TrueArticle | ListPage | Section | object) -> str:
        return _environment(self).get_template(f"{template}.html").render(chrome=chrome, **page)


def draw_skin(seed: int) -> SubsiteSkin:
    """The skin of that seed."""
    rng = Random(f"{seed}:skin")
    return SubsiteSkin(
        seed=seed,
        title_tag=rng.choice(("h1", "h2", "div")),
        date_tag=rng.choice(("div", "p", "span")),
        sidebars_first=rng.random() < 0.5,
        counter_in_footer=rng.random() < 0.5,
        wraps=rng.randint(0, 3),
        indents=rng.random() < 0.3,
    )


def _name(rng: Random) -> str:
    letters = "".join(rng.choices(_LETTERS, k=rng.randint(3, 7)))
    return letters + rng.choice(
        ("", f"_{rng.randint(1, 99)}", f"-{rng.choice(_LETTERS)}{rng.choice(_LETTERS)}")
    )


def _linked(paragraph: str, attachments: tuple[TrueAttachment, ...]) -> Markup:
    """The paragraph with each attachment's text made a link."""
    html = escape(paragraph)
    for file in attachments:
        name = file.path.rsplit("/", 1)[-1]
        link = Markup('<a href="{}" target="_blank" title="{}">{}</a>').format(file.path, name, file.text)
        html = Markup(html.replace(escape(file.text), link))  # noqa: S704  both parts are escaped above
    return html


def _summary(article: TrueArticle) -> str:
    return article.paragraphs[0][:150].rsplit(" ", 1)[0] + "..."


@cache
def _environment(skin: SubsiteSkin) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = _linked
    environment.filters["summary"] = _summary
    environment.globals.update(
        skin=skin,
        city=words.CITY,
        one=cache(skin.attribute),
        each=cache(skin.class_of),
        noise={slot.value: mark(slot) for slot in Slot},
    )
    return environment
