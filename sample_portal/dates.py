"""How portals print a day: the spellings seen on pages of governments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from random import Random

from sample_portal.languages import LANGUAGES


class DateStyle(StrEnum):
    """A spelling of a day; the comment shows 2 March 2026 in it."""

    ISO = "iso"  # 2026-03-02
    LONG = "long"  # March 2, 2026
    SHORT = "short"  # Mar 2, 2026
    DAY_FIRST = "day_first"  # 2 March 2026
    SLASHES_US = "slashes_us"  # 3/2/2026
    SLASHES_DAY = "slashes_day"  # 02/03/2026 10h15
    DOTS = "dots"  # 2.3.2026
    HAN = "han"  # 2026年3月2日
    REIWA = "reiwa"  # 令和8年3月2日
    ARABIC = "arabic"  # 2 مارس 2026


def print_date(day: date, style: DateStyle) -> str:
    """The day in that spelling; an hour, where the style has one, is drawn from the day itself.

    Raises ValueError for a day before the Reiwa era (1 May 2019) in its style.
    """
    return _PRINT[style](day)


def styles_of(tag: str) -> tuple[DateStyle, ...]:
    """The spellings that pages of a language use, the usual one first."""
    return _STYLES[tag]


def _slashes_day(day: date) -> str:
    rng = Random(f"hour:{day.isoformat()}")
    return f"{day:%d/%m/%Y} {rng.randint(8, 18):02}h{rng.randrange(60):02}"


def _reiwa(day: date) -> str:
    if day < date(2019, 5, 1):
        raise ValueError(f"{day} lies before the Reiwa era (from 2019-05-01): print it in another style")
    return f"令和{'元' if day.year == 2019 else day.year - 2018}年{day.month}月{day.day}日"


def _month(tag: str, day: date) -> str:
    return LANGUAGES[tag].months[day.month - 1]


_PRINT: Mapping[DateStyle, Callable[[date], str]] = {
    DateStyle.ISO: date.isoformat,
    DateStyle.LONG: lambda day: f"{_month('en', day)} {day.day}, {day.year}",
    DateStyle.SHORT: lambda day: f"{_month('en', day)[:3]} {day.day}, {day.year}",
    DateStyle.DAY_FIRST: lambda day: f"{day.day} {_month('en', day)} {day.year}",
    DateStyle.SLASHES_US: lambda day: f"{day.month}/{day.day}/{day.year}",
    DateStyle.SLASHES_DAY: _slashes_day,
    DateStyle.DOTS: lambda day: f"{day.day}.{day.month}.{day.year}",
    DateStyle.HAN: lambda day: f"{day.year}年{day.month}月{day.day}日",
    DateStyle.REIWA: _reiwa,
    DateStyle.ARABIC: lambda day: f"{day.day} {_month('ar', day)} {day.year}",
}

_STYLES: Mapping[str, tuple[DateStyle, ...]] = {
    "en": (
        DateStyle.ISO,
        DateStyle.LONG,
        DateStyle.SHORT,
        DateStyle.DAY_FIRST,
        DateStyle.SLASHES_US,
        DateStyle.SLASHES_DAY,
        DateStyle.DOTS,
    ),
    "zh-CN": (DateStyle.ISO, DateStyle.HAN),
    "ja": (DateStyle.HAN, DateStyle.REIWA, DateStyle.ISO),
    "ar": (DateStyle.ARABIC, DateStyle.SLASHES_DAY, DateStyle.ISO),
}
