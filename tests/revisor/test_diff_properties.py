"""What holds for the comparison of any two articles."""

from __future__ import annotations

from collections import Counter

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from revisor.diff import compare, summarize
from revisor.digest import digests
from revisor.model import Article, BlockOp, Diff, Kind, Op
from tests.revisor.articles import (
    LONE_SURROGATES,
    article,
    articles,
    edited,
    pairs,
    paragraph,
    retouched,
)
from tests.revisor.checks import check_segments, check_whole


@given(pairs())
def test_nothing_is_lost_or_made_up(pair: tuple[Article, Article]) -> None:
    diff = compare(*pair)
    check_whole(*pair, diff)
    check_segments(diff)


@given(st.tuples(articles(*LONE_SURROGATES), articles(*LONE_SURROGATES)))
def test_lone_surrogates_are_characters_like_others(pair: tuple[Article, Article]) -> None:
    check_whole(*pair, compare(*pair))
    digests(pair[0])


@given(articles())
def test_an_article_does_not_differ_from_itself(one: Article) -> None:
    diff = compare(one, one)
    assert (diff.kinds, diff.fields, diff.figures, diff.attachments) == ((), (), (), ())
    assert all(change.op is BlockOp.SAME for change in diff.blocks)
    assert summarize(diff.kinds, diff) == "no differences"


@given(pairs())
def test_kinds_agree_with_the_digests(pair: tuple[Article, Article]) -> None:
    one, other = map(digests, pair)
    kinds = compare(*pair).kinds
    assert (one.exact == other.exact) == (kinds == ())
    assert (one.folded == other.folded) == (kinds in {(), (Kind.COSMETIC,)})


@given(articles().flatmap(lambda before: retouched(before).map(lambda after: (before, after))))
def test_retouching_is_cosmetic(pair: tuple[Article, Article]) -> None:
    before, after = pair
    assert digests(before).folded == digests(after).folded
    diff = compare(before, after)
    assert diff.kinds == (() if digests(before) == digests(after) else (Kind.COSMETIC,))
    check_whole(before, after, diff)


@given(pairs())
@example((article("a b c d", "a b c x"), article("a b c e", "a b c d")))
def test_exchanging_the_sides_mirrors_the_result(pair: tuple[Article, Article]) -> None:
    before, after = pair
    there, back = compare(before, after), compare(after, before)
    mirror = {BlockOp.INSERTED: BlockOp.DELETED, BlockOp.DELETED: BlockOp.INSERTED}
    assert there.kinds == back.kinds
    assert Counter(c.op for c in there.blocks) == Counter(mirror.get(c.op, c.op) for c in back.blocks)
    assert {(c.before, c.after) for c in there.blocks} == {(c.after, c.before) for c in back.blocks}
    assert [len(part) for part in (there.fields, there.figures, there.attachments)] == [
        len(part) for part in (back.fields, back.figures, back.attachments)
    ]
    for one, other in zip(there.fields, back.fields, strict=True):
        turn = {Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT, Op.EQUAL: Op.EQUAL}
        assert {(s.op, s.text) for s in one.segments} == {(turn[s.op], s.text) for s in other.segments}


@given(pairs())
def test_results_are_values(pair: tuple[Article, Article]) -> None:
    diff = compare(*pair)
    assert diff == compare(*pair)
    assert msgspec.json.decode(msgspec.json.encode(diff), type=Diff) == diff


@given(pairs())
def test_summaries_are_short_plain_lines(pair: tuple[Article, Article]) -> None:
    diff = compare(*pair)
    line = summarize(diff.kinds, diff)
    assert 0 < len(line) <= 140
    assert line.isprintable()
    assert line == summarize(diff.kinds, msgspec.json.decode(msgspec.json.encode(diff), type=Diff))


@given(articles().flatmap(lambda before: st.tuples(st.just(before), edited(before))), st.integers(0, 3))
def test_blocks_that_stay_do_not_move_others(pair: tuple[Article, Article], count: int) -> None:
    """Whole paragraphs put before both sides are found again on both sides."""
    lead = tuple(paragraph(f"Unique lead {number} of the page") for number in range(count))
    before, after = (Article(one.title, lead + one.blocks) for one in pair)
    assert [c.op for c in compare(before, after).blocks[:count]] == [BlockOp.SAME] * count
