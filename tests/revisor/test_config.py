"""The data home: where it is, and what lies in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from revisor.config import Config, Home
from revisor.errors import ConfigError
from revisor.sources import load


def test_an_argument_goes_before_the_environment_and_that_before_the_users_folder(tmp_path: Path) -> None:
    environ = {"REVISOR_HOME": str(tmp_path / "b")}
    assert load(tmp_path / "a", environ).home.path == tmp_path / "a"
    assert load(None, environ).home.path == tmp_path / "b"
    assert load(None, {}).home.path.name == "revisor"
    assert load(None, {"REVISOR_HOME": ""}).home == load(None, {}).home


def test_a_home_is_absolute_and_need_not_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(Path("x"), {}) == Config(Home(tmp_path / "x"))
    assert not (tmp_path / "x").exists()


def test_everything_lies_in_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    home.make()
    home.make()
    assert {home.portals, home.locks, home.logs} == {p for p in home.path.iterdir() if p.is_dir()}
    assert home.database.parent == home.path


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "home", tmp_path / ("x" * 300)):
        with pytest.raises(ConfigError, match="cannot be made") as caught:
            Home(path).make()
        assert str(path) in caught.value.message
        assert "--home" in caught.value.remedy
