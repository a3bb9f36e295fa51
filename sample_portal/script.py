"""The script of the portal: which event befalls which article on which day, drawn from the seed.

Day 0 is the start. From day 3 on every third day is a furniture-only day: nothing is published or changed.
A day's events depend on the days before it only, so a longer script starts with a shorter one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample_portal.editor import Action, perform
from sample_portal.newsroom import SECTIONS, ids, write_article
from sample_portal.truth import TrueArticle, TrueChange

RESTORED_AFTER = 3
"""A removed page comes back no sooner than this many days later: its removal can be proven by then."""

_FIRST = (Action.NUMBER, Action.RETITLE, Action.CAPTION, Action.WORDS)
_SECOND = (
    Action.WORDS, Action.IMAGE, Action.CREDIT, Action.QUOTES, Action.NUMBER, Action.INSERT, Action.DELETE,
)  # fmt: skip
_LATER = (
    *[Action.NUMBER] * 4, *[Action.WORDS] * 4, *[Action.INSERT] * 2, *[Action.DELETE] * 2,
    *[Action.RETITLE] * 2, *[Action.REDATE] * 2, *[Action.CAPTION] * 2, *[Action.CREDIT] * 2,
    *[Action.IMAGE] * 2, Action.ATTACHMENT, Action.QUOTES, Action.ZERO_WIDTH, Action.BLANKS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to one article on one day; `after` is its state from then on, None once it is gone."""

    day: int
    key: str
    path: str
    kinds: tuple[str, ...]
    detail: str
    after: TrueArticle | None
    optional: bool = False

    def change(self) -> TrueChange:
        """The change that a daily crawl must report; a removal is due a day later, after a second look."""
        due = self.day + (self.kinds == ("removed",))
        return TrueChange(self.day, due, self.key, self.path, self.kinds, self.detail, self.optional)


@dataclass(frozen=True, slots=True)
class Script:
    """The portal's life: `live[day]` holds the articles of that day by key, in id order."""

    live: tuple[Mapping[str, TrueArticle], ...]
    events: tuple[Event, ...]


def is_furniture_only(day: int) -> bool:
    """Whether it is one of the days on which only sidebars, tokens and validators move."""
    return day >= 3 and day % 3 == 0


def write_script(seed: int, articles: int, days: int, start: date, *, furniture_days: bool) -> Script:
    """The script of days 0 to `days` - 1; the same arguments give the same script in any process."""
    writer = _Writer(seed, articles, start, furniture_days=furniture_days)
    live = [writer.live()]
    events: list[Event] = []
    for day in range(1, days):
        events += writer.play(day)
        live.append(writer.live())
    return Script(tuple(live), tuple(events))


class _Writer:
    """Keeps the state of the portal while its days are written one after the other."""

    def __init__(self, seed: int, articles: int, start: date, *, furniture_days: bool) -> None:
        self._seed = seed
        self._start = start
        self._furniture_days = furniture_days
        self._ids = ids(Random(f"{seed}:ids"))
        self._load = max(1, articles // 40)
        self._gone: dict[str, TrueArticle] = {}
        self._returns: dict[str, int] = {}
        self._live: dict[str, TrueArticle] = {}
        rng = Random(f"{seed}:archive")
        ages = sorted((rng.randint(1, 400) for _ in range(articles)), reverse=True)
        for index, age in enumerate(ages):
            section = index if index < len(SECTIONS) else rng.randrange(len(SECTIONS))  # none stays empty
            article = self._publish(rng, start - timedelta(days=age), section)
            late = min(rng.randint(1, 20), age - 1)
            if late > 0 and rng.random() < 0.15:
                stamp = date.fromisoformat(article.published) + timedelta(days=late)
                self._live[article.key] = replace(article, updated=stamp.isoformat())

    def live(self) -> Mapping[str, TrueArticle]:
        return dict(sorted(self._live.items()))

    def play(self, day: int) -> list[Event]:
        """Let the day's events happen and return them in the order of their keys."""
        if self._rests(day):
            return []
        rng = Random(f"{self._seed}:day:{day}")
        today = self._start + timedelta(days=day)
        events = self._restorals(day)
        untouched = [key for key in self._live if all(key != event.key for event in events)]
        rng.shuffle(untouched)
        for action in self._plan(rng, day):
            events += self._edit(rng, action, untouched, day, today)
        if not self._rests(day + 1):  # the second look at a removed page must not fall on a quiet day
            events += [self._remove(rng, untouched.pop(), day) for _ in range(self._load) if untouched]
        for _ in range(self._load * (2 if day == 1 else 1 if day == 2 else rng.randint(1, 3))):
            article = self._publish(rng, today, rng.randrange(len(SECTIONS)))
            events.append(Event(day, article.key, article.path, ("new",), article.title, article))
        return sorted(events, key=lambda event: event.key)

    def _rests(self, day: int) -> bool:
        return self._furniture_days and is_furniture_only(day)

    def _plan(self, rng: Random, day: int) -> Sequence[Action]:
        once = {1: _FIRST, 2: _SECOND}.get(day) or tuple(rng.choices(_LATER, k=rng.randint(4, 8)))
        return once * self._load

    def _publish(self, rng: Random, today: date, section: int) -> TrueArticle:
        article = write_article(rng, next(self._ids), SECTIONS[section], today)
        self._live[article.key] = article
        return article

    def _edit(self, rng: Random, action: Action, untouched: list[str], day: int, today: date) -> list[Event]:
        """At most one event, on the first untouched article that the action suits."""
        for key in untouched:
            edit = perform(action, self._live[key], rng, today)
            if edit is not None:
                untouched.remove(key)
                self._live[key] = edit.article
                path = edit.article.path
                return [Event(day, key, path, edit.kinds, edit.detail, edit.article, edit.optional)]
        return []

    def _remove(self, rng: Random, key: str, day: int) -> Event:
        article = self._gone[key] = self._live.pop(key)
        if rng.random() < 0.7:
            back = day + RESTORED_AFTER + rng.randint(0, 3)
            self._returns[key] = back + self._rests(back)
        return Event(day, key, article.path, ("removed",), article.title, None)

    def _restorals(self, day: int) -> list[Event]:
        events = []
        for key in sorted(key for key, back in self._returns.items() if back == day):
            del self._returns[key]
            article = self._live[key] = self._gone.pop(key)
            events.append(Event(day, key, article.path, ("restored",), article.title, article))
        return events
