"""Turns of portals: one at a time each, so many at once, and none after the end."""

from __future__ import annotations

import threading
from queue import Queue

from scheduler.plan import Plan
from tests.scheduler.services import PATIENCE


def test_turns_are_given_in_time_and_a_new_plan_replaces_the_old() -> None:
    given: Queue[str] = Queue()
    plan = Plan(given.put, parallel=1)
    plan.start()
    plan.put("late", 3600.0)
    plan.put("early", 0.0)
    assert given.get(timeout=PATIENCE) == "early"
    plan.put("late", 0.0)
    assert given.get(timeout=PATIENCE) == "late"
    plan.end()
    assert given.empty()


def test_a_planned_turn_can_be_taken_back() -> None:
    given: Queue[str] = Queue()
    plan = Plan(given.put, parallel=1)
    plan.start()
    plan.put("alpha", 3600.0)
    assert plan.drop("alpha")
    assert not plan.drop("alpha")
    plan.end()
    assert given.empty()


def test_a_portal_has_no_two_turns_at_once_and_the_end_waits_for_all() -> None:
    begun, go_on, given = Queue[str](), threading.Event(), list[str]()

    def turn(name: str) -> None:
        begun.put(name)
        go_on.wait(PATIENCE)
        given.append(name)

    plan = Plan(turn, parallel=2)
    plan.start()
    plan.put("alpha", 0.0)
    assert begun.get(timeout=PATIENCE) == "alpha"
    plan.put("alpha", 0.0)  # comes due while the first is under way, and is dropped
    plan.put("beta", 0.0)
    assert begun.get(timeout=PATIENCE) == "beta"
    go_on.set()
    plan.end()
    assert sorted(given) == ["alpha", "beta"]


def test_nothing_is_left_behind() -> None:
    before = threading.active_count()
    for _ in range(3):
        plan = Plan(lambda _: None, parallel=2)
        plan.start()
        plan.put("alpha", 0.0)
        plan.end()
    assert threading.active_count() == before
