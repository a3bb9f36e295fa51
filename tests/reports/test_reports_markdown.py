"""Markdown: what it says, and that nothing from a page becomes markup in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reports.markdown import block, plain, report_markdown
from reports.safe import safe
from revisor.model import Block, BlockKind, Review, Verdict
from tests.reports.examples import ARTICLE, change, edited, paragraphs, report, run
from tests.reports.test_reports_safe import HOSTILE, hostile_changes

CONSTRUCTS = (
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example/ 'title'",
    "<https://evil.example/>",
    "https://evil.example/ www.evil.example a@evil.example",
    "# heading #",
    "heading\n=======",
    "---",
    "***",
    "- item",
    "+ item",
    "12. item",
    "3) item",
    "> quote",
    "    code",
    "```\ncode\n```",
    "~~~",
    "`code` ``code``",
    "| a | b |\n|---|---|\n| c | d |",
    "**bold** __bold__ *it* _it_ ~~gone~~ ~gone~",
    "&lt;script&gt; &#60; &#x3c; &amp;lt; &copy;",
    "\\<script>\\\\<script>",
    "a\\",
    "ends with blanks  ",
    "<!-- comment --> <?php ?> <![CDATA[x]]> <!DOCTYPE x>",
    "<ins>fake</ins> <del>fake</del>",
    "$x^2$ $$y$$",
    "{{ 7 * 7 }} {% include x %}",
    "[^1] [^1]: note",
    "[ ] task",
    ":smile: @user #12",
    "Term\n: definition",
)
OWN = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "li",
    "strong",
    "em",
    "hr",
    "ins",
    "del",
    "a",
    "blockquote",
}
PIECES = st.sampled_from(
    [*"\\`*_[]<>~|#${}()!&;:@=+-.^\"'/ \n\t0123a",
     "www.", "http://", "https://e.example", "mailto:", "&lt;", "&#60;",
     "<ins>", "</del>", "<!--", "1.", "```", "    ", "\u3000", "\u00a0", "\u2028"]
)  # fmt: skip


class Rendered(HTMLParser):
    """What a browser would make of rendered Markdown."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(renderer().render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  # that it is there is enough
        self.tags["comment"] += 1

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002  # that it is there is enough
        self.tags["declaration"] += 1

    def handle_pi(self, data: str) -> None:  # noqa: ARG002  # that it is there is enough
        self.tags["instruction"] += 1


def renderer() -> MarkdownIt:
    """With HTML, tables and struck out text on, as where Markdown is read most."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_it_says_what_the_report_says() -> None:
    runs = (run(3), run(2, Verdict.DEGRADED, "7 of 31 addresses failed"), run(1))
    said = Review(
        1, 7, reviewed=True, note="Told the *desk*.", reviewer="Ada", at=datetime(2026, 3, 4, tzinfo=UTC)
    )
    first = replace(change(ARTICLE, edited()), review=said, summary="1 number changed")
    assert (
        report_markdown(report(first, change(ARTICLE, None, number=8), runs=runs), UTC)
        == """\
# 2 changes

From 2026-03-02 01:00 to 2026-03-09 01:00 UTC

- **removed**: 1
- **edited**: 1
- **retitled**: 1
- **redated**: 1
- **recaptioned**: 1
- **attachment**: 1

harbour: 2 changes in 3 runs, 1 of them not healthy; last healthy run 2026-03-02 13:00 UTC

- run 2, 2026-03-02 07:00 UTC, was degraded: 7 of 31 addresses failed

## 7: Harbour tunnel opens to<ins> all</ins> traffic

**edited, retitled, redated, recaptioned, attachment**, 2026-03-03 01:07

1 number changed

Seen as before at 2026-03-02 01:00 UTC, changed at 2026-03-03 01:07 UTC, no checks between.

harbour / News <https://news.example/2026-03/01/c_1.htm>

Reviewed by Ada, 2026-03-04 00:00 UTC: Told the \\*desk\\*.

- **Updated:** <del>2026-03-01</del><ins>2026-03-02</ins>
- **Image:** https\\://news.example/att/1.jpg
  - **Caption:** The tunnel's <del>north</del><ins>south</ins> gate.
  - **Credit:** Photo/Ada Lin
- **Attachment:** (added) <ins>Plan of the tunnel</ins>
  - **Address:** <ins>https\\://news.example/att/plan.pdf</ins>

The port office opened the new harbour tunnel on Monday after four years of work.

The tunnel is <del>2,150</del><ins>2,510</ins> metres long and has three lanes each way.

Some 12,000 vehicles are expected on an ordinary working day.

*2 paragraphs unchanged*

## 8: Harbour tunnel opens to traffic

**removed**, 2026-03-03 01:07

page removed

Present at 2026-03-02 01:00 UTC, absent at 2026-03-03 01:07 UTC, no checks between.

harbour / News <https://news.example/2026-03/01/c_1.htm>

- **Updated:** 2026-03-01
- **Image:** https\\://news.example/att/1.jpg
  - **Caption:** The tunnel's north gate.
  - **Credit:** Photo/Ada Lin

*The text as it was last seen:*

The port office opened the new harbour tunnel on Monday after four years of work.

The tunnel is 2,150 metres long and has three lanes each way.

