"""Each claim of the truth can be seen on the served pages, and nothing else of an article differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from sample_portal.charsets import PLAIN, draw_charset
from sample_portal.hosts import Hosts
from sample_portal.languages import LANGUAGES
from sample_portal.outages import Outage
from sample_portal.pages import page_path
from sample_portal.response import Response
from sample_portal.script import is_furniture_only
from sample_portal.sections import BY_CODE, SECTIONS, list_path
from sample_portal.site import Site
from sample_portal.skins import SKINS
from sample_portal.skins.drawing import Drawing
from sample_portal.truth import BlockKind, Standing, TrueArticle, TrueChange

DAYS = 6
MIRROR = "http://mirror.example/lanhai/en"
HOSTS = Hosts("http://main.example/", f"{MIRROR}/", "http://regional.example/lanhai/en/")
FLOWING = {"a", "abbr", "b", "big", "em", "font", "i", "img", "small", "span", "strong", "sup", "time"}
UNSEEN = {"script", "style", "noscript"}
NOTHING = {0x200B: None, 0xFEFF: None}

every_skin = pytest.mark.parametrize("skin", SKINS)


@cache
def site_of(skin: str) -> Site:
    """One site for each skin, each from a seed of its own."""
    return Site(seed=SKINS.index(skin) + 1, articles=80, days=DAYS, skin=skin, everything=True)


@dataclass(frozen=True, slots=True)
class Look:
    """What the story of an article gives to the eye, all its pages together, boxes apart that lead elsewhere.

    lines: as a browser breaks them, without blanks. text: with them. files: the addresses of its images and
    attachments. markup: as served.
    """

    lines: tuple[str, ...]
    text: str
    files: Counter[str]
    markup: str


def get(site: Site, day: int, path: str) -> Response:
    return site.respond(day, path, {}, Random(1), hosts=HOSTS)


def parsed(site: Site, day: int, path: str, codec: str) -> html.HtmlElement:
    response = get(site, day, path)
    assert response.status == 200, (day, path)
    text = response.body.decode(codec)
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def codec_of(site: Site, section: str) -> str:
    return draw_charset(site.seed, section, BY_CODE[section].language).codec


def squeezed(text: str) -> str:
    return "".join(text.split())


def links(root: html.HtmlElement, path: str) -> Iterator[tuple[html.HtmlElement, str]]:
    """Every link and image below it with where it leads within the portal."""
    base = urljoin(path, "".join(map(str, root.xpath("//base/@href")[:1])))
    for element in root.iter("a", "img"):
        for name in ("href", "src", "data-src", "data-original", "data-lazy-src"):
            found = urlsplit(urljoin(base, element.get(name) or "#"))
            if found.scheme in ("", "http", "https"):
                place = found.path + (f"?{found.query}" if found.query else "")
                yield element, place.removeprefix("/lanhai/en")


@cache
def look(skin: str, day: int, key: str) -> Look:
    """What is seen of that article on that day; it must be live."""
    site = site_of(skin)
    article = site.pages_on(day)[key].article
    lines: list[str] = []
    labels = LANGUAGES[article.language].labels
    boxes = {"Advertisement", *(squeezed(labels.related + end) for end in ("", labels.colon, ":"))}
    text, markup, files = "", "", Counter[str]()
    for number in range(1, len(article.breaks) + 2):
        path = page_path(article.path, number)
        document = parsed(site, day, path, codec_of(site, article.section))
        (story,) = document.cssselect(site.skin_on(day).selector)
        for element, place in list(links(story, path)):
            if site.key_at(place) not in (None, key):  # a link to another article is no part of this one
                element.drop_tree()
            elif element.get("href") != "#" and re.search(
                "/att/|/getmedia/|DocumentCenter|fileId|ashx", place
            ):
                files[place] += 1
        markup += html.tostring(story, encoding="unicode")
        text += str(story.text_content())
        lines += [line for line in broken(story) if line not in boxes]
    return Look(tuple(lines), text, files, markup)


def broken(story: html.HtmlElement) -> Iterator[str]:
    """The lines of an element, without blanks and without the minutes that reading it takes."""
    line = ""
    for text in texts(story):
        line += text or ""
        if text is None:
            whole = squeezed(re.sub(r"\d+ min\s*$", "", line))
            if whole.translate(NOTHING):
                yield whole
            line = ""


def texts(element: html.HtmlElement) -> Iterator[str | None]:
    """Its texts in order, and None where a line ends."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    flows = element.tag in FLOWING and "display: block" not in (element.get("style") or "")
    if not flows:
        yield None
    yield element.text or ""
    for child in element:
        yield from texts(child)
        yield child.tail or ""
    if not flows:
        yield None


