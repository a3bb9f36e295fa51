"""The product against the sample portal's truth, through the bench that measures it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.truth import play


def test_six_days_of_one_portal(tmp_path: Path) -> None:
    played = play(seed=11, days=6, articles=40, home=tmp_path)
    assert played.verdict.missed == ()
    assert played.verdict.false == ()
    assert len(played.verdict.found) > 15
    assert played.quiet_days > 0
    assert played.on_quiet_days == 0


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1, 6))
def test_ten_days_of_five_portals(tmp_path: Path, seed: int) -> None:
    played = play(seed=seed, days=10, articles=40, home=tmp_path)
    assert played.verdict.precision >= 0.95
    assert played.verdict.recall >= 0.95
    assert played.on_quiet_days == 0
