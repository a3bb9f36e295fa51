"""Versioned digests of articles: exact to the letter, and folded without cosmetic differences."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable

from revisor.model import Article, Digests

DIGEST_VERSION = "1"

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
_SHAPES = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ＇", "'")
    | dict.fromkeys("“”„‟″«»「」『』＂", '"')
    | dict.fromkeys("‐‑‒–—―−－", "-")
    | {"…": "..."}
)
_SPACE = re.compile(r"\s+")
_SPACE_AT_MARK = re.compile(r" (?=[:;,.!?)\]])|(?<=[(\[]) ")
_LABEL_END = re.compile(r"[\s:：]+$")


def fold(text: str) -> str:
    """The text without cosmetic differences.

    Folded away: white space, invisible characters, the shapes of quotes and dashes, compatibility forms
    (NFKC), and the colon that ends a label. Case, words and digits are kept.
    """
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_SHAPES)
    text = _SPACE_AT_MARK.sub("", _SPACE.sub(" ", text).strip())
    return _LABEL_END.sub("", text)


def _parts(article: Article) -> Iterable[tuple[str, ...]]:
    """The article as labelled strings in a fixed order; absent fields bring nothing.

    A field added to the model later therefore leaves the digests of articles without it as they are.
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
    for block in article.blocks:
        yield (block.kind.value, *(block.cells or (block.text,)))
    for figure in article.figures:
        yield "figure", figure.image, figure.caption or "", figure.credit or ""
    for attachment in article.attachments:
        yield "attachment", attachment.url, attachment.text


def _digest(parts: Iterable[tuple[str, ...]]) -> str:
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{DIGEST_VERSION}:{digest[:40]}"


def digests(article: Article) -> Digests:
    """Both digests of an article; equal articles have equal digests in any process on any day."""
    parts = list(_parts(article))
    folded = ((label, *map(fold, values)) for label, *values in parts)
    return Digests(exact=_digest(parts), folded=_digest(folded))
