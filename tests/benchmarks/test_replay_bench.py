"""The yardstick of the replay bench: what a reader sees change, and which pairs are worth a look."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from benchmarks.replay.pairs import pairs
from benchmarks.replay.read import Listener, Reading, Stored
from benchmarks.replay.visible import Sight, Visible, compare, encoding_of, parse, spread, visible
from benchmarks.shared.gold import Gold, score
from revisor.model import Article, Block, BlockKind, Figure, Kind, PageKind

MENU = "<ul><li>Home</li><li>{}</li></ul>"
PAGE = "<html><head><title>A</title></head><body>{}<h1>A ferry</h1><p>It {} at nine.</p></body></html>"


def seen(html: str) -> Visible:
    body = html.encode()
    return visible(parse(body, encoding_of(body)))


def page(menu: str = "News", verb: str = "sails") -> Visible:
    return seen(PAGE.format(MENU.format(menu), verb))


def other(menu: str) -> Visible:
    return seen(f"<body>{MENU.format(menu)}<p>Another page</p></body>")


def difference(before: Visible, after: Visible, menus: tuple[str, str] = ("News", "News")) -> Sight:
    shared = [spread({"a": own, "b": other(menu)}) for own, menu in zip((before, after), menus, strict=True)]
    return compare(before, after, (shared[0], shared[1])).sight


def test_lines_end_where_blocks_do_and_hold_no_script() -> None:
    found = seen(
        "<head><title>no</title></head><body>a<b>b</b> c<p>d<br>e<script>no</script>f</p><!-- no -->g"
    )
    assert found.lines == ("ab c", "d", "ef", "g")


@pytest.mark.parametrize("body", [b"", b"  ", b"<!-- -->"])
def test_nothing_is_seen_of_nothing(body: bytes) -> None:
    assert visible(parse(body, encoding_of(body))).lines == ()


def test_markup_and_white_space_are_not_seen() -> None:
    assert (
        difference(seen("<body><p>a b</p></body>"), seen("<body><div>a <i>b</i></div></body>"))
        is Sight.MARKUP
    )


def test_addresses_are_seen_apart_from_text() -> None:
    before, after = (seen(f"<body><p>a</p><img src={name}></body>") for name in ("1.jpg", "2.jpg"))
    assert difference(before, after) is Sight.ADDRESSES


def test_lines_that_other_pages_of_the_day_have_too_are_furniture() -> None:
    assert difference(page("News"), page("Weather"), ("News", "Weather")) is Sight.SHARED
    assert difference(page("News"), page("Weather"), ("News", "News")) is Sight.OWN


def test_an_edit_is_a_pages_own_also_where_the_menu_moves_with_it() -> None:
    assert difference(page("News"), page("Weather", "sinks"), ("News", "Weather")) is Sight.OWN


def test_a_moved_line_is_a_pages_own() -> None:
    assert difference(seen("<body><p>a<p>b</body>"), seen("<body><p>b<p>a</body>")) is Sight.OWN


def test_a_headline_is_never_furniture_though_lists_repeat_it() -> None:
    before, after = (seen(f"<body><h1>{text}</h1><p>a</p></body>") for text in ("Old", "New"))
    lists = [seen(f"<body><a>{text}</a></body>") for text in ("Old", "New")]
    shared = [spread({"a": own, "b": one}) for own, one in zip((before, after), lists, strict=True)]
    assert compare(before, after, (shared[0], shared[1])).sight is Sight.OWN


# --- which pairs are worth a look -----------------------------------------------

ARTICLE = Article("A ferry", (Block(BlockKind.PARAGRAPH, "It sails at nine."),))
EDITED = replace(ARTICLE, blocks=(Block(BlockKind.PARAGRAPH, "It sinks at nine."),))
PICTURED = replace(ARTICLE, figures=(Figure("http://lanhai.example/2.jpg"),))


def reading(run: int, look: Visible, article: Article | None, error: str | None = None) -> Reading:
    at = datetime(2026, 3, run, tzinfo=UTC)
    stored = Stored(run, run, "id:1", "http://lanhai.example/1", at, f"{run}", PageKind.ARTICLE, 200)
    return Reading(stored, f"{look}", look, article, error, (f"{article or error}",))


@pytest.mark.parametrize(
    ("after", "article", "reported", "wrong"),
    [
        (page(), ARTICLE, (), ""),
        (page(), ARTICLE, (Kind.RESTORED,), ""),
        (page(), ARTICLE, (Kind.EDITED,), "and yet a change was reported"),
        (page(), EDITED, (Kind.EDITED,), "a reader sees no other article"),
        (page(verb="sinks"), EDITED, (Kind.EDITED,), ""),
        (page(verb="sinks"), EDITED, (), "no change was reported"),
        (page(verb="sinks"), ARTICLE, (), "lines of its own differ"),
        (replace(page(), addresses=("2.jpg",)), PICTURED, (Kind.IMAGE,), ""),
        (replace(page(), addresses=("2.jpg",)), EDITED, (Kind.EDITED,), "a reader sees no other article"),
        (page(), PICTURED, (Kind.IMAGE,), "a reader sees no other article"),
    ],
)
def test_a_pair_is_odd_where_reader_digests_and_report_disagree(
    after: Visible, article: Article, reported: tuple[Kind, ...], wrong: str
) -> None:
    (pair,) = pairs([reading(1, page(), ARTICLE), reading(2, after, article)], {(2, "id:1"): reported})
    assert wrong in pair.wrong
    assert bool(pair.wrong) == bool(wrong)


def test_a_pair_of_which_one_cannot_be_read_says_so() -> None:
    (pair,) = pairs([reading(1, page(), ARTICLE), reading(2, seen("<body>"), None, "NoArticle")], {})
    assert pair.wrong == "not read: NoArticle"


def test_who_tells_the_time_is_heard() -> None:
    listener = Listener()
    sys.setprofile(listener)
    try:
        date.today()  # noqa: DTZ011  # the very thing to be heard
        datetime.now(UTC)
        date(2026, 3, 2).isoformat()
    finally:
        sys.setprofile(None)
    assert listener.heard == {"date.today", "datetime.now"}


def test_the_score_asks_for_no_optional_passage_and_excuses_it() -> None:
    gold = Gold("1", "", "T", None, None, ["one two three four five", "six"], ["six"], [], 0, b"")
    assert score("one two three four five", gold) == (1.0, 1.0)
    assert score("one two three four five\nsix", gold) == (1.0, 1.0)
    assert score("one two three four", gold) == (1.0, 0.5)
