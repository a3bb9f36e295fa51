"""White space, scripts and comparable forms of the text of a page."""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT = 1_000_000
"""Characters of one piece of text that are looked at; a longer piece is cut."""

_UNSEEN = dict.fromkeys([0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d]")
_WORD = re.compile(r"\w+")
SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "।", "；", ";", '."', ".”", '"', "”", "」", ".)", "：")


def words(*lines: str) -> frozenset[str]:
    """The words of these lines, for tables of names."""
    return frozenset(" ".join(lines).split())


def collapse(text: str) -> str:
    """White space of any kind (NBSP and U+3000 too) becomes one blank; zero-width characters stay."""
    return " ".join(text[:MAX_TEXT].split())


def visible(text: str) -> bool:
    """Whether a reader sees anything of it."""
    return bool(text) and (text.isascii() or len(text) > 40 or bool(text.translate(_UNSEEN).strip()))


def weight(text: str) -> int:
    """Length in Latin letters; a CJK character says about as much as two and a half of them."""
    size = len(text)
    if text.isascii():
        return size
    return size + len(_WIDE.findall(text)) * 3 // 2


def key(text: str) -> str:
    """Form for comparing lines of a page: words only, without case, soft hyphens, compatibility forms."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text.translate(_UNSEEN)).casefold()))
