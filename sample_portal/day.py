"""The addresses of one day: what stands at each, rendered when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import partial
from hashlib import sha256

from sample_portal.charsets import PLAIN, Charset, draw_charset
from sample_portal.files import jpeg, office, pdf
from sample_portal.noise import CutPage, Slot, cut, mark
from sample_portal.pages import ArticlePage, Chrome, ListPage, article_pages, list_pages, page_path
from sample_portal.sections import BY_CODE, SECTIONS, Section, list_path
from sample_portal.skins import Skin
from sample_portal.skins.drawing import DECLARATION
from sample_portal.truth import Standing, TruePage

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """What stands at an address, rendered but for its noise. location: a redirect's, within the portal."""

    status: int
    page: CutPage
    headers: Headers = ()
    etag: str = ""
    modified: datetime | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What the pages look like from day `since` on, apart from their contents; start: the date of day 0."""

    seed: int
    start: date
    skin: Skin
    since: int = 0


class Day:
    """One day's addresses. pages: all pages as they stand; chrome_of: the surroundings of a day and section.

    before: the day that was served before, whose pages are taken over where nothing has touched them.
    """

    def __init__(
        self,
        look: Look,
        day: int,
        pages: Mapping[str, TruePage],
        chrome_of: Callable[[int, Section | None], Chrome],
        before: Day | None = None,
    ) -> None:
        self._look = look
        self._day = day
        self._pages = pages
        self._chrome_of = chrome_of
        self._kept: dict[str, Resource] = {}
        self._render: dict[str, Callable[[], Resource]] = {}
        self._emptied: dict[str, Callable[[], Resource]] = {}
        self._list_sections()
        for page in pages.values():
            self._place(page, before)
        days = sorted({day, *(max(page.refreshed, look.since) for page in pages.values())})
        self._files = _revisions(pages.values(), [chrome_of(shown, None) for shown in days])
        self.missing = self._html(404, "", PLAIN, look.skin.missing(chrome_of(day, None)), day)

    def at(self, target: str) -> Resource:
        """What stands at the target, which may have a query; the 404 page where nothing does."""
        target = target if target in self._render or target in self._files else target.partition("?")[0]
        found = self._kept.get(target)
        if found is None:
            found = self._make(target)
            if found is not self.missing:
                self._kept[target] = found
        return found

    def emptied(self, target: str) -> Resource:
        """The home page or a list in full chrome but without its items; the 404 page elsewhere."""
        draw = self._emptied.get(target)
        return draw() if draw else self.missing

    def is_file(self, target: str) -> bool:
        """Whether a file stands there: an image, an attachment, robots.txt, a style or script."""
        return target in self._files or target in _TEXTS

    def _make(self, target: str) -> Resource:
        if target in self._render:
            return self._render[target]()
        if target in _TEXTS:
            kind, text = _TEXTS[target]
            return self._resource(200, target, kind, CutPage((text.encode(),)), 0)
        if target in self._files:
            kind, body = _file(target, self._files[target])
            etag = f'"{sha256(body).hexdigest()[:16]}"'  # the same as long as the bytes are
            headers = (("Date", self._date()), ("Content-Type", kind), ("ETag", etag))
            return Resource(200, CutPage((body,)), headers, etag)
        return self.missing

    def _list_sections(self) -> None:
        listed = [p for p in self._pages.values() if p.standing is Standing.LIVE and p.listed]
        skin = self._look.skin
        fronts = []
        for section in SECTIONS:
            charset = draw_charset(self._look.seed, section.code, section.language)
            around = self._chrome_of(self._day, section)
            pages = list_pages(section, listed, self._look.seed, self._day)
            fronts.append(pages[0])
            for number, page in enumerate(pages, start=1):
                path = list_path(section, number)
                draw = partial(skin.listing, around, page)
                self._render[path] = partial(self._drawn, path, charset, draw, self._day)
                draw = partial(skin.listing, around, ListPage(section))
                self._emptied[path] = partial(self._drawn, path, charset, draw, self._day)
        for made, shown in (self._render, fronts), (self._emptied, [ListPage(s) for s in SECTIONS]):
            home = partial(skin.home, self._chrome_of(self._day, None), tuple(shown))
            made["/"] = partial(self._drawn, "/", PLAIN, home, self._day)

    def _place(self, page: TruePage, before: Day | None) -> None:
        """Put the page at its addresses, or what answers there now, and redirects at its former ones."""
        same = (
            before is not None and before._look == self._look and before._pages.get(page.article.key) is page
        )
        for number in range(1, len(page.article.breaks) + 2):
            target = page_path(page.article.path, number)
            for former in page.former:
                self._render[page_path(former, number)] = partial(self._redirect, 301, target)
            if page.standing is not Standing.LIVE:
                self._render[target] = partial(self._gone, page.standing, target)
                continue
            self._render[target] = partial(self._article, page, number - 1, target)
            if same and before and target in before._kept:
                self._kept[target] = before._kept[target]

    def _article(self, page: TruePage, index: int, path: str) -> Resource:
        section = BY_CODE[page.article.section]
        charset = draw_charset(self._look.seed, section.code, section.language)
        refreshed = max(page.refreshed, self._look.since)
        shown: ArticlePage = article_pages(page, self._look.seed)[index]
        html = self._look.skin.article(self._chrome_of(refreshed, section), shown)
        return self._html(200, path, charset, html, refreshed)

    def _gone(self, standing: Standing, path: str) -> Resource:
        missing = self.missing
        match standing:
            case Standing.GONE:
                return Resource(410, missing.page, missing.headers)
            case Standing.SOFT_404:
                return Resource(200, missing.page, missing.headers)
            case Standing.HOME:
                return self._redirect(302, "/")
            case Standing.STUB:
                return self._html(200, path, PLAIN, _STUB, self._day)
            case Standing.EMPTY:
                return self._resource(200, path, PLAIN.content_type, CutPage((b"",)), self._day)
            case Standing.BROKEN:
                return self._resource(200, path, PLAIN.content_type, CutPage((b"\r\n\r\n",)), self._day)
            case _:
                return missing

    def _redirect(self, status: int, path: str) -> Resource:
        return Resource(status, CutPage((b"",)), (("Date", self._date()),), location=path)

    def _drawn(self, path: str, charset: Charset, draw: Callable[[], str], day: int) -> Resource:
        return self._html(200, path, charset, draw(), day)

    def _html(self, status: int, path: str, charset: Charset, html: str, day: int) -> Resource:
        page = cut(html.replace(DECLARATION, charset.declaration), charset.codec)
        return self._resource(status, path, charset.content_type, page, day)

    def _resource(self, status: int, path: str, kind: str, page: CutPage, day: int) -> Resource:
        """day: when it was published, which its validators tell."""
        headers = (("Date", self._date()), ("Content-Type", kind))
        if status != 200:
            return Resource(status, page, headers)
        look = self._look
        digest = sha256(f"{look.seed}:{look.skin.name}:{day}:{path}".encode()).digest()
        etag = f'W/"{digest[:8].hex()}"'  # weak, as the noise changes the bytes
        published = datetime.combine(look.start + timedelta(days=day), time(), UTC)
        modified = published + timedelta(seconds=int.from_bytes(digest[8:10], "big") % 3600)
        validators = (("ETag", etag), ("Last-Modified", http_date(modified)))
        return Resource(status, page, headers + validators, etag, modified)

    def _date(self) -> str:
        midnight = datetime.combine(self._look.start + timedelta(days=self._day), time(), UTC)
        return http_date(midnight + timedelta(hours=1))


def http_date(moment: datetime) -> str:
    """The moment as HTTP writes it (RFC 9110, 5.6.7)."""
    return format_datetime(moment, usegmt=True)


def _revisions(pages: Iterable[TruePage], chromes: Iterable[Chrome]) -> Mapping[str, int]:
    """All files that pages and what surrounds them use, with how often their bytes have changed."""
    found = dict.fromkeys(["/img/logo.jpg", "/img/blank.gif", "/img/file.gif"], 0)
    found |= dict.fromkeys((teaser.image for around in chromes for teaser in around.teasers), 0)
    for page in pages:
        found |= {figure.image: figure.revision for figure in page.article.figures}
        found |= {file.path: file.revision for file in page.article.attachments}
    return found


def _file(target: str, revision: int) -> tuple[str, bytes]:
    """The media type and bytes of a file; a handler's address, which has no suffix of its own, is a PDF's."""
    suffix = target.rpartition(".")[2]
    if suffix in {"jpg", "gif"}:
        return "image/jpeg", jpeg(target, revision)
    if suffix in _OFFICE:
        return f"application/vnd.openxmlformats-officedocument.{_OFFICE[suffix]}", office(target, revision)
    return "application/pdf", pdf(target, revision)


_STUB = f'<html><head><meta http-equiv="refresh" content="0; url={mark(Slot.ROOT)}/"></head></html>'
_OFFICE = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet"}


_TEXTS: Mapping[str, tuple[str, str]] = {
    "/robots.txt": ("text/plain; charset=utf-8", "User-agent: *\nAllow: /\n"),
    "/css/main.css": ("text/css; charset=utf-8", "body { font-family: Arial, sans-serif; }\n"),
    "/js/main.js": ("application/javascript; charset=utf-8", "'use strict';\n"),
}
