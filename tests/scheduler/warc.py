"""Writing small archives for tests, byte by byte (WARC 1.1)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

HTML = "Content-Type: text/html; charset=utf-8"


def write_warc(path: Path, answers: Iterable[tuple[datetime, str, int, bytes]], header: str = HTML) -> Path:
    """An archive of (time, address, status, body); with the ending `.gz`, each record is one gzip member.

    header: a line that all answers have.
    """
    records = (_record(*answer, header) for answer in answers)
    packed = (gzip.compress(r, mtime=0) for r in records) if path.suffix == ".gz" else records
    path.write_bytes(b"".join(packed))
    return path


def _record(at: datetime, url: str, status: int, body: bytes, header: str) -> bytes:
    head = _head(f"HTTP/1.1 {status} X", header, f"Content-Length: {len(body)}")
    content = head + body
    lines = (
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'{at} {url}')}>",
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Target-URI: {url}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(content)}",
    )
    return _head("WARC/1.1", *lines) + content + b"\r\n\r\n"


def _head(*lines: str) -> bytes:
    return "\r\n".join((*lines, "", "")).encode()
