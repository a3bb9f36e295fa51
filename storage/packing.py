"""Values in blobs: JSON under zstd."""

from __future__ import annotations

import hashlib
import json
from typing import TypeVar

import msgspec
import zstandard

from revisor.errors import DatabaseDamaged, StorageError
from revisor.model import Headers

T = TypeVar("T")

LEVEL = 3
LARGEST = 256 << 20  # bytes; far above any page, and what a damaged size may make us allocate at most


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def squeeze(data: bytes) -> bytes:
    """The bytes under zstd, with their size in the frame.

    Raises StorageError above `LARGEST`.
    """
    if len(data) > LARGEST:
        raise StorageError(
            f"a value of {len(data)} bytes is above the {LARGEST} that are stored",
            "lower [scope] max_page_mb",
        )
    return zstandard.compress(data, LEVEL)


def unsqueeze(data: bytes, what: str) -> bytes:
    """The bytes that `squeeze` was given; `what` names them in DatabaseDamaged."""
    try:
        size = zstandard.frame_content_size(data)
        if 0 <= size <= LARGEST:
            return zstandard.decompress(data)
    except zstandard.ZstdError as error:
        raise DatabaseDamaged(f"{what} cannot be decompressed: {error}") from error
    raise DatabaseDamaged(f"{what} has no sound size")


def to_json(value: object) -> bytes:
    """A frozen value of `revisor.model` as JSON, to the letter.

    A lone surrogate, which UTF-8 has no form for, is written as the three bytes that CESU-8 and Python's
    `surrogatepass` give it.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        plain = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, separators=(",", ":"))
        return plain.encode("utf-8", "surrogatepass")


def from_json(data: bytes, kind: type[T], what: str) -> T:
    """The value that `to_json` was given.

    Raises DatabaseDamaged, naming `what`, when the bytes are no such value.
    """
    try:
        try:
            return msgspec.json.decode(data, type=kind)
        except UnicodeDecodeError:
            return msgspec.convert(json.loads(data.decode("utf-8", "surrogatepass")), kind)
    except (msgspec.MsgspecError, ValueError) as error:
        raise DatabaseDamaged(f"{what} cannot be read: {error}") from error


def pack(value: object) -> bytes:
    return squeeze(to_json(value))


def unpack(data: bytes, kind: type[T], what: str) -> T:
    return from_json(unsqueeze(data, what), kind, what)


def headers_to_text(headers: Headers) -> str:
    """Response headers as JSON in ASCII, so that bytes a server had no right to send survive."""
    return json.dumps(headers, separators=(",", ":"))


def headers_of_text(text: str, what: str) -> Headers:
    """The headers that `headers_to_text` was given; raises DatabaseDamaged."""
    try:
        return tuple((name, value) for name, value in json.loads(text))
    except (ValueError, TypeError) as error:
        raise DatabaseDamaged(f"the headers of {what} cannot be read: {error}") from error
