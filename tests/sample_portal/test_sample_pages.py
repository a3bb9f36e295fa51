"""The answers: addresses, hosts, files, validators, encodings, and what stands in place of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from urllib.parse import urljoin

import pytest
from lxml import html

from sample_portal.charsets import EUC, GB, LATE, LATIN, PLAIN, SILENT, draw_charset
from sample_portal.hosts import Host, Hosts
from sample_portal.noise import Asked, Slot, cut, mark
from sample_portal.pages import PER_PAGE, page_path
from sample_portal.response import Response
from sample_portal.sections import BY_CODE, SECTIONS, ListForm, list_path
from sample_portal.site import Site
from sample_portal.truth import Standing

HOSTS = Hosts("http://127.0.0.1:1/", "http://127.0.0.1:2/lanhai/en/", "http://127.0.0.1:3/lanhai/en/")


def get(
    site: Site,
    day: int,
    path: str,
    headers: Mapping[str, str] | None = None,
    noise: int = 1,
    host: Host = Host.MAIN,
) -> Response:
    return site.respond(day, path, headers or {}, Random(noise), host, HOSTS)


def page(site: Site, day: int, path: str) -> html.HtmlElement:
    """The page, decoded as it is encoded and not as it says."""
    response = get(site, day, path)
    assert response.status == 200, path
    return parsed(site, path, response.body)


def parsed(site: Site, path: str, body: bytes) -> html.HtmlElement:
    key = site.key_at(path)
    code = site.pages_on(0)[key].article.section if key else re.split(r"[_.]", path.strip("/"))[0]
    section = BY_CODE.get(code)
    codec = draw_charset(site.seed, section.code, section.language).codec if section else "utf-8"
    return html.document_fromstring(body.decode(codec))


def links(element: html.HtmlElement) -> list[str]:
    return [str(href) for href in element.xpath("//a/@href")]


def test_every_listed_article_is_reachable_by_following_pagers() -> None:
    for articles in (6, 40, 250):
        site = Site(seed=7, articles=articles, days=3)
        for day in range(3):
            found: set[str] = set()
            for section in SECTIONS:
                path, seen = list_path(section, 1), set[str]()
                while path and path not in seen:
                    seen.add(path)
                    shown = page(site, day, path)
                    found |= {href for href in links(shown) if "/c_" in href}
                    following = [str(h) for h in shown.xpath("//a[text()='>']/@href")]
                    path = following[0] if following else ""
            assert found >= {a.path for a in site.articles_on(day)}


def test_lists_put_the_date_first_and_their_leads_out_of_order() -> None:
    orders = []
    for seed in range(4):
        shown = page(Site(seed=seed, articles=200), 0, "/latest.html")
        titles = [str(h) for h in shown.xpath("//h3/a/@href")]
        assert len(titles) == PER_PAGE
        days = [re.findall(r"\d+", title)[:3] for title in titles]
        assert days[3:] == sorted(days[3:], reverse=True)
        orders.append(days)
        pager = [e.text_content() for e in shown.xpath("//*[text()='>']/parent::div/*")]
        assert pager == ["1", "2", "3", "4", ">"] or pager == ["1", "2", "3", "...", pager[-2], ">"]
    assert any(days != sorted(days, reverse=True) for days in orders)


def test_sections_show_titles_or_summaries_or_a_carousel() -> None:
    site = Site(seed=1, articles=120)
    assert {section.form for section in SECTIONS} == set(ListForm)
    for section in SECTIONS:
        shown = page(site, 0, list_path(section, 1))
        own = {a.path: a for a in site.articles_on(0) if a.section == section.code}
        texts = [(str(a.get("href")), a.text_content()) for a in shown.xpath("//a[@href]")]
        listed = [(own[href], text) for href, text in texts if href in own]
        titled = sum(text == article.title for article, text in listed)
        if section.form is ListForm.SUMMARIES:
            assert sum(text.endswith("...") for _, text in listed) >= PER_PAGE
            assert not any(a.published in shown.text_content() for a in own.values())
        else:
            assert titled >= PER_PAGE
        doubled = [a.key for a, _ in listed if [b.key for b, _ in listed].count(a.key) > 1]
        assert section.form is not ListForm.CAROUSEL or doubled, "a carousel clones its ends"


def test_lists_shift_at_a_publication() -> None:
    site = Site(seed=1, articles=400, days=2)
    news = [next(a for a in site.articles_on(1) if a.key == c.key) for c in site.truth() if "new" in c.kinds]
    for section in {a.section for a in news}:
        form = next(s for s in SECTIONS if s.code == section)
        before, after = (links(page(site, day, list_path(form, 2))) for day in (0, 1))
        assert before != after


def test_what_stands_where_a_page_was_taken_down() -> None:
    site = Site(seed=1, articles=400, days=9, everything=True)
    seen = set()
    for day in range(1, 9):
        for taken in site.pages_on(day).values():
            answer = get(site, day, taken.article.path)
            seen.add(taken.standing)
            match taken.standing:
                case Standing.LIVE:
                    continue
                case Standing.NOT_FOUND | Standing.GONE:
                    assert answer.status == (404 if taken.standing is Standing.NOT_FOUND else 410)
                    assert b"Page not found" in answer.body
                case Standing.SOFT_404:
                    assert answer.status == 200
                    assert b"Page not found" in answer.body
                    assert "Copyright ©".encode() in answer.body
                case Standing.HOME:
                    assert (answer.status, dict(answer.headers)["Location"]) == (302, "/")
                case Standing.STUB:
                    assert re.search(rb'http-equiv="refresh" content="0; url=/"', answer.body)
                case Standing.EMPTY | Standing.BROKEN:
                    assert answer.status == 200
                    assert len(answer.body) == (0 if taken.standing is Standing.EMPTY else 4)
    assert seen == set(Standing)


def test_a_moved_page_is_redirected_for_good_from_every_address_it_had() -> None:
    site = Site(seed=1, articles=400, days=9, everything=True)
    moved = [p for p in site.pages_on(8).values() if p.former]
    assert moved
    assert any("/content/post_" in p.article.path for p in moved)
    for one in moved:
        for former in one.former:
            answer = get(site, 8, former)
            assert (answer.status, dict(answer.headers)["Location"]) == (301, one.article.path)


def test_one_content_at_three_addresses_and_an_older_tree() -> None:
    site = Site(seed=1, articles=30)
    articles = site.articles_on(0)
    for article in articles:
        main = get(site, 0, article.path).body
        for host in (Host.MIRROR, Host.REGIONAL):
            other = get(site, 0, f"/lanhai/en{article.path}", host=host)
            assert other.status == 200
            assert other.body.replace(b'"/lanhai/en/', b'"/') == main
            assert get(site, 0, article.path, host=host).status == 404
    old = [get(site, 0, f"/lanhai{a.path}", host=Host.MIRROR).status for a in articles]
    assert old == [200] * 10 + [404] * 20
    assert get(site, 0, f"/lanhai{articles[0].path}", host=Host.REGIONAL).status == 404


def test_links_stay_on_the_host_that_was_asked_but_for_aliases() -> None:
    site = Site(seed=1, articles=200, days=6, everything=True)
    aliased = {p.article.path for p in site.pages_on(5).values() if p.alias and p.listed}
    assert aliased
    found: set[str] = set()
    for section in SECTIONS:
        number = 1
        while (answer := get(site, 5, list_path(section, number))).status == 200:
            hrefs = links(parsed(site, list_path(section, number), answer.body))
            found |= {href for href in hrefs if href.startswith(HOSTS.mirror)}
            number += 1
    live = {p.article.path for p in site.pages_on(5).values() if p.standing is Standing.LIVE}
    assert found == {HOSTS.mirror.rstrip("/") + path for path in aliased & live}


def test_an_article_of_several_pages_links_them_all() -> None:
    site = Site(seed=1, articles=200)
    article = next(a for a in site.articles_on(0) if a.breaks)
    count = len(article.breaks) + 1
    texts = []
    for number in range(1, count + 1):
        shown = page(site, 0, page_path(article.path, number))
        texts.append(shown.text_content())
        others = {page_path(article.path, n) for n in range(1, count + 1)} - {page_path(article.path, number)}
        assert others <= set(links(shown))
    assert get(site, 0, page_path(article.path, count + 1)).status == 404
    for index, block in enumerate(article.blocks):
        on = sum(index >= at for at in article.breaks)
        assert block.kind == "row" or block.text in texts[on]


def test_encodings_are_what_they_are_and_not_what_they_say() -> None:
    seen = set()
    for seed in range(6):
        site = Site(seed=seed, articles=60)
        for article in site.articles_on(0):
            charset = draw_charset(seed, article.section, article.language)
            seen.add(charset)
            answer = get(site, 0, article.path)
            text = answer.body.decode(charset.codec)
            assert (html.document_fromstring(text).findtext(".//title") or "").startswith(article.title)
            assert dict(answer.headers)["Content-Type"] == charset.content_type
            declared = re.search(rb"charset=([\w-]+)", answer.body)
            assert (declared[1].decode() if declared else None) == charset.declared
            assert not (charset.late and declared) or answer.body.index(b"charset=") > 1024
    assert seen == {PLAIN, SILENT, LATE, LATIN, GB, EUC}


def test_files_are_what_their_names_say() -> None:
    site = Site(seed=1, articles=200, days=8, everything=True)
    article = next(a for a in site.articles_on(0) if a.figures)
    image = get(site, 0, article.figures[0].image)
    assert (image.body[:2], image.body[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    assert ("Content-Type", "image/jpeg") in image.headers
    starts = {"docx": b"PK", "xlsx": b"PK"}
    for file in (f for a in site.articles_on(0) for f in a.attachments):
        document = get(site, 0, file.path)
        assert document.status == 200, file.path
        assert document.body.startswith(starts.get(file.path.rpartition(".")[2], b"%PDF-1.4"))
    document = get(site, 0, next(f.path for a in site.articles_on(0) for f in a.attachments if f.inline))
    start = int(document.body.split(b"startxref\n")[1].split()[0])
    assert document.body[start:].startswith(b"xref")
    for event in ("image_bytes", "attachment_bytes"):
        swapped = next(c for c in site.truth() if c.event == event)
        path = swapped.detail.rsplit(" ", 1)[-1]
        assert get(site, swapped.day - 1, path).body != get(site, swapped.day, path).body
        before, after = (get(site, day, swapped.path).body for day in (swapped.day - 1, swapped.day))
        assert path.encode() in before
        assert path.encode() in after


def test_robots_allow_all() -> None:
    response = get(Site(), 0, "/robots.txt")
    assert (response.status, response.body) == (200, b"User-agent: *\nAllow: /\n")


def test_addresses_that_lead_nowhere_answer_404_with_full_chrome() -> None:
    site = Site(seed=1)
    for path in ("/nothing.html", "/latest_1.html", "/latest_99.html", "/2026-01/01/c_1.htm", "/att/1.jpg"):
        response = get(site, 0, path)
        assert response.status == 404
        assert "Copyright ©".encode() in response.body
        assert b"Piquing Interest" in response.body


def test_no_list_links_to_a_page_that_is_gone() -> None:
    site = Site(seed=2, days=6, articles=80, everything=True)
    for day in range(6):
        for section in SECTIONS:
            path = list_path(section, 1)
            shown = page(site, day, path)
            addresses = links(shown) + [str(src) for src in shown.xpath("//img/@src | //script/@src")]
            for href in {urljoin(path, a) for a in addresses if not a.startswith("http")}:
                assert get(site, day, href).status == 200, href


def test_each_request_brings_noise_and_seeded_noise_repeats() -> None:
    site = Site(seed=3)
    for article in site.articles_on(0)[:5]:
        one, other = get(site, 0, article.path, noise=1), get(site, 0, article.path, noise=2)
        assert one.body != other.body
        assert one.headers == other.headers
        assert one == get(site, 0, article.path, noise=1)


def test_a_page_stays_as_it_is_until_it_is_published_anew() -> None:
    site = Site(seed=1, articles=200, days=8)
    shares = []
    for day in range(1, 8):
        before, now = site.pages_on(day - 1), site.pages_on(day)
        same = [key for key in before if now[key] is before[key]]
        shares.append(1 - len(same) / len(before))
        for key in [key for key in same if now[key].standing is Standing.LIVE][:10]:
            path = now[key].article.path
            known = dict(get(site, day - 1, path).headers)["ETag"]
            assert get(site, day, path, {"If-None-Match": known}).status == 304
            assert get(site, day - 1, path).body == get(site, day, path).body
    assert max(shares) == 1.0
    assert min(shares) < 0.1


def test_furniture_moves_with_new_validators_though_nothing_happens() -> None:
    site = Site(seed=1, articles=400, days=7)
    for day in (3, 6):
        assert site.articles_on(day) == site.articles_on(day - 1)
        now = site.pages_on(day)
        fresh = [p.article.path for p in now.values() if p.refreshed == day and p.standing is Standing.LIVE]
        path = fresh[0]
        before, after = get(site, day - 1, path), get(site, day, path)
        assert links(parsed(site, path, before.body)) != links(parsed(site, path, after.body))
        assert dict(before.headers)["ETag"] != dict(after.headers)["ETag"]
        assert dict(before.headers)["Last-Modified"] != dict(after.headers)["Last-Modified"]


@pytest.mark.parametrize("target", ["", "/latest.html", "/robots.txt"])
def test_conditional_requests(target: str) -> None:
    site = Site(seed=1, days=2)
    target = target or site.articles_on(0)[0].path
    validators = dict(get(site, 0, target).headers)
    by_tag = {"If-None-Match": f'"x", {validators["ETag"]}'}
    by_date = {"if-modified-since": validators["Last-Modified"]}
    for headers in (by_tag, by_date):
        same_day = get(site, 0, target, headers)
        assert (same_day.status, same_day.body) == (304, b"")
        assert dict(same_day.headers)["ETag"] == validators["ETag"]
    assert get(site, 0, target, by_date | {"If-None-Match": '"other"'}).status == 200
    assert get(site, 0, target, {"If-Modified-Since": "not a date"}).status == 200
    gone = next(c for c in site.truth() if c.kinds == ("removed",))
    assert get(site, gone.day, gone.path, {"If-None-Match": "*"}).status == 404


def test_a_redesign_gives_every_page_another_skin_and_validator() -> None:
    site = Site(seed=1, days=4, furniture_days=False, redesign=(2, "semantic"))
    for article in site.articles_on(0)[:10]:
        if article in site.articles_on(2):
            before, after = (get(site, day, article.path) for day in (1, 2))
            assert before.body != after.body
            assert dict(before.headers)["ETag"] != dict(after.headers)["ETag"]
    assert [site.skin_on(day).name for day in range(4)] == ["subsite", "subsite", "semantic", "semantic"]


def test_cutting_and_filling_a_page() -> None:
    cut_page = cut(f"a{mark(Slot.TOKEN)}b{mark(Slot.VIEWS)}é{mark(Slot.CHOICE, 'x', 'y')}")
    assert [place.slot for place in cut_page.cuts] == [Slot.TOKEN, Slot.VIEWS, Slot.CHOICE]
    filled = {cut_page.fill(Random(n), Asked()).decode() for n in range(20)}
    assert all(re.fullmatch(r"a[0-9a-f]{16}b\d+é[xy]", text) for text in filled)
    assert {text[-1] for text in filled} == {"x", "y"}
    assert cut("plain").fill(Random(1), Asked()) == b"plain"
    assert cut(f"{mark(Slot.ROOT)}/中", "cp1252").fill(Random(1), Asked(root=b"/r")) == b"/r/&#20013;"
