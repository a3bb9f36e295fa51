"""The tables of the truth bench, on monitors whose faults are known."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.shared.sample_run import DayRun, Game, Played
from benchmarks.truth.fields import fields_of
from benchmarks.truth.show import show_worst
from benchmarks.truth.tables import EventTable, IncidentTable
from sample_portal.judge import Report
from sample_portal.outages import Outage
from sample_portal.site import Site
from sample_portal.truth import TrueChange


def told(changes: tuple[TrueChange, ...], last_day: int) -> tuple[Report, ...]:
    return tuple(Report(c.due_day, c.key, kind) for c in changes if c.due_day <= last_day for kind in c.kinds)


def game_of(site: Site, *more: Report, without: str = "") -> Game:
    """A monitor that reports the truth, but for one event, and some reports more."""
    changes = tuple(change for change in site.truth() if change.event != without)
    runs = tuple(DayRun(day, "healthy", "") for day in range(site.days))
    return Game(site, Played(runs, (*told(changes, site.days - 1), *more), ()))


def test_a_perfect_monitor_has_a_perfect_table() -> None:
    table = EventTable.of([game_of(Site(seed=s, articles=80, days=9, everything=True)) for s in (1, 2)])
    assert all((row.precision, row.recall, row.false, row.missed) == (1, 1, 0, 0) for row in table.events)
    assert sum(row.due for row in table.events) > 150
    assert sum(row.found for row in table.kinds) == table.whole.found
    assert (table.quiet_days, table.on_quiet_days) == (4, 0)


def test_what_is_missed_and_what_is_false_stands_in_its_row() -> None:
    site = Site(seed=1, articles=80, days=9, everything=True)
    markup = next(c for c in site.truth() if c.event == "markup")
    false = (Report(markup.day, markup.key, "edited"), Report(3, "nowhere", "new"))
    table = EventTable.of([game_of(site, *false, without="retitle")])
    rows = {row.name: row for row in table.events}
    assert rows["retitle"].recall == 0
    assert rows["retitle"].missed == rows["retitle"].due > 0
    assert (rows["markup"].false, rows["(nothing)"].false) == (1, 1)
    assert table.instead["markup"]["edited"] == 1
    assert table.on_quiet_days == 1
    assert json.loads(json.dumps(table.rows())) == table.rows()


def test_a_troubled_day_taken_for_healthy_is_counted_and_an_alarm_on_another_too() -> None:
    site = Site(seed=1, days=5, furniture_days=False, outages={2: Outage.FORBIDDEN})
    game = game_of(site)
    (line,) = IncidentTable.of([("forbidden", game)]).lines
    assert (line.days, line.seen, line.alarms, line.false, line.missed) == (1, 0, 0, 0, 0)
    runs = tuple(DayRun(day, "blocked" if day in {2, 4} else "healthy", "") for day in range(5))
    seen = Game(site, Played(runs, game.played.reports, ()))
    (line,) = IncidentTable.of([("forbidden", seen)]).lines
    assert (line.seen, line.alarms, dict(line.verdicts)) == (1, 1, {"blocked": 1})


def test_the_worst_misses_are_shown_with_their_pages(tmp_path: Path) -> None:
    site = Site(seed=1, articles=80, days=5, everything=True)
    show_worst([game_of(site, without="number")], tmp_path / "worst")
    index = (tmp_path / "worst" / "index.txt").read_text()
    assert index.startswith("number-missed: ")
    case = tmp_path / "worst" / "number-missed-1"
    truth = json.loads((case / "truth.json").read_text())
    old, new = (
        next(c["detail"] for c in truth["changes"] if c["event"] == "number").split(": ")[1].split(" -> ")
    )
    before, after = ((case / f"{name}.html").read_bytes() for name in ("before", "after"))
    assert old != new
    assert before != after


def test_fields_are_shares() -> None:
    (score,) = fields_of(["subsite"], seeds=1)
    assert score.pages == 60
    assert 0.9 < score.body <= 1
    assert all(0 <= share <= 1 for share in (score.title, score.updated, score.exact, score.captions))
