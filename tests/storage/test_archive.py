"""WARC files: whole or refused, whatever byte they end at."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from revisor.errors import ArchiveInvalid, ArchiveTruncated
from storage import warc
from storage.archive import ArchiveEntry, index_archive, read_capture

REAL = Path(__file__).parents[3] / "shared" / "corpus" / "victoria-2020.warc.gz"
DATE = "2020-03-25T04:00:00Z"
AT = datetime(2020, 3, 25, 4, tzinfo=UTC)


def record(content: bytes, kind: str = "response", date: str = DATE, **more: str) -> bytes:
    """A record as the standard draws it, by hand, so that a test can break every part."""
    headers = {"WARC-Type": kind, "WARC-Date": date, "WARC-Target-URI": "https://gov.example/a"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    headers.setdefault("Content-Length", str(len(content)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + content + b"\r\n\r\n"


def response(body: bytes = b"<p>text</p>", status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


class Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """warcio's writer, which otherwise leaves its temporary files to the garbage collector."""

    _create_temp_file = staticmethod(BytesIO)


def written(*, compressed: bool) -> bytes:
    """An archive by warcio's own writer: information, requests, responses of several sizes, a revisit."""
    file = BytesIO()
    writer = Writer(file, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("test", {"software": "test"}))
    for number, size in enumerate((0, 10, 3000, 20_000)):
        url = f"https://gov.example/{number}"
        head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "gov.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=head))
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        payload = BytesIO(os.urandom(size // 2).hex().encode())
        date = {"WARC-Date": f"2020-03-2{number}T04:00:00Z"}
        made = writer.create_warc_record(
            url, "response", payload=payload, http_headers=head, warc_headers_dict=date
        )
        writer.write_record(made)
    revisit = writer.create_revisit_record(
        "https://gov.example/9", "sha1:AAAA", "https://gov.example/1", DATE
    )
    writer.write_record(revisit)
    return file.getvalue()


def put(tmp_path: Path, content: bytes, name: str = "a.warc") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("compressed", [False, True])
def test_what_warcio_writes_is_read(tmp_path: Path, *, compressed: bool) -> None:
    path = put(tmp_path, written(compressed=compressed))
    index = index_archive(path)
    assert [entry.url[-1] for entry in index.entries] == list("0123")
    assert [entry.at.day for entry in index.entries] == [20, 21, 22, 23]
    assert index.skipped == 6
    assert index.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    captures = [read_capture(path, entry) for entry in index.entries]
    assert [len(capture.body) for capture in captures] == [0, 10, 3000, 20_000]
    assert captures[0].headers == (("Content-Type", "text/html"),)
    assert (captures[1].url, captures[1].status) == ("https://gov.example/1", 200)
    assert captures[1].fetched_at == index.entries[1].at


def boundaries(content: bytes, path: Path) -> set[int]:
    """Where a cut leaves whole records."""
    path.write_bytes(content)
    with path.open("rb") as file:
        ends = {frame.offset + frame.length for frame in warc.frames(file, "whole")}
    return ends if content.startswith(b"\x1f") else {end + 4 for end in ends}


@pytest.mark.parametrize("compressed", [False, True])
def test_a_cut_at_any_byte_is_noticed(tmp_path: Path, *, compressed: bool) -> None:
    content = written(compressed=compressed)
    path = tmp_path / "cut.warc"
    whole = boundaries(content, path)
    assert len(whole) == 10
    near = {end + by for end in whole for by in range(-12, 13)}
    offsets = {*range(0, len(content), max(1, len(content) // 1000)), *range(400), *near}
    for offset in sorted(offset for offset in offsets if 0 <= offset < len(content)):
        path.write_bytes(content[:offset])
        if offset in whole:
            index_archive(path)
        else:
            with pytest.raises(ArchiveTruncated):
                index_archive(path)


@given(st.data())
def test_a_flipped_bit_never_ends_in_another_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(gzip.compress(record(response(), WARC_Record_ID="<urn:a>"), mtime=0) * 2)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path = put(tmp_path_factory.getbasetemp(), bytes(content), "flipped.warc.gz")
    try:
        for entry in index_archive(path).entries:
            read_capture(path, entry)
    except (ArchiveInvalid, ArchiveTruncated):
        pass


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"hello world", "not a WARC file"),
        (b"PK\x03\x04" * 10, "not a WARC file"),
        (b"WARC/3.0\r\n\r\n", "no WARC record"),
        (gzip.compress(b"hello world"), "no WARC record"),
        (gzip.compress(b""), "no WARC record"),
        (gzip.compress(record(response())) + b"trailing", "no gzip member"),
        (gzip.compress(record(response()) * 2), "more than one record"),
        (record(response(), date="yesterday"), "WARC-Date is 'yesterday'"),
        (record(response(), date="2020-03-25"), "WARC-Date"),
        (record(response(), date="2020-03-25T04:00:00"), "WARC-Date"),
        (record(response(), date="9999-12-31T23:59:59-12:00"), "WARC-Date"),
        (record(response(), Content_Length="many"), "Content-Length is 'many'"),
        (record(response(), Content_Length="-5"), "Content-Length"),
        (record(response(), Content_Length="٣"), "Content-Length"),
        (record(response(), Content_Length="5"), "not as long as"),
        (record(response()) + b"rubbish\r\n\r\n", "no WARC record"),
        (b"WARC/1.1\r\n" + b"A: b\r\n" * 100_000 + b"\r\n", "no end"),
    ],
)
def test_what_is_no_archive_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ArchiveInvalid, match=message) as caught:
        index_archive(put(tmp_path, content))
    assert "a.warc" in caught.value.message


def test_an_empty_file_is_cut_off(tmp_path: Path) -> None:
    with pytest.raises(ArchiveTruncated, match="empty"):
        index_archive(put(tmp_path, b""))


@pytest.mark.parametrize("name", ["absent.warc", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveInvalid, match="cannot be read"):
        index_archive(tmp_path / name)


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2020-03-25T04:00:00Z", AT),
        ("2020-03-25T04:00:00.123456789Z", AT.replace(microsecond=123456)),
        ("2020-03-25T14:00:00+10:00", AT),
    ],
)
def test_dates(tmp_path: Path, date: str, at: datetime) -> None:
    (entry,) = index_archive(put(tmp_path, record(response(), date=date))).entries
    assert entry.at == at
    assert entry.at.tzinfo is UTC


