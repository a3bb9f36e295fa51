"""What the head of a page declares: meta elements, title, and the JSON-LD of an article."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from scrapers.parsers.text import collapse
from scrapers.parsers.tree import Element, text_of

_MAX_JSON = 500_000
_MAX_NODES = 2_000
_ARTICLE_TYPES = ("article", "posting", "report", "webpage", "pressrelease", "newsitem")


@dataclass(slots=True)
class Declared:
    """Names are in lower case; the first of several values counts."""

    title: str = ""
    language: str | None = None
    metas: dict[str, str] = field(default_factory=dict)
    json_ld: dict[str, str] = field(default_factory=dict)


def declared(root: Element) -> Declared:
    """Read the declarations wherever they stand; pages also put them into the body."""
    found = Declared(language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")))
    for element in root.iter("meta", "title", "script"):
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop")
            content = element.get("content")
            if name and content:
                found.metas.setdefault(name.strip().lower()[:80], collapse(content[:2000]))
        elif element.tag == "title":
            parent = element.getparent()
            if not found.title and parent is not None and parent.tag in {"head", "html", "body"}:
                found.title = collapse(text_of(element)[:2000])
        elif "ld+json" in (element.get("type") or "") and element.text and len(element.text) < _MAX_JSON:
            _json_ld(element.text, found.json_ld)
    return found


def _json_ld(text: str, into: dict[str, str]) -> None:
    try:
        root: object = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return  # a broken declaration declares nothing; the visible page is what counts
    queue: list[object] = [root]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        node = queue.pop(0)
        if isinstance(node, list):
            queue.extend(node[:200])
        elif isinstance(node, dict):
            kind = str(node.get("@type", "")).lower()
            if any(name in kind for name in _ARTICLE_TYPES):
                weak = "webpage" in kind
                for name in ("headline", "datePublished", "dateModified", "name", "inLanguage"):
                    value = node.get(name)
                    if isinstance(value, str) and not (weak and name in {"name", "headline"}):
                        into.setdefault(name, value[:500])
            queue.extend(
                value for name, value in node.items() if name in {"@graph", "mainEntity", "mainEntityOfPage"}
            )