Some 12,000 vehicles are expected on an ordinary working day.

Buses use it free of charge until the end of the month.

Cyclists keep the old ferry, which runs every 20 minutes.

---

Times are local, UTC; what was seen when is given in UTC. Between two sights lies what nobody looked at.
"""
    )


def test_what_changed_is_marked_wherever_it_stands() -> None:
    """Beside blanks, punctuation and Chinese text, where `**` and `~~` would not be seen as marks."""
    before = replace(ARTICLE, blocks=paragraphs("隧道长2150米，（不含引道）。", "It costs (so far) 12 m."))
    after = replace(ARTICLE, blocks=paragraphs("隧道长2510米，（含引道）。", "It costs 12 m."))
    page = Rendered(report_markdown(report(change(before, after)), UTC))
    assert (page.tags["ins"], page.tags["del"]) == (1, 3)


def test_many_changes_are_listed_first() -> None:
    printed = report_markdown(report(*(change(ARTICLE, None, number=n) for n in range(1, 5))), UTC)
    assert "* 1, removed: Harbour tunnel opens to traffic (page removed)\n* 2, removed" in printed


def test_an_empty_or_cut_report_says_so() -> None:
    assert "Nothing changed in this period, and nothing was looked at." in report_markdown(report(), UTC)
    assert "Only the newest 1 of 1200 are shown" in report_markdown(
        report(change(ARTICLE, None), total=1200), UTC
    )


def test_blocks_keep_their_form() -> None:
    article = replace(
        ARTICLE,
        blocks=(
            Block(BlockKind.HEADING, "Opening hours", level=2),
            Block(BlockKind.LIST_ITEM, "Monday"),
            Block(BlockKind.LIST_ITEM, "- Tuesday"),
            Block(BlockKind.QUOTE, "We are open."),
            Block(BlockKind.TABLE_ROW, "a | b"),
        ),
    )
    printed = report_markdown(report(change(None, article)), UTC)
    assert "### Opening hours\n\n* Monday\n* \\- Tuesday\n\n> We are open.\n\na \\| b\n" in printed


@pytest.mark.parametrize("evil", [*CONSTRUCTS, *HOSTILE])
def test_a_report_of_hostile_pages_holds_only_its_own_markup(evil: str) -> None:
    bad_run = run(2, Verdict.DOWN, reason=evil, portal=evil)
    changes = [w.change for w in hostile_changes(evil)]
    harmless = [w.change for w in hostile_changes("word")]
    tags, expected = (
        Rendered(report_markdown(report(*some, runs=(replace(bad_run, reason=word, portal=word),)), UTC))
        for some, word in ((changes, evil), (harmless, "word"))
    )
    assert set(tags.tags) <= OWN
    assert not tags.links
    assert not tags.attributes
    assert tags.tags == expected.tags


@given(st.lists(PIECES, max_size=12).map("".join) | st.text())
def test_any_text_is_one_paragraph_that_says_the_same(value: str) -> None:
    page = Rendered(block(plain(value)))
    assert set(page.tags) <= {"p"}
    assert squeezed(page.text) == squeezed(safe(value))


@given(st.lists(PIECES, max_size=12).map("".join) | st.text())
def test_any_text_stays_text_in_lists_quotes_and_headings(value: str) -> None:
    for lead, tags in (("## ", {"h2"}), ("* ", {"ul", "li"}), ("> ", {"blockquote", "p"})):
        page = Rendered(lead + block(plain(value)))
        assert set(page.tags) <= tags
        assert squeezed(page.text) == squeezed(safe(value))


@given(st.lists(PIECES, max_size=8).map("".join), st.lists(PIECES, max_size=8).map("".join))
def test_any_two_texts_compared_hold_only_marks_of_change(one: str, other: str) -> None:
    before, after = (replace(ARTICLE, title="T", blocks=paragraphs(f"a {text} z")) for text in (one, other))
    if before != after:
        assert set(Rendered(report_markdown(report(change(before, after)), UTC)).tags) <= OWN


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/a_b_c?x=1&y='2'#z", True),
        ("https://news.example/*a*`b`[c](d)~~e~~", True),
        ("https://news.example/?a=1&copy;=2", False),
        ("javascript:alert(1)", False),
        ("https://news.example/\n<script>", False),
    ],
)
def test_only_plain_web_addresses_become_links(url: str, linked: bool) -> None:
    page = Rendered(report_markdown(report(change(ARTICLE, None, url=url)), UTC))
    assert len(page.links) == linked
    assert squeezed(safe(url)) in squeezed(page.text)


def test_ordinary_text_is_hardly_touched() -> None:
    text = 'R&D rose 3.5% (to US€1,500) - see p. 12; "good", it\'s said: 10:30, 2026-03-01 + more = all!'
    assert block(plain(text)) == text


def test_public_attack_strings_stay_text() -> None:
    path = Path(__file__).parents[3] / "shared" / "security" / "xss_vectors.jsonl"
    if not path.exists():
        pytest.skip("the public collection is not on this machine")
    for line in path.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)["v"]
        page = Rendered(block(plain(value)))
        assert set(page.tags) <= {"p"}, value
        assert re.sub(r"\s+", "", page.text) == re.sub(r"\s+", "", safe(value))
