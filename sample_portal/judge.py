"""Holding what a monitor reported against the truth: one-to-one, by kind and by event."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sample_portal.truth import TrueChange

ANY = "*"
"""The kind of a report that says no more than that the page has changed."""


@dataclass(frozen=True, slots=True, order=True)
class Report:
    """One kind of one change that a monitor reported: on which day, of which page.

    key: the page's in the truth; of an address that was never one of its pages, the address.
    """

    day: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class FalseReport:
    """A report that is not true. event: what had last happened to that page, if anything."""

    report: Report
    event: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a monitor did. `missed` and `false` hold what must be looked at.

    found, missed: pairs of (true change, its kind) that were reported in time, and those that were not.
    asked: the true changes that were due, with those of which nothing may be reported.
    """

    asked: tuple[TrueChange, ...]
    found: tuple[tuple[TrueChange, str], ...]
    missed: tuple[tuple[TrueChange, str], ...]
    false: tuple[FalseReport, ...]

    @property
    def precision(self) -> float:
        """Share of the reports that are true; 1 where nothing was reported."""
        return share(len(self.found), len(self.false))

    @property
    def recall(self) -> float:
        """Share of the due changes that were reported; 1 where nothing was due."""
        return share(len(self.found), len(self.missed))


def share(right: int, wrong: int) -> float:
    """right / (right + wrong), and 1 where there was neither."""
    return right / (right + wrong) if right + wrong else 1.0


def judge(truth: Iterable[TrueChange], reports: Iterable[Report], last_day: int) -> Verdict:
    """Match reports with the truth up to `last_day`.

    A true change is found by a report of the same page and kind (or of `ANY`) from its day to its due day,
    each report serving once; a report of `ANY` serves all kinds of one change. What is due only after
    `last_day` is not asked for, and optional changes are neither asked for nor held against the monitor.
    """
    left: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports):
        left[report.key].append(report)
    changes = sorted(truth, key=lambda c: (c.day, c.key))
    asked, found, missed = [], [], []
    for change in changes:
        matched = _take(left[change.key], change)
        if change.optional:
            continue
        found += [(change, kind) for kind in matched]
        if change.due_day <= last_day:
            asked.append(change)
            missed += [(change, kind) for kind in change.kinds if kind not in matched]
    wrong = sorted(report for reports_left in left.values() for report in reports_left)
    return Verdict(tuple(asked), tuple(found), tuple(missed), _explained(wrong, changes))


def _take(left: list[Report], change: TrueChange) -> list[str]:
    """The kinds of the change that are reported; the reports are taken out."""
    in_time = [r for r in left if change.day <= r.day <= change.due_day]
    general = next((r for r in in_time if r.kind == ANY), None)
    matched = []
    for kind in change.kinds:
        exact = next((r for r in in_time if r.kind == kind and r in left), None)
        if exact:
            left.remove(exact)
        if exact or general:
            matched.append(kind)
    if general and change.kinds:
        left.remove(general)
    return matched


def _explained(wrong: Sequence[Report], changes: Sequence[TrueChange]) -> tuple[FalseReport, ...]:
    history: dict[str, list[TrueChange]] = defaultdict(list)
    for change in changes:
        history[change.key].append(change)
    explained = []
    for report in wrong:
        past = history[report.key]
        index = bisect_right([change.day for change in past], report.day)
        explained.append(FalseReport(report, past[index - 1].event if index else None))
    return tuple(explained)
