"""Articles as their editors first write them: text, figures, source line and attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from random import Random

from sample_portal import vocabulary as words
from sample_portal.prose import Story, credit, full_name
from sample_portal.truth import TrueArticle, TrueAttachment, TrueFigure

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Section:
    """A list page of the portal. box: its heading in the sidebar. summaries: whether the list shows them."""

    code: str
    title: str
    box: str
    summaries: bool = False


SECTIONS = (
    Section("latest", "Latest News", "Join in"),
    Section("interest", "Culture and Leisure", "Piquing Interest", summaries=True),
    Section("living", "Life in the City", "Living Here"),
)


def ids(rng: Random) -> Iterator[int]:
    """One increasing 6-digit counter; it has gaps, as other portals draw from it too."""
    number = rng.randint(900_000, 910_000)
    while True:
        number += rng.randint(1, 9)
        yield number


def upload_path(rng: Random, day: date, suffix: str) -> str:
    """A fresh address under /att/: the upload's day, its milliseconds since the epoch and six digits."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
    milliseconds = int(noon.timestamp() * 1000) + rng.randrange(-14_000_000, 14_000_000)
    return f"/att/{day:%Y%m%d}/{milliseconds}{rng.randrange(10**6):06d}.{suffix}"


def image(rng: Random, day: date) -> tuple[str, str | None]:
    """Path and alt of a fresh upload; the alt is absent, empty or the uploaded file's name."""
    return upload_path(rng, day, "jpg"), rng.choice(
        (None, "", *words.FILE_NAMES[:4], rng.choice(words.FILE_NAMES))
    )


def write_article(rng: Random, number: int, section: Section, day: date) -> TrueArticle:
    """A new article of that day; about 60 % have one to three figures, a few an attachment."""
    story = Story(str(number), rng, day)
    paragraphs = story.paragraphs(rng.randint(3, 8))
    attachments: tuple[TrueAttachment, ...] = ()
    if rng.random() < 0.12:
        file = TrueAttachment(upload_path(rng, day, "pdf"), story.file_name())
        attachments = (file,)
        paragraphs = (*paragraphs[:-1], paragraphs[-1] + words.FILE_SENTENCE.replace("{file}", file.text))
    line = rng.random()
    return TrueArticle(
        key=str(number),
        path=f"/{day:%Y-%m}/{day:%d}/c_{number}.htm",
        section=section.code,
        title=story.title(),
        published=day.isoformat(),
        updated=day.isoformat(),
        source=rng.choice(words.SOURCES) if line < 0.15 else None,
        byline=full_name(rng) if 0.15 <= line < 0.25 else None,
        paragraphs=paragraphs,
        figures=_figures(rng, story, day, len(paragraphs)),
        attachments=attachments,
    )


def _figures(rng: Random, story: Story, day: date, paragraphs: int) -> tuple[TrueFigure, ...]:
    if rng.random() >= 0.6:
        return ()
    places = sorted(rng.randrange(paragraphs) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    figures = [_figure(rng, story, day, place) for place in places]
    if len(figures) > 1 and rng.random() < 0.3:  # a photo essay: one joint credit, under the last picture
        figures = [*(replace(f, credit=None, brackets="") for f in figures[:-1]), figures[-1]]
    return tuple(figures)


def _figure(rng: Random, story: Story, day: date, position: int) -> TrueFigure:
    path, alt = image(rng, day)
    printed = credit(rng)
    caption = story.caption() if rng.random() < 0.88 else None
    return TrueFigure(path, caption, printed.text, printed.brackets, alt, position)
