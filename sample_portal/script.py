"""The script of the portal: which event befalls which page on which day, drawn from the seed.

Day 0 is the start. From day 3 on every third day is a furniture-only day: nothing is published or changed.
A day's events depend on the days before it only, so a longer script starts with a shorter one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample_portal.editor import perform
from sample_portal.events import EDITS, EVERYDAY, EVERYTHING, REMOVALS, Event, kinds_of
from sample_portal.newsroom import article_path, copied, ids, migrated_path, write_article
from sample_portal.sections import SECTIONS, Section
from sample_portal.truth import Standing, TrueChange, TruePage

RESTORED_AFTER = 3
"""A removed page comes back no sooner than this many days later: its removal can be proven by then."""

_FIRST = (Event.NUMBER, Event.RETITLE, Event.CAPTION, Event.WORDS)
_SECOND = (
    Event.WORDS, Event.IMAGE, Event.CREDIT, Event.QUOTES, Event.NUMBER, Event.INSERT, Event.DELETE,
)  # fmt: skip
_SECOND_LOOK = {*REMOVALS, Event.DELIST, Event.BLIP}
_UNTOLD = {Event.IMAGE_BYTES, Event.ATTACHMENT_BYTES}
"""A file is swapped and the page not published anew: neither its bytes nor its validators tell."""

_SHARES = (1.0, 0.01, 0.5, 0.05, 0.2)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the script is to be about.

    seed: draws everything. articles: how many stand on day 0. days: how many there are, day 0 included.
    start: the date of day 0. everything: deal all events alike, not those of ordinary days.
    troubled: the days on which the portal as a whole fails or is redesigned. migration: the day on which
    all pages move to the addresses of another system.
    """

    seed: int
    articles: int
    days: int
    start: date
    everything: bool = False
    furniture_days: bool = True
    troubled: frozenset[int] = frozenset()
    migration: int | None = None

    def rests(self, day: int) -> bool:
        """Whether only sidebars, tokens and validators move on that day."""
        return self.furniture_days and is_furniture_only(day)

    def healthy_day(self, day: int, looks: int = 1) -> int:
        """The day of the n-th look at an untroubled portal, from `day` on."""
        while looks > (day not in self.troubled):
            looks -= day not in self.troubled
            day += 1
        return day


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens to one page on one day; `after` is its state from then on."""

    change: TrueChange
    after: TruePage


@dataclass(frozen=True, slots=True)
class Script:
    """The portal's life: `pages[day]` holds all pages that ever were, as they stand then, in id order."""

    pages: tuple[Mapping[str, TruePage], ...]
    happenings: tuple[Happening, ...]


def is_furniture_only(day: int) -> bool:
    """Whether it is one of the days on which only sidebars, tokens and validators move."""
    return day >= 3 and day % 3 == 0


def write_script(plan: Plan) -> Script:
    """The script of all days of the plan; the same plan gives the same script in any process."""
    writer = _Writer(plan)
    pages = [writer.pages()]
    happenings: list[Happening] = []
    for day in range(1, plan.days):
        happenings += writer.play(day)
        pages.append(writer.pages())
    return Script(tuple(pages), tuple(happenings))


