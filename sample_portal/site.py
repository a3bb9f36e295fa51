"""The sample portal as a pure function: day, path, request headers and noise in, an answer out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, timedelta
from email.utils import parsedate_to_datetime
from random import Random

from sample_portal.day import Day, Look, Resource
from sample_portal.hosts import Host, Hosts, Place, locate
from sample_portal.noise import Asked
from sample_portal.outages import Kind, Outage, Visit, answer_outage
from sample_portal.outages.visit import listed_section
from sample_portal.pages import Chrome, chrome, page_path
from sample_portal.response import Response
from sample_portal.script import Plan, write_script
from sample_portal.sections import BY_CODE, Section
from sample_portal.skins import Skin
from sample_portal.truth import Standing, TrueArticle, TrueChange, TrueIncident, TruePage

DEFAULT_SKIN = "subsite"
_KEPT_DAYS = 2
_NOWHERE = Hosts("")


class Site:
    """A seeded news portal with its truth, for days 0 to `days` - 1; the same seed gives the same bytes.

    seed: draws everything. articles: how many are live on day 0. start: the date of day 0. skin: one of
    `SKINS`. everything: all events come as often, not as on ordinary days. furniture_days: every third day
    from day 3 on, nothing but furniture moves. outages: the days on which the portal fails, and how.
    redesign: the day from which on it has another skin. migration: the day on which all pages move to other
    addresses. Longer sites begin as shorter ones do.
    Raises ValueError for fewer than one article or day, and for an unknown skin.
    """

    def __init__(  # noqa: PLR0913  the settings of a site, given by name
        self,
        seed: int = 1,
        articles: int = 40,
        days: int = 3,
        start: date = date(2026, 3, 2),
        *,
        skin: str = DEFAULT_SKIN,
        everything: bool = False,
        furniture_days: bool = True,
        outages: Mapping[int, Outage] | None = None,
        redesign: tuple[int, str] | None = None,
        migration: int | None = None,
    ) -> None:
        if articles < 1 or days < 1:
            raise ValueError(f"a site needs an article and a day at least, not {articles} and {days}")
        self.seed = seed
        self.start = start
        self.days = days
        self.outages = dict(outages or {})
        self._looks = [Look(seed, start, Skin(skin, seed))]
        if redesign:
            self._looks.append(Look(seed, start, Skin(redesign[1], seed), since=redesign[0]))
        troubled = {*self.outages, *([redesign[0]] if redesign else [])}
        plan = Plan(
            seed=seed,
            articles=articles,
            days=days,
            start=start,
            everything=everything,
            furniture_days=furniture_days,
            troubled=frozenset(troubled),
            migration=migration,
        )
        self._script = write_script(plan)
        self._keys = _keys(self._script.pages[-1].values())
        self._days: dict[int, Day] = {}
        self._oldest: dict[int, frozenset[str]] = {}
        self._chromes: dict[tuple[int, str | None], Chrome] = {}

    def truth(self) -> tuple[TrueChange, ...]:
        """All changes of all days, by day and key."""
        return tuple(happening.change for happening in self._script.happenings)

    def incidents(self) -> tuple[TrueIncident, ...]:
        """What happened to the portal as a whole, by day; days of one form that follow each other are one."""
        found = [TrueIncident(look.since, look.since, "redesign") for look in self._looks[1:]]
        for day, outage in sorted(self.outages.items()):
            if found and found[-1].form == outage and found[-1].until == day - 1:
                found[-1] = TrueIncident(found[-1].day, day, outage.value)
            else:
                found.append(TrueIncident(day, day, outage.value))
        return tuple(sorted(found, key=lambda incident: incident.day))

    def pages_on(self, day: int) -> Mapping[str, TruePage]:
        """All pages that ever were, as they stand on that day, by key; ValueError for an unknown day."""
        if not 0 <= day < self.days:
            raise ValueError(f"day {day} is not among the site's days 0 to {self.days - 1}")
        return self._script.pages[day]

    def articles_on(self, day: int) -> tuple[TrueArticle, ...]:
        """The live articles of a day, in id order; raises ValueError for a day the site does not have."""
        return tuple(p.article for p in self.pages_on(day).values() if p.standing is Standing.LIVE)

    def key_at(self, path: str) -> str | None:
        """The key of the page that ever was at that path; None where no article was."""
        return self._keys.get(path)

    def skin_on(self, day: int) -> Skin:
        """The skin of that day."""
        return self._look(day).skin

    def respond(
        self,
        day: int,
        target: str,
        headers: Mapping[str, str],
        noise: Random,
        host: Host = Host.MAIN,
        hosts: Hosts = _NOWHERE,
    ) -> Response:
        """The answer to a GET; `target` may carry a query, header names may be in any case.

        Conditional requests are answered with 304 while the page stays as it was (RFC 9110, 13.2.2).
        Raises ValueError for a day the site does not have.
        """
        outage = self.outages.get(day)
        if outage is None:
            return self._respond(day, target, headers, noise, host, hosts)
        return answer_outage(outage, self._visit(day, target, headers, noise, host, hosts))

    def _respond(
        self,
        day: int,
        target: str,
        headers: Mapping[str, str],
        noise: Random,
        host: Host,
        hosts: Hosts,
    ) -> Response:
        today = self._on(day)
        place = locate(host, target)
        resource = today.at(place.path) if place and self._holds(day, place) else today.missing
        return _answer(resource, place.root if place else "", headers, noise, hosts)

    def _visit(
        self,
        day: int,
        target: str,
        headers: Mapping[str, str],
        noise: Random,
        host: Host,
        hosts: Hosts,
    ) -> Visit:
        today = self._on(day)
        place = locate(host, target)
        root = place.root if place else ""
        path, _, query = (place.path if place else target).partition("?")
        kind, section = self._about(today, place)
        return Visit(
            seed=self.seed,
            day=day,
            host=host,
            hosts=hosts,
            root=root,
            path=path,
            query=query,
            kind=kind,
            section=section,
            noise=noise,
            ordinary=lambda: self._respond(day, target, headers, noise, host, hosts),
            whole=lambda: self._respond(day, target, {}, noise, host, hosts),
            missing=lambda: _answer(today.missing, root, {}, noise, hosts),
            emptied=lambda: _answer(today.emptied(path), root, headers, noise, hosts),
        )

    def _about(self, today: Day, place: Place | None) -> tuple[Kind, Section | None]:
        """What the address belongs to, and the section of a list or article."""
        if place is None:
            return Kind.NOTHING, None
        path = place.path.partition("?")[0]
        key = self.key_at(path)
        if key:
            return Kind.ARTICLE, BY_CODE[self._script.pages[-1][key].article.section]
        section = listed_section(path)
        if section or path == "/":
            return (Kind.LIST if section else Kind.HOME), section
        return (Kind.FILE if today.is_file(place.path) or today.is_file(path) else Kind.NOTHING), None

    def _holds(self, day: int, place: Place) -> bool:
        """Whether that tree has the address: the older one has the articles of the oldest third only."""
        if not place.old:
            return True
        if day not in self._oldest:
            articles = self.articles_on(day)
            self._oldest[day] = frozenset(article.key for article in articles[: len(articles) // 3])
        return self.key_at(place.path.partition("?")[0]) in self._oldest[day]

    def _on(self, day: int) -> Day:
        made = self._days.get(day)
        if made is None:
            pages = self.pages_on(day)
            made = Day(self._look(day), day, pages, self._chrome, self._days.get(day - 1))
            kept = dict(list(self._days.items())[1 - _KEPT_DAYS :])
            self._days = kept | {day: made}
        return made

    def _look(self, day: int) -> Look:
        return next(look for look in reversed(self._looks) if look.since <= day)

    def _chrome(self, day: int, section: Section | None) -> Chrome:
        key = (day, section.code if section else None)
        if key not in self._chromes:
            listed = [p for p in self.pages_on(day).values() if p.standing is Standing.LIVE and p.listed]
            today = self.start + timedelta(days=day)
            self._chromes[key] = chrome(listed, section, self.seed, day, today)
        return self._chromes[key]


def _answer(
    resource: Resource, root: str, headers: Mapping[str, str], noise: Random, hosts: Hosts
) -> Response:
    """The resource as an answer on a host where the portal has that prefix."""
    if resource.location is not None:
        headers_out = (*resource.headers, ("Location", root + resource.location))
        return Response(resource.status, headers_out, b"")
    if resource.etag and _is_current(resource, {name.lower(): value for name, value in headers.items()}):
        return Response(304, resource.headers, b"")
    asked = Asked(root.encode(), hosts.main.rstrip("/").encode(), hosts.mirror.rstrip("/").encode())
    return Response(resource.status, resource.headers, resource.page.fill(noise, asked))


def _keys(pages: Iterable[TruePage]) -> Mapping[str, str]:
    """Keys of pages by all addresses that they ever had, those of their further pages too."""
    found = {}
    for page in pages:
        for path in (page.article.path, *page.former):
            for number in range(1, len(page.article.breaks) + 2):
                found[page_path(path, number)] = page.article.key
    return found


def _is_current(resource: Resource, headers: Mapping[str, str]) -> bool:
    """Whether the asker has the page's state; If-None-Match goes before If-Modified-Since."""
    known = headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or resource.etag.removeprefix("W/") in known
    since = headers.get("if-modified-since")
    if since is None or resource.modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:  # RFC 9110, 13.1.3: a date that cannot be read is as none
        return False
    return resource.modified <= moment.replace(tzinfo=UTC)