@cache
def leads(skin: str, day: int) -> Mapping[str, frozenset[str]]:
    """Where the home page and all list pages lead, sidebars included: the addresses by article."""
    site = site_of(skin)
    found: dict[str, set[str]] = {}
    pages = [("/", PLAIN.codec)]
    for section in SECTIONS:
        number = 1
        while get(site, day, list_path(section, number)).status == 200:
            pages.append((list_path(section, number), codec_of(site, section.code)))
            number += 1
    for path, codec in pages:
        document = parsed(site, day, path, codec)
        for element, place in links(document, path):
            key = site.key_at(place) if element.tag == "a" else None
            if key:
                found.setdefault(key, set()).add(urljoin(path, element.get("href") or ""))
    return {key: frozenset(addresses) for key, addresses in found.items()}


def printed(skin: str, article: TrueArticle) -> str:
    if skin == "subsite":
        return article.updated
    return squeezed(Drawing(skin, site_of(skin).seed).day(article.updated, article.language))


def claims(skin: str, article: TrueArticle) -> Counter[str]:
    """What the truth says that a reader sees, piece by piece, without blanks."""
    cells = [c for b in article.blocks for c in (b.cells if b.kind is BlockKind.ROW else (b.text,))]
    lines = [figure.line for figure in article.figures if figure.line]
    return Counter([printed(skin, article), *map(squeezed, (article.title, *cells, *lines))])


def assert_shown(skin: str, day: int, key: str) -> None:
    lines = look(skin, day, key).lines
    for claim in claims(skin, site_of(skin).pages_on(day)[key].article):
        assert any(claim in line for line in lines), claim


def assert_differs_as_claimed(skin: str, change: TrueChange) -> None:
    """Each line that went or came holds a claim that went or came, and each such claim stands in one."""
    pages = [site_of(skin).pages_on(day)[change.key] for day in (change.day - 1, change.day)]
    said = [claims(skin, page.article) for page in pages]
    seen = [Counter(look(skin, day, change.key).lines) for day in (change.day - 1, change.day)]
    for claimed, lines in (said[0] - said[1], seen[0] - seen[1]), (said[1] - said[0], seen[1] - seen[0]):
        for line in lines:
            assert any(claim in line for claim in claimed), f"not claimed: {line}"
        for claim in claimed:
            assert any(claim in line for line in lines), f"not seen: {claim}"


def around(skin: str, change: TrueChange) -> tuple[Look, Look]:
    """The looks of the day before and of the day, which a conditional request does not hide."""
    site = site_of(skin)
    old = site.pages_on(change.day - 1)[change.key].article.path
    known = {"If-None-Match": dict(get(site, change.day - 1, old).headers)["ETag"]}
    assert site.respond(change.day, change.path, known, Random(1)).status == 200
    return look(skin, change.day - 1, change.key), look(skin, change.day, change.key)


def ordered(skin: str, change: TrueChange, shown: Look) -> list[str]:
    """The claims of the article on the day before, in the order in which that look shows them."""
    claimed = claims(skin, site_of(skin).pages_on(change.day - 1)[change.key].article)
    found = [max((c for c in claimed if c in line), key=len, default="") for line in shown.lines]
    return [claim for claim in found if claim and (len(claim) > 8 or claim in shown.lines)]


def text_edit(skin: str, change: TrueChange) -> None:
    before, after = around(skin, change)
    assert_differs_as_claimed(skin, change)
    assert before.lines != after.lines
    assert before.files == after.files


def same_letters(skin: str, change: TrueChange) -> None:
    before, after = around(skin, change)
    text_edit(skin, change)
    if "redated" not in change.kinds:
        assert Counter("".join(before.lines)) == Counter("".join(after.lines))
    count = {"move_paragraph": 0, "split": 1, "merge": -1}[change.event]
    assert len(after.lines) - len(before.lines) == count


def other_file(skin: str, change: TrueChange) -> None:
    before, after = around(skin, change)
    old, new = change.detail.partition(": ")[2].split(" -> ")
    assert before.lines == after.lines
    assert set(before.files - after.files) == {old}
    assert set(after.files - before.files) == {new}
    for day, path in (change.day - 1, old), (change.day, new):
        assert get(site_of(skin), day, path).status == 200


