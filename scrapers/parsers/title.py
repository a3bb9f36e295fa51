"""The headline: which line it is, or what the head of the page says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from scrapers.parsers.meta import Declared
from scrapers.parsers.outline import Line, Outline
from scrapers.parsers.text import key

_SEPARATOR = re.compile(
    r"\s+[|\-–—·•»«:/~>＞]{1,2}\s+|\s*(?:\||::|__?|｜|»|–{2}|-{2,}|＿|—{2})\s*|(?<=[\u3040-\u9fff])\s*[-–—_]\s*(?=[\u3040-\u9fff])"
)
_MAX_LINE = 400


@dataclass(frozen=True, slots=True)
class Title:
    """The headline; `line` is where it stands, None when it is only declared."""

    text: str
    line: int | None
    keys: frozenset[str]


def segments(title: str) -> list[str]:
    """The title cut at separators: the whole, then every head and tail, so that a site's name can go."""
    cuts = [match.span() for match in _SEPARATOR.finditer(title[:1000])][:8]
    heads = [title[:start].strip() for start, _ in reversed(cuts)]
    tails = [title[end:].strip() for _, end in cuts]
    inner = [title[a:b].strip() for (_, a), (b, _) in pairwise(cuts)]
    return [title, *heads, *tails, *inner]


def find(page: Outline, declared: Declared) -> Title:
    """The headline by agreement of the page's headings with its <title> and og:title.

    A heading that the head confirms wins (h1 before h2 and so on, then any other line); then a lone h1;
    then the line before the date; then the declared title without the site's name.
    """
    spelled = _spellings(declared)
    longest = 2 * max(map(len, spelled), default=0) + 20
    matches = [
        (_rank(line, spelled[key(line.text)]), index)
        for index, line in enumerate(page.lines)
        if len(line.text) <= longest
        and line.zone[:6] != "footer"
        and not (line.linked and line.zone)
        and key(line.text) in spelled
    ]
    h1s = [i for i, line in enumerate(page.lines) if line.level == 1 and _headline_like(line)]
    index: int | None = None
    if matches:
        best = min(matches)
        index = best[1]
        if page.lines[index].level == 0 and len(h1s) == 1:
            index = _same_headline(page, h1s[0], index)
    elif h1s:
        index = _likest(page, h1s, declared)
    else:
        index = _like_declared(page, declared)
    if index is None:
        text = _declared_title(declared)
        return Title(text, None, frozenset(filter(None, {key(text), *spelled})))
    line = page.lines[index]
    return Title(
        line.text, index, frozenset({key(line.text)} | {k for k in spelled if _close(k, key(line.text))})
    )


def _spellings(declared: Declared) -> dict[str, int]:
    """Comparable form -> how much of the declared title it leaves away."""
    found: dict[str, int] = {}
    for title in (declared.metas.get("og:title", ""), declared.title, declared.json_ld.get("headline", "")):
        whole = len(key(title))
        for segment in segments(title) if title else ():
            form = key(segment)
            if len(form) >= 2:
                found[form] = min(found.get(form, 10_000), whole - len(form))
    return found


def _headline_like(line: Line) -> bool:
    return line.zone != "hidden" and len(line.text) <= _MAX_LINE


def _rank(line: Line, left_out: int) -> tuple[bool, bool, bool, int, int]:
    """Sorts matching lines: unlinked, whole titles, most of a title, higher headings, longer ones first."""
    form = len(key(line.text))
    level = line.level or 7
    return (
        bool(line.linked) and (level != 1 or left_out > 0),
        left_out > 0 and not (level == 1 and form > left_out),
        form < left_out and level != 1,
        level if level < 3 else 3 + (level == 7),
        -form,
    )


def _same_headline(page: Outline, h1: int, line: int) -> int:
    """The h1 instead of a matching plain line, if it is not the site's name far above."""
    return h1 if _close(key(page.lines[h1].text), key(page.lines[line].text)) else line


def _close(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return bool(short) and short in long and len(short) * 2 >= len(long)


def _likest(page: Outline, h1s: list[int], declared: Declared) -> int:
    """Of headlines that the head does not confirm: most words in common with it, outside the header."""
    words = set(key(f"{declared.title} {declared.metas.get('og:title', '')}").split())

    def score(index: int) -> tuple[bool, int, bool, int]:
        line = page.lines[index]
        own = set(key(line.text).split())
        return (not line.zone, len(own & words), not line.linked, -index)

    return max(h1s, key=score)


def _like_declared(page: Outline, declared: Declared) -> int | None:
    """A heading that holds the declared title or is held by it: subtitles are cut differently at times."""
    forms = [
        key(segment)
        for title in (declared.title, declared.metas.get("og:title", ""))
        for segment in segments(title)
    ]
    for index, line in enumerate(page.lines):
        if len(line.text) <= _MAX_LINE and line.linked == 0 and line.zone == "":
            own = key(line.text)
            if len(own) >= 12 and any(_close(own, form) for form in forms if len(form) >= 12):
                return index
    return None


def _declared_title(declared: Declared) -> str:
    title = declared.metas.get("og:title") or declared.json_ld.get("headline") or declared.title
    site = key(declared.metas.get("og:site_name", ""))
    parts = [part for part in segments(title)[1:] if len(part) * 2 >= len(title)] if title else []
    named = [part for part in parts if site and site not in key(part)]
    return (named or parts or [title])[0]
