"""Stored captures held against what a careful reader takes from them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.replay.read import Reading, Stored
from benchmarks.shared.gold import Gold, clean, date_verdict, f1, gold_of, score, shingles
from revisor.model import Article, PageKind
from scrapers.portal import Portal


@dataclass(frozen=True, slots=True)
class Marked:
    """One capture with its marks.

    ceiling: the F1 of the gold's own text, optional passages included: below 1 where one of them stands
    between others, since words on both sides of it are then not next to each other.
    wrong: fields that are not as they should be, in words. missing: passages of the gold of which something
    was not taken; extra: blocks of which something is not in the gold; the worst first.
    """

    gold: Gold
    stored: Stored
    precision: float
    recall: float
    ceiling: float
    title: bool
    published: str
    updated: str
    wrong: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def f1(self) -> float:
        return f1([self.precision], [self.recall])

    @property
    def flawed(self) -> bool:
        return bool(self.wrong) or self.f1 < self.ceiling


@dataclass(frozen=True, slots=True)
class Marks:
    """A gold file's pages; absent: addresses of rows to which no stored capture belongs."""

    pages: tuple[Marked, ...]
    absent: tuple[str, ...]

    @property
    def f1(self) -> float:
        return f1([page.precision for page in self.pages], [page.recall for page in self.pages])

    @property
    def ceiling(self) -> float:
        """The F1 of the gold's own text, optional passages included."""
        own = [score("\n".join(page.gold.body), page.gold) for page in self.pages]
        return f1([precision for precision, _ in own], [recall for _, recall in own])

    def worst(self, number: int) -> list[Marked]:
        """The flawed ones, those with the most wrong fields first, then by their body."""
        flawed = [page for page in self.pages if page.flawed]
        return sorted(flawed, key=lambda page: (-len(page.wrong), page.f1, page.gold.id))[:number]

    def verdicts(self, field: str) -> dict[str, int]:
        """How many dates are right, wrong, missing, invented, none; field: published or updated."""
        return dict(sorted(Counter(str(getattr(page, field)) for page in self.pages).items()))


def mark(path: Path, readings: Iterable[Reading], portal: Portal) -> Marks:
    """Mark the captures that a gold file names by `url` and `warc_date`; without a date, a page's first."""
    articles = [reading for reading in readings if reading.stored.kind is PageKind.ARTICLE]
    pages, absent = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = gold_of(row, b"")
        address = portal.identify(gold.url)
        at = datetime.fromisoformat(row["warc_date"]) if row.get("warc_date") else None
        found = (r for r in articles if address and r.stored.key == address.key and at in {None, r.stored.at})
        reading = next(found, None)
        if reading is None:
            absent.append(gold.url)
        else:
            pages.append(_marked(gold, reading))
    return Marks(tuple(pages), tuple(absent))


def _marked(gold: Gold, reading: Reading) -> Marked:
    article = reading.article or Article("", ())
    precision, recall = score("\n".join(block.text for block in article.blocks), gold)
    published, updated = (
        date_verdict(article.published, gold.published),
        date_verdict(article.updated, gold.updated),
    )
    title = clean(article.title) == clean(gold.title)
    wrong = [] if title else [f"title {article.title!r} for {gold.title!r}"]
    if published not in {"right", "none"}:
        wrong.append(f"published {article.published} for {gold.published}")
    if updated not in {"right", "none"}:
        wrong.append(f"updated {article.updated} for {gold.updated}")
    if reading.error:
        wrong.append(reading.error)
    blocks = [block.text for block in article.blocks]
    asked = [passage for passage in gold.body if passage not in gold.optional]
    return Marked(
        gold=gold,
        stored=reading.stored,
        precision=precision,
        recall=recall,
        ceiling=f1(*([value] for value in score("\n".join(gold.body), gold))),
        title=title,
        published=published,
        updated=updated,
        wrong=tuple(wrong),
        missing=_absent(asked, blocks),
        extra=_absent(blocks, [*gold.body, *gold.optional, *gold.captions, gold.title]),
    )


def _absent(passages: Sequence[str], text: Sequence[str]) -> tuple[str, ...]:
    """The passages of which something does not stand in the text, what lacks most first."""
    there = shingles("\n".join(text))
    there.update(form for passage in text for form in shingles(passage))
    lacks = {passage: sum((shingles(passage) - there).values()) for passage in passages}
    return tuple(sorted((passage for passage in lacks if lacks[passage]), key=lambda p: -lacks[p]))
