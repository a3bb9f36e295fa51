"""Invented news texts of a language: titles, paragraphs, lists, tables, captions and credits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from random import Random
from typing import NamedTuple

from sample_portal.languages import Language

_SLOT = re.compile(r"\{(\w+)\}")
_RARE = 1 / 6


class Credit(NamedTuple):
    """A credit without its brackets, and the pair of brackets as printed (empty for a bare one)."""

    text: str | None
    brackets: str = ""


class Story:
    """One subject with its place, agency and official, from which all texts of an article are drawn."""

    def __init__(self, language: Language, key: str, rng: Random, published: date) -> None:
        """key: draws the subject, so that an article's later texts keep to it. rng: draws all the rest."""
        subject = Random(f"story:{key}")
        self._language = language
        self._rng = rng
        self._published = published
        self._topic = subject.choice(language.topics)
        surname = subject.choice(language.surnames)
        self._fixed = {
            "city": language.city,
            "agency": self._topic.agency,
            "project": subject.choice(self._topic.projects),
            "surname": surname,
            "person": _glue(language, surname, subject.choice(language.given)),
            "role": subject.choice(language.roles),
        }
        self._rare = subject.random() < _RARE
        self._choices = _choices(language) | {
            "people": self._topic.people,
            "benefit": self._topic.benefits,
            "units": self._topic.units,
        }
        self._places = cycle(_shuffled(rng, language.places))
        self._facts = cycle(_shuffled(rng, language.facts))
        self._sayings = cycle(_shuffled(rng, language.sayings))
        self._scenes = cycle(_shuffled(rng, self._topic.scenes))
        self._cited = False

    def title(self) -> str:
        return self._pick(self._language.titles)

    def paragraphs(self, count: int) -> tuple[str, ...]:
        """An opening, `count` - 2 paragraphs and a closing; count: at least 2.

        One article in six has a sentence with characters that old encodings lack.
        """
        language = self._language
        first = [self._pick(language.openings), *[""] * (count - 2), self._pick(language.closings)]
        if self._rare:
            place = min(1, count - 2)
            first[place] = _glue(language, first[place], self._pick(language.rarities))
        return tuple(self.paragraph(text) for text in first)

    def paragraph(self, first: str = "") -> str:
        """One paragraph, starting with `first` if given; quotes come now and then.

        Of 30 to 90 words, or 60 to 200 characters where words have no blanks between them.
        """
        language = self._language
        text = first
        wanted = self._rng.randint(*language.paragraph)
        while (len(text.split()) if language.spaced else len(text)) < wanted:
            sentence = self._quote() if self._rng.random() < 0.25 else self._fill(next(self._facts))
            text = _glue(language, text, sentence)
        return text

    def heading(self) -> str:
        """A heading between paragraphs."""
        return self._pick(self._language.headings)

    def list_lead(self) -> str:
        """A sentence that leads into a list."""
        return self._pick(self._language.list_leads)

    def items(self, count: int) -> tuple[str, ...]:
        """The items of a list, each a short phrase; no two alike as long as the phrases last."""
        return self._different(self._language.items, count)

    def table(self, rows: int) -> tuple[tuple[str, ...], ...]:
        """A header and `rows` rows of figures, one for each of as many places."""
        table = self._rng.choice(self._language.tables)
        places = self._different(self._language.places, rows)
        header = tuple(map(self._fill, table.header))
        return (header, *((place, *map(self._fill, table.cells)) for place in places))

    def details(self, count: int) -> tuple[str, ...]:
        """Lines of a label and its value on an event to come: its day, venue, telephone number and such."""
        return self._different(self._language.details, count)

    def caption(self) -> str:
        """One sentence on a picture, with a full stop."""
        return self._fill(next(self._scenes)) + self._language.stop

    def alt(self) -> str:
        """What a picture shows, as its alt text; not the words of its caption."""
        return self._pick(self._language.prose_alts)

    def file_name(self) -> str:
        """The title of an attached PDF."""
        return self._pick(self._language.files)

    def side_story(self) -> str:
        """A headline that has nothing to do with any article."""
        return self._pick(self._language.side_stories)

    def _quote(self) -> str:
        frames = self._language.cited_again if self._cited else self._language.cited
        self._cited = True
        return self._pick(frames)

    def _different(self, phrases: Sequence[str], count: int) -> tuple[str, ...]:
        drawn = cycle(_shuffled(self._rng, phrases))
        return tuple(self._fill(next(drawn)) for _ in range(count))

    def _pick(self, phrases: Sequence[str]) -> str:
        return self._fill(self._rng.choice(phrases))

    def _fill(self, phrase: str) -> str:
        text = _filled(phrase, self._value)
        if self._rare:
            text = _curly(text).translate(self._language.digits)
        return text[:1].upper() + text[1:]

    def _value(self, slot: str) -> str:
        if slot in self._fixed:
            return self._fixed[slot]
        if slot in self._choices:
            return _filled(self._rng.choice(self._choices[slot]), self._value)
        if slot == "place":  # in turns, so that no sentence names one twice
            return next(self._places)
        if slot == "saying":
            return _filled(next(self._sayings), self._value)
        return self._day(slot) if slot in _DAYS_AWAY else _NUMBERS[slot](self._rng)

    def _day(self, slot: str) -> str:
        day = self._published + timedelta(days=self._rng.randint(*_DAYS_AWAY[slot]))
        form = self._language.dated if self._rng.random() < 0.3 else self._language.day
        return form.format(day=day.day, month=self._language.months[day.month - 1], year=day.year)


