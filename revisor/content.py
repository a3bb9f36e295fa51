"""Undoing an HTTP content coding: bounded in size, and whole or not at all."""

from __future__ import annotations

import zlib

from revisor.errors import BodyTooLarge, TruncatedBody

ACCEPTED = "gzip, deflate"
"""What we ask for (RFC 9110 §8.4.1); nothing else needs to be understood."""

MOST_MEMBERS = 16
"""Parts of one gzip body (RFC 1952 §2.2); each costs a copy of what follows it."""

_GZIP = b"\x1f\x8b"
_WINDOWS = {
    "gzip": (31,),
    "x-gzip": (31,),
    "deflate": (15, -15),  # servers send it with and without zlib's header
}


def decode_content(body: bytes, encoding: str | None, limit: int) -> bytes:
    """The body without its content coding.

    encoding: the Content-Encoding header; limit: largest accepted result in bytes.
    Raises TruncatedBody for a stream without its end or of another format, BodyTooLarge past the limit.
    """
    codings = [c.strip().lower() for c in (encoding or "").split(",")]
    for coding in reversed([c for c in codings if c not in {"", "identity"}]):
        if not body:
            return body
        body = inflate(body, coding, limit)
    if len(body) > limit:
        raise BodyTooLarge(f"the body is larger than {limit / 2**20:g} MiB")
    return body


def inflate(body: bytes, coding: str, limit: int) -> bytes:
    """The body without one gzip or deflate coding. Raises TruncatedBody, BodyTooLarge."""
    if coding not in _WINDOWS:
        raise TruncatedBody(f'the body comes in the content coding "{coding}", which was not asked for')
    for window in _WINDOWS[coding]:
        try:
            return _unpacked(body, window, limit)
        except zlib.error:
            continue
    raise TruncatedBody(f"the body of {len(body)} bytes is not the {coding} it says it is")


def _unpacked(body: bytes, window: int, limit: int) -> bytes:
    """All members of a gzip body, or the one stream of another; what follows that is none is left out."""
    data, rest = b"", body
    for _ in range(MOST_MEMBERS):
        stream = zlib.decompressobj(window)
        data += stream.decompress(rest, limit + 1 - len(data))
        if len(data) > limit:
            raise BodyTooLarge(f"the body is larger than {limit / 2**20:g} MiB when unpacked")
        if not stream.eof:
            raise TruncatedBody(f"the packed body of {len(body)} bytes breaks off before its end")
        rest = stream.unused_data
        if window < 16 or not rest or rest[:2] != _GZIP[: len(rest)]:
            return data
    raise BodyTooLarge(f"the body is packed in more than {MOST_MEMBERS} gzip members")
