"""Content codings: whole or not at all, bounded."""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.content import ACCEPTED, MOST_MEMBERS, decode_content
from revisor.errors import BodyTooLarge, TruncatedBody

PAGE = b"<html><body><p>" + b"Some text of an article. " * 40 + b"</p></body></html>"
LIMIT = 100_000


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def named_gzip(body: bytes) -> bytes:
    """With every optional field of RFC 1952 §2.3.1: extra, name, comment, header checksum."""
    head = b"\x1f\x8b\x08\x1e\0\0\0\0\0\xff\x04\0abcd" + b"page.html\0" + b"a comment\0"
    checked = head + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")
    tail = zlib.crc32(body).to_bytes(4, "little") + len(body).to_bytes(4, "little")
    return checked + raw_deflate(body) + tail


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "gzip with names": ("gzip", named_gzip),
    "deflate in zlib": ("deflate", zlib.compress),
    "deflate bare": ("deflate", raw_deflate),
}


@pytest.fixture(params=PACKERS)
def packed(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    coding, pack = PACKERS[request.param]
    return coding, pack(PAGE)


def test_a_whole_body_is_unpacked(packed: tuple[str, bytes]) -> None:
    coding, body = packed
    assert decode_content(body, coding, LIMIT) == PAGE
    assert decode_content(body, f" {coding.upper()} ", LIMIT) == PAGE


def test_a_body_cut_at_any_byte_is_a_failure(packed: tuple[str, bytes]) -> None:
    coding, body = packed
    for end in range(1, len(body)):
        with pytest.raises(TruncatedBody):
            decode_content(body[:end], coding, LIMIT)


def test_what_follows_the_end_is_left_out(packed: tuple[str, bytes]) -> None:
    coding, body = packed
    for garbage in (b"\0", b"\n", b"\0" * 100, b"trailing garbage", body[3:]):
        assert decode_content(body + garbage, coding, LIMIT) == PAGE


@pytest.mark.parametrize("place", [-8, -1])
def test_a_gzip_body_with_a_wrong_checksum_or_length_is_a_failure(place: int) -> None:
    body = bytearray(gzip.compress(PAGE))
    body[place] ^= 0xFF
    with pytest.raises(TruncatedBody, match="not the gzip"):
        decode_content(bytes(body), "gzip", LIMIT)


@pytest.mark.parametrize("coding", [None, "", "identity", "Identity", " , identity,"])
def test_a_body_without_coding_is_as_it_is(coding: str | None) -> None:
    assert decode_content(PAGE, coding, LIMIT) == PAGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, deflate"])
def test_nothing_is_nothing_in_any_coding(coding: str) -> None:
    assert decode_content(b"", coding, LIMIT) == b""


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    body = gzip.compress(zlib.compress(PAGE))
    assert decode_content(body, "deflate, gzip", LIMIT) == PAGE
    assert decode_content(body, "deflate,identity ,GZIP", LIMIT) == PAGE
    with pytest.raises(TruncatedBody):
        decode_content(body, "gzip, deflate", LIMIT)
    assert decode_content(gzip.compress(b""), "gzip, gzip", LIMIT) == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip;q=1", "chunked"])
def test_a_coding_that_was_not_asked_for_is_named(coding: str) -> None:
    with pytest.raises(TruncatedBody, match=coding):
        decode_content(PAGE, coding, LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate"])
@pytest.mark.parametrize("body", [PAGE, b"\0" * 50, b"\x1f\x8b\x08", b"\x1f", b"%PDF-1.7\n"])
def test_a_body_that_is_not_coded_as_it_says_is_a_failure(coding: str, body: bytes) -> None:
    with pytest.raises(TruncatedBody):
        decode_content(body, coding, LIMIT)


def test_only_what_can_be_undone_is_asked_for() -> None:
    for coding in ACCEPTED.split(", "):
        pack = next(pack for name, pack in PACKERS.values() if name == coding)
        assert decode_content(pack(PAGE), coding, LIMIT) == PAGE


# --- members (RFC 1952 §2.2: a gzip file is a series of them) -------------------


def test_the_members_of_a_gzip_body_are_joined() -> None:
    body = (
        gzip.compress(PAGE[:100]) + named_gzip(PAGE[100:200]) + gzip.compress(b"") + gzip.compress(PAGE[200:])
    )
    assert decode_content(body, "gzip", LIMIT) == PAGE
    assert decode_content(body + b"\0\0", "gzip", LIMIT) == PAGE


def test_a_later_member_that_breaks_off_is_a_failure_at_any_byte() -> None:
    first, second = gzip.compress(PAGE[:100]), gzip.compress(PAGE[100:])
    for end in range(1, len(second)):
        with pytest.raises(TruncatedBody):
            decode_content(first + second[:end], "gzip", LIMIT)


def test_members_are_few() -> None:
    member = gzip.compress(b"x")
    assert decode_content(member * MOST_MEMBERS, "gzip", LIMIT) == b"x" * MOST_MEMBERS
    with pytest.raises(BodyTooLarge, match="members"):
        decode_content(member * (MOST_MEMBERS + 1), "gzip", LIMIT)


def test_only_gzip_has_members() -> None:
    assert decode_content(zlib.compress(PAGE) + zlib.compress(PAGE), "deflate", LIMIT) == PAGE


# --- bounds ---------------------------------------------------------------------


def test_the_limit_is_the_largest_that_passes(packed: tuple[str, bytes]) -> None:
    coding, body = packed
    assert decode_content(body, coding, len(PAGE)) == PAGE
    with pytest.raises(BodyTooLarge):
        decode_content(body, coding, len(PAGE) - 1)
    assert decode_content(PAGE, None, len(PAGE)) == PAGE
    with pytest.raises(BodyTooLarge):
        decode_content(PAGE, None, len(PAGE) - 1)


def test_bombs_are_stopped_at_the_limit() -> None:
    zeros = b"\0" * (64 << 20)
    for bomb, coding in (
        (gzip.compress(zeros, 1), "gzip"),
        (zlib.compress(zeros, 1), "deflate"),
        (gzip.compress(gzip.compress(zeros, 1)), "gzip, gzip"),
        (gzip.compress(b"\0" * (LIMIT // 2)) * 3, "gzip"),
    ):
        with pytest.raises(BodyTooLarge):
            decode_content(bomb, coding, LIMIT)


def test_the_limit_holds_for_all_members_together() -> None:
    body = gzip.compress(b"x" * 60) + gzip.compress(b"y" * 40)
    assert len(decode_content(body, "gzip", 100)) == 100
    assert len(decode_content(body + gzip.compress(b""), "gzip", 100)) == 100
    with pytest.raises(BodyTooLarge):
        decode_content(body + gzip.compress(b"z"), "gzip", 100)


# --- properties -----------------------------------------------------------------


@given(st.binary(), st.lists(st.sampled_from(sorted(PACKERS)), max_size=3), st.integers(0, 9))
def test_what_was_packed_comes_back(body: bytes, names: list[str], level: int) -> None:
    packed = gzip.compress(body, level)
    codings = ["gzip"]
    for name in names:
        coding, pack = PACKERS[name]
        packed = pack(packed)
        codings.append(coding)
    assert decode_content(packed, ", ".join(codings), LIMIT) == body


@given(
    st.binary(), st.sampled_from(["gzip", "deflate", "gzip, deflate", "identity", "br"]), st.integers(0, 200)
)
def test_any_bytes_end_in_a_body_within_the_limit_or_a_named_failure(
    body: bytes, coding: str, limit: int
) -> None:
    with contextlib.suppress(TruncatedBody, BodyTooLarge):
        assert len(decode_content(body, coding, limit)) <= limit
