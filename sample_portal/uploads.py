"""Addresses of uploaded files, and what editors leave in the alt of an image."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from random import Random

from sample_portal.languages import Language
from sample_portal.prose import Story

CHINA = timezone(timedelta(hours=8))


def upload_path(rng: Random, day: date, suffix: str) -> str:
    """A fresh address under /att/: the upload's day, its milliseconds since the epoch and six digits."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
    milliseconds = int(noon.timestamp() * 1000) + rng.randrange(-14_000_000, 14_000_000)
    return f"/att/{day:%Y%m%d}/{milliseconds}{rng.randrange(10**6):06d}.{suffix}"


def handler_path(rng: Random) -> str:
    """A fresh address of a script that hands out a file, without its suffix."""
    number = rng.randrange(10_000, 10**6)
    return rng.choice(
        (
            f"/getmedia/{rng.getrandbits(128):032x}/notice",
            f"/DocumentCenter/View/{number}/Notice",
            f"/download.do?fileId={number}",
            f"/handlers/file.ashx?id={number}",
        )
    )


def draw_alt(language: Language, story: Story, rng: Random) -> str | None:
    """An image's alt: absent, empty, the uploaded file's name, or (seldom) a few words on what it shows."""
    if rng.random() < 0.1:
        return story.alt()
    return rng.choice((None, "", *language.file_names[:4], rng.choice(language.file_names)))
