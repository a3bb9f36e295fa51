"""The product against the sample portal's truth, through the bench that measures it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.shared.sample_run import Game, play
from benchmarks.truth.tables import EventTable
from sample_portal.site import Site


def played(tmp_path: Path, seed: int, days: int) -> Game:
    site = Site(seed=seed, articles=40, days=days)
    return Game(site, play(site, tmp_path))


def test_six_days_of_one_portal(tmp_path: Path) -> None:
    game = played(tmp_path, seed=5, days=6)
    assert game.verdict.missed == ()
    assert game.verdict.false == ()
    assert len(game.verdict.found) > 15
    assert all(run.healthy for run in game.played.runs)
    table = EventTable.of([game])
    assert table.quiet_days > 0
    assert table.on_quiet_days == 0


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1, 6))
def test_ten_days_of_five_portals(tmp_path: Path, seed: int) -> None:
    game = played(tmp_path, seed, days=10)
    assert game.verdict.precision >= 0.9
    assert game.verdict.recall >= 0.9
    assert EventTable.of([game]).on_quiet_days == 0
