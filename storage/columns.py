"""Column types: moments, words of an enumeration, and text that any page may have written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Enum, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text as a database can hold it: a lone surrogate, which UTF-8 cannot express, becomes U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


class RowId(TypeDecorator[int]):
    """A row's number. One beyond 64 bits, which a person may ask for, is that of no row."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """SQLite numbers rows by itself only in a column of exactly the type INTEGER."""
        return Integer() if dialect.name == "sqlite" else BigInteger()

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return value if value is None or -(1 << 63) <= value < 1 << 63 else None


class AnyText(TypeDecorator[str]):
    """Text of any origin, made `storable` on the way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """A moment as `2020-03-25T04:00:00.000000Z`: UTC, of fixed width, so that text order is time order.

    Takes any aware datetime and raises ValueError for a naive one; gives back aware UTC.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value}")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None if value is None else datetime.fromisoformat(value)


def word(words: type[E]) -> Enum:
    """A column that holds one value of an enumeration, as its plain word."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