def other_bytes(skin: str, change: TrueChange) -> None:
    site = site_of(skin)
    path = change.detail.removeprefix("other bytes at ")
    page = dict(get(site, change.day - 1, change.path).headers)
    answer = site.respond(change.day, change.path, {"If-None-Match": page["ETag"]}, Random(1))
    assert answer.status == 304, "the page was not published anew"
    assert path in look(skin, change.day, change.key).files
    old, new = (get(site, day, path) for day in (change.day - 1, change.day))
    assert (old.status, new.status) == (200, 200)
    assert old.body != new.body
    known = {"If-None-Match": dict(old.headers)["ETag"]}
    assert site.respond(change.day, path, known, Random(1)).status == 200
    if path.endswith(".jpg"):  # the shade stands before the padding and the end
        assert old.body[-4] != new.body[-4]
    pages = site.pages_on(change.day)
    users = [k for k, p in pages.items() if path in {f.image for f in p.article.figures}]
    users += [k for k, p in pages.items() if path in {f.path for f in p.article.attachments}]
    assert users == [change.key], "no other article's file changes with it"


def cosmetic(skin: str, change: TrueChange) -> None:
    before, after = around(skin, change)
    assert before.files == after.files
    shapes = str.maketrans({"“": '"', "”": '"', "’": "'", "\u200b": None})
    assert [s.translate(shapes) for s in before.lines] == [s.translate(shapes) for s in after.lines]
    pages = [site_of(skin).pages_on(day)[change.key].article for day in (change.day - 1, change.day)]
    old, new = (Counter(block.text for block in article.blocks) for article in pages)
    ((lost,), (put,)) = (old - new, new - old)
    assert lost in before.text
    assert put in after.text
    assert put not in before.text
    assert {"quotes": "“", "zero_width": "\u200b", "blanks": "  "}[change.event] in put


def published(skin: str, change: TrueChange) -> None:
    site = site_of(skin)
    assert get(site, change.day - 1, change.path).status == 404
    assert change.key not in leads(skin, change.day - 1)
    assert_shown(skin, change.day, change.key)
    assert change.key in leads(skin, change.day)
    original = site.pages_on(change.day)[change.key].article.copy_of
    if original:
        assert_shown(skin, change.day, original)


def moved(skin: str, change: TrueChange) -> None:
    site = site_of(skin)
    before, after = around(skin, change)
    assert (before.lines, before.files) == (after.lines, after.files)
    old, page = change.detail.split(" -> ")[0], site.pages_on(change.day)[change.key]
    for number in range(1, len(page.article.breaks) + 2):
        answer = get(site, change.day, page_path(old, number))
        assert (answer.status, dict(answer.headers)["Location"]) == (301, page_path(change.path, number))
    found = leads(skin, change.day).get(change.key, frozenset())
    assert bool(found) == page.listed
    assert {address.removeprefix(MIRROR) for address in found} <= {change.path}


def delisted(skin: str, change: TrueChange) -> None:
    assert change.key in leads(skin, change.day - 1)
    before = look(skin, change.day - 1, change.key)
    for day in range(change.day, min(change.due_day, DAYS - 1) + 1):
        assert change.key not in leads(skin, day)
        assert look(skin, day, change.key).lines == before.lines


def removed(skin: str, change: TrueChange) -> None:
    site = site_of(skin)
    assert get(site, change.day - 1, change.path).status == 200
    status = {"not_found": 404, "gone": 410, "home": 302}.get(change.event, 200)
    pages = range(1, len(site.pages_on(change.day)[change.key].article.breaks) + 2)
    for day in range(change.day, min(change.due_day, DAYS - 1) + 1):
        assert change.key not in leads(skin, day)
        for answer in (get(site, day, page_path(change.path, number)) for number in pages):
            assert answer.status == status
            assert dict(answer.headers).get("Location") == ("/" if status == 302 else None)
            missing = get(site, day, "/nothing.html").body
            soft = len(answer.body) == len(missing) > 1000
            assert soft == (change.event in {"not_found", "gone", "soft_404"})
            assert (b'http-equiv="refresh"' in answer.body) == (change.event == "stub")
            assert (answer.body == b"") == (change.event in {"empty", "home"})


