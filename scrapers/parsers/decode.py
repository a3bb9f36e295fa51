"""Which encoding the bytes of a page are in."""

from __future__ import annotations

import codecs
import re

from revisor.errors import UndecodableBody
from revisor.model import Headers

_META = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 65_536
_JUDGED = 131_072
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_WHATWG = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""Python's name of a label -> what browsers decode it with (https://encoding.spec.whatwg.org/#names-and-labels)."""

_MULTIBYTE = frozenset({"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "iso2022_jp"})
_TEXT_CODECS = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", *_MULTIBYTE})


def decode(body: bytes, headers: Headers, pinned: str | None = None) -> tuple[str, str]:
    """The text of a page and the encoding it was read with.

    Order: byte order mark, `pinned` (of the portal file), UTF-8 where the bytes prove it, HTTP header, `meta`
    or XML declaration within the first 64 KiB, the judgement of UnicodeDammit's detector.
    Raises UndecodableBody where none of them reads the bytes with confidence.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], name), name
    labels = [_codec(label) for label in (pinned, _header_label(headers), _meta_label(body)) if label]
    if pinned and labels[0]:
        return _lenient(body, labels[0]), labels[0]
    proven = _utf8(body, next((name for name in labels if name), None))
    if proven is not None:
        return proven, "utf-8"
    for label in filter(None, labels):
        text = _plausible(body, label)
        if text is not None:
            return text, label
    return _judged(body)


def _header_label(headers: Headers) -> str | None:
    value = next((value for name, value in headers if name.lower() == "content-type"), "")
    found = _CHARSET.search(value[:500])
    return found[1] if found else None


def _meta_label(body: bytes) -> str | None:
    found = _META.search(body, 0, _META_WITHIN)
    return found[1].decode("ascii", "replace") if found else None


def _codec(label: str) -> str | None:
    """Python's codec for a label as browsers understand it; None for what is no text encoding."""
    try:
        name = codecs.lookup(label.strip().lower()).name
    except (LookupError, ValueError):
        return None
    name = _WHATWG.get(name, name)
    if name in _TEXT_CODECS or re.fullmatch(r"cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+", name):
        return name
    return None


def _utf8(body: bytes, label: str | None) -> str | None:
    """The text if the bytes are UTF-8 beyond doubt, whatever the label says."""
    if label in {"utf-16-le", "utf-16-be", "utf-16", "iso2022_jp"} and (
        b"\0" in body[:200] or b"\x1b" in body
    ):
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if label in _MULTIBYTE and 0 < len(body) - len(text) < 20:
        # A handful of Chinese characters can be valid in both: the label decides.
        return None if _plausible(body, label) is not None else text
    return text


def _lenient(body: bytes, name: str) -> str:
    return body.decode(name, "replace")


def _plausible(body: bytes, name: str) -> str | None:
    """The text in that encoding, None where too much of it cannot be read."""
    if name.startswith("utf-16"):
        if b"\0" not in body[:200]:
            return None  # a `meta` that could be read as ASCII cannot be UTF-16
        name = "utf-16-le" if name == "utf-16" else name
    text = _lenient(body, name)
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) if broken else 0
    return text if broken <= max(3, foreign // 50) else None


def _judged(body: bytes) -> tuple[str, str]:
    """The first guess of Beautiful Soup's detector (the part of UnicodeDammit that guesses) that fits."""
    import charset_normalizer  # noqa: PLC0415  # both together 0.13 s, and few pages need them
    from bs4 import dammit  # noqa: PLC0415

    # Where chardet is installed too, Beautiful Soup prefers it, and chardet takes noise for Cyrillic.
    dammit.chardet_module = charset_normalizer  # type: ignore[attr-defined]  # the stubs are older
    for guess in dammit.EncodingDetector(body[:_JUDGED], is_html=True).encodings:
        name = _codec(guess)
        text = _plausible(body, name) if name else None
        if name is None or text is None or (name == "cp1252" and not _western(text)):
            continue
        return text, name
    raise UndecodableBody(f"none of the encodings declared or guessed reads the {len(body)} bytes")


def _western(text: str) -> bool:
    """Whether text read as windows-1252, in which nearly any bytes are letters, looks like a language."""
    letters = [char for char in text[:_JUDGED] if char.isalpha()]
    return sum(1 for char in letters if char > "\x7f") * 3 <= len(letters)
