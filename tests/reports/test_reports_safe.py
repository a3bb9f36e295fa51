"""Nothing from a page steers the terminal, reorders a line, or becomes markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import shapes, text
from reports.html import report_html
from reports.query import ChangeList, WholeChange
from reports.safe import revealed, safe, safe_href
from revisor.model import Article, Attachment, Block, BlockKind, Figure, Kind, Verdict
from tests.reports.examples import change, pipe, report, run, terminal

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "<!--<script>-->",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "[bold red]rich markup[/] :skull:",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m\x90q\x9c",
    "\u202egnp.exe\u2066x\u2069\u200f",
    "line\r\nbreak\x0b\u2028\u2029\x85end\x00",
    "lone \ud800 surrogate",
)
STEERING = {
    chr(c)
    for c in (*range(32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def hostile_article(evil: str, other: str = "") -> Article:
    evil += other
    return Article(
        title=f"T{evil}",
        blocks=(Block(BlockKind.HEADING, f"H{evil}", level=2), Block(BlockKind.PARAGRAPH, f"P{evil}")),
        published=f"D{evil}",
        updated=evil,
        source=evil,
        byline=evil,
        language=evil,
        figures=(Figure(f"javascript:{evil}", evil, evil, evil),),
        attachments=(Attachment(f"javascript:alert(1)//{evil}", evil),),
    )


def hostile_changes(evil: str) -> list[WholeChange]:
    before, after = hostile_article(evil), hostile_article(evil, " and more")
    cases = [
        change(before, after),
        change(None, after),
        change(before, None),
        change(before, before, kinds=(Kind.RESTORED,)),
    ]
    return [
        WholeChange(
            replace(
                case,
                portal=evil,
                title=evil,
                summary=evil,
                page=replace(
                    case.page, portal=evil, url=f"javascript:alert(1)//{evil}", section=evil, key=evil
                ),
            ),
            1,
        )
        for case in cases
    ]


class Elements(HTMLParser):
    """Collects what a browser would make of a page: elements, attributes and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_report_of_hostile_pages_holds_only_its_own_markup(evil: str) -> None:
    bad_run = run(2, Verdict.DOWN, reason=evil, portal=evil)
    page = report_html(report(*(w.change for w in hostile_changes(evil)), runs=(bad_run,)))
    parser = Elements()
    parser.feed(page)
    assert {tag for tag, _ in parser.found} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section",
        "article", "h1", "h2", "p", "b", "ol", "ul", "li", "a", "time", "span", "dl", "div", "dt", "dd",
        "ins", "del", "details", "summary",
    }  # fmt: skip
    for tag, attributes in parser.found:
        assert not any(
            name.startswith("on") or name in {"src", "style", "action", "srcdoc"} for name in attributes
        )
        assert tag == "a" or "href" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
    assert sum(tag == "style" for tag, _ in parser.found) == 1
    assert not STEERING - {"\n"} & set(page)
    page.encode()


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("where", ["terminal", "pipe"])
def test_text_of_hostile_pages_holds_no_escapes_but_its_own(evil: str, where: str) -> None:
    file = StringIO()
    console = terminal(file) if where == "terminal" else pipe(file)
    changes = hostile_changes(evil)
    text.print_changes(console, ChangeList(tuple(w.change for w in changes), len(changes), ()))
    for whole in changes:
        text.print_change(console, whole)
    printed = file.getvalue()
    assert not STEERING - {"\n"} & set(re.sub(r"\x1b\[[0-9;]*m", "", printed))
    printed.encode()
    if "\x1b" in evil:
        assert "⟨U+001B⟩" in printed
    if where == "pipe":
        assert "\x1b" not in printed


@pytest.mark.parametrize("evil", HOSTILE)
def test_json_of_hostile_pages_cannot_steer_a_terminal_and_says_the_same(evil: str) -> None:
    for whole in hostile_changes(evil):
        written = shapes.change_json(whole)
        assert not STEERING - {"\n"} & set(written)
        written.encode()
        if "\ud800" not in evil:
            assert msgspec.json.decode(written)["change"]["summary"] == evil


@given(st.text())
def test_safe_text_is_one_harmless_line(value: str) -> None:
    for shown in (safe(value), revealed(value)):
        assert not STEERING & set(shown)
        shown.encode()
    assert all(unicodedata.category(c) not in {"Cf", "Cc"} for c in revealed("a\u200b\ufeff\u00ad\x1b\u202e"))


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))))
def test_ordinary_text_stays_as_it_is(value: str) -> None:
    assert safe(value) == value


def test_joiners_that_scripts_need_are_kept() -> None:
    assert safe("می\u200cخواهم 👩\u200d🚒") == "می\u200cخواهم 👩\u200d🚒"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "/relative",
        "https://",
        "https://a b/",
        'https://a/"onmouseover="x',
        "https://a/\u202egnp.exe",
        "https://a/" + "x" * 3000,
        "",
    ],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert safe_href(url) is None


def test_web_addresses_become_links() -> None:
    for url in ("https://news.example/a.htm?x=1&y='2'#z", "HTTP://news.example/", "https://例え.jp/新聞"):
        assert safe_href(url) == url


def test_a_link_is_escaped_and_tells_nobody_where_it_came_from() -> None:
    parser = Elements()
    parser.feed(
        report_html(report(change(hostile_article("x"), None, url="https://news.example/?a=1&b='2'<x")))
    )
    assert not any(tag == "a" and not (a["href"] or "").startswith("#") for tag, a in parser.found)
    parser = Elements()
    parser.feed(
        report_html(report(change(hostile_article("x"), None, url="https://news.example/?a=1&b='2'")))
    )
    links = [a for tag, a in parser.found if tag == "a" and not (a["href"] or "").startswith("#")]
    assert links == [{"href": "https://news.example/?a=1&b='2'", "rel": "noreferrer noopener"}]
