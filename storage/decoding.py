"""The body of a stored HTTP response: chunks joined, content coding undone, size bounded.

Archives often keep the headers of a coding that their writer had undone already. So a body that plainly is
not coded as its headers say is taken as it is; one that begins so and then breaks is an error.
Sources: RFC 9112 section 7.1 (chunks), RFC 9110 section 8.4.1 (codings), RFC 8878 (zstd).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO

import zstandard

from revisor.content import inflate
from revisor.errors import ArchiveInvalid, BodyTooLarge, TruncatedBody
from revisor.model import Headers

LARGEST = 32 << 20  # bytes of a body, and of what it is decoded from
_MOST_CODINGS = 4
_LONGEST_SIZE_LINE = 256
_ZSTD_STEP = 256  # bytes in; a block of 4 may expand to 128 KiB, so this bounds a step to 8 MiB out
_BROTLI_STEP = 1 << 20  # bytes out
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(payload: bytes, headers: Headers, where: str) -> bytes:
    """The body behind its transfer and content codings. Raises ArchiveInvalid; `where` names the record."""
    if "chunked" in _values(headers, "transfer-encoding"):
        payload = _dechunk(payload, where)
    codings = [coding for coding in _values(headers, "content-encoding") if coding != "identity"]
    if len(codings) > _MOST_CODINGS:
        raise ArchiveInvalid(f"{where}: {len(codings)} content codings on one body")
    for coding in reversed(codings):
        if payload:
            payload = _undo(coding, payload, where)
    return _bounded(payload, where)


def _values(headers: Headers, name: str) -> list[str]:
    joined = ",".join(value for key, value in headers if key.lower() == name)
    return [part.strip().lower() for part in joined.split(",") if part.strip()]


def _bounded(body: bytes, where: str) -> bytes:
    if len(body) > LARGEST:
        raise ArchiveInvalid(f"{where}: the body is larger than {LARGEST >> 20} MiB")
    return body


def _dechunk(payload: bytes, where: str) -> bytes:
    stream, body = BytesIO(payload), bytearray()
    while True:
        at = stream.tell()
        size = _chunk_size(stream.readline(_LONGEST_SIZE_LINE))
        if size is None and at == 0:
            return payload
        if size == 0:
            return bytes(body)
        piece = b"" if size is None or size > len(payload) else stream.read(size)
        if len(piece) != size or stream.readline(2) != b"\r\n":
            raise ArchiveInvalid(f"{where}: the chunk at byte {at} of the body is broken")
        body += piece


def _chunk_size(line: bytes) -> int | None:
    """The size that a chunk's first line gives; None when it is no such line."""
    digits = line.split(b";")[0].strip()
    if (
        not line.endswith(b"\r\n")
        or not digits
        or len(digits) > 16
        or digits.strip(b"0123456789abcdefABCDEF")
    ):
        return None
    return int(digits, 16)


def _undo(coding: str, payload: bytes, where: str) -> bytes:
    undo = _CODINGS.get(coding)
    if undo is None:
        raise ArchiveInvalid(f"{where}: unknown content coding {coding[:40]!r}")
    try:
        body, fault = undo(payload), "it breaks off"
    except BodyTooLarge as error:
        raise ArchiveInvalid(f"{where}: {error.message}") from error
    except (zlib.error, zstandard.ZstdError) as error:
        body, fault = None, str(error)
    if body is None and not _is_text(payload):
        raise ArchiveInvalid(f"{where}: the {coding} body is broken: {fault}")
    return _bounded(payload if body is None else body, where)


def _gzip(payload: bytes) -> bytes | None:
    return _inflated(payload, "gzip")


def _deflate(payload: bytes) -> bytes | None:
    return _inflated(payload, "deflate")


def _inflated(payload: bytes, coding: str) -> bytes | None:
    """The body without its coding; None when it breaks off or is not coded so."""
    try:
        return inflate(payload, coding, LARGEST)
    except TruncatedBody:
        return None


def _zstd(payload: bytes) -> bytes | None:
    """A zstd frame; None when it breaks off."""
    if not payload.startswith(b"\x28\xb5\x2f\xfd"):
        return payload
    stream = zstandard.ZstdDecompressor(max_window_size=1 << 23).decompressobj()
    body = bytearray()
    for start in range(0, len(payload), _ZSTD_STEP):
        body += stream.decompress(payload[start : start + _ZSTD_STEP])
        if stream.eof or len(body) > LARGEST:
            return bytes(body)
    return None


def _brotli(payload: bytes) -> bytes | None:
    """A brotli stream; None when it breaks off."""
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 -- ships no types; few archives need it

    stream, body, pending = brotli.Decompressor(), bytearray(), payload
    while len(body) <= LARGEST:
        try:
            body += stream.process(pending, output_buffer_limit=_BROTLI_STEP)
        except brotli.error as error:
            raise zlib.error(str(error)) from error
        if stream.is_finished():
            return bytes(body)
        if stream.can_accept_more_data():
            return None
        pending = b""
    return bytes(body)


def _is_text(payload: bytes) -> bool:
    """Whether a body starts like text: brotli and deflate have no mark, but soon show control characters."""
    return not _CONTROL.search(payload, 0, 512)


_CODINGS: dict[str, Callable[[bytes], bytes | None]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
