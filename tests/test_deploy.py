"""What deploy/ hands to a system names only what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import typer

from commands.main import app
from revisor.errors import ConfigError, ServiceRunning
from revisor.settings import SETTINGS
from revisor.sources import HOME_VARIABLE

ROOT = Path(__file__).parent.parent
UNIT = (ROOT / "deploy" / "revisor.service").read_text("utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
GUIDE = (ROOT / "deploy" / "README.md").read_text("utf-8")
KNOWN = {HOME_VARIABLE, *(setting.variable for setting in SETTINGS)}


def lines(key: str) -> list[str]:
    """The values of a key of the unit."""
    return re.findall(rf"^{key}=(.*)$", UNIT, re.MULTILINE)


def test_what_the_unit_starts_is_a_command() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    (start,) = lines("ExecStart")
    program, command = start.split()
    assert program.endswith("/bin/revisor")
    assert command in group.commands


def test_variables_are_settings() -> None:
    for text in (UNIT, CONTAINER, GUIDE):
        assert set(re.findall(r"REVISOR_[A-Z_]+", text)) <= KNOWN


def test_what_trying_again_cannot_cure_is_not_tried_again() -> None:
    assert lines("RestartPreventExitStatus") == [f"{ConfigError.exit_code} {ServiceRunning.exit_code}"]


def test_a_stop_lets_crawls_finish() -> None:
    grace = next(setting.default for setting in SETTINGS if setting.key == "run.grace_seconds")
    assert isinstance(grace, int)
    assert int(lines("TimeoutStopSec")[0]) > grace
    assert int(re.findall(r"--stop-timeout (\d+)", GUIDE)[0]) > grace


def test_memory_is_enough_for_the_runs_that_are_allowed_at_once() -> None:
    settings = {setting.key: setting.default for setting in SETTINGS}
    parallel, memory = settings["service.parallel"], settings["run.memory_mb"]
    assert isinstance(parallel, int)
    assert isinstance(memory, int)
    assert int(lines("MemoryMax")[0].removesuffix("G")) * 1024 > parallel * memory


def test_the_image_has_every_package_and_only_what_is_there() -> None:
    lines_in = re.findall(r"^COPY (?!--)(.+)$", CONTAINER, re.MULTILINE)
    copied = {source for line in lines_in for source in line.split()[:-1]}
    assert {source for source in copied if not (ROOT / source).exists()} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied
