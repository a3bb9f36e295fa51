"""The frames of a WARC file: where each record lies, and that none is cut off.

warcio reads on over broken ends, so the frames are checked here and warcio parses what is inside. Sources:
WARC 1.1 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/), RFC 1952 (gzip).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from revisor.errors import ArchiveInvalid, ArchiveTruncated
from revisor.model import Headers

_GZIP = b"\x1f\x8b"
_WARC = b"WARC/"
_BLOCK = 1 << 16  # bytes read at once
_STEP = 1 << 20  # bytes decompressed at once: what a hostile member can make us hold
HEAD = 1 << 18  # bytes of a record that are parsed: its headers and those of its response
_END = b"\r\n\r\n"  # what follows a record's content

_PARSER = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"])


@dataclass(frozen=True, slots=True)
class Frame:
    """One record: its place in the file, its headers, its content (of which `frames` gives the start)."""

    offset: int
    length: int
    headers: Headers
    content: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class _Head:
    """A record's headers, how many bytes they take, and how many its content has."""

    headers: Headers
    size: int
    content: int


def frames(file: BinaryIO, name: str) -> Iterator[Frame]:
    """Every record of a WARC file, compressed record by record or not at all, in its order.

    Raises ArchiveTruncated where the file ends inside a record, ArchiveInvalid where it is not WARC. Memory
    is bounded whatever a record's size.
    """
    start = file.read(len(_WARC))
    file.seek(0)
    if not start:
        raise ArchiveTruncated(f"{name} is empty")
    if start.startswith(_GZIP) or _GZIP.startswith(start):
        yield from _compressed(file, name)
    elif _WARC.startswith(start):
        yield from _plain(file, name)
    else:
        raise ArchiveInvalid(f"{name} is not a WARC file")


def whole(record: bytes, limit: int, where: str) -> Frame:
    """The record that these bytes of a file are, with all of its content.

    Raises ArchiveInvalid, also above `limit` bytes of record; ArchiveTruncated.
    """
    if record.startswith(_GZIP):
        try:
            record = zlib.decompressobj(wbits=31).decompress(record, limit + 1)
        except zlib.error as error:
            raise ArchiveInvalid(f"{where} is damaged: {error}") from error
    if len(record) > limit:
        raise ArchiveInvalid(f"{where}: the record is larger than {limit >> 20} MiB")
    head = _parse(record, where)
    content = record[head.size : head.size + head.content]
    if len(content) < head.content:
        raise ArchiveTruncated(f"{where} is cut off")
    return Frame(0, len(record), head.headers, content)


# --- compressed: one gzip member a record ------------------------------------


def _compressed(file: BinaryIO, name: str) -> Iterator[Frame]:
    offset, pending = 0, b""
    while pending := pending or file.read(_BLOCK):
        where = f"{name} at byte {offset}"
        if not pending.startswith(_GZIP) and not _GZIP.startswith(pending):
            raise ArchiveInvalid(f"{where} has no gzip member")
        start, size, length, pending = _member(file, pending, where)
        yield _frame(start, size, offset, length, where)
        offset += length


def _member(file: BinaryIO, pending: bytes, where: str) -> tuple[bytes, int, int, bytes]:
    """One gzip member: the start of what is in it, how much that is, its length, what was read past it."""
    member = zlib.decompressobj(wbits=31)
    start, size, length = b"", 0, 0
    while True:
        try:
            piece = member.decompress(pending, _STEP)
        except zlib.error as error:
            raise ArchiveInvalid(f"{where} is damaged: {error}") from error
        start += piece[: HEAD - len(start)]
        size += len(piece)
        rest = member.unused_data if member.eof else member.unconsumed_tail  # at its end both may hold it
        length += len(pending) - len(rest)
        if member.eof:
            return start, size, length, rest
        pending = rest
        if not pending and len(piece) < _STEP:
            pending = file.read(_BLOCK)
            if not pending:
                raise ArchiveTruncated(f"{where} is cut off")


def _frame(start: bytes, size: int, offset: int, length: int, where: str) -> Frame:
    head = _parse(start, where)
    rest = size - head.size - head.content
    if rest < 0:
        raise ArchiveTruncated(f"{where}: the record is shorter than its Content-Length")
    if rest > len(_END):
        raise ArchiveInvalid(
            f"{where}: one gzip member holds more than one record", "`warcio recompress OLD NEW` mends it"
        )
    return Frame(offset, length, head.headers, start[head.size : head.size + head.content])


# --- plain -------------------------------------------------------------------


def _plain(file: BinaryIO, name: str) -> Iterator[Frame]:
    offset = 0
    while start := file.read(HEAD):
        where = f"{name} at byte {offset}"
        if not _complete(start) and len(start) < HEAD:
            raise ArchiveTruncated(f"{where} is cut off")
        head = _parse(start, where)
        length = head.size + head.content
        file.seek(offset + length)
        end = file.read(len(_END))
        if len(end) < len(_END) and _END.startswith(end):
            raise ArchiveTruncated(f"{where} is cut off")
        if end != _END:
            raise ArchiveInvalid(f"{where}: the record is not as long as its Content-Length")
        yield Frame(offset, length, head.headers, start[head.size : length])
        offset += length + len(_END)


# --- headers -----------------------------------------------------------------


def _complete(start: bytes) -> bool:
    return b"\r\n\r\n" in start or b"\n\n" in start


def _parse(start: bytes, where: str) -> _Head:
    stream = BytesIO(start)
    try:
        parsed = _PARSER.parse(stream)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise ArchiveInvalid(f"{where}: no WARC record begins there") from error
    size = stream.tell()
    if not start[:size].endswith((b"\n\r\n", b"\n\n")):
        raise ArchiveInvalid(f"{where}: the record's headers have no end")
    headers = tuple((name, value) for name, value in parsed.headers)
    length = next((value for name, value in headers if name.lower() == "content-length"), "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        raise ArchiveInvalid(f"{where}: Content-Length is {length[:40]!r}")
    return _Head(headers, size, int(length))
