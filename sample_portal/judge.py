"""Holding what a monitor reported against the truth: one-to-one, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sample_portal.truth import TrueChange


@dataclass(frozen=True, slots=True, order=True)
class Report:
    """One kind of one change that a monitor reported: on which day, of which article."""

    day: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a monitor did. `missed` and `false` hold what must be looked at.

    found: pairs of (true change, its kind) that were reported in time.
    """

    found: tuple[tuple[TrueChange, str], ...]
    missed: tuple[tuple[TrueChange, str], ...]
    false: tuple[Report, ...]

    @property
    def precision(self) -> float:
        """Share of the reports that are true; 1 where nothing was reported."""
        reported = len(self.found) + len(self.false)
        return len(self.found) / reported if reported else 1.0

    @property
    def recall(self) -> float:
        """Share of the due changes that were reported; 1 where nothing was due."""
        due = len(self.found) + len(self.missed)
        return len(self.found) / due if due else 1.0


def judge(truth: Iterable[TrueChange], reports: Iterable[Report], last_day: int) -> Verdict:
    """Match reports with the truth up to `last_day`.

    A true change is found by a report of the same article and kind from its day to its due day, each report
    serving once. What is due only after `last_day` is not asked for, and optional changes are neither asked
    for nor held against the monitor.
    """
    left = sorted(reports)
    found, missed = [], []
    for change in sorted(truth, key=lambda c: (c.day, c.key)):
        for kind in change.kinds:
            match = next((r for r in left if _matches(r, change, kind)), None)
            if match:
                left.remove(match)
                if not change.optional:
                    found.append((change, kind))
            elif not change.optional and change.due_day <= last_day:
                missed.append((change, kind))
    return Verdict(tuple(found), tuple(missed), tuple(left))


def _matches(report: Report, change: TrueChange, kind: str) -> bool:
    return report.key == change.key and report.kind == kind and change.day <= report.day <= change.due_day
