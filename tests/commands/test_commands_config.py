"""`revisor config`, and `--set` where a command takes it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from commands.main import app
from reports.settings import SettingList
from revisor.settings import SETTINGS
from tests.commands.cli import name_of, refused

TOKEN = "sixteen-or-more-letters"  # noqa: S105  # made up


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data home with a file of settings, in an environment that says nothing else."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    (home / "revisor.toml").write_text(f'[web]\ntoken = "{TOKEN}"\n[run]\nmemory_mb = 900\n')
    monkeypatch.setenv("REVISOR_HOME", str(home))
    return home


def called(*words: str) -> str:
    ended = CliRunner().invoke(app, ["config", *words], catch_exceptions=False)
    assert ended.exit_code == 0
    return ended.output


def test_it_lists_every_setting_with_its_value_origin_and_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVISOR_CONTACT", "me@example.org")
    shown = called("--set", "web.port=0", "--set", "service.portals=a,b")
    lines = shown.splitlines()
    assert lines[0] == f"data home {home}"
    for setting in SETTINGS:
        (at,) = [number for number, line in enumerate(lines) if line.startswith(f"{setting.key} ")]
        assert lines[at + 1].strip() == setting.sentence
    said = {line.split()[0]: " ".join(line.split()[1:]) for line in lines[1:] if line and line[0] != " "}
    assert said["contact"] == "me@example.org [REVISOR_CONTACT]"
    assert said["web.host"] == "127.0.0.1 [default]"
    assert said["web.port"] == "0 [--set]"
    assert said["web.hosts"] == "(none) [default]"
    assert said["web.token"] == f"*** [{home / 'revisor.toml'}]"
    assert said["run.memory_mb"] == f"900 [{home / 'revisor.toml'}]"
    assert said["service.portals"] == "a, b [--set]"
    assert TOKEN not in shown


def test_as_json_it_has_its_shape(home: Path) -> None:
    text = called("--json")
    shape = msgspec.json.decode(text, type=SettingList)
    assert shape.format == "revisor.config/1"
    assert shape.home == str(home)
    assert [one.key for one in shape.settings] == [setting.key for setting in SETTINGS]
    assert TOKEN not in text
    (memory,) = [one for one in json.loads(text)["settings"] if one["key"] == "run.memory_mb"]
    assert memory == {
        "key": "run.memory_mb",
        "value": "900",
        "default": "3072",
        "origin": str(home / "revisor.toml"),
        "sentence": memory["sentence"],
    }


def test_it_makes_no_data_home(tmp_path: Path, home: Path) -> None:
    assert home.is_dir()
    called("--home", str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_what_would_steer_a_terminal_is_shown_and_not_done(home: Path) -> None:
    (home / "revisor.toml").write_text('[service]\nportals = ["\\u202egro"]')
    ended = refused(home, "config")
    assert "\u202e" not in ended.err + ended.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("config", "--set", "web.prot=1"), 'did you mean "web.port"?'),
        (("config", "--set", "web.host=::"), "web.token of at least 16 characters"),
        (("crawl", "zhuhai", "--set", "run.memory_mb=1"), "run.memory_mb is not a whole number from 256"),
    ],
)
def test_a_wrong_setting_ends_a_command_before_it_begins(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    ended = refused(tmp_path / "home", *words)
    assert (ended.code, name_of(ended)) == (3, "ConfigError")
    assert says in ended.err
    assert not (tmp_path / "home").exists()
