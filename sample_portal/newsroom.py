"""Articles as their editors first write them: text, figures, source line and attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from sample_portal.languages import LANGUAGES, Language
from sample_portal.prose import Story, credit, full_name
from sample_portal.sections import Section
from sample_portal.truth import (
    Arrangement,
    BlockKind,
    TrueArticle,
    TrueAttachment,
    TrueBlock,
    TrueFigure,
)
from sample_portal.uploads import draw_alt, handler_path, upload_path

PAGE_BLOCKS = 4
"""So many blocks stand on each page of an article that has several."""


def ids(rng: Random) -> Iterator[int]:
    """One increasing 6-digit counter; it has gaps, as other portals draw from it too."""
    number = rng.randint(900_000, 910_000)
    while True:
        number += rng.randint(1, 9)
        yield number


def article_path(day: date, number: int) -> str:
    """The address of an article that came out on that day."""
    return f"/{day:%Y-%m}/{day:%d}/c_{number}.htm"


def migrated_path(key: str) -> str:
    """The address of an article after its host has moved to another system."""
    return f"/content/post_{key}.html"


def write_article(rng: Random, number: int, section: Section, day: date) -> TrueArticle:
    """A new article of that day; about 60 % have one to three figures, a fifth have attachments."""
    language = LANGUAGES[section.language]
    story = Story(language, str(number), rng, day)
    blocks = _blocks(rng, story)
    inline, listed = _attachments(rng, story, day)
    if inline:
        sentence = language.file_sentence.replace("{file}", inline[0].text)
        blocks = (*blocks[:-1], replace(blocks[-1], text=blocks[-1].text + sentence))
    line = rng.random()
    several = len(blocks) > 2 * PAGE_BLOCKS and rng.random() < 0.3
    return TrueArticle(
        key=str(number),
        path=article_path(day, number),
        section=section.code,
        title=story.title(),
        published=day.isoformat(),
        updated=day.isoformat(),
        blocks=blocks,
        source=rng.choice(language.sources) if line < 0.15 else None,
        byline=full_name(language, rng) if 0.15 <= line < 0.25 else None,
        language=section.language,
        figures=_figures(rng, language, story, day, blocks),
        attachments=(*inline, *listed),
        breaks=_breaks(blocks) if several else (),
    )


def copied(rng: Random, original: TrueArticle, number: int, day: date) -> TrueArticle:
    """A near-copy under another id: the same story with another house's name for a source, and in credits.

    Its files are at addresses of their own, so that other bytes at one of them are a change of one article.
    """
    language = LANGUAGES[original.language]
    house = rng.choice([s for s in language.sources if s != original.source])
    figures = tuple(
        replace(
            f,
            image=upload_path(rng, day, "jpg"),
            credit=f"{f.credit.split('/')[0].rstrip()}/{house}" if f.credit else None,
            revision=0,
        )
        for f in original.figures
    )
    files = tuple(replace(f, path=upload_path(rng, day, "pdf"), revision=0) for f in original.attachments)
    return replace(
        original,
        key=str(number),
        path=article_path(day, number),
        published=day.isoformat(),
        updated=day.isoformat(),
        source=house,
        figures=figures,
        attachments=files,
        copy_of=original.key,
    )


def _blocks(rng: Random, story: Story) -> tuple[TrueBlock, ...]:
    """Three to eight paragraphs; some articles have a list, a table, a quote, or the details of an event."""
    opening, *middle, closing = story.paragraphs(rng.randint(3, 8))
    blocks = [TrueBlock(BlockKind.PARAGRAPH, text) for text in (opening, *middle)]
    extra = rng.random()
    if extra < 0.15:
        blocks.append(TrueBlock(BlockKind.PARAGRAPH, story.list_lead()))
        blocks += [TrueBlock(BlockKind.ITEM, text) for text in story.items(rng.randint(2, 5))]
    elif extra < 0.25:
        blocks += [
            TrueBlock(BlockKind.ROW, " ".join(cells), cells) for cells in story.table(rng.randint(3, 6))
        ]
    elif extra < 0.35:
        blocks += [TrueBlock(BlockKind.PARAGRAPH, text) for text in story.details(rng.randint(2, 4))]
    elif extra < 0.43:
        blocks.append(TrueBlock(BlockKind.QUOTE, story.paragraph()))
    if len(middle) > 1 and rng.random() < 0.2:
        blocks.insert(rng.randint(1, len(middle)), TrueBlock(BlockKind.HEADING, story.heading()))
    return (*blocks, TrueBlock(BlockKind.PARAGRAPH, closing))


def _breaks(blocks: tuple[TrueBlock, ...]) -> tuple[int, ...]:
    """Where further pages begin: never inside a list or a table."""
    whole = {BlockKind.ITEM, BlockKind.ROW}
    return tuple(i for i in range(PAGE_BLOCKS, len(blocks) - 1, PAGE_BLOCKS) if blocks[i].kind not in whole)


def _attachments(
    rng: Random, story: Story, day: date
) -> tuple[tuple[TrueAttachment, ...], tuple[TrueAttachment, ...]]:
    """The file that the text names, if any, and those in a list after it."""
    chance = rng.random()
    if chance < 0.12:
        return (TrueAttachment(upload_path(rng, day, "pdf"), story.file_name()),), ()
    if chance >= 0.2:
        return (), ()
    files: dict[str, TrueAttachment] = {}
    for _ in range(rng.randint(1, 3)):
        suffix = rng.choice(("pdf", "pdf", "docx", "xlsx", ""))
        path = upload_path(rng, day, suffix) if suffix else handler_path(rng)
        name = story.file_name()
        files[name] = TrueAttachment(path, name, inline=False)
    return (), tuple(files.values())


def _figures(
    rng: Random, language: Language, story: Story, day: date, blocks: tuple[TrueBlock, ...]
) -> tuple[TrueFigure, ...]:
    if rng.random() >= 0.6:
        return ()
    whole = {BlockKind.ITEM, BlockKind.ROW}
    free = [i for i, block in enumerate(blocks) if block.kind not in whole]
    places = sorted(rng.choice(free) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    figures = [_figure(rng, language, story, day, place) for place in places]
    shape = rng.random()
    if len(figures) > 1 and shape < 0.3:  # a photo essay: one joint credit, under the last picture
        figures = [*(replace(f, credit=None, brackets="") for f in figures[:-1]), figures[-1]]
    elif shape < 0.4:
        figures = [replace(f, arrangement=Arrangement.ABOVE) for f in figures]
    elif len(figures) > 1 and shape < 0.5:  # side by side, with one caption for all
        last = figures[-1]
        figures = [
            *(
                replace(f, caption=None, credit=None, brackets="", arrangement=Arrangement.JOINED)
                for f in figures[:-1]
            ),
            last,
        ]
        figures = [replace(f, position=last.position) for f in figures]
    elif shape < 0.57:
        gallery = [_figure(rng, language, story, day, len(blocks)) for _ in range(rng.randint(3, 6))]
        figures += [replace(f, arrangement=Arrangement.GALLERY) for f in gallery]
    return tuple(figures)


def _figure(rng: Random, language: Language, story: Story, day: date, position: int) -> TrueFigure:
    path, alt = upload_path(rng, day, "jpg"), draw_alt(language, story, rng)
    printed = credit(language, rng)
    caption = story.caption() if rng.random() < 0.88 else None
    return TrueFigure(path, caption, printed.text, printed.brackets, alt, position)
