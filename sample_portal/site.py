"""The sample portal as a pure function: day, path, request headers and noise in, an answer out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from hashlib import sha256
from random import Random

from sample_portal.files import jpeg, pdf
from sample_portal.newsroom import SECTIONS
from sample_portal.noise import CutPage, cut
from sample_portal.pages import Chrome, chrome, list_pages, list_path
from sample_portal.script import write_script
from sample_portal.skins import Skin
from sample_portal.skins.subsite import draw_skin
from sample_portal.truth import TrueArticle, TrueChange

_HTML = "text/html; charset=utf-8"
_KEPT_DAYS = 2


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer; the body of a 304 is empty."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Resource:
    """What stands at an address for one day, rendered but for its noise."""

    status: int
    page: CutPage
    headers: tuple[tuple[str, str], ...]
    etag: str = ""
    modified: datetime | None = None


class _Day:
    """The addresses of one day; each is rendered when it is first asked for, and kept."""

    def __init__(self, site: Site, day: int) -> None:
        self._published_at = datetime.combine(site.start + timedelta(days=day), time(), UTC)
        self._day = day
        self._seed = site.seed
        self._kept: dict[str, _Resource] = {}
        articles = site.articles_on(day)
        skin = site.skin
        around = chrome(articles, site.seed, day, site.start + timedelta(days=day))
        fronts = []
        self._render: dict[str, Callable[[], str]] = {}
        for section in SECTIONS:
            pages = list_pages(section, articles, site.seed, day)
            fronts.append(pages[0])
            for number, page in enumerate(pages, start=1):
                self._render[list_path(section, number)] = partial(skin.listing, around, page)
        for article in articles:
            self._render[article.path] = partial(skin.article, around, article)
        self._render["/"] = partial(skin.home, around, tuple(fronts))
        self._missing = self._resource(404, "", _HTML, skin.missing(around))
        self._files = site.files | _chrome_files(around)

    def at(self, path: str) -> _Resource:
        """What stands at the path; the 404 page where nothing does."""
        found = self._kept.get(path)
        if found is None:
            found = self._make(path)
            if found is not self._missing:
                self._kept[path] = found
        return found

    def _make(self, path: str) -> _Resource:
        if path in self._render:
            return self._resource(200, path, _HTML, self._render[path]())
        if path in _TEXTS:
            return self._resource(200, path, *_TEXTS[path])
        if path in self._files:
            kind, make = ("application/pdf", pdf) if path.endswith(".pdf") else ("image/jpeg", jpeg)
            return self._resource(200, path, kind, make(path))
        return self._missing

    def _resource(self, status: int, path: str, kind: str, body: str | bytes) -> _Resource:
        page = cut(body) if isinstance(body, str) else CutPage((body,))
        headers = (("Date", _http_date(self._published_at + timedelta(hours=1))), ("Content-Type", kind))
        if status != 200:
            return _Resource(status, page, headers)
        digest = sha256(f"{self._seed}:{self._day}:{path}".encode()).digest()
        etag = f'W/"{digest[:8].hex()}"'  # weak, as the noise changes the bytes
        modified = self._published_at + timedelta(seconds=int.from_bytes(digest[8:10], "big") % 3600)
        validators = (("ETag", etag), ("Last-Modified", _http_date(modified)))
        return _Resource(status, page, headers + validators, etag, modified)


class Site:
    """A seeded news portal with its truth, for days 0 to `days` - 1; the same seed gives the same bytes.

    seed: draws everything. articles: how many are live on day 0. start: the date of day 0. furniture_days:
    every third day from day 3 on, nothing but furniture moves. Longer sites begin as shorter ones do.
    Raises ValueError for fewer than one article or day.
    """

    def __init__(
        self,
        seed: int = 1,
        articles: int = 40,
        days: int = 3,
        start: date = date(2026, 3, 2),
        furniture_days: bool = True,  # noqa: FBT001  a setting of the site, always given by name
    ) -> None:
        if articles < 1 or days < 1:
            raise ValueError(f"a site needs an article and a day at least, not {articles} and {days}")
        self.seed = seed
        self.start = start
        self.days = days
        self.skin: Skin = draw_skin(seed)
        self._script = write_script(seed, articles, days, start, furniture_days=furniture_days)
        self.files = frozenset(
            path for live in self._script.live for article in live.values() for path in _files_of(article)
        )
        self._rendered: dict[int, _Day] = {}

    def truth(self) -> tuple[TrueChange, ...]:
        """All changes of all days, by day and key."""
        return tuple(event.change() for event in self._script.events)

    def articles_on(self, day: int) -> tuple[TrueArticle, ...]:
        """The live articles of a day, in id order; raises ValueError for a day the site does not have."""
        if not 0 <= day < self.days:
            raise ValueError(f"day {day} is not among the site's days 0 to {self.days - 1}")
        return tuple(self._script.live[day].values())

    def respond(self, day: int, path: str, headers: Mapping[str, str], noise: Random) -> Response:
        """The answer to a GET; `path` may carry a query, header names may be in any case.

        Conditional requests are answered with 304 within the same day (RFC 9110, 13.2.2). Raises
        ValueError for a day the site does not have.
        """
        resource = self._on(day).at(path.partition("?")[0])
        if resource.etag and _is_current(resource, {name.lower(): value for name, value in headers.items()}):
            return Response(304, resource.headers, b"")
        return Response(resource.status, resource.headers, resource.page.fill(noise))

    def _on(self, day: int) -> _Day:
        rendered = self._rendered.get(day)
        if rendered is None:
            rendered = _Day(self, day)
            kept = dict(list(self._rendered.items())[1 - _KEPT_DAYS :])
            self._rendered = kept | {day: rendered}
        return rendered


def _is_current(resource: _Resource, headers: Mapping[str, str]) -> bool:
    """Whether the asker has this day's state; If-None-Match goes before If-Modified-Since."""
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


def _http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def _files_of(article: TrueArticle) -> list[str]:
    return [figure.image for figure in article.figures] + [file.path for file in article.attachments]


def _chrome_files(around: Chrome) -> frozenset[str]:
    return frozenset(["/img/logo.jpg", *(teaser.image for teaser in around.teasers)])


_TEXTS: Mapping[str, tuple[str, str]] = {
    "/robots.txt": ("text/plain; charset=utf-8", "User-agent: *\nAllow: /\n"),
    "/css/main.css": ("text/css; charset=utf-8", "body { font-family: Arial, sans-serif; }\n"),
    "/js/main.js": ("application/javascript; charset=utf-8", "'use strict';\n"),
}