def test_only_answers_of_web_servers_to_get_are_listed(tmp_path: Path) -> None:
    post = b"POST /form HTTP/1.1\r\n\r\n"
    content = b"".join(
        [
            record(response(), WARC_Record_ID="<urn:1>"),
            record(response(), WARC_Record_ID="<urn:2>"),
            record(post, "request", WARC_Record_ID="<urn:3>", WARC_Concurrent_To="<urn:2>"),
            record(b"HEAD / HTTP/1.1\r\n\r\n", "request", WARC_Record_ID="<urn:4>"),
            record(response(), WARC_Record_ID="<urn:5>", WARC_Concurrent_To="<urn:4>"),
            record(
                b"GET / HTTP/1.1\r\n\r\n", "request", WARC_Record_ID="<urn:6>", WARC_Concurrent_To="<urn:1>"
            ),
            record(b"20200325 gov.example", WARC_Target_URI="dns:gov.example"),
            record(response(), WARC_Target_URI="ftp://gov.example/a"),
            record(b"not http"),
            record(b"HTTP/1.1 oops\r\n\r\n"),
            record(b"HTTP/1.1 9999 oops\r\n\r\n"),
            record(b"HTTP/1.1\r\n\r\n"),
            record(b"HTTP/1.1 200 OK\r\nA: b"),
            record(b""),
            record(b"x", "resource"),
            record(response(status="404 Not Found"), WARC_Target_URI="<HTTP://gov.example/b>"),
            record(b"HTTP/2 200\r\n\r\nh2"),
        ]
    )
    index = index_archive(put(tmp_path, content))
    assert [(entry.url, entry.status) for entry in index.entries] == [
        ("https://gov.example/a", 200),
        ("HTTP://gov.example/b", 404),
        ("https://gov.example/a", 200),
    ]
    assert index.skipped == 14


def test_a_large_record_costs_little_memory(tmp_path: Path) -> None:
    """Zeros of 256 MB in a gzip member of 256 KB are counted, not held; reading them is refused."""
    size = 1 << 28
    head = (
        record(response(), Content_Length=str(len(response(b"")) + size)).split(b"\r\n\r\n")[0] + b"\r\n\r\n"
    )
    packer = zlib.compressobj(9, wbits=31)
    content = packer.compress(head + response(b""))
    content += b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20))
    content += packer.compress(b"\r\n\r\n") + packer.flush()
    path = put(tmp_path, content)
    (entry,) = index_archive(path).entries
    with pytest.raises(ArchiveInvalid, match="larger than 32 MiB"):
        read_capture(path, entry)


