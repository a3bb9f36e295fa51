"""Invented news texts: titles, paragraphs, captions and credits, filled from `sample_portal.vocabulary`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import NamedTuple

from sample_portal import vocabulary as words

_SLOT = re.compile(r"\{(\w+)\}")


class Credit(NamedTuple):
    """A credit without its brackets, and the pair of brackets (empty for a bare one)."""

    text: str | None
    brackets: str = ""


class Story:
    """One subject with its place, agency and official, from which all texts of an article are drawn."""

    def __init__(self, key: str, rng: Random, published: date) -> None:
        """key: draws the subject, so that an article's later texts keep to it. rng: draws all the rest."""
        subject = Random(f"story:{key}")
        self._rng = rng
        self._published = published
        self._topic = subject.choice(words.TOPICS)
        surname = subject.choice(words.SURNAMES)
        self._fixed = {
            "city": words.CITY,
            "agency": self._topic.agency,
            "project": subject.choice(self._topic.projects),
            "surname": surname,
            "person": f"{surname} {subject.choice(words.GIVEN)}",
            "role": subject.choice(words.ROLES),
        }
        self._of_topic = {
            "people": self._topic.people,
            "benefit": self._topic.benefits,
            "units": self._topic.units,
        }
        self._facts = cycle(rng.sample(words.FACTS, len(words.FACTS)))
        self._sayings = cycle(rng.sample(words.SAYINGS, len(words.SAYINGS)))
        self._scenes = cycle(rng.sample(self._topic.scenes, len(self._topic.scenes)))
        self._cited = False

    def title(self) -> str:
        return self._fill(self._rng.choice(words.TITLES))

    def paragraphs(self, count: int) -> tuple[str, ...]:
        """An opening, `count` - 2 paragraphs and a closing, each of 30 to 90 words."""
        opening = self.paragraph(self._pick(words.OPENINGS))
        middle = [self.paragraph() for _ in range(count - 2)]
        return (opening, *middle, self.paragraph(self._pick(words.CLOSINGS)))

    def paragraph(self, first: str = "") -> str:
        """One paragraph of 30 to 90 words, starting with `first` if given; quotes come now and then."""
        wanted = self._rng.randint(30, 50)
        sentences = [first] if first else []
        while sum(len(s.split()) for s in sentences) < wanted:
            sentences.append(self._quote() if self._rng.random() < 0.25 else self._fill(next(self._facts)))
        return " ".join(sentences)

    def caption(self) -> str:
        """One sentence on a picture, with a full stop."""
        return self._fill(next(self._scenes)) + "."

    def file_name(self) -> str:
        """The title of an attached PDF."""
        return self._pick(words.FILES)

    def side_story(self) -> str:
        """A headline that has nothing to do with any article."""
        return self._pick(words.SIDE_STORIES)

    def _quote(self) -> str:
        saying = _SLOT.sub(self._value, next(self._sayings))
        frame = self._rng.choice(words.CITED_AGAIN if self._cited else words.CITED)
        self._cited = True
        return self._fill(frame.replace("{saying}", saying))

    def _pick(self, phrases: Sequence[str]) -> str:
        return self._fill(self._rng.choice(phrases))

    def _fill(self, phrase: str) -> str:
        text = _SLOT.sub(self._value, phrase)
        return text[:1].upper() + text[1:]

    def _value(self, slot: re.Match[str]) -> str:
        name = slot.group(1)
        if name in self._fixed:
            return self._fixed[name]
        if name in _DAYS_AWAY:
            day = self._published + timedelta(days=self._rng.randint(*_DAYS_AWAY[name]))
            return f"{day:%B} {day.day}" + (f", {day.year}" if self._rng.random() < 0.3 else "")
        if name in self._of_topic:
            return self._rng.choice(self._of_topic[name])
        return _DRAW[name](self._rng)


_DAYS_AWAY: Mapping[str, tuple[int, int]] = {"date": (-4, -1), "earlier": (-40, -10), "later": (10, 60)}

_DRAW: Mapping[str, Callable[[Random], str]] = {
    "place": lambda rng: rng.choice(words.PLACES),
    "count": lambda rng: f"{rng.randint(1_050, 98_900):,}",
    "percent": lambda rng: f"{rng.randint(2, 97)}.{rng.randint(1, 9)}",
    "area": lambda rng: f"{rng.randint(1, 30)}.{rng.randint(1, 9)}",
    "money": lambda rng: (
        f"{rng.randint(1, 90)}.{rng.randint(1, 9)} {rng.choice(('million', 'billion'))} yuan"
    ),
    "fee": lambda rng: f"{rng.randint(12, 480)}",
    "minutes": lambda rng: f"{rng.randint(14, 90)}",
    "few": lambda rng: f"{rng.randint(3, 9)}",
    "hour": lambda rng: f"{rng.randint(6, 10)}",
    "year": lambda rng: f"{rng.randint(2009, 2024)}",
    "future": lambda rng: f"{rng.randint(2027, 2035)}",
    "approx": lambda rng: rng.choice(words.WORD_GROUPS[0]),
    "days": lambda rng: rng.choice(words.WORD_GROUPS[1]),
    "season": lambda rng: rng.choice(words.WORD_GROUPS[2]),
    "direction": lambda rng: rng.choice(words.WORD_GROUPS[3]),
    "price": lambda rng: rng.choice(words.WORD_GROUPS[4]),
    "ordinal": lambda rng: rng.choice(words.WORD_GROUPS[5]),
    "month": lambda rng: rng.choice(words.WORD_GROUPS[6]),
    "local": lambda rng: rng.choice(words.WORD_GROUPS[7]),
}


def full_name(rng: Random) -> str:
    """A person's name, family name first."""
    return f"{rng.choice(words.SURNAMES)} {rng.choice(words.GIVEN)}"


def credit(rng: Random) -> Credit:
    """A picture's credit in one of the shapes seen on portals of this kind, or none."""
    shape = rng.randrange(8)
    if shape <= 1:
        return Credit(f"Photo/{full_name(rng)}", "()")
    if shape == 2:
        return Credit(f"Photo by {full_name(rng)} / {rng.choice(words.APPS)}", "[]")
    if shape == 3:
        return Credit("Photo courtesy VCG", "[]")
    if shape == 4:
        return Credit(f"Photo courtesy WeChat account: {rng.choice(words.ACCOUNTS)}", "[]")
    if shape == 5:
        return Credit("File photo", "[]")
    if shape == 6:
        return Credit(f"{full_name(rng)} / {rng.choice(words.AGENCIES)}")
    return Credit(None)
