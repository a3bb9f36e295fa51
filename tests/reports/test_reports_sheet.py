"""Laying out: what is folded, what is named, and that nothing gets out of hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports.sheet import MAX_BODY, MAX_ROW, Fold, Passage, Sheet, lay_out, lay_out_diff, side_by_side
from revisor.diff import compare
from revisor.model import Article, BlockOp, Change, Kind, Op
from tests.reports.examples import ARTICLE, change, paragraphs


def plain(count: int, changed: dict[int, str] | None = None) -> Article:
    """Paragraphs that share no word, some of them replaced."""
    texts = [f"alpha{n} beta{n} gamma{n} delta{n}" for n in range(count)]
    for index, text in (changed or {}).items():
        texts[index] = text
    return replace(ARTICLE, blocks=paragraphs(*texts), figures=())


def shape(sheet: Sheet) -> str:
    """`.` for context, `~+-` for what changed, a number for a fold."""
    signs = {BlockOp.SAME: ".", BlockOp.CHANGED: "~", BlockOp.INSERTED: "+", BlockOp.DELETED: "-"}
    return " ".join(str(p.count) if isinstance(p, Fold) else signs[p.op] for p in sheet.body)


def edit(index: int) -> str:
    return f"alpha{index} beta{index} GAMMA delta{index}"


def test_far_context_is_folded() -> None:
    sheet = lay_out(change(plain(12), plain(12, {6: edit(6)})))
    assert shape(sheet) == "5 . ~ . 4"


def test_a_single_block_is_not_folded_away() -> None:
    assert shape(lay_out(change(plain(7), plain(7, {2: edit(2), 4: edit(4)})))) == ". . ~ . ~ . ."
    assert shape(lay_out(change(plain(6), plain(6, {1: edit(1), 5: edit(5)})))) == ". ~ . . . ~"


def test_an_unchanged_body_is_one_fold() -> None:
    assert shape(lay_out(change(plain(5), replace(plain(5), title="Another")))) == "5"


def test_folded_paragraphs_are_kept_for_those_who_unfold_them() -> None:
    fold = lay_out(change(plain(12), plain(12, {0: edit(0)}))).body[-1]
    assert isinstance(fold, Fold)
    assert [p.segments[0].text for p in fold.passages] == [b.text for b in plain(12).blocks[2:]]


@given(st.lists(st.sampled_from("abcdef"), max_size=12), st.lists(st.sampled_from("abcdef"), max_size=12))
def test_every_block_is_shown_or_counted_once(before: list[str], after: list[str]) -> None:
    one, other = (
        replace(ARTICLE, blocks=paragraphs(*(f"{w} {w}{w} {w}" for w in words))) for words in (before, after)
    )
    found = change(one, other)
    if found.diff is None:
        return
    body = lay_out(found).body
    flat = [p for part in body for p in (part.passages if isinstance(part, Fold) else (part,))]
    assert [p.op for p in flat] == [b.op for b in found.diff.blocks]
    assert sum(p.count if isinstance(p, Fold) else 1 for p in body) == len(found.diff.blocks)
    assert len(found.diff.blocks) == 1 or all(p.count > 1 for p in body if isinstance(p, Fold))
    assert all(p.op is BlockOp.SAME for part in body if isinstance(part, Fold) for p in part.passages)


def test_what_differs_only_invisibly_is_named() -> None:
    after = plain(3, {1: "alpha1 be\u200bta1 gamma1\u00a0delta1"})
    sheet = lay_out(change(plain(3), after))
    texts = [s.text for p in sheet.body if isinstance(p, Passage) for s in p.segments if s.op is Op.INSERT]
    assert any("⟨U+200B⟩" in text for text in texts)
    assert any("⟨U+00A0⟩" in text for text in texts)


def test_a_change_far_into_a_huge_paragraph_is_still_shown() -> None:
    words = " ".join(f"word{n}" for n in range(60_000))
    before, after = (replace(ARTICLE, blocks=paragraphs(words + end)) for end in (" tenth", " eleventh"))
    (passage,) = lay_out(change(before, after)).body
    assert isinstance(passage, Passage)
    assert [s.text.strip() for s in passage.segments if s.op is not Op.EQUAL] == ["tenth", "eleventh"]
    assert "characters unchanged" in passage.segments[0].text


def _size(sheet: Sheet) -> int:
    rows = [row.segments for group in (sheet.fields, *sheet.figures, *sheet.attachments) for row in group]
    shown = [
        p.segments for part in sheet.body for p in (part.passages if isinstance(part, Fold) else (part,))
    ]
    return sum(len(segment.text) for segments in (*rows, *shown) for segment in segments)


def test_huge_articles_are_cut_and_counted() -> None:
    huge = replace(ARTICLE, title="T" * 10**6, source="S" * 10**6, blocks=paragraphs(*("x" * 50_000,) * 20))
    cases: list[Change] = [
        change(huge, None),
        change(None, huge),
        change(huge, replace(huge, title="U" * 10**6)),
        change(ARTICLE, huge),
    ]
    for case in cases:
        sheet = lay_out(case)
        assert _size(sheet) <= 2 * MAX_BODY + 5 * (MAX_ROW + 100)
    assert lay_out(change(None, huge)).cut == 18
    album = replace(ARTICLE, figures=ARTICLE.figures * 1000)
    assert lay_out(change(None, album)).cut == 800
    assert lay_out(change(replace(ARTICLE, figures=()), album)).cut == 800


def test_a_change_without_any_version_shows_its_title() -> None:
    bare = replace(change(ARTICLE, None), before=None, kinds=(Kind.REMOVED,))
    assert lay_out(bare).fields[0].segments[0].text == ARTICLE.title


def words_of(part: Passage | Fold | None) -> str:
    if isinstance(part, Fold):
        return f"({part.count})"
    return "" if part is None else "".join(segment.text for segment in part.segments)


def test_two_articles_are_laid_out_without_a_change() -> None:
    before, after = plain(12), plain(12, {6: edit(6)})
    assert lay_out_diff(before, after, compare(before, after)) == lay_out(change(before, after))


def test_side_by_side_each_side_reads_as_it_was() -> None:
    before, after = plain(8), plain(8, {1: edit(1)})
    after = replace(after, blocks=(*after.blocks[:4], *after.blocks[5:], *paragraphs("One more at the end")))
    pairs = side_by_side(lay_out_diff(before, after, compare(before, after)))
    assert [(words_of(pair.left), words_of(pair.right)) for pair in pairs] == [
        ("alpha0 beta0 gamma0 delta0",) * 2,
        ("alpha1 beta1 gamma1 delta1", "alpha1 beta1 GAMMA delta1"),
        ("alpha2 beta2 gamma2 delta2",) * 2,
        ("alpha3 beta3 gamma3 delta3",) * 2,
        ("alpha4 beta4 gamma4 delta4", ""),
        ("alpha5 beta5 gamma5 delta5",) * 2,
        ("alpha6 beta6 gamma6 delta6",) * 2,
        ("alpha7 beta7 gamma7 delta7",) * 2,
        ("", "One more at the end"),
    ]
    assert (pairs[4].right, pairs[-1].left) == (None, None)


def test_side_by_side_what_differs_is_still_marked_and_folds_stand_on_both() -> None:
    pairs = side_by_side(lay_out(change(plain(6), plain(6, {0: edit(0)}))))
    assert pairs[-1].left == pairs[-1].right
    assert isinstance(pairs[-1].left, Fold)
    left, right = pairs[0].left, pairs[0].right
    assert isinstance(left, Passage)
    assert isinstance(right, Passage)
    assert {segment.op for segment in left.segments} == {Op.EQUAL, Op.DELETE}
    assert {segment.op for segment in right.segments} == {Op.EQUAL, Op.INSERT}
