"""Edits of words: numbers, phrases, title, date, and what only looks different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from sample_portal.editor.edit import (
    Edit,
    edit_of,
    is_spaced,
    pick,
    plain_blocks,
    plain_paragraphs,
    with_block,
)
from sample_portal.events import Event, kinds_of
from sample_portal.languages import LANGUAGES
from sample_portal.prose import Story
from sample_portal.truth import BlockKind, TrueArticle, TrueBlock

_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+\.\d+)(?![\d%])")


@dataclass(frozen=True, slots=True)
class _Place:
    """A match in a block; cell: in which cell of a row."""

    index: int
    cell: int | None
    match: re.Match[str]


def number(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """One digit of one number becomes another."""
    found = _search(article, [_NUMBER])
    if not found:
        return None
    place = rng.choice(found)
    text = place.match[0]
    at = rng.choice([i for i, char in enumerate(text) if char.isdigit()])
    zero = ord(text[at]) - unicodedata.digit(text[at])
    digit = rng.choice([chr(zero + n) for n in range(1, 10) if chr(zero + n) != text[at]])
    return _replaced(Event.NUMBER, article, place, text[:at] + digit + text[at + 1 :])


def words(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """A phrase becomes another one that may stand there: `more than` becomes `nearly`."""
    groups = LANGUAGES[article.language].word_groups
    found = _search(article, _group_patterns(article.language))
    if not found:
        return None
    place = rng.choice(found)
    group = next(group for group in groups if place.match[0] in group)
    others = [phrase for phrase in group if phrase != place.match[0]]
    return _replaced(Event.WORDS, article, place, rng.choice(others))


def retitle(article: TrueArticle, rng: Random, today: date) -> Edit:
    """Another title."""
    title = article.title
    while title == article.title:
        title = Story(LANGUAGES[article.language], article.key, rng, today).title()
    return edit_of(Event.RETITLE, replace(article, title=title), f"title: {article.title} -> {title}")


def redate(article: TrueArticle, _rng: Random, today: date) -> Edit | None:
    """The date of the update becomes today's, and nothing else changes."""
    stamp = today.isoformat()
    if stamp == article.updated:
        return None
    detail = f"updated: {article.updated} -> {stamp}"
    return edit_of(Event.REDATE, replace(article, updated=stamp), detail)


def quotes(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """Straight quotes become curly."""
    index = pick(rng, [i for i in plain_paragraphs(article) if '"' in article.blocks[i].text])
    if index is None:
        return None
    text = re.sub(r'"([^"]*)"', r"“\1”", article.blocks[index].text.replace("'", "’"))
    return _rewritten(Event.QUOTES, article, index, text, "straight quotes made curly")


def zero_width(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """A zero-width space comes in."""
    return _put_in(Event.ZERO_WIDTH, article, rng, "\u200b", "zero-width space added")


def blanks(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """A blank is doubled, which no reader can see."""
    edit = _put_in(Event.BLANKS, article, rng, " ", "blank doubled") if is_spaced(article) else None
    return replace(edit, optional=True) if edit else None


def _put_in(event: Event, article: TrueArticle, rng: Random, extra: str, what: str) -> Edit | None:
    index = pick(rng, plain_paragraphs(article))
    if index is None:
        return None
    text = article.blocks[index].text
    gaps = " " if is_spaced(article) else "，、。"
    place = rng.choice([i for i, char in enumerate(text) if char in gaps] or [0]) + 1
    return _rewritten(event, article, index, text[:place] + extra + text[place:], what)


def _search(article: TrueArticle, patterns: Iterable[re.Pattern[str]]) -> list[_Place]:
    """All matches in blocks without links, in the order of the patterns."""
    found = []
    indices = plain_blocks(article)
    for pattern in patterns:
        for index in indices:
            block = article.blocks[index]
            cells = enumerate(block.cells) if block.kind is BlockKind.ROW else [(None, block.text)]
            for cell, text in cells:
                found += [_Place(index, cell, match) for match in pattern.finditer(text)]
    return found


def _replaced(event: Event, article: TrueArticle, place: _Place, new: str) -> Edit:
    old = place.match
    text = old.string[: old.start()] + new + old.string[old.end() :]
    block = article.blocks[place.index]
    if place.cell is not None:
        cells = (*block.cells[: place.cell], text, *block.cells[place.cell + 1 :])
        after = TrueBlock(block.kind, " ".join(cells), cells)
    else:
        after = replace(block, text=text)
    return edit_of(
        event, with_block(article, place.index, after), f"block {place.index + 1}: {old[0]} -> {new}"
    )


def _rewritten(event: Event, article: TrueArticle, index: int, text: str, what: str) -> Edit:
    block = replace(article.blocks[index], text=text)
    return Edit(with_block(article, index, block), kinds_of(event), f"block {index + 1}: {what}")


@cache
def _group_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    edge = r"\b" if LANGUAGES[language].spaced else ""
    groups = LANGUAGES[language].word_groups
    longest_first = [sorted(group, key=len, reverse=True) for group in groups]
    return tuple(re.compile(f"{edge}(?:{'|'.join(map(re.escape, g))}){edge}") for g in longest_first)
