"""The verdict on a whole run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.model import PageKind, Verdict
from scheduler.verdict import Answer, judge

LIST, ARTICLE = PageKind.LIST, PageKind.ARTICLE


def front(status: int | None, failure: str | None = None) -> Answer:
    return Answer(LIST, status, failure, front=True)


GOOD_LIST = front(200)


def articles(
    count: int, status: int | None = 200, failure: str | None = None, **more: bool | None
) -> list[Answer]:
    known, unreadable = bool(more.get("known", True)), more.get("unreadable", False)
    return [Answer(ARTICLE, None if failure else status, failure, known=known, unreadable=unreadable)] * count


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ([GOOD_LIST, *articles(10)], Verdict.HEALTHY),
        ([front(304), *articles(10, 304)], Verdict.HEALTHY),
        ([GOOD_LIST], Verdict.HEALTHY),
        ([GOOD_LIST, *articles(30), *articles(2, 404)], Verdict.HEALTHY),
        ([GOOD_LIST, *articles(30), *articles(3, None, "FetchTimeout")], Verdict.HEALTHY),
        ([GOOD_LIST, *articles(10), *articles(3, 301)], Verdict.HEALTHY),
        ([GOOD_LIST, *articles(10), *articles(10, None, "RobotsRefused")], Verdict.HEALTHY),
        ([GOOD_LIST, *articles(300, unreadable=None), *articles(2, unreadable=True)], Verdict.HEALTHY),
        ([GOOD_LIST, Answer(LIST, 404), *articles(10)], Verdict.HEALTHY),
        ([GOOD_LIST, *articles(10, unreadable=True, known=False)], Verdict.HEALTHY),
        ([], Verdict.DOWN),
        ([front(None, "HostUnreachable")], Verdict.DOWN),
        ([front(503), *articles(10, 503)], Verdict.DOWN),
        ([front(500), *articles(10)], Verdict.DOWN),
        ([front(403), *articles(10, 403)], Verdict.BLOCKED),
        ([front(None, "RobotsRefused")], Verdict.BLOCKED),
        ([front(429)], Verdict.BLOCKED),
        ([GOOD_LIST, front(404), *articles(10)], Verdict.DEGRADED),
        ([GOOD_LIST, *articles(10), *articles(10, 503)], Verdict.DEGRADED),
        ([GOOD_LIST, *articles(10), *articles(10, 404)], Verdict.DEGRADED),
        ([GOOD_LIST, *articles(4), *articles(6, unreadable=True)], Verdict.REDESIGNED),
        ([GOOD_LIST, *articles(300, unreadable=None), *articles(40, unreadable=True)], Verdict.REDESIGNED),
        ([GOOD_LIST, *articles(10), *articles(10, 302)], Verdict.DEGRADED),
        ([GOOD_LIST, *articles(4, 404)], Verdict.DEGRADED),
        ([GOOD_LIST, *articles(4, 500)], Verdict.DEGRADED),
    ],
)
def test_verdicts(answers: list[Answer], verdict: Verdict) -> None:
    found, reason = judge(answers, complete=True)
    assert found is verdict
    assert (reason is None) == (verdict is Verdict.HEALTHY)


def test_a_run_stopped_at_once_says_nothing_of_the_portal() -> None:
    assert judge([], complete=False)[0] is Verdict.DEGRADED


_ANSWERS = st.builds(
    Answer,
    st.sampled_from(PageKind),
    st.sampled_from([None, 200, 304, 301, 403, 404, 410, 429, 500, 503]),
    known=st.booleans(),
    unreadable=st.booleans(),
)


@given(st.lists(_ANSWERS, max_size=30))
def test_order_does_not_matter_and_more_failures_never_heal(answers: list[Answer]) -> None:
    verdict = judge(answers, complete=True)[0]
    assert judge(list(reversed(answers)), complete=True)[0] is verdict
    if verdict is not Verdict.HEALTHY:
        worse = [*answers, front(None, "HostUnreachable")]
        assert judge(worse, complete=True)[0] is not Verdict.HEALTHY
