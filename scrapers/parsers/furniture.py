"""What an element says of itself: hidden, navigation, sharing, related links and the like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scrapers.parsers.text import words
from scrapers.parsers.tree import Attributes

_TOKEN = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MAX_ID_WORDS = 3  # longer ids are made of a heading's text

_HIDDEN = re.compile(
    r"(?:^|\s)(?:visually-?hidden(?:-focusable)?|sr-only(?:-focusable)?|screen-reader-\w+|screen-?readers?|"
    r"show-for-sr|element-invisible|(?:is-|u-)?hidden|hide|aural|off-?screen|print-only|visible-print\S*|"
    r"a11y-hidden|usa-sr-only|d-print-block|d-none)(?=\s|$)",
    re.IGNORECASE,
)
_SHOWN_WIDE = re.compile(r"\bd-(?:sm|md|lg|xl)-(?:block|flex|inline)|\b(?:sm|md|lg|xl):(?:block|flex)\b")
_UNSEEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)

_REASONS = {
    "navigation": "nav navbar navigation menu megamenu mainmenu submenu dropdown skiplink skip sitemap toc",
    "breadcrumb": "breadcrumb breadcrumbs crumb crumbs",
    "pager": "pager pagination",
    "share bar": "share sharing shares social socials addthis sharethis addtoany a2a snsbox sns",
    "related": "related recommended recommendations recommendation recirc recirculation trending popular "
    "outbrain taboola mostread",
    "sign-up": "newsletter subscribe subscription signup",
    "advertisement": "ad ads advert advertisement advertising adslot adsense sponsored promo promotion",
    "notice": "cookie cookies consent gdpr popup modal lightbox",
    "comments": "comments disqus respond feedback",
    "sidebar": "sidebar sidebars aside rail",
    "tools": "toolbar tags taglist rating login search searchbox",
    "footer": "footer copyright",
}
_BY_WORD = {word: reason for reason, names in _REASONS.items() for word in names.split()}
_FRAME_WORDS = words(
    "with without has no wrap wrapper layout container content main page body is off article text inner",
    "left grid row col",
)
_ROLES = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "tools",
    "dialog": "notice",
    "alertdialog": "notice",
    "menu": "navigation",
    "menubar": "navigation",
    "tooltip": "tools",
}
_CAPTION_WORDS = words("caption captions figcaption credit credits bildunterschrift legende")


_ASKED = frozenset(("class", "id", "role", "style", "hidden", "aria-hidden", "align"))
_MAX_VALUE = 500


class Traits(NamedTuple):
    """hidden: a reader does not see it. reason: why it is furniture, None where nothing says so."""

    hidden: bool = False
    reason: str | None = None
    caption: bool = False
    centred: bool = False
    names: str = ""


PLAIN = Traits()


def _words(name: str) -> list[str]:
    """`side-bar_2` -> side, bar; tokens with digits inside them (`51ad98`) are no words."""
    tokens = [token.rstrip("0123456789") for token in _TOKEN.findall(name)]
    return [word.lower() for token in tokens if token.isalpha() for word in _WORD.findall(token)]


def named(names: str) -> str | None:
    """Why a class or id names furniture; None where it does not: `nav-wrapper` only frames it."""
    for name in names[:300].split():
        spelled = _words(name)
        reason = next((_BY_WORD[word] for word in spelled if word in _BY_WORD), None)
        if reason and _FRAME_WORDS.isdisjoint(spelled):
            return reason
    return None


def _is_hidden(name: str, value: str) -> bool:
    if name == "class":
        return bool(_HIDDEN.search(value[:500])) and not _SHOWN_WIDE.search(value[:500])
    if name == "style":
        return bool(_UNSEEN_STYLE.search(value[:2000]))
    return name == "hidden" or (name == "aria-hidden" and value == "true")


def _reason(name: str, value: str) -> str | None:
    if name == "role":
        return _ROLES.get(value)
    if name not in {"class", "id"}:
        return None
    found = named(value)
    if not found or (name == "id" and len(_words(value[:300])) > _MAX_ID_WORDS):
        return None
    return f"{found}: {name} {value.strip()[:60]!r}"


def _is_caption(name: str, value: str) -> bool:
    return name == "class" and any(word in _CAPTION_WORDS for word in _words(value[:300]))


def _is_centred(name: str, value: str) -> bool:
    return (name == "style" and "center" in value[:2000]) or (name == "align" and value.lower() == "center")


@lru_cache(maxsize=8192)
def _judge(items: tuple[tuple[str, str], ...]) -> Traits:
    return Traits(
        any(_is_hidden(*item) for item in items),
        next(filter(None, (_reason(*item) for item in items)), None),
        any(_is_caption(*item) for item in items),
        any(_is_centred(*item) for item in items),
        next((value for name, value in items if name == "class"), ""),
    )


def traits(items: Attributes) -> Traits:
    """What the attributes of an element, as lxml lists them, tell of it."""
    asked = tuple([item for item in items if item[0] in _ASKED])
    if not asked:
        return PLAIN
    if max([len(item[1]) for item in asked]) > _MAX_VALUE:
        asked = tuple([(name, value[:_MAX_VALUE]) for name, value in asked])
    return _judge(asked)
