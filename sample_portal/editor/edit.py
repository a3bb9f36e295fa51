"""An edit as a value, and what the edits have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from sample_portal.events import Event, kinds_of
from sample_portal.languages import LANGUAGES
from sample_portal.truth import BlockKind, TrueArticle, TrueBlock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited article with the kinds of its change and what was done, for a person to read."""

    article: TrueArticle
    kinds: tuple[str, ...]
    detail: str
    optional: bool = False


def edit_of(event: Event, article: TrueArticle, detail: str) -> Edit:
    """The edit of an event that has just its own kinds."""
    return Edit(article, kinds_of(event), detail)


def pick(rng: Random, choice: Sequence[T]) -> T | None:
    """One of them; None of none."""
    return rng.choice(choice) if choice else None


def plain_paragraphs(article: TrueArticle) -> list[int]:
    """Indices of the paragraphs without a link, which would break when its text is edited."""
    return [i for i in plain_blocks(article) if article.blocks[i].kind is BlockKind.PARAGRAPH]


def plain_blocks(article: TrueArticle) -> list[int]:
    """Indices of the blocks without a link."""
    files = [file.text for file in article.attachments if file.inline]
    return [i for i, block in enumerate(article.blocks) if not any(file in block.text for file in files)]


def with_block(article: TrueArticle, index: int, block: TrueBlock) -> TrueArticle:
    """The article with another block at that place."""
    return replace(article, blocks=(*article.blocks[:index], block, *article.blocks[index + 1 :]))


def is_spaced(article: TrueArticle) -> bool:
    """Whether the article's language writes blanks between its words."""
    return LANGUAGES[article.language].spaced
