"""The data home and its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from revisor.config import Config, Home, load
from revisor.errors import ConfigError


def settings(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "revisor.toml").write_text(text, encoding="utf-8")
    return home


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


def test_the_contact_comes_from_the_file_and_the_environment_overrules_it(tmp_path: Path) -> None:
    assert load(tmp_path, {}).contact is None
    settings(tmp_path, 'contact = "me@example.org"')
    assert load(tmp_path, {}).contact == "me@example.org"
    assert load(tmp_path, {"REVISOR_CONTACT": "https://example.org/"}).contact == "https://example.org/"
    assert load(tmp_path, {"REVISOR_CONTACT": ""}).contact == "me@example.org"


@pytest.mark.parametrize("contact", ["a\nX-Header: b", "a\rb", "a\0b", "x" * 201, "\x1b[31m"])
def test_a_contact_that_would_break_the_header_is_refused(tmp_path: Path, contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        load(tmp_path, {"REVISOR_CONTACT": contact})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("contact = ", "cannot be read"),
        ('kontact = "x"', 'unknown key "kontact"'),
        ("contact = 3", "contact is no text"),
        ('[contact]\nmail = "x"', "contact is no text"),
    ],
)
def test_settings_that_cannot_be_used_are_named_with_their_file(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load(settings(tmp_path, text), {})
    assert str(tmp_path / "revisor.toml") in caught.value.message
    assert "\n" not in str(caught.value)


def test_settings_that_are_no_text_or_no_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "revisor.toml").write_bytes(b'contact = "caf\xe9"')
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, {})
    (tmp_path / "revisor.toml").unlink()
    (tmp_path / "revisor.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, {})
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / ("x" * 300), {})


def test_a_home_below_a_file_has_no_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert load(tmp_path / "file" / "home", {}).contact is None
