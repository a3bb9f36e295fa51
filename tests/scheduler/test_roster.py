"""Which portals the service looks after, while their files come, change and go."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from benchmarks.service import write_portal
from revisor.errors import PortalNotFound
from scheduler.roster import Roster

BASE = "http://127.0.0.1:9/"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "portals").mkdir()
    return tmp_path


def test_files_that_come_change_and_go_are_seen(home: Path) -> None:
    roster = Roster(home, ())
    assert "alpha" not in roster.portals()
    write_portal(home, "alpha", BASE)
    assert roster.portals()["alpha"].schedule.cron == "0 * * * *"
    write_portal(home, "alpha", BASE, cron="5 * * * *")
    assert roster.portals()["alpha"].schedule.cron == "5 * * * *"
    write_portal(home, "alpha", BASE, enabled=False)
    assert "alpha" not in roster.portals()
    assert roster.find("alpha") is None
    (home / "portals" / "alpha.toml").unlink()
    assert roster.find("alpha") is None


def test_only_the_portals_that_are_named(home: Path) -> None:
    write_portal(home, "alpha", BASE)
    write_portal(home, "beta", BASE)
    roster = Roster(home, ("beta",))
    assert list(roster.portals()) == ["beta"]
    assert roster.find("alpha") is None
    assert {"alpha", "beta"} < set(Roster(home, ()).portals())


def test_an_unknown_name_is_refused(home: Path) -> None:
    with pytest.raises(PortalNotFound):
        Roster(home, ("nobody",))


def test_a_broken_file_is_reported_once_and_again_when_it_is_repaired(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "revisor.service")
    file = home / "portals" / "alpha.toml"
    file.write_text("name = ", encoding="utf-8")
    roster = Roster(home, ("alpha",))
    for _ in range(3):
        assert roster.portals() == {}
        assert roster.find("alpha") is None
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("alpha is left out until its file is repaired: PortalFileInvalid")
    write_portal(home, "alpha", BASE)
    assert list(roster.portals()) == ["alpha"]
    assert caplog.messages[1:] == ["alpha: its file can be read again"]
