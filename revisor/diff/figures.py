"""Figures: which image has become which, and what differs in their captions and credits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from revisor.diff.pairing import Matched, match
from revisor.diff.words import word_segments
from revisor.digest import fold, folded_figure
from revisor.model import Figure, FigureChange

Figures = tuple[Figure, ...]


def compare_figures(before: Figures, after: Figures) -> tuple[FigureChange, ...]:
    """The figures of which something differs.

    Paired when they are the same, else by image address, else by caption, else by order. A different alt
    or order is cosmetic; the place among the blocks does not count, because it moves with every block.
    """
    matched = match(
        before, after, (_exact, folded_figure, lambda figure: figure.image, _caption, lambda _: "")
    )
    return tuple(_changes(matched))


def _exact(figure: Figure) -> tuple[str, ...]:
    return figure.image, figure.caption or "", figure.credit or "", figure.alt or ""


def _caption(figure: Figure) -> str | None:
    return fold(_text(figure, "caption")) or None


def _changes(matched: list[Matched[Figure]]) -> Iterator[FigureChange]:
    for pair in matched:
        old, new = pair.before, pair.after
        if old and new and not pair.moved and _exact(old) == _exact(new):
            continue
        yield FigureChange(
            before=old,
            after=new,
            caption=word_segments(_text(old, "caption"), _text(new, "caption")),
            credit=word_segments(_text(old, "credit"), _text(new, "credit")),
            cosmetic=bool(old and new and folded_figure(old) == folded_figure(new)),
        )


def _text(figure: Figure | None, name: Literal["caption", "credit"]) -> str:
    return (getattr(figure, name) or "") if figure else ""
