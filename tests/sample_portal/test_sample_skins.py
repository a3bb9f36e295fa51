"""The contract of every skin: its pages show the truth, complete and in order, and lead everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

import sample_portal.skins
from sample_portal.charsets import PLAIN, draw_charset
from sample_portal.languages import LANGUAGES
from sample_portal.noise import Asked, CutPage, Slot, cut
from sample_portal.pages import ArticlePage, Chrome, PartKind, Variant, article_pages, chrome, page_path
from sample_portal.sections import BY_CODE, SECTIONS, list_path
from sample_portal.site import Site
from sample_portal.skins import SKINS, Skin
from sample_portal.skins.drawing import Drawing
from sample_portal.truth import Standing, TrueArticle, TruePage

FOLDER = Path(sample_portal.skins.__file__).parent
TEMPLATES = ("article.html", "list.html", "home.html", "missing.html")
BUILT = tuple(name for name in SKINS if all((FOLDER / name / file).exists() for file in TEMPLATES))
SEEDS = (1, 2)
DAY = 2
ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")

every_skin = pytest.mark.parametrize("name", BUILT)
every_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def site_of(name: str, seed: int, articles: int = 30) -> Site:
    return Site(seed=seed, articles=articles, days=DAY + 1, skin=name, everything=True)


def parse(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def answer(site: Site, path: str, codec: str = PLAIN.codec, noise: int = 1) -> str:
    response = site.respond(DAY, path, {}, Random(noise))
    assert response.status == 200, path
    return response.body.decode(codec)


def codec_of(seed: int, section: str) -> str:
    return draw_charset(seed, section, BY_CODE[section].language).codec


def squeezed(text: str) -> str:
    """Without any blanks: cells and paragraphs stand apart by markup alone."""
    return "".join(text.split())


def seen(element: html.HtmlElement) -> str:
    """What a reader sees of it, without any blanks."""
    hidden = "ancestor::script or ancestor::style or ancestor::noscript"
    return squeezed("".join(map(str, element.xpath(f".//text()[not({hidden})]"))))


def story_of(document: html.HtmlElement, skin: Skin) -> html.HtmlElement:
    found = document.cssselect(skin.selector)
    assert len(found) == 1, f"{skin.selector} must select one element"
    return found[0]


def elements(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The root and what is below it, comments apart."""
    return [element for element in root.iter() if isinstance(element.tag, str)]


def base_of(element: html.HtmlElement, path: str) -> str:
    """What relative addresses are relative to."""
    return urljoin(path, "".join(str(base) for base in element.xpath("//base/@href")[:1]))


def addresses(root: html.HtmlElement, path: str) -> Iterator[str]:
    """Where the links and files below an element lead, scripts, mail and fragments apart."""
    for found in root.xpath(".//a/@href | .//img/@src | .//img/@data-src | .//script/@src | .//link/@href"):
        whole = urlsplit(urljoin(base_of(root, path), str(found)))
        if whole.scheme in ("", "http", "https"):
            yield whole._replace(fragment="").geturl()


def printed_update(skin: Skin, article: TrueArticle) -> str:
    """The first portal prints its dates as ISO in all languages; the other skins draw a spelling."""
    if skin.name == "subsite":
        return article.updated
    return Drawing(skin.name, skin.seed).day(article.updated, article.language)


def assert_shows(document: html.HtmlElement, page: ArticlePage, skin: Skin) -> None:
    """All that is true of that page of an article stands in its story."""
    article = page.article
    story = story_of(document, skin)
    labels = LANGUAGES[article.language].labels
    titled = [e for e in elements(story) if squeezed(e.text_content()) == squeezed(article.title)]
    headlines = [e for e in titled if not any(child in titled for child in e)]
    assert len(headlines) == 1, "the title is a headline of the story, once"
    text = seen(story)
    label = text.find(squeezed(labels.updated))
    assert label >= 0
    assert squeezed(printed_update(skin, article)) in text[label:]
    blocks = [block.text for part in page.parts for block in part.blocks]
    pictures = [part.figures for part in page.parts if part.kind is PartKind.PICTURE]
    galleries = [part.figures for part in page.parts if part.kind is PartKind.GALLERY]
    lines = [figures[-1].line for figures in pictures] + [f.line for shown in galleries for f in shown]
    place = 0
    for block in blocks:
        found = text.find(squeezed(block), place)
        assert found >= 0, f"missing or out of order: {block}"
        place = found + len(squeezed(block))
    named = [
        article.title,
        article.source or "",
        article.byline or "",
        *(f.text for f in article.attachments),
    ]
    expected = [squeezed(line) for line in (*blocks, *lines, *named) if line]
    for piece in map(squeezed, (*blocks, *filter(None, lines))):
        assert text.count(piece) == sum(other.count(piece) for other in expected), piece
    for given in filter(None, (article.source, article.byline)):
        assert squeezed(given) in text
    base = base_of(story, "/")
    images = [image for element in story.iter("img") for image in map(element.get, ADDRESSES) if image]
    shown = {urljoin(base, image) for image in images}
    assert {figure.image for part in page.parts for figure in part.figures} <= shown