def restored(skin: str, change: TrueChange) -> None:
    days = [site_of(skin).pages_on(day).get(change.key) for day in range(change.day)]
    last, page = [(day, page) for day, page in enumerate(days) if page and page.standing is Standing.LIVE][-1]
    assert change.day - last > 2
    before, after = look(skin, last, change.key), look(skin, change.day, change.key)
    assert (before.lines, before.files) == (after.lines, after.files)
    assert (change.key in leads(skin, change.day)) == page.listed


def alias(skin: str, change: TrueChange) -> None:
    site = site_of(skin)
    bodies = [get(site, day, change.path).body for day in (change.day - 1, change.day)]
    assert bodies[0] == bodies[1]
    whole = MIRROR + change.path
    assert whole in leads(skin, change.day)[change.key]
    assert whole not in leads(skin, change.day - 1)[change.key]


def markup(skin: str, change: TrueChange) -> None:
    before, after = around(skin, change)
    assert before.markup != after.markup
    assert before.files == after.files
    assert ordered(skin, change, before) == ordered(skin, change, after)
    assert_shown(skin, change.day, change.key)


def blip(skin: str, change: TrueChange) -> None:
    site = site_of(skin)
    answer = get(site, change.day, change.path)
    assert (answer.status, len(answer.body)) == (200, 4)
    touched = {c.key for c in site.truth() if c.day == change.day + 1}
    if change.day + 1 < DAYS and change.key not in touched:
        before = look(skin, change.day - 1, change.key)
        assert look(skin, change.day + 1, change.key).lines == before.lines


CHECKS: Mapping[str, Callable[[str, TrueChange], None]] = {
    **dict.fromkeys(
        ("number", "words", "insert", "delete", "retitle", "redate", "caption", "credit"), text_edit
    ),
    **dict.fromkeys(("move_paragraph", "split", "merge"), same_letters),
    **dict.fromkeys(("image", "attachment"), other_file),
    **dict.fromkeys(("image_bytes", "attachment_bytes"), other_bytes),
    **dict.fromkeys(("quotes", "zero_width", "blanks"), cosmetic),
    **dict.fromkeys(("publish", "copy"), published),
    **dict.fromkeys(("move", "migrate"), moved),
    **dict.fromkeys(("not_found", "gone", "soft_404", "home", "stub", "empty"), removed),
    "delist": delisted,
    "restore": restored,
    "alias": alias,
    "markup": markup,
    "blip": blip,
}


@every_skin
def test_what_the_truth_claims_is_seen_and_nothing_else(skin: str) -> None:
    changes = site_of(skin).truth()
    for change in changes:
        try:
            CHECKS[change.event](skin, change)
        except AssertionError as found:
            raise AssertionError(
                f"day {change.day}, {change.event} of {change.path}: {change.detail}"
            ) from found


def test_every_event_is_looked_at() -> None:
    assert {change.event for skin in SKINS for change in site_of(skin).truth()} == set(CHECKS)


@pytest.mark.parametrize("outages", [(4, 7, 8), (2, 3), (1, 5)])
def test_nothing_hides_a_change_before_it_is_due(outages: tuple[int, ...]) -> None:
    for seed in range(3):
        days = dict.fromkeys(outages, Outage.FORBIDDEN)
        site = Site(seed=seed, articles=80, days=12, everything=True, outages=days)
        for change in site.truth():
            due = min(change.due_day, site.days - 1)
            states = [site.pages_on(day)[change.key] for day in range(change.day, due + 1)]
            if change.event != "blip":
                assert len({replace(page, refreshed=0) for page in states}) == 1, change


@every_skin
def test_where_nothing_happened_no_story_differs(skin: str) -> None:
    site = site_of(skin)
    for day in (day for day in range(1, DAYS) if is_furniture_only(day)):
        around = [get(site, each, "/latest.html").body for each in (day - 1, day)]
        assert around[0] != around[1]
        for key, page in site.pages_on(day).items():
            if page.standing is not Standing.LIVE:
                continue
            answers = [get(site, each, page.article.path).body for each in (day - 1, day)]
            assert (answers[0] == answers[1]) == (page.refreshed != day)
            if page.refreshed == day and site.pages_on(day - 1)[key].standing is Standing.LIVE:
                before, after = look(skin, day - 1, key), look(skin, day, key)
                assert (before.lines, before.files) == (after.lines, after.files)
                assert_shown(skin, day, key)
                for path in after.files:
                    known = {"If-None-Match": dict(get(site, day - 1, path).headers)["ETag"]}
                    assert site.respond(day, path, known, Random(1)).status == 304
