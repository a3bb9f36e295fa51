"""Pages of invented text in the shape of the first portal's articles, with what a reader takes from each.

The class names, the elements of headline and date, the frame (divs or tables), the side on which the sidebars
stand and the markup of the captions differ from seed to seed; the order of the text is the portal's.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from revisor.model import Figure

_WHO = (
    "The harbour office",
    "The council",
    "A spokesman for the island ferries",
    "The school board",
    "Engineers",
)
_DID = ("has approved", "is preparing", "presented", "has put off", "will extend", "reviewed")
_WHAT = (
    "a new breakwater",
    "the lighthouse festival",
    "37 shuttle boats",
    "an apprenticeship scheme",
    "two reading rooms",
)
_WHY = (
    "after residents had asked for it in three public hearings",
    "in order to lower the cost of living on the outer islands",
    "although the spring storms delayed the work by 11 weeks",
    "which brings the total invested since 2019 to 4.6 million crowns",
)
_NAMES = ("Orla Finch", "Tomas Brede", "Mina Ochoa", "Wei Lanting")
_CREDITS = (
    "Photo/{}",
    "Photo by {} / Skerry App",
    "Photo courtesy {}",
    "Photo provided to Skerry Daily",
    "File photo",
)
_BLURB = "to visitors, guests and neighbours from the outer islands of the skerry, who came by ferry."
_FOOTER = (
    "Copyright © Skerry Harbour Government. All rights reserved. "
    "Presented by Skerry Daily. 京ICP备00000000号-22"
)
_SITE_NAMES = ("", "_Skerry Harbour", " | Skerry", " - skerry.example")
_LABELS = ("Updated: {}", "Updated:{}", "Update:{}", "Updated : {}")


@dataclass(frozen=True, slots=True)
class SeedPage:
    """A page and its truth."""

    url: str
    html: str
    title: str
    updated: str
    published: str
    paragraphs: tuple[str, ...]
    figures: tuple[Figure, ...]
    furniture: tuple[str, ...]

    @property
    def body(self) -> bytes:
        return self.html.encode()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def name(self) -> str:
        return "".join(self.random.choices(string.ascii_lowercase, k=self.random.randint(3, 8)))

    def tag(self, tag: str, inner: str, attributes: str = "") -> str:
        return f'<{tag} class="{self.name()}"{attributes}>{inner}</{tag}>'

    def sentence(self) -> str:
        pick = self.random.choice
        heard = self.random.randint(2, 900)
        return f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)}, {pick(_WHY)}, {heard} people heard."

    def paragraphs(self) -> tuple[str, ...]:
        found: list[str] = []
        while len(found) < 8:
            text = " ".join(self.sentence() for _ in range(self.random.randint(1, 4)))
            if text not in found:
                found.append(text)
        seen, name = self.random.choice(_WHAT), self.random.choice(_NAMES)
        found[-1] = f'"In the future, we will see {seen} again," {name} noted.'
        return tuple(found)


def build(seed: int) -> SeedPage:
    """The page of a seed; the same seed makes the same page."""
    make = _Maker(seed)
    pick = make.random.choice
    day = date(2019, 1, 1) + timedelta(days=make.random.randrange(1800))
    url = f"http://portal.example/{day:%Y-%m/%d}/c_{make.random.randrange(10**6)}.htm"
    title = f'{pick(_WHO)} {pick(_DID)} {pick(_WHAT)} in year {seed + 3} of the "little harbour" plan'
    paragraphs = make.paragraphs()
    figures = tuple(_figure(make, url, position) for position in (3, 6))
    written = pick((day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day:%b} {day.day}, {day.year}"))
    headline = make.tag(pick(("h1", "h2", "div")), escape(title))
    dateline = make.tag(pick(("div", "p", "span")), pick(_LABELS).format(written))
    article = headline + make.tag("div", "") + dateline + make.tag("div", _content(make, paragraphs, figures))
    sidebar, furniture = _sidebar(make)
    html = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title + pick(_SITE_NAMES))}</title>'
        '<script>var a = "<p>no text</p>";</script></head><body>'
        f"{_top(make)}{_frame(make, article, sidebar)}{make.tag('div', make.tag('p', escape(_FOOTER)))}"
        "</body></html>"
    )
    furniture = ("All rights reserved", "search", *furniture)
    return SeedPage(url, html, title, day.isoformat(), day.isoformat(), paragraphs, figures, furniture)


def _figure(make: _Maker, url: str, position: int) -> Figure:
    pick = make.random.choice
    stamp = f"{make.random.randrange(10**12, 10**13)}{make.random.randrange(10**6):06}"
    text = pick(
        (
            f'A model of {pick(_WHAT)}, made for the "little harbour" fair.',
            f"{pick(_NAMES)} shows {pick(_WHAT)} {_BLURB}",
        )
    )
    credit = pick(_CREDITS).format(pick(_NAMES))
    return Figure(f"{url.rsplit('/', 3)[0]}/att/20230921/{stamp}.jpg", text, credit, None, position)


def _content(make: _Maker, paragraphs: tuple[str, ...], figures: tuple[Figure, ...]) -> str:
    pick = make.random.choice
    centre = pick((' style="text-align: center;"', ' align="center"', ""))
    opening, closing = pick(("()", "[]"))
    alts = ("", ' alt="640.webp (2).jpg"', ' title="x.jpg" alt="微信图片_20220207113542.jpg"')
    parts: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        for figure in figures:
            if figure.position == index:
                path = "/" + figure.image.split("/", 3)[3]
                caption = f"{escape(figure.caption or '')} {opening}{figure.credit}{closing}"
                parts.append(f'<p{centre}><img src="{path}"{pick(alts)}/></p>')
                parts.append(f"<p{centre}>{caption}</p>")
        parts.append(f"<p>{pick(('', '&nbsp;'))}{escape(paragraph)}</p>")
    return "\n".join(parts)


def _sidebar(make: _Maker) -> tuple[str, tuple[str, ...]]:
    heads = ("Join in", "Piquing Interest", "Living Here")
    pick = make.random.choice
    items = tuple(f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)}" for _ in heads)
    boxes = []
    for number, (head, item) in enumerate(zip(heads, items, strict=True)):
        image = f'<img src="/att/{number}.jpg" alt="{number}.jpg"/>'
        link = f'<a href="/2023-11/0{number + 1}/c_{number}.htm">{image}{make.tag("span", escape(item))}</a>'
        boxes.append(make.tag("div", make.tag("div", head) + link))
    return make.tag("div", "".join(boxes)), (*heads, *items)


def _top(make: _Maker) -> str:
    sections = ("Welcome", "Lifestyle", "Culture")
    links = "".join(f'<li><a href="/{word.lower()}.html">{word}</a></li>' for word in sections)
    icons = make.tag("span", "nav") + make.tag("span", "search")
    return make.tag("div", f'{icons}<ul>{links}</ul><a href="/"><img src="/logo.png"/></a>')


def _frame(make: _Maker, article: str, sidebar: str) -> str:
    if make.random.random() < 0.5:
        sides = [f"<td>{article}</td>", f'<td width="300">{sidebar}</td>']
        make.random.shuffle(sides)
        return f'<table border="0" class="{make.name()}"><tr>{"".join(sides)}</tr></table>'
    sides = [make.tag("div", article), sidebar]
    make.random.shuffle(sides)
    return make.tag("div", "".join(sides))
