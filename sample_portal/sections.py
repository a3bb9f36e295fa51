"""The six sections of the sample portal: three in English, one each in Chinese, Japanese and Arabic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListForm(StrEnum):
    """How a section lists its articles."""

    TITLES = "titles"
    SUMMARIES = "summaries"  # neither title nor date
    CAROUSEL = "carousel"  # the newest in a carousel, the others below it


@dataclass(frozen=True, slots=True)
class Section:
    """A list page of the portal.

    box: its heading in the sidebar. weight: how many of 10 new articles are its own, about.
    """

    code: str
    title: str
    box: str
    language: str
    form: ListForm
    weight: int


SECTIONS = (
    Section("latest", "Latest News", "Join in", "en", ListForm.TITLES, 3),
    Section("interest", "Culture and Leisure", "Piquing Interest", "en", ListForm.SUMMARIES, 2),
    Section("living", "Life in the City", "Living Here", "en", ListForm.CAROUSEL, 2),
    Section("chinese", "中文新闻", "要闻", "zh-CN", ListForm.TITLES, 1),
    Section("japanese", "日本語ニュース", "お知らせ", "ja", ListForm.TITLES, 1),
    Section("arabic", "الأخبار", "أخبار المدينة", "ar", ListForm.TITLES, 1),
)

BY_CODE = {section.code: section for section in SECTIONS}


def list_path(section: Section, number: int) -> str:
    """The address of list page `number`; page 1 has no number in it."""
    return f"/{section.code}.html" if number == 1 else f"/{section.code}_{number}.html"