def live(site: Site) -> list[TruePage]:
    return [page for page in site.pages_on(DAY).values() if page.standing is Standing.LIVE]


def around(site: Site, code: str | None) -> Chrome:
    listed = [page for page in live(site) if page.listed]
    return chrome(listed, BY_CODE[code] if code else None, site.seed, DAY, site.start)


def test_every_skin_has_its_templates() -> None:
    assert BUILT == SKINS


@every_seed
@every_skin
def test_articles_show_their_truth(name: str, seed: int) -> None:
    site = site_of(name, seed)
    skin = site.skin_on(DAY)
    for true_page in live(site):
        pages = article_pages(true_page, seed)
        path = true_page.article.path
        linked: set[str] = set()
        for page in pages:
            own = page_path(path, page.number)
            document = parse(answer(site, own, codec_of(seed, page.section.code)))
            assert_shows(document, page, skin)
            linked.update(addresses(story_of(document, skin), own))
        assert {file.path for file in true_page.article.attachments} <= linked
        assert {page_path(path, page.number) for page in pages[1:]} <= linked


@every_seed
@every_skin
def test_small_markup_changes_keep_the_truth(name: str, seed: int) -> None:
    site = site_of(name, seed)
    skin = site.skin_on(DAY)
    richest = max(live(site), key=lambda page: (len(page.article.figures), len(page.article.blocks)))
    with_files = max(live(site), key=lambda page: len(page.article.attachments))
    for true_page in (richest, with_files):
        surroundings = around(site, true_page.article.section)
        plain = article_pages(replace(true_page, markup=0), seed)[-1]
        for variant in Variant:
            renaming = 1 if variant is Variant.RENAMED else 0
            page = replace(plain, variant=variant, renaming=renaming)
            drawn = skin.article(surroundings, page)
            assert_shows(parse(filled(cut(drawn))), page, skin)
            assert (drawn != skin.article(surroundings, plain)) == (variant is not Variant.NONE), variant


@every_skin
def test_every_listed_article_is_reachable(name: str) -> None:
    seed = SEEDS[0]
    site = site_of(name, seed, articles=120)
    found: set[str] = set(addresses(parse(answer(site, "/")), "/"))
    lists = {list_path(section, 1): section for section in SECTIONS}
    assert set(lists) <= found
    for first, section in lists.items():
        waiting, known = [first], {first}
        while waiting:
            path = waiting.pop()
            document = parse(answer(site, path, codec_of(seed, section.code)))
            there = set(addresses(document, path))
            found |= there
            further = {p for p in there if re.fullmatch(rf"/{section.code}_\d+\.html", p)} - known
            known |= further
            waiting += sorted(further)
        if section.code == "latest":
            assert len(known) > 3, "the pager leads on"
    assert {page.article.path for page in live(site) if page.listed} <= found


@every_skin
def test_all_addresses_on_a_page_answer(name: str) -> None:
    site = site_of(name, SEEDS[0])
    article = live(site)[-1].article
    for path, codec in {
        "/": PLAIN.codec,
        "/latest.html": PLAIN.codec,
        article.path: codec_of(SEEDS[0], article.section),
    }.items():
        for address in set(addresses(parse(answer(site, path, codec)), path)):
            if urlsplit(address).netloc:
                assert urlsplit(address).hostname in ("focus.example", "social.example"), address
            else:
                assert site.respond(DAY, address, {}, Random(1)).status == 200, address


@every_seed
@every_skin
def test_a_missing_page_says_so_in_full_chrome(name: str, seed: int) -> None:
    response = site_of(name, seed).respond(DAY, "/nothing.html", {}, Random(1))
    assert response.status == 404
    document = parse(response.body.decode())
    assert squeezed(LANGUAGES["en"].labels.not_found) in seen(document)
    assert {list_path(section, 1) for section in SECTIONS} <= set(addresses(document, "/nothing.html"))