MEBI = 1 << 20


def addressed(bodies: list[bytes]) -> list[bytes]:
    """A response record for each body, at https://gov.example/0, 1, ..."""
    return [
        record(response(body), WARC_Target_URI=f"https://gov.example/{number}")
        for number, body in enumerate(bodies)
    ]


@pytest.mark.parametrize("size", [MEBI - 1, MEBI, MEBI + 1, 14_000_000, 32 * MEBI - 1, 32 * MEBI])
@pytest.mark.parametrize("compressed", [False, True])
def test_a_very_compressible_body_and_its_neighbours_are_read(
    tmp_path: Path, size: int, *, compressed: bool
) -> None:
    """One read of the file brings such a record whole, with the start of the next: each begins at its own."""
    bodies = [b"before", b"a" * size, b"after", b"b" * (3 * MEBI), b"c" * (2 * MEBI), b"last"]
    members = [gzip.compress(part) if compressed else part for part in addressed(bodies)]
    path = put(tmp_path, b"".join(members))
    index = index_archive(path)
    assert [entry.offset for entry in index.entries] == [len(b"".join(members[:i])) for i in range(6)]
    assert [read_capture(path, entry).body for entry in index.entries] == bodies


@pytest.mark.parametrize("compressed", [False, True])
def test_a_body_beyond_the_bound_is_refused_and_its_neighbours_are_read(
    tmp_path: Path, *, compressed: bool
) -> None:
    """Refused one byte beyond 32 MiB, and so far beyond that the record itself is too large to hold."""
    bodies = [b"before", b"a" * (32 * MEBI + 1), b"between", b"b" * (40 * MEBI), b"after"]
    members = [gzip.compress(part) if compressed else part for part in addressed(bodies)]
    path = put(tmp_path, b"".join(members))
    entries = index_archive(path).entries
    assert [read_capture(path, entry).body for entry in entries[::2]] == bodies[::2]
    for entry in entries[1::2]:
        with pytest.raises(ArchiveInvalid, match="larger than 32 MiB"):
            read_capture(path, entry)


@settings(deadline=None)  # megabytes are packed in each
@given(st.lists(st.tuples(st.integers(0, 3 * MEBI), st.binary(max_size=300)), min_size=1, max_size=6))
def test_every_member_is_found_where_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[tuple[int, bytes]]
) -> None:
    members = [gzip.compress(part, 1) for part in addressed([b"a" * run + rest for run, rest in bodies])]
    path = put(tmp_path_factory.getbasetemp(), b"".join(members), "members.warc.gz")
    assert [entry.length for entry in index_archive(path).entries] == [len(member) for member in members]


def test_an_entry_of_another_file_is_noticed(tmp_path: Path) -> None:
    path = put(tmp_path, record(response()) + record(response(status="404 Gone")))
    first, second = index_archive(path).entries
    for wrong in (
        replace(first, offset=second.offset, length=second.length),
        replace(first, url="https://gov.example/b"),
        replace(first, offset=3),
        replace(first, length=40),
        replace(first, length=first.length - 1),
        replace(first, offset=10_000),
    ):
        with pytest.raises(ArchiveInvalid):
            read_capture(path, wrong)
    with pytest.raises(ArchiveInvalid, match="larger"):
        read_capture(path, ArchiveEntry("https://gov.example/a", AT, 0, 1 << 40, 200))
    with pytest.raises(ArchiveInvalid, match="cannot be read"):
        read_capture(tmp_path / "gone.warc", first)


@pytest.mark.skipif(not REAL.exists(), reason="the corpus is not here")
def test_a_real_archive() -> None:
    index = index_archive(REAL)
    assert (len(index.entries), index.skipped) == (220, 0)
    assert len({entry.url for entry in index.entries}) == 88
    assert len({entry.at.date() for entry in index.entries}) == 111
    for entry in index.entries:
        capture = read_capture(REAL, entry)
        assert (capture.status, capture.header("content-length")) == (200, str(len(capture.body)))
