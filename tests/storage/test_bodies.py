"""Bodies: once each, to the byte, and never silently another."""

from __future__ import annotations

import hashlib
from contextlib import suppress

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, update

from revisor.errors import DatabaseDamaged, StorageError
from storage import bodies, packing
from storage.database import reading, writing
from storage.schema import body
from tests.storage.making import Scene


def put(engine: Engine, content: bytes) -> str:
    with writing(engine) as connection:
        return bodies.put(connection, content)


def get(engine: Engine, digest: str) -> bytes:
    with reading(engine) as connection:
        return bodies.get(connection, digest)


@given(st.binary(max_size=5000))
def test_round_trip(lasting: Scene, content: bytes) -> None:
    digest = put(lasting.engine, content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert get(lasting.engine, digest) == content


@pytest.mark.parametrize("content", [b"", b"\0" * (64 << 20), hashlib.sha256(b"").digest() * 300_000])
def test_extremes(engine: Engine, content: bytes) -> None:
    assert get(engine, put(engine, content)) == content


def test_the_same_body_is_stored_once(engine: Engine) -> None:
    assert put(engine, b"same") == put(engine, b"same") != put(engine, b"other")
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(body)).scalar() == 2


def test_a_body_beyond_all_measure_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LARGEST", 1000)
    with pytest.raises(StorageError, match="1001 bytes"):
        put(engine, b"x" * 1001)


def spoil(engine: Engine, digest: str, data: bytes) -> None:
    with writing(engine) as connection:
        connection.execute(update(body).where(body.c.digest == digest).values(data=data))


def test_every_flipped_bit_is_noticed(engine: Engine) -> None:
    content = b"The tunnel is 2,150 metres long. " * 5
    digest = put(engine, content)
    whole = zstandard.compress(content, packing.LEVEL)
    unnoticed = []
    for bit in range(len(whole) * 8):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        spoil(engine, digest, bytes(data))
        with suppress(DatabaseDamaged):
            unnoticed.append(get(engine, digest) != content)
    assert not any(unnoticed), "what comes back is the body or an error, never something else"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not zstd at all",
        zstandard.compress(b"another body"),
        zstandard.compress(b"x" * 1000)[:-5],
        b"\x28\xb5\x2f\xfd\xe0\xff\xff\xff\xff\xff\xff\xff\x0f",  # a frame that says it holds 2**60 bytes
        zstandard.ZstdCompressor(write_content_size=False).compress(b"body"),
    ],
)
def test_rotten_bodies_are_damage(engine: Engine, data: bytes) -> None:
    digest = put(engine, b"body")
    spoil(engine, digest, data)
    with pytest.raises(DatabaseDamaged, match=digest):
        get(engine, digest)


def test_a_missing_body_is_damage(engine: Engine) -> None:
    with pytest.raises(DatabaseDamaged, match="missing"):
        get(engine, "0" * 64)
