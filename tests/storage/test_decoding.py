"""Bodies behind transfer and content codings."""

from __future__ import annotations

import gzip
import os
import zlib
from contextlib import suppress

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from revisor.errors import ArchiveInvalid
from revisor.model import Headers
from storage import decoding
from storage.decoding import decode

TEXT = "<p>The tunnel is 2,150 metres long. 隧道</p>".encode() * 40
NOISE = os.urandom(20_000).hex().encode()


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes, size: int = 100) -> bytes:
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def brotli_fast(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=2)
    return packed


CODED = [
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", deflate),
    ("br", brotli_fast),
    ("zstd", zstandard.compress),
    ("identity", bytes),
]


def coded(name: str) -> Headers:
    return (("Content-Type", "text/html"), ("content-ENCODING", name))


@pytest.mark.parametrize(("name", "pack"), CODED)
@pytest.mark.parametrize("body", [TEXT, NOISE, b"a", b""])
def test_codings(name: str, pack: type[bytes], body: bytes) -> None:
    assert decode(pack(body), coded(name), "here") == body
    assert decode(chunked(pack(body)), (*coded(name), ("Transfer-Encoding", "chunked")), "here") == body


@pytest.mark.parametrize(("name", "pack"), CODED)
def test_a_coding_that_was_undone_already(name: str, pack: type[bytes]) -> None:
    assert pack(TEXT)
    assert decode(TEXT, coded(name), "here") == TEXT
    assert decode(TEXT, (*coded(name), ("Transfer-Encoding", "chunked")), "here") == TEXT


@pytest.mark.parametrize(("name", "pack"), CODED[:-1])
def test_a_body_that_breaks_off(name: str, pack: type[bytes]) -> None:
    whole = pack(NOISE)
    for cut in (len(whole) // 2, len(whole) - 1):
        with pytest.raises(ArchiveInvalid, match="here"):
            decode(whole[:cut], coded(name), "here")


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
@given(st.binary(max_size=200), st.binary(max_size=20))
def test_any_bytes_end_in_a_body_or_an_error(name: str, payload: bytes, start: bytes) -> None:
    for mark in (b"", b"\x1f\x8b\x08", b"\x78\x9c", b"\x28\xb5\x2f\xfd"):
        with suppress(ArchiveInvalid):
            decode(mark + start + payload, (*coded(name), ("transfer-encoding", "chunked")), "here")


def test_codings_one_over_the_other() -> None:
    body = brotli.compress(gzip.compress(TEXT))
    assert decode(body, (("Content-Encoding", "gzip, br"),), "here") == TEXT
    assert decode(body, (("Content-Encoding", "gzip"), ("Content-Encoding", "br")), "here") == TEXT
    with pytest.raises(ArchiveInvalid, match="5 content codings"):
        decode(body, (("Content-Encoding", ", ".join(["gzip"] * 5)),), "here")


def test_an_unknown_coding() -> None:
    with pytest.raises(ArchiveInvalid, match="'rot13'"):
        decode(TEXT, coded("rot13"), "here")


def test_several_gzip_members() -> None:
    assert decode(gzip.compress(TEXT) + gzip.compress(TEXT), coded("gzip"), "here") == TEXT * 2
    with pytest.raises(ArchiveInvalid, match="more than 16 gzip members"):
        decode(gzip.compress(TEXT) * 17, coded("gzip"), "here")


@pytest.mark.parametrize(
    "body",
    [
        b"5\r\nabcde\r\n9\r\nab",
        b"5\r\nabcde",
        b"5\r\nabcdefgh\r\n0\r\n\r\n",
        b"5\r\nabcde\r\n",
        b"5\r\nabcde\r\nzz\r\n",
        b"ffffffffffffffff\r\nabc",
        b"-5\r\nabcde\r\n5\r\nabcde\r\n"[1:] + b"x" * 300,
    ],
)
def test_broken_chunks(body: bytes) -> None:
    with pytest.raises(ArchiveInvalid, match="chunk at byte"):
        decode(body, (("Transfer-Encoding", "gzip, Chunked"),), "here")


@pytest.mark.parametrize(("name", "pack"), [*CODED[:3], *CODED[4:]])
def test_a_bomb_is_refused(name: str, pack: type[bytes]) -> None:
    with pytest.raises(ArchiveInvalid, match="larger than 32 MiB"):
        decode(pack(b"\0" * (decoding.LARGEST + 1)), coded(name), "here")


@pytest.mark.parametrize(("name", "pack"), CODED[:-1])
def test_the_largest_body_is_read(name: str, pack: type[bytes]) -> None:
    largest = b"\0" * decoding.LARGEST
    assert decode(pack(largest), coded(name), "here") == largest
