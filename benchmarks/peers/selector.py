"""The selectors that a user of a peer makes by hand: what to watch on an article's page, what to leave out.

Where the watched element holds what differs in every answer, such as a counter of views, a watch reports
every day; its user then leaves that part out. So does the bench, going by several answers for one page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from lxml.html import HtmlElement, document_fromstring

from sample_portal.site import Site

_PAGES = 6
_ANSWERS = 4
_LONGEST = 200  # characters: a longer part has more in it than noise, and stays


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors. watched: the element with title, date and body. left_out: parts of it, or empty."""

    watched: str
    left_out: str


def selectors_of(site: Site) -> Selectors:
    """The selectors for the skin of day 0."""
    watched = site.skin_on(0).selector
    parts: dict[str, None] = {}
    for article in site.articles_on(0)[:_PAGES]:
        answers = [
            document_fromstring(site.respond(0, article.path, {}, Random(noise)).body)
            for noise in range(_ANSWERS)
        ]
        for answer in answers[1:]:
            for one, other in zip(answers[0].cssselect(watched), answer.cssselect(watched), strict=True):
                parts |= dict.fromkeys(_name(part, one) for part in _differing(one, other))
    return Selectors(watched, ", ".join(sorted(part for part in parts if part)))


def _differing(one: HtmlElement, other: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost elements of `one` that are not alike in `other`."""
    if len(one) != len(other) or dict(one.attrib) != dict(other.attrib) or one.text != other.text:
        yield one
        return
    for child, twin in zip(one, other, strict=True):
        if child.tail != twin.tail:
            yield one
        yield from _differing(child, twin)


def _name(part: HtmlElement, story: HtmlElement) -> str:
    """A selector of the part, or of the smallest thing round it that has a name; empty where none will do."""
    for element in (part, *part.iterancestors()):
        if element is story or len(element.text_content()) > _LONGEST:
            break
        for attribute in ("id", "class"):
            if element.get(attribute):
                return f'[{attribute}="{element.get(attribute)}"]'
    alike = list(story.iter(part.tag))
    return str(part.tag) if alike == [part] else ""
