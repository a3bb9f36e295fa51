"""WARC files as a source of history: an index of what is in one, and its captures one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeadersParser

from revisor.errors import ArchiveInvalid, ArchiveTruncated
from revisor.model import Capture, Headers
from storage import decoding, warc

_HTTP = StatusAndHeadersParser(["HTTP/"], verify=False)
_LARGEST_RECORD = decoding.LARGEST + warc.HEAD  # bytes


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A stored response: its address, its time (UTC), its place in the file in bytes, its HTTP status."""

    url: str
    at: datetime
    offset: int
    length: int
    status: int


@dataclass(frozen=True, slots=True)
class ArchiveIndex:
    """What an archive holds, in its order.

    digest: SHA-256 of the file, hex. skipped: how many records are something else than the answer of a web
    server to a GET request (requests, metadata, revisits without a body, DNS, answers to POST or HEAD).
    """

    entries: tuple[ArchiveEntry, ...]
    digest: str
    skipped: int


@dataclass(frozen=True, slots=True)
class _Response:
    """The head of a stored HTTP response; `size` is its length in bytes."""

    status: int
    headers: Headers
    size: int


def index_archive(path: Path) -> ArchiveIndex:
    """Read through the whole file and list its responses; nothing is returned of a file that is not whole.

    Raises ArchiveTruncated when the file is cut off, at whatever byte inside a record; ArchiveInvalid when
    it is absent, unreadable, no WARC, damaged, or has a record without a sound date.
    """
    if path.exists() and not path.is_file():
        raise ArchiveInvalid(f"{path} cannot be read: it is not an ordinary file", "name a WARC file")
    with _readable(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        listing = _Listing(path.name)
        for frame in warc.frames(file, path.name):
            listing.add(frame)
    entries = listing.entries()
    return ArchiveIndex(entries, digest, listing.count - len(entries))


def read_capture(path: Path, entry: ArchiveEntry) -> Capture:
    """The response that an index of this very file names, its body decoded and at most 32 MiB.

    Raises ArchiveInvalid when it is larger, damaged, coded in an unknown way, or not where the index says.
    """
    where = f"{path.name} at byte {entry.offset}"
    if entry.length > _LARGEST_RECORD:
        raise ArchiveInvalid(f"{where}: the record is larger than {_LARGEST_RECORD >> 20} MiB")
    with _readable(path), path.open("rb") as file:
        file.seek(entry.offset)
        record = file.read(entry.length)
    try:
        frame = warc.whole(record, _LARGEST_RECORD, where)
    except ArchiveTruncated as error:
        raise ArchiveInvalid(f"{where} is not what the index says") from error
    response = _response(frame.content)
    if response is None or response.status != entry.status or _target(frame) != entry.url:
        raise ArchiveInvalid(f"{where} is not what the index says")
    body = decoding.decode(frame.content[response.size :], response.headers, where)
    return Capture(entry.url, entry.status, response.headers, body, entry.at)


def _target(frame: warc.Frame) -> str:
    """The record's address; some writers put it between angle brackets."""
    return (frame.header("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveInvalid(f"{path} cannot be read: {error.strerror}", "check the file's path") from error


class _Listing:
    """Collects the responses of an archive, and which of them answer something else than a GET."""

    def __init__(self, name: str) -> None:
        self.count = 0
        self._name = name
        self._found: list[tuple[ArchiveEntry, frozenset[str]]] = []
        self._other: set[str] = set()  # ids of requests that are no GET, and of the records they belong to

    def add(self, frame: warc.Frame) -> None:
        self.count += 1
        kind = (frame.header("WARC-Type") or "").lower()
        ids = frozenset(frame.header(name) or "" for name in ("WARC-Record-ID", "WARC-Concurrent-To")) - {""}
        if kind == "request" and not frame.content.startswith(b"GET "):
            self._other |= ids
        elif kind == "response":
            entry = self._entry(frame)
            if entry is not None:
                self._found.append((entry, ids))

    def _entry(self, frame: warc.Frame) -> ArchiveEntry | None:
        url = _target(frame)
        at = self._date(frame)
        response = _response(frame.content)
        if response is None or not url.lower().startswith(("http://", "https://")):
            return None
        return ArchiveEntry(url, at, frame.offset, frame.length, response.status)

    def _date(self, frame: warc.Frame) -> datetime:
        text = frame.header("WARC-Date") or ""
        try:
            at = datetime.fromisoformat(text)
            if at.tzinfo is not None:
                return at.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise ArchiveInvalid(f"{self._name} at byte {frame.offset}: WARC-Date is {text[:40]!r}")

    def entries(self) -> tuple[ArchiveEntry, ...]:
        return tuple(entry for entry, ids in self._found if not ids & self._other)


def _response(content: bytes) -> _Response | None:
    """The head of an HTTP response; None when the content does not begin with a whole one."""
    if not content.startswith(b"HTTP/"):
        return None
    stream = BytesIO(content)
    parsed = _HTTP.parse(stream)
    size = stream.tell()
    status = parsed.get_statuscode()
    if not content[:size].endswith((b"\n\r\n", b"\n\n")) or not (status.isascii() and status.isdigit()):
        return None
    if not 100 <= int(status[:4]) <= 599:
        return None
    return _Response(int(status), tuple((name, value) for name, value in parsed.headers), size)
