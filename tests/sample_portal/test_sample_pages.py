"""The pages: they show the truth, hang together, and differ only where noise or a new day says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from random import Random
from urllib.parse import urljoin

import pytest
from lxml import html

from sample_portal.noise import Slot, cut, mark
from sample_portal.pages import PER_PAGE
from sample_portal.site import Response, Site
from sample_portal.skins.subsite import draw_skin
from sample_portal.truth import TrueArticle

SECTIONS = ("latest", "interest", "living")


def get(
    site: Site, day: int, path: str, headers: Mapping[str, str] | None = None, noise: int = 1
) -> Response:
    return site.respond(day, path, headers or {}, Random(noise))


def page(site: Site, day: int, path: str) -> html.HtmlElement:
    response = get(site, day, path)
    assert response.status == 200, path
    return html.document_fromstring(response.body)


def links(element: html.HtmlElement) -> list[str]:
    return [str(href) for href in element.xpath("//a/@href")]


def texts(element: html.HtmlElement) -> list[str]:
    return [p.text_content() for p in element.xpath("//p")]


def visible(body: bytes) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", body.decode()))


@pytest.mark.parametrize("seed", range(6))
def test_a_page_shows_the_whole_article_in_order(seed: int) -> None:
    site = Site(seed=seed, days=6)
    for day in range(6):
        for article in site.articles_on(day):
            shown = page(site, day, article.path)
            assert [
                e.text_content()
                for e in shown.xpath("//h1 | //h2 | //div")
                if e.text_content() == article.title
            ]
            body = [t for t in texts(shown) if t and not t.startswith(("Copyright", "Updated: "))]
            assert body == expected_body(article)
            assert f"Updated: {article.updated}" in shown.text_content()
            images = [str(src) for src in shown.xpath("//p/img/@src")]
            assert images == [figure.image for figure in article.figures]
            files = [href for href in links(shown) if href.endswith(".pdf")]
            assert files == [file.path for file in article.attachments]
            line = f"Source: {article.source}" if article.source else f"By {article.byline}"
            assert (line in shown.text_content()) == bool(article.source or article.byline)


def expected_body(article: TrueArticle) -> list[str]:
    lines = []
    for index, paragraph in enumerate((*article.paragraphs, "")):
        last = index == len(article.paragraphs)
        lines += [f.line for f in article.figures if f.position == index or (last and f.position > index)]
        lines.append(paragraph)
    return [line for line in lines if line]


def test_every_article_is_reachable_by_following_pagers() -> None:
    for articles in (3, 40, 250):
        site = Site(seed=7, articles=articles, days=3)
        for day in range(3):
            found: list[str] = []
            for section in SECTIONS:
                path, seen = f"/{section}.html", set[str]()
                while path and path not in seen:
                    seen.add(path)
                    shown = page(site, day, path)
                    items = [str(h) for h in shown.xpath("//h3/a/@href")]
                    assert len(items) <= PER_PAGE
                    found += items
                    following = [str(h) for h in shown.xpath("//a[text()='>']/@href")]
                    path = following[0] if following else ""
            assert sorted(found) == sorted(a.path for a in site.articles_on(day))


def test_lists_put_the_date_first_and_their_leads_out_of_order() -> None:
    site = Site(seed=1, articles=120)
    orders = []
    for section in SECTIONS:
        shown = page(site, 0, f"/{section}.html")
        dates = [str(d) for d in shown.xpath("//div[h3]/span/text()")]
        assert len(dates) == PER_PAGE
        orders.append(dates)
        assert dates[3:] == sorted(dates[3:], reverse=True)
        pager = [e.text_content() for e in shown.xpath("//*[text()='>']/parent::div/*")]
        assert pager == ["1", "2", "3", "4", ">"] or pager == ["1", "2", "3", "...", pager[-2], ">"]
    assert any(dates != sorted(dates, reverse=True) for dates in orders)
    summaries = [
        len(page(site, 0, f"/{section}.html").xpath("//h3/following-sibling::p")) for section in SECTIONS
    ]
    assert sorted(summaries) == [0, 0, PER_PAGE]


def test_lists_shift_at_a_publication() -> None:
    site = Site(seed=1, articles=60, days=2)
    shifted = [get(site, 0, f"/{s}_2.html").body != get(site, 1, f"/{s}_2.html").body for s in SECTIONS]
    assert any(shifted)


def test_removed_and_unknown_addresses_answer_404_with_full_chrome() -> None:
    site = Site(seed=1, days=8)
    removed = next(c for c in site.truth() if c.kinds == ("removed",))
    restored = next(c for c in site.truth() if c.kinds == ("restored",))
    assert get(site, removed.day - 1, removed.path).status == 200
    unknown = (
        "/nothing.html",
        "/latest_1.html",
        "/latest_99.html",
        "/2026-01/01/c_1.htm",
        "/att/20260101/1.jpg",
    )
    for path in (removed.path, *unknown):
        response = get(site, removed.day, path)
        assert response.status == 404
        assert "Copyright ©" in visible(response.body)
        assert "Piquing Interest" in visible(response.body)
        assert removed.path not in links(html.document_fromstring(response.body))
    assert get(site, restored.day - 1, restored.path).status == 404
    assert get(site, restored.day, restored.path).status == 200


def test_no_page_links_to_a_page_that_is_gone() -> None:
    site = Site(seed=2, days=6)
    for day in range(6):
        for path in ["/", *(f"/{s}.html" for s in SECTIONS), *(a.path for a in site.articles_on(day))]:
            shown = page(site, day, path)
            addresses = links(shown) + [
                str(src) for src in shown.xpath("//img/@src | //script/@src | //link/@href")
            ]
            for href in {urljoin(path, address) for address in addresses}:
                assert href.startswith("https://focus.example/") or get(site, day, href).status == 200, href


def test_files_are_what_their_names_say() -> None:
    site = Site(seed=1, days=8)
    article = next(a for a in site.articles_on(0) if a.figures)
    image = get(site, 0, article.figures[0].image)
    assert (image.body[:2], image.body[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    assert ("Content-Type", "image/jpeg") in image.headers
    file = next(f for a in site.articles_on(0) for f in a.attachments)
    document = get(site, 0, file.path)
    assert document.body.startswith(b"%PDF-1.4")
    start = int(document.body.split(b"startxref\n")[1].split()[0])
    assert document.body[start:].startswith(b"xref")
    swapped = next(c for c in site.truth() if c.kinds == ("image",))
    before, after = re.findall(r"/att/\S+", swapped.detail)
    assert get(site, swapped.day, before).body != get(site, swapped.day, after).body


def test_robots_allow_all() -> None:
    response = get(Site(), 0, "/robots.txt")
    assert (response.status, response.body) == (200, b"User-agent: *\nAllow: /\n")


def test_each_request_brings_noise_and_the_same_article() -> None:
    site = Site(seed=3)
    for article in site.articles_on(0)[:5]:
        one, other = get(site, 0, article.path, noise=1), get(site, 0, article.path, noise=2)
        assert one.body != other.body
        assert one.headers == other.headers
        assert texts(html.document_fromstring(one.body)) == texts(html.document_fromstring(other.body))
        assert one == get(site, 0, article.path, noise=1), "seeded noise repeats"


def test_furniture_moves_every_day_even_when_nothing_happens() -> None:
    site = Site(seed=1, days=7)
    for day in (3, 6):
        assert site.articles_on(day) == site.articles_on(day - 1)
        path = site.articles_on(day)[0].path
        before, after = get(site, day - 1, path), get(site, day, path)
        assert visible(before.body) != visible(after.body)
        assert links(html.document_fromstring(before.body)) != links(html.document_fromstring(after.body))
        assert dict(before.headers)["ETag"] != dict(after.headers)["ETag"]
        assert dict(before.headers)["Last-Modified"] != dict(after.headers)["Last-Modified"]


def test_conditional_requests_hold_within_a_day() -> None:
    site = Site(seed=1, days=2)
    path = site.articles_on(0)[0].path
    for target in (path, "/latest.html", "/robots.txt"):
        validators = dict(get(site, 0, target).headers)
        by_tag = {"If-None-Match": f'"x", {validators["ETag"]}'}
        by_date = {"if-modified-since": validators["Last-Modified"]}
        for headers in (by_tag, by_date):
            same_day = get(site, 0, target, headers)
            assert (same_day.status, same_day.body) == (304, b"")
            assert dict(same_day.headers)["ETag"] == validators["ETag"]
            assert get(site, 1, target, headers).status == 200
        assert get(site, 0, target, by_date | {"If-None-Match": '"other"'}).status == 200
        assert get(site, 0, target, {"If-Modified-Since": "not a date"}).status == 200
    gone = next(c for c in site.truth() if c.kinds == ("removed",))
    assert get(site, gone.day, gone.path, {"If-None-Match": "*"}).status == 404


def test_class_names_and_nesting_are_drawn_from_the_seed() -> None:
    names = []
    shapes = set()
    for seed in range(20):
        site = Site(seed=seed)
        article = next(a for a in site.articles_on(0) if a.figures)
        body = get(site, 0, article.path).body.decode()
        names.append(set(re.findall(r'(?:class|id)="([^"]+)"', body)))
        assert not re.search(r"[aeiou]", "".join(names[-1]))
        skin = draw_skin(seed)
        shapes.add((skin.title_tag, skin.date_tag, skin.sidebars_first))
        story = html.document_fromstring(body)
        assert not story.xpath("//article | //main | //aside | //time | //figure")
        assert not story.xpath("//p[img][@class or @id]")
    assert len(shapes) > 8
    assert all(len(a & b) <= 1 for i, a in enumerate(names) for b in names[:i])


def test_cutting_and_filling_a_page() -> None:
    page = cut(f"a{mark(Slot.TOKEN)}b{mark(Slot.VIEWS)}é")
    assert page.slots == (Slot.TOKEN, Slot.VIEWS)
    assert re.fullmatch(r"a[0-9a-f]{16}b\d+é", page.fill(Random(1)).decode())
    assert cut("plain").fill(Random(1)) == b"plain"
