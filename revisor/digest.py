"""Versioned digests of articles: exact to the letter, and folded without cosmetic differences.

`fold` and the `folded_*` functions are the only definition of what is cosmetic; comparing uses them too.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable

from revisor.model import Article, Attachment, Block, Digests, Figure

DIGEST_VERSION = "1"

Parts = tuple[str, ...]

_INVISIBLE = (
    "\u00ad\u034f\u061c"  # soft hyphen, grapheme joiner, Arabic letter mark
    "\u180b-\u180f"  # Mongolian variation selectors and vowel separator
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width, joiners, bidi marks, byte order mark
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # variation selectors: another glyph of the same character
)
_SHAPES = (
    dict.fromkeys("‘’‚‛‹›′`´ʼ", "'")
    | dict.fromkeys("“”„‟″«»「」『』〝〞〟", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "〜": "~"}
    # 10² is not 102: compatibility forms would say so
    | {high: f"^{digit}" for digit, high in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
    | {low: f"_{digit}" for digit, low in enumerate("₀₁₂₃₄₅₆₇₈₉")}
)
_ODD = re.compile(f"[{_INVISIBLE}{''.join(_SHAPES)}]")
_SPACE_AT_MARK = re.compile(r"[ (\[][ :;,.!?)\]]")
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_AT_CJK = re.compile(f" (?:(?=[{_CJK}])|(?<=[{_CJK}] ))")
_MARK_RUN = re.compile(r"[^\w\s\x00-\x7f]{30}(?=[^\w\s\x00-\x7f])")
_JOINER = "\u034f"


def _normalize(text: str) -> str:
    """NFKC in linear time.

    Normalizing sorts a run of combining marks in quadratic time; 80,000 of them take seconds. A grapheme
    joiner after every 30, removed again, cuts the run (UAX #15, Stream-Safe Text Format).
    """
    return unicodedata.normalize("NFKC", _MARK_RUN.sub(rf"\g<0>{_JOINER}", text))


def _reshape(text: str) -> str:
    return _ODD.sub(lambda odd: _SHAPES.get(odd[0], ""), text)


def fold(text: str) -> str:
    """The text without cosmetic differences, in linear time.

    Folded away: white space (all of it beside Chinese and Japanese characters, which are written without),
    invisible characters, the shapes of quotes and dashes, compatibility forms (NFKC), and the colon that
    ends a label. Case, words and digits are kept.
    """
    # Reshaped once before, because NFKC tears some quotes apart (U+00B4, U+2033); once for what it brings.
    text = text.replace("`", "'") if text.isascii() else _reshape(_normalize(_reshape(text)))
    text = " ".join(text.split())
    text = _SPACE_AT_MARK.sub(lambda pair: pair[0].strip(), text)
    if not text.isascii():
        text = _SPACE_AT_CJK.sub("", text)
    return text.rstrip(" :")


def folded_block(block: Block) -> Parts:
    """What a block says, cell by cell in a table row; its kind and level are presentation.

    Empty when it says nothing.
    """
    parts = tuple(map(fold, block.cells or (block.text,)))
    return parts if any(parts) else ()


def folded_figure(figure: Figure) -> Parts:
    """What a figure shows and says: its address as it is, then caption and credit; alt is presentation."""
    return figure.image, fold(figure.caption or ""), fold(figure.credit or "")


def folded_attachment(attachment: Attachment) -> Parts:
    """Where an attachment leads, as it is, and what its link says."""
    return attachment.url, fold(attachment.text)


def _fields(article: Article) -> Iterable[tuple[str, str]]:
    """The labelled fields that are there.

    Absent ones bring nothing, so a field added to the model later leaves old digests as they are.
    """
    for label, value in (
        ("title", article.title),
        ("published", article.published),
        ("updated", article.updated),
        ("source", article.source),
        ("byline", article.byline),
    ):
        if value:
            yield label, value


def _exact(article: Article) -> Iterable[Parts]:
    yield from _fields(article)
    for block in article.blocks:
        yield f"{block.kind.value}{block.level or ''}", block.text, *block.cells
    for figure in article.figures:
        yield "figure", figure.image, figure.caption or "", figure.credit or "", figure.alt or ""
    for attachment in article.attachments:
        yield "attachment", attachment.url, attachment.text


def _folded(article: Article) -> Iterable[Parts]:
    """Blocks in reading order; figures and attachments sorted, because their order is presentation."""
    for label, value in _fields(article):
        if folded := fold(value):
            yield label, folded
    for block in article.blocks:
        if parts := folded_block(block):
            yield "block", *parts
    for parts in sorted(map(folded_figure, article.figures)):
        yield "figure", *parts
    for parts in sorted(map(folded_attachment, article.attachments)):
        yield "attachment", *parts


def _digest(parts: Iterable[Parts]) -> str:
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{DIGEST_VERSION}:{digest[:40]}"


def digests(article: Article) -> Digests:
    """Both digests of an article; equal articles have equal digests in any process on any day.

    Language and the places of figures among the blocks are in neither.
    """
    return Digests(exact=_digest(_exact(article)), folded=_digest(_folded(article)))
