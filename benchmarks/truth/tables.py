"""The tables of `./run bench truth`: events, kinds, quiet days, incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.shared.sample_run import Game
from sample_portal.events import Event
from sample_portal.judge import Verdict, share
from sample_portal.truth import KINDS


@dataclass(frozen=True, slots=True)
class Row:
    """One event or kind: how many were due, in time, missed, and what was reported wrongly of them."""

    name: str
    due: int
    found: int
    missed: int
    false: int

    @property
    def precision(self) -> float:
        return share(self.found, self.false)

    @property
    def recall(self) -> float:
        return share(self.found, self.missed)

    def line(self) -> str:
        shares = f"{self.precision:>10.3f} {self.recall:>7.3f}"
        return f"{self.name:<17} {self.due:>6} {self.found:>6} {self.missed:>7} {self.false:>6} {shares}"


_HEAD = f"{'':<17} {'due':>6} {'found':>6} {'missed':>7} {'false':>6} {'precision':>10} {'recall':>7}"


@dataclass(frozen=True, slots=True)
class EventTable:
    """All sites of the events together. instead: what was reported in place of what, by event."""

    events: tuple[Row, ...]
    kinds: tuple[Row, ...]
    whole: Row
    instead: dict[str, Counter[str]]
    quiet_days: int
    on_quiet_days: int
    unhealthy: tuple[str, ...]

    @classmethod
    def of(cls, games: Sequence[Game]) -> EventTable:
        verdicts = [game.verdict for game in games]
        quiet = [_quiet_days(game) for game in games]
        pairs = zip(games, quiet, strict=True)
        noisy = sum(r.day in days for game, days in pairs for r in game.played.reports)
        found = sum(len(v.found) for v in verdicts)
        missed = sum(len(v.missed) for v in verdicts)
        false = sum(len(v.false) for v in verdicts)
        return cls(
            events=tuple(_event_row(event, verdicts) for event in (*Event, None)),
            kinds=tuple(_kind_row(kind, verdicts) for kind in KINDS),
            whole=Row("all", found + missed, found, missed, false),
            instead=_instead(verdicts),
            quiet_days=sum(map(len, quiet)),
            on_quiet_days=noisy,
            unhealthy=tuple(
                f"seed {game.site.seed} day {run.day}: {run.verdict}, {run.reason}"
                for game in games
                for run in game.played.runs
                if not run.healthy
            ),
        )

    def rows(self) -> dict[str, object]:
        """The table for JSON: [due, found, missed, false] by event and by kind."""
        return {
            "events": {r.name: [r.due, r.found, r.missed, r.false] for r in self.events},
            "kinds": {r.name: [r.due, r.found, r.missed, r.false] for r in (*self.kinds, self.whole)},
            "quiet_days": [self.quiet_days, self.on_quiet_days],
            "unhealthy": list(self.unhealthy),
        }

    def print(self) -> None:
        """Print all of it."""
        print(f"By event (silent ones must bring no report)\n{_HEAD}   falsely reported")
        for row in self.events:
            wrong = ", ".join(
                f"{kind} {n}" for kind, n in self.instead.get(row.name, Counter()).most_common(4)
            )
            print(f"{row.line()}   {wrong}".rstrip())
        print(f"\nBy kind\n{_HEAD}")
        for row in (*self.kinds, self.whole):
            print(row.line())
        print(
            f"\n{self.quiet_days} days on which only furniture moved: {self.on_quiet_days} changes reported"
        )
        for line in self.unhealthy:
            print(f"not healthy: {line}")


@dataclass(frozen=True, slots=True)
class IncidentTable:
    """The sites on which the portal failed or was redesigned, by form."""

    lines: tuple[Incident, ...]

    @classmethod
    def of(cls, games: Sequence[tuple[str, Game]]) -> IncidentTable:
        by_form: dict[str, list[Game]] = defaultdict(list)
        for form, game in games:
            by_form[form].append(game)
        return cls(tuple(_incident(form, several) for form, several in by_form.items()))

    def rows(self) -> list[dict[str, object]]:
        return [line.row() for line in self.lines]

    def print(self) -> None:
        """Print one line a form."""
        head = f"{'incident':<20} {'days':>5} {'seen':>5} {'alarms':>7} {'false':>6} {'due':>5} {'missed':>7}"
        print(
            f"\nIncidents (alarms: other days judged unhealthy; due, missed: true changes)\n{head}  verdicts"
        )
        for line in self.lines:
            print(line.line())
        right = sum(line.seen for line in self.lines)
        days = sum(line.days for line in self.lines)
        alarms = sum(line.alarms for line in self.lines)
        print(
            f"{right} of {days} troubled days not taken for healthy; {alarms} other days taken for unhealthy"
        )


@dataclass(frozen=True, slots=True)
class Incident:
    """One form: troubled days, how many of them were judged unhealthy, and what else went wrong."""

    form: str
    days: int
    seen: int
    alarms: int
    false: int
    due: int
    missed: int
    verdicts: Counter[str]

    def row(self) -> dict[str, object]:
        figures = {"days": self.days, "seen": self.seen, "alarms": self.alarms, "false": self.false}
        return {"form": self.form, **figures, "due": self.due, "missed": self.missed} | {
            "verdicts": dict(self.verdicts)
        }

    def line(self) -> str:
        verdicts = ", ".join(f"{name} {n}" for name, n in self.verdicts.most_common())
        figures = (
            f"{self.days:>5} {self.seen:>5} {self.alarms:>7} {self.false:>6} {self.due:>5} {self.missed:>7}"
        )
        return f"{self.form:<20} {figures}  {verdicts}"


def _event_row(event: Event | None, verdicts: Sequence[Verdict]) -> Row:
    """Changes of that event: found if all their kinds were; None stands for reports of untouched pages."""
    name = event.value if event else "(nothing)"
    missed = {id(change) for v in verdicts for change, _ in v.missed if change.event == name}
    due = sum(change.event == name for v in verdicts for change in v.asked)
    false = sum(wrong.event == (name if event else None) for v in verdicts for wrong in v.false)
    return Row(name, due, due - len(missed), len(missed), false)


def _kind_row(kind: str, verdicts: Sequence[Verdict]) -> Row:
    found = sum(k == kind for v in verdicts for _, k in v.found)
    missed = sum(k == kind for v in verdicts for _, k in v.missed)
    false = sum(wrong.report.kind == kind for v in verdicts for wrong in v.false)
    return Row(kind, found + missed, found, missed, false)


def _instead(verdicts: Sequence[Verdict]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        for wrong in verdict.false:
            found[wrong.event or "(nothing)"][wrong.report.kind] += 1
    return dict(found)


def _quiet_days(game: Game) -> set[int]:
    """Days on which nothing happened that may be reported then."""
    truth = game.site.truth()
    eventful = {day for c in truth if c.kinds for day in (c.day, c.due_day)}
    return set(range(1, game.site.days)) - eventful


def _incident(form: str, games: Sequence[Game]) -> Incident:
    days = seen = alarms = false = due = missed = 0
    verdicts: Counter[str] = Counter()
    for game in games:
        troubled = {d for i in game.site.incidents() for d in range(i.day, i.until + 1)}
        verdict = game.verdict
        days += len(troubled)
        seen += sum(not run.healthy for run in game.played.runs if run.day in troubled)
        alarms += sum(not run.healthy for run in game.played.runs if run.day not in troubled)
        false += len(verdict.false)
        missed += len(verdict.missed)
        due += len(verdict.missed) + len(verdict.found)
        verdicts.update(run.verdict for run in game.played.runs if run.day in troubled)
    return Incident(form, days, seen, alarms, false, due, missed, verdicts)
