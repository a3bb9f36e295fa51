"""What templates can call: names and choices drawn from the seed, addresses, dates, noise, linked text.

In a template:

    {{ one('body') }}             id="..." or class="..." of the one element of that role on a page
    {{ each('box') }}             class="..." of the elements of a role that repeats
    {{ name('crumb') }}           the drawn name alone
    {% set tag = pick('title', 'h1', 'h2') %}   one of the choices, the same wherever it is asked for
    {{ at(article.path) }}        an address on the portal, right on each of its hosts
    {{ mirror(article.path) }}    the same page's address on the mirror
    {{ main(article.path) }}      its whole address on the main host (for canonical links)
    {{ day(article.updated, article.language) }}  a date as this skin prints it in that language
    {{ noise.token }} .views .version .clock .viewstate   what differs in every answer
    {{ noise_of('<b>A</b>', '<b>B</b>') }}   one of these pieces of markup (no marks inside), by chance
    {{ block.text | linked(article.attachments) }}   text with the attachments' names made links
    {{ declaration }}             where the page declares its encoding (a meta element, or nothing)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from random import Random

from jinja2 import Environment
from markupsafe import Markup, escape

from sample_portal.dates import print_date, styles_of
from sample_portal.noise import Slot, mark
from sample_portal.truth import TrueAttachment

DECLARATION = "\ue010"
"""Stands where the page declares its encoding; the site puts the declaration in."""

_LETTERS = "bcdfghjklmnpqrstvwxz"  # no vowels: a drawn name never spells a word that tells its role


class Drawing:
    """The helpers of one skin and seed."""

    def __init__(self, skin: str, seed: int) -> None:
        self._root = f"{seed}" if skin == "subsite" else f"{seed}:{skin}"
        self.one = cache(self._one)
        self.each = cache(self._each)
        self.day = cache(self._day)
        self.name = cache(self._drawn)
        self.pick = cache(self._picked)

    def install(self, environment: Environment) -> None:
        """Give the environment's templates all that is described above."""
        environment.filters["linked"] = _linked
        environment.filters["spans"] = _spans
        environment.globals.update(
            one=self.one,
            each=self.each,
            name=self.name,
            pick=self.pick,
            at=_at,
            mirror=_mirror,
            main=_main,
            day=self.day,
            noise=_NOISE,
            noise_of=_noise_of,
            declaration=Markup(DECLARATION),  # noqa: S704  one character of ours
        )

    def _drawn(self, role: str, renaming: int = 0) -> str:
        """The drawn name of a role; `renaming` above 0 draws others."""
        return _name(Random(self._key(role, renaming)))

    def selector(self, role: str) -> str:
        """The CSS selector of the one element of that role."""
        kind, _, quoted = str(self.one(role)).partition("=")
        return {"id": "#", "class": "."}[kind] + quoted.strip('"')

    def _picked(self, role: str, *choices: object) -> object:
        """One of the choices."""
        return Random(f"{self._root}:pick:{role}").choice(choices)

    def _one(self, role: str, renaming: int = 0) -> Markup:
        rng = Random(self._key(role, renaming))
        return Markup('{}="{}"').format(rng.choice(("id", "class", "class")), _name(rng))

    def _each(self, role: str, renaming: int = 0) -> Markup:
        return Markup('class="{}"').format(_name(Random(self._key(role, renaming))))

    def _day(self, iso: str, language: str) -> str:
        style = Random(f"{self._root}:dates:{language}").choice(styles_of(language))
        return print_date(date.fromisoformat(iso), style)

    def _key(self, role: str, renaming: int) -> str:
        return f"{self._root}:{role}:{renaming}" if renaming else f"{self._root}:{role}"


class _Noise:
    """The marks of noise by name."""

    @cached_property
    def token(self) -> Markup:
        return _marked(Slot.TOKEN)

    @cached_property
    def views(self) -> Markup:
        return _marked(Slot.VIEWS)

    @cached_property
    def version(self) -> Markup:
        return _marked(Slot.VERSION)

    @cached_property
    def clock(self) -> Markup:
        return _marked(Slot.CLOCK)

    @cached_property
    def viewstate(self) -> Markup:
        return _marked(Slot.VIEWSTATE)


_NOISE = _Noise()


def _marked(slot: Slot) -> Markup:
    return Markup(mark(slot))  # noqa: S704  marks are ours


def _noise_of(*choices: str | Markup) -> Markup:
    return Markup(mark(Slot.CHOICE, *(str(escape(choice)) for choice in choices)))  # noqa: S704  escaped here


def _at(path: str) -> Markup:
    return _marked(Slot.ROOT) + path


def _mirror(path: str) -> Markup:
    return _marked(Slot.MIRROR) + path


def _main(path: str) -> Markup:
    return _marked(Slot.MAIN) + path


def _name(rng: Random) -> str:
    letters = "".join(rng.choices(_LETTERS, k=rng.randint(3, 7)))
    return letters + rng.choice(
        ("", f"_{rng.randint(1, 99)}", f"-{rng.choice(_LETTERS)}{rng.choice(_LETTERS)}")
    )


def _linked(text: str, attachments: Sequence[TrueAttachment]) -> Markup:
    """The text with the name of each inline attachment made a link."""
    html = escape(text)
    for file in attachments:
        if file.inline and file.text in text:
            name = file.path.rsplit("/", 1)[-1]
            link = Markup('<a href="{}" target="_blank" title="{}">{}</a>').format(
                _at(file.path), name, file.text
            )
            html = Markup(html.replace(escape(file.text), link))  # noqa: S704  both parts are escaped above
    return html


def _spans(html: Markup) -> Markup:
    """The text inside styled spans, as editors leave them when they paste."""
    return Markup('<span style="font-size: 16px;"><span style="font-family: 宋体;">{}</span></span>').format(
        html
    )