class _Writer:
    """Keeps the state of the portal while its days are written one after the other."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._ids = ids(Random(f"{plan.seed}:ids"))
        self._load = max(1, plan.articles // 40)
        self._deck: list[Event] = []
        self._returns: dict[str, int] = {}
        self._due: dict[str, int] = {}
        self._pages: dict[str, TruePage] = {}
        rng = Random(f"{plan.seed}:archive")
        ages = sorted((rng.randint(1, 400) for _ in range(plan.articles)), reverse=True)
        for index, age in enumerate(ages):  # no section stays empty
            section = SECTIONS[index] if index < len(SECTIONS) else self._draw_section(rng)
            page = self._publish(rng, plan.start - timedelta(days=age), section, 0)
            late = min(rng.randint(1, 20), age - 1)
            if late > 0 and rng.random() < 0.15:
                stamp = date.fromisoformat(page.article.published) + timedelta(days=late)
                article = replace(page.article, updated=stamp.isoformat())
                self._pages[article.key] = replace(page, article=article)

    def pages(self) -> Mapping[str, TruePage]:
        return dict(sorted(self._pages.items()))

    def play(self, day: int) -> list[Happening]:
        """Let the day's events happen and return them in the order of their keys."""
        rng = Random(f"{self._plan.seed}:day:{day}")
        happenings = [] if self._plan.rests(day) else list(self._events(rng, day))
        self._refresh(day, {h.change.key for h in happenings})
        return sorted(happenings, key=lambda h: h.change.key)

    def _events(self, rng: Random, day: int) -> Iterator[Happening]:
        today = self._plan.start + timedelta(days=day)
        back = list(self._restorals(day))
        yield from back
        live = [key for key, page in self._pages.items() if page.standing is Standing.LIVE]
        if day == self._plan.migration:
            touched = {h.change.key for h in back}
            for key in live:
                if key not in touched:
                    yield from self._befall(rng, Event.MIGRATE, [key], day, today)
            return
        untouched = [key for key in live if self._is_quiet(key, day)]
        rng.shuffle(untouched)
        for event in self._events_of(rng, day):
            yield from self._befall(rng, event, untouched, day, today)
        for _ in range(self._load * (2 if day == 1 else 1 if day == 2 else rng.randint(1, 3))):
            page = self._publish(rng, today, self._draw_section(rng), day)
            yield self._happening(Event.PUBLISH, page, day, page.article.title)

    def _is_quiet(self, key: str, day: int) -> bool:
        """Whether all that happened to the page could be seen before that day, so that nothing hides it."""
        return self._due.get(key, 0) < day

    def _events_of(self, rng: Random, day: int) -> Sequence[Event]:
        """The day's deal. A page must not go where its second look would fall on a quiet day."""
        removes = not self._plan.rests(day + 1)
        if self._plan.everything:
            dealt = [event for _ in range(8 * self._load) for event in self._deal(rng)]
            later = [] if removes else [event for event in dealt if event in _SECOND_LOOK]
            self._deck += later
            return [event for event in dealt if event not in later]
        once = {1: _FIRST, 2: _SECOND}.get(day) or tuple(rng.choices(EVERYDAY, k=rng.randint(4, 8)))
        return (*once * self._load, *((Event.NOT_FOUND,) * self._load if removes else ()))

    def _deal(self, rng: Random) -> Iterator[Event]:
        if not self._deck:
            self._deck = list(EVERYTHING)
            rng.shuffle(self._deck)
        yield self._deck.pop(0)

    def _draw_section(self, rng: Random) -> Section:
        return rng.choices(SECTIONS, [section.weight for section in SECTIONS])[0]

    def _publish(self, rng: Random, today: date, section: Section, day: int) -> TruePage:
        article = write_article(rng, next(self._ids), section, today)
        page = self._pages[article.key] = TruePage(article, refreshed=day)
        return page

    def _befall(
        self, rng: Random, event: Event, untouched: list[str], day: int, today: date
    ) -> Iterator[Happening]:
        """At most one happening, on the first untouched page that the event suits."""
        for key in untouched:
            happening = self._try(rng, event, self._pages[key], day, today)
            if happening is None:
                continue
            untouched.remove(key)  # nor does anything happen on that day to a page that was copied
            self._pages[happening.change.key] = happening.after
            yield happening
            return

    def _try(self, rng: Random, event: Event, page: TruePage, day: int, today: date) -> Happening | None:
        """What the event makes of the page; None where it does not suit."""
        if event in EDITS:
            return self._edit(rng, event, page, day, today)
        if event in REMOVALS or event is Event.BLIP:
            return self._take_down(rng, event, page, day)
        article = page.article
        match event:
            case Event.COPY:
                copy = TruePage(copied(rng, article, next(self._ids), today), refreshed=day)
                return self._happening(event, copy, day, f"near-copy of {article.path}")
            case Event.MOVE:
                return self._move(event, page, day, article_path(today, next(self._ids)))
            case Event.MIGRATE:
                return self._move(event, page, day, migrated_path(article.key))
            case Event.MARKUP:
                after = replace(page, markup=page.markup + 1, refreshed=day)
                return self._happening(event, after, day, article.title)
            case _:
                return self._relist(event, page, day)

    def _edit(self, rng: Random, event: Event, page: TruePage, day: int, today: date) -> Happening | None:
        edit = perform(event, page.article, rng, today)
        if edit is None:
            return None
        refreshed = page.refreshed if event in _UNTOLD else day
        after = replace(page, article=edit.article, refreshed=refreshed)
        return self._happening(event, after, day, edit.detail, edit.kinds, optional=edit.optional)

    def _take_down(self, rng: Random, event: Event, page: TruePage, day: int) -> Happening:
        """The page is gone, in seven of ten cases for some days only; or, a blip, broken until tomorrow."""
        key, title = page.article.key, page.article.title
        if event is Event.BLIP:
            self._returns[key] = day + 1
            return self._happening(event, replace(page, standing=Standing.BROKEN), day, title)
        if rng.random() < 0.7:
            back = day + RESTORED_AFTER + rng.randint(0, 3) + len(self._plan.troubled)
            self._returns[key] = back + self._plan.rests(back)
        return self._happening(event, replace(page, standing=REMOVALS[event]), day, title)

    def _relist(self, event: Event, page: TruePage, day: int) -> Happening | None:
        """No list leads to the page any more, or they lead to its address on the mirror."""
        if not page.listed or page.alias:
            return None
        after = replace(page, listed=False) if event is Event.DELIST else replace(page, alias=True)
        return self._happening(event, after, day, page.article.title)

    def _move(self, event: Event, page: TruePage, day: int, path: str) -> Happening | None:
        old = page.article.path
        if old == path:
            return None
        article = replace(page.article, path=path)
        after = replace(page, article=article, former=(*page.former, old), refreshed=day)
        return self._happening(event, after, day, f"{old} -> {path}")

    def _happening(
        self,
        event: Event,
        after: TruePage,
        day: int,
        detail: str,
        kinds: tuple[str, ...] | None = None,
        *,
        optional: bool = False,
    ) -> Happening:
        late = event in REMOVALS or event is Event.DELIST
        change = TrueChange(
            day=day,
            due_day=self._plan.healthy_day(day, looks=2 if late else 1),
            key=after.article.key,
            path=after.article.path,
            event=event.value,
            kinds=kinds_of(event) if kinds is None else kinds,
            detail=detail,
            optional=optional,
        )
        self._due[change.key] = change.due_day
        return Happening(change, after)

    def _restorals(self, day: int) -> Iterator[Happening]:
        for key in sorted(key for key, back in self._returns.items() if back <= day):
            del self._returns[key]
            self._due[key] = day
            page = self._pages[key]
            after = self._pages[key] = replace(page, standing=Standing.LIVE, refreshed=day)
            if page.standing is not Standing.BROKEN:
                yield self._happening(Event.RESTORE, after, day, page.article.title)

    def _refresh(self, day: int, touched: set[str]) -> None:
        """Publish a share of the pages anew, with the day's sidebars: 1 % to all of them, by the day."""
        rng = Random(f"{self._plan.seed}:refresh:{day}")
        share = _SHARES[day % len(_SHARES)]
        for key, page in self._pages.items():
            if rng.random() < share and key not in touched:
                self._pages[key] = replace(page, refreshed=day)