@every_skin
def test_right_to_left_pages_say_so(name: str) -> None:
    site = site_of(name, SEEDS[0])
    for true_page in live(site):
        article = true_page.article
        document = parse(answer(site, article.path, codec_of(SEEDS[0], article.section)))
        story = story_of(document, site.skin_on(DAY))
        assert bool(story.xpath("ancestor-or-self::*[@dir='rtl']")) == LANGUAGES[article.language].rtl


_FORMS: Mapping[Slot, str] = {
    Slot.TOKEN: "[0-9a-f]{16}",
    Slot.VIEWS: r"\d{2,5}",
    Slot.VERSION: r"1[78]\d{8}",
    Slot.CLOCK: r"\d\d:\d\d:\d\d",
    Slot.VIEWSTATE: "[A-Za-z0-9+/]+=*",
    Slot.ROOT: "",
    Slot.MAIN: "",
    Slot.MIRROR: "",
}


@every_skin
def test_noise_differs_in_every_place_and_nothing_else_does(name: str) -> None:
    site = site_of(name, SEEDS[0])
    skin = site.skin_on(DAY)
    page = article_pages(live(site)[-1], site.seed)[0]
    drawn = cut(skin.article(around(site, page.section.code), page))
    pattern = re.escape(drawn.fixed[0].decode())
    for place, piece in zip(drawn.cuts, drawn.fixed[1:], strict=True):
        form = _FORMS.get(place.slot) or "|".join(re.escape(choice.decode()) for choice in place.choices)
        pattern += f"({form})" + re.escape(piece.decode())
    answers = [re.fullmatch(pattern, filled(drawn, noise)) for noise in range(12)]
    assert all(answers)
    groups = zip(*(found.groups() for found in answers if found), strict=True)
    kinds = set()
    for place, texts in zip(drawn.cuts, groups, strict=True):
        if place.slot not in (Slot.ROOT, Slot.MAIN, Slot.MIRROR):
            kinds.add(place.slot)
            assert len(set(texts)) > 1, place
    assert len(kinds) >= 3


def filled(page: CutPage, noise: int = 1) -> str:
    return page.fill(Random(noise), Asked()).decode()


@every_skin
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    site = site_of(name, SEEDS[0])
    again = Site(seed=SEEDS[0], articles=30, days=DAY + 1, skin=name, everything=True)
    for path in ("/", "/living.html", "/nothing.html", *(page.article.path for page in live(site)[:6])):
        one, other = (s.respond(DAY, path, {}, Random(7)) for s in (site, again))
        assert one == other
        assert one.body != site.respond(DAY, path, {}, Random(8)).body


@every_skin
def test_names_are_drawn_from_the_seed(name: str) -> None:
    selectors = {Skin(name, seed).selector for seed in range(8)}
    assert len(selectors) == 8
    names = [_names(parse(answer(site_of(name, seed), "/"))) for seed in SEEDS]
    assert name == "frontpage" or names[0] != names[1]


def _names(document: html.HtmlElement) -> set[str]:
    return {str(value) for value in document.xpath("//@class | //@id")}


@every_seed
def test_no_two_skins_are_built_alike(seed: int) -> None:
    """On one article: the tags from body down to its first paragraph, with their siblings' at each step."""
    shapes: dict[tuple[str, ...], str] = {}
    for name in BUILT:
        site = site_of(name, seed)
        article = next(page.article for page in live(site) if page.article.section == "latest")
        paragraph = squeezed(next(b.text for b in article.blocks if b.kind == "paragraph"))
        document = parse(answer(site, article.path))
        story = story_of(document, site.skin_on(DAY))
        holder = [e for e in elements(story) if paragraph in squeezed(e.text_content())][-1]
        shape = tuple(_level(element) for element in holder.iterancestors() if element.tag != "html")
        assert shape not in shapes, f"{name} is built as {shapes.get(shape)}"
        shapes[shape] = name


def _level(element: html.HtmlElement) -> str:
    """`div: a h1 >div ul`: the element's tag and those beside it, runs of one tag as one."""
    parent = element.getparent()
    beside = [e for e in parent if isinstance(e.tag, str)] if parent is not None else [element]
    tags = [f">{e.tag}" if e is element else str(e.tag) for e in beside]
    return " ".join(tag for tag, _ in groupby(tags))