_DAYS_AWAY: Mapping[str, tuple[int, int]] = {"date": (-4, -1), "earlier": (-40, -10), "later": (10, 60)}

_NUMBERS: Mapping[str, Callable[[Random], str]] = {
    "whole": lambda rng: f"{rng.randint(1_050, 98_900):,}",
    "fee": lambda rng: f"{rng.randint(12, 480)}",
    "hundreds": lambda rng: f"{rng.randint(110, 9_890):,}",
    "plain": lambda rng: f"{rng.randint(110, 9_890)}",
    "percent": lambda rng: f"{rng.randint(2, 97)}.{rng.randint(1, 9)}",
    "million": lambda rng: f"{rng.randint(1, 90)}.{rng.randint(1, 9)}",
    "decimal": lambda rng: f"{rng.randint(1, 30)}.{rng.randint(1, 9)}",
    "few": lambda rng: f"{rng.randint(3, 9)}",
    "minutes": lambda rng: f"{rng.randint(14, 90)}",
    "hour": lambda rng: f"{rng.randint(6, 10)}",
    "year": lambda rng: f"{rng.randint(2009, 2024)}",
    "future": lambda rng: f"{rng.randint(2027, 2035)}",
    "phone": lambda rng: f"0700-{rng.randint(2_000_000, 8_999_999)}",
}


def full_name(language: Language, rng: Random) -> str:
    """A person's name, family name first."""
    return _glue(language, rng.choice(language.surnames), rng.choice(language.given))


def credit(language: Language, rng: Random) -> Credit:
    """A picture's credit in one of the shapes seen on portals of that language, or none."""
    shape = rng.choice(language.credits)
    if shape.text is None:
        return Credit(None)
    words = {"app": language.apps, "account": language.accounts, "press": language.agencies}

    def value(slot: str) -> str:
        return full_name(language, rng) if slot == "name" else rng.choice(words[slot])

    return Credit(_filled(shape.text, value), shape.brackets)


def _filled(phrase: str, value: Callable[[str], str]) -> str:
    """The phrase with each slot's value in its place."""
    parts = [*_parts(phrase)]
    parts[1::2] = [value(slot) for slot in parts[1::2]]
    return "".join(parts)


@cache
def _parts(phrase: str) -> tuple[str, ...]:
    """Text and slots of a phrase by turns, beginning and ending with text."""
    return tuple(_SLOT.split(phrase))


@cache
def _choices(language: Language) -> dict[str, tuple[str, ...]]:
    return {"month": language.months, **language.slots}


def _glue(language: Language, *texts: str) -> str:
    return (" " if language.spaced else "").join(filter(None, texts))


def _shuffled(rng: Random, phrases: Iterable[str]) -> list[str]:
    drawn = list(phrases)
    rng.shuffle(drawn)
    return drawn


def _curly(text: str) -> str:
    """The text with its straight quotes made curly, as word processors do."""
    if '"' not in text and "'" not in text:
        return text
    text = re.sub(r'"([^"]*)"', r"“\1”", text)
    return re.sub(r"(?<!\w)'", "‘", text).replace("'", "’")
