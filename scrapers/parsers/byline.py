"""Who wrote a text and where it was taken from, as the lines round the headline say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scrapers.parsers.outline import Outline

_NEXT_LABEL = r"updated?|source|author|editor|date|published|posted|by|on|作者|编辑|来源|发布|时间"
_NAME_ENDS = rf"(?=$|[|)）]|\s{{2}}|\s(?:{_NEXT_LABEL})\b)"
_SOURCE = re.compile(
    rf"(?:^|[\s|(（])(?:source|来源|出处|quelle|fuente)\s?[:：]\s?(?P<name>[^|:：()（）\d]{{2,60}}?){_NAME_ENDS}",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:^|[|(（]\s?)(?:by|author|written by|作者|记者|von|autor|por|par|기자|작성자|담당부서)\s?[:：]?\s"
    rf"(?P<name>[^|:：()（）\d]{{2,80}}?){_NAME_ENDS}",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(r"^(?:source|author|by|editor|来源|作者|编辑|责任编辑)\s?[:：]?$", re.IGNORECASE)
_MAX_LINE = 160


@dataclass(frozen=True, slots=True)
class Byline:
    """Both names and the lines that only tell them."""

    source: str | None = None
    byline: str | None = None
    lines: frozenset[int] = frozenset()


def find(page: Outline, candidates: Iterable[int]) -> Byline:
    """Source and byline in the lines near the headline; `By` must open its line."""
    source: str | None = None
    name: str | None = None
    told: set[int] = set()
    for index in candidates:
        text = page.lines[index].text
        if len(text) > _MAX_LINE or page.lines[index].level:
            continue
        if _LABEL_ONLY.match(text):
            told.add(index)
            continue
        origin, writer = _SOURCE.search(text), _BYLINE.search(text)
        if origin is None and (writer is None or text.endswith(".") or len(text) > 100):
            continue
        source = source or (origin["name"].strip() if origin else None)
        name = name or (writer["name"].strip(" ,") if writer else None)
        told.add(index)
    return Byline(source, name, frozenset(told))
