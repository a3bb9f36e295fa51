"""The judge: what counts as found, missed, false, and to which event a false report is put down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sample_portal.judge import ANY, Report, judge
from sample_portal.site import Site
from sample_portal.truth import TrueChange

NUMBER = TrueChange(1, 1, "7", "/7", "number", ("edited", "redated"), "3 -> 4")
GONE = TrueChange(2, 3, "8", "/8", "not_found", ("removed",), "gone")
MARKUP = TrueChange(2, 2, "9", "/9", "markup", (), "")
BLANKS = TrueChange(1, 1, "6", "/6", "blanks", ("cosmetic",), "", optional=True)
TRUTH = (NUMBER, GONE, MARKUP, BLANKS)


def test_all_reported_in_time_is_perfect() -> None:
    reports = [Report(1, "7", "edited"), Report(1, "7", "redated"), Report(3, "8", "removed")]
    verdict = judge(TRUTH, reports, 5)
    assert (verdict.precision, verdict.recall) == (1.0, 1.0)
    assert len(verdict.found) == 3
    assert {change.key for change in verdict.asked} == {"7", "8", "9"}


def test_too_early_too_late_and_the_wrong_kind_are_false_and_missed() -> None:
    for report in (Report(0, "7", "edited"), Report(2, "7", "edited"), Report(1, "7", "image")):
        verdict = judge([NUMBER], [report, Report(1, "7", "redated")], 5)
        assert [kind for _, kind in verdict.missed] == ["edited"]
        assert [wrong.report for wrong in verdict.false] == [report]


def test_a_report_serves_once() -> None:
    again = TrueChange(4, 4, "7", "/7", "words", ("edited",), "")
    verdict = judge([NUMBER, again], [Report(1, "7", "edited"), Report(1, "7", "edited")], 5)
    assert len(verdict.found) == 1
    assert len(verdict.false) == 1
    assert len(verdict.missed) == 2


def test_a_general_report_finds_all_kinds_of_one_change() -> None:
    verdict = judge([NUMBER, GONE], [Report(1, "7", ANY), Report(2, "7", ANY)], 5)
    assert {kind for _, kind in verdict.found} == {"edited", "redated"}
    assert [wrong.report.day for wrong in verdict.false] == [2]
    assert [change.key for change, _ in verdict.missed] == ["8"]


def test_what_is_not_due_yet_is_not_asked_for_but_may_be_found() -> None:
    assert judge([GONE], [], 2).missed == ()
    assert len(judge([GONE], [Report(2, "8", "removed")], 2).found) == 1


def test_optional_changes_count_neither_way() -> None:
    for reports in ([], [Report(1, "6", "cosmetic")]):
        verdict = judge([BLANKS], reports, 5)
        assert (verdict.asked, verdict.found, verdict.missed, verdict.false) == ((), (), (), ())


def test_a_false_report_is_put_down_to_what_happened_last_to_the_page() -> None:
    reports = [Report(2, "9", "edited"), Report(1, "9", "edited"), Report(4, "/nowhere", "new")]
    verdict = judge(TRUTH, reports, 0)
    assert {(w.report.day, w.event) for w in verdict.false} == {(2, "markup"), (1, None), (4, None)}


@given(st.integers(0, 50))
def test_the_truth_itself_is_judged_perfect(seed: int) -> None:
    truth = Site(seed=seed, articles=20, days=5, everything=True).truth()
    told = [Report(c.due_day, c.key, kind) for c in truth for kind in c.kinds]
    verdict = judge(truth, told, 4)
    assert (verdict.precision, verdict.recall, verdict.missed) == (1.0, 1.0, ())
