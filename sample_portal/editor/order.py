"""Edits of the body's order: paragraphs that come, go, move, split and merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from sample_portal.editor.edit import Edit, edit_of, is_spaced, pick, plain_paragraphs
from sample_portal.events import Event
from sample_portal.languages import LANGUAGES
from sample_portal.prose import Story
from sample_portal.truth import BlockKind, TrueArticle, TrueBlock


def insert(article: TrueArticle, rng: Random, today: date) -> Edit:
    """A new paragraph, anywhere but in front of a list's item or a table's row."""
    ends = [i for i in range(1, len(article.blocks)) if _is_text(article.blocks[i])]
    place = rng.choice([*ends, len(article.blocks)])
    text = Story(LANGUAGES[article.language], article.key, rng, today).paragraph()
    order = [*range(place), TrueBlock(BlockKind.PARAGRAPH, text), *range(place, len(article.blocks))]
    return edit_of(Event.INSERT, _rebuilt(article, order), f"paragraph put in as block {place + 1}")


def delete(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """A paragraph is gone; an article keeps three blocks at least."""
    index = pick(rng, _free(article))
    if index is None or len(article.blocks) < 4:
        return None
    order = [i for i in range(len(article.blocks)) if i != index]
    return edit_of(Event.DELETE, _rebuilt(article, order), f"block {index + 1} deleted")


def move(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """A paragraph stands behind another one, its words unchanged."""
    free = _free(article)
    index = pick(rng, free)
    if index is None:
        return None
    order: list[int | TrueBlock] = [i for i in range(len(article.blocks)) if i != index]
    targets = [i for i in free if i not in {index, index - 1}]
    behind = pick(rng, targets)
    if behind is None:
        return None
    order.insert(order.index(behind) + 1, index)
    detail = f"block {index + 1} moved behind block {behind + 1}"
    return edit_of(Event.MOVE_PARAGRAPH, _rebuilt(article, order), detail)


def split(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """A paragraph becomes two, its words unchanged."""
    end = ". " if is_spaced(article) else "。"
    longer = [i for i in _free(article) if end in article.blocks[i].text[1 : -len(end)]]
    index = pick(rng, longer)
    if index is None:
        return None
    text = article.blocks[index].text
    cuts = [i + len(end) for i in range(1, len(text) - len(end)) if text.startswith(end, i)]
    cut = rng.choice(cuts)
    halves = [
        TrueBlock(BlockKind.PARAGRAPH, text[:cut].rstrip()),
        TrueBlock(BlockKind.PARAGRAPH, text[cut:]),
    ]
    order = [*range(index), *halves, *range(index + 1, len(article.blocks))]
    return edit_of(Event.SPLIT, _rebuilt(article, order), f"block {index + 1} split in two")


def merge(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """Two paragraphs become one, their words unchanged."""
    free = _free(article)
    index = pick(rng, [i for i in free if i + 1 in free])
    if index is None:
        return None
    blank = " " if is_spaced(article) else ""
    text = article.blocks[index].text + blank + article.blocks[index + 1].text
    joined = TrueBlock(BlockKind.PARAGRAPH, text)
    order = [*range(index), joined, *range(index + 2, len(article.blocks))]
    detail = f"blocks {index + 1} and {index + 2} merged"
    return edit_of(Event.MERGE, _rebuilt(article, order), detail)


def _is_text(block: TrueBlock) -> bool:
    return block.kind not in {BlockKind.ITEM, BlockKind.ROW}


def _free(article: TrueArticle) -> list[int]:
    """Indices of the paragraphs but the first that hold no link, lead into no list, and anchor nothing."""
    anchors = {figure.position for figure in article.figures} | {*article.breaks}
    blocks = article.blocks
    leads = {i for i in range(len(blocks) - 1) if _is_text(blocks[i]) and not _is_text(blocks[i + 1])}
    return [i for i in plain_paragraphs(article) if i and i not in anchors and i not in leads]


def _rebuilt(article: TrueArticle, order: Sequence[int | TrueBlock]) -> TrueArticle:
    """The article with its blocks in that order (old indices and new blocks); images keep their block."""
    blocks = tuple(article.blocks[b] if isinstance(b, int) else b for b in order)
    now = {old: new for new, old in enumerate(order) if isinstance(old, int)}
    now[len(article.blocks)] = len(blocks)
    figures = tuple(replace(f, position=now[min(f.position, len(article.blocks))]) for f in article.figures)
    breaks = tuple(now[b] for b in article.breaks)
    return replace(article, blocks=blocks, figures=figures, breaks=breaks)
