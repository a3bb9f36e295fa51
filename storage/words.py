"""What a search by words looks at: the text of a change, folded, and the words that are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from revisor.digest import fold
from revisor.model import Article, BlockOp, Diff, Op, Segment
from storage.columns import storable

LONGEST = 20_000  # characters that are kept of a change
MOST_WORDS = 20
LONGEST_WORD = 200  # characters; what is longer is cut, which finds no less


def text_of_change(title: str, diff: Diff | None, article: Article | None) -> str:
    """What can be found of a change, folded and in lower case, at most `LONGEST` characters.

    That is its title and what differs. article: of a page that appeared, disappeared or came back as it was,
    where no diff says what is different; then all of its text counts.
    """
    pieces: list[str] = []
    room = LONGEST
    for piece in _pieces(title, diff, article):
        folded = _fold(piece[:room])[:room]
        if folded:
            pieces.append(folded)
            room -= len(folded) + 1
        if room <= 0:
            break
    return " ".join(pieces)


def wanted_words(text: str) -> list[str]:
    """The first `MOST_WORDS` blank-separated words, in the form in which `text_of_change` has them."""
    found = (
        _fold(word[:LONGEST_WORD])[:LONGEST_WORD] for word in text.split(maxsplit=MOST_WORDS)[:MOST_WORDS]
    )
    return list(dict.fromkeys(word for word in found if word))


def _fold(text: str) -> str:
    return storable(fold(text).casefold())


def _pieces(title: str, diff: Diff | None, article: Article | None) -> Iterator[str]:
    yield title
    if diff is not None:
        yield from _changed(diff)
    elif article is not None:
        yield from _whole(article)


def _changed(diff: Diff) -> Iterator[str]:
    for field in diff.fields:
        yield from (field.before or "", field.after or "")
    for block in diff.blocks:
        if block.op is not BlockOp.SAME:
            yield from _differing(block.segments)
    for figure in diff.figures:
        yield from _differing(figure.caption)
        yield from _differing(figure.credit)
    for attachment in diff.attachments:
        yield from (side.text for side in (attachment.before, attachment.after) if side)


def _differing(segments: tuple[Segment, ...]) -> Iterator[str]:
    return (segment.text for segment in segments if segment.op is not Op.EQUAL)


def _whole(article: Article) -> Iterator[str]:
    yield from (article.source or "", article.byline or "")
    for block in article.blocks:
        yield block.text
    for figure in article.figures:
        yield from (figure.caption or "", figure.credit or "")
    yield from (attachment.text for attachment in article.attachments)
