"""Words: what they are in each script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from revisor.diff.align import Symbols

# Scripts written without blanks between words go character by character: Thai, Lao, Myanmar, Khmer, CJK,
# kana, bopomofo, Yi. Everything else that is neither white space nor a mark of the list belongs to a word,
# so that combining marks, joiners and scripts not thought of here do.
_SINGLE = (
    "\u0e00-\u0e3e\u0e40-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_MARK = (
    r"\x00-\x1f!-/:-@\[-\^`{-\x9f\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb-\u00bf×÷"
    r"\u037e\u0387\u055a-\u055f\u0589\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u060d\u061b\u061e\u061f\u066a-\u066d"
    r"\u06d4\u0964\u0965\u0e3f\u0f0b-\u0f14\u1362-\u1368\u1802\u1803\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    r"\u2100-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\uffe0-\uffef\U0001f000-\U0001faff"
)
_EXTEND = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059"
    "\u17b4-\u17d3\u200d\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
    "\U000e0100-\U000e01ef"
)
_LETTER = rf"[^\s{_MARK}{_SINGLE}]"
_CURRENCY = "$¢-¥\u20a0-\u20cf＄￡￥"
# "-3.5%", "$1,500", "2023-09-21", "10:30", "21st": whole, because half a number means nothing.
_NUMBER = (
    rf"(?:(?<!\w)[-+−])?[{_CURRENCY}]?+\d++(?:[.,:/'’٫٬\-]\d++)*+"
    rf"(?:[%‰٪％°]|{_LETTER}++)?+"
)
_WORD = rf"{_LETTER}++(?:['’]{_LETTER}++)*+"
_TOKEN = re.compile(rf"\s*+(?:{_NUMBER}|{_WORD}|\S[{_EXTEND}]*+)|\s++")
_NUMBERS = re.compile(_NUMBER)
_UNSPACED = re.compile(f"[{_SINGLE}]")


def numbers(text: str) -> list[str]:
    """The numbers and dates of a text, each whole with its currency, separators and unit."""
    return _NUMBERS.findall(text)


def without_numbers(text: str) -> str:
    """The text with a zero in place of every number."""
    return _NUMBERS.sub("0", text)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into pieces that give it again when joined.

    `starts` holds where each begins and, last, the text's length; `symbols` has one character for each
    piece without the white space before it; `fine` says that the pieces are words.
    """

    text: str
    starts: list[int]
    symbols: str
    fine: bool


def words(text: str) -> list[str]:
    """The words of a text, each with the white space before it; white space at the end is one too."""
    return _TOKEN.findall(text)


def count_words(text: str) -> int:
    """How many words the text has; in Chinese and Japanese each character is one, and punctuation is none."""
    return sum(any(map(str.isalnum, word)) for word in words(text))


def share_words(one: str, other: str) -> bool:
    """Whether any word is in both texts."""
    return not set(map(str.lstrip, words(one))).isdisjoint(map(str.lstrip, words(other)))


def cut(text: str, symbols: Symbols) -> Tokens:
    """Cut a text at its blanks, which is fast, or at words in scripts without blanks.

    Texts that are to be compared share `symbols`.
    """
    if not text.isascii() and _UNSPACED.search(text):
        return cut_at_words(text, symbols)
    pieces = text.split(" ")
    starts = list(accumulate(map((1).__add__, map(len, pieces)), initial=-1))
    starts[0] = 0
    return Tokens(text, starts, "".join(map(symbols.__getitem__, pieces)), fine=False)


def cut_at_words(text: str, symbols: Symbols) -> Tokens:
    """Cut a text at its words in any script."""
    pieces = words(text)
    starts = [0, *accumulate(map(len, pieces))]
    return Tokens(text, starts, "".join(map(symbols.__getitem__, map(str.lstrip, pieces))), fine=True)
