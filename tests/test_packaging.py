"""The wheel that is built of this tree holds the house, all of it and nothing else."""

from __future__ import annotations

import shutil
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

from revisor import __version__

ROOT = Path(__file__).parents[1]
PACKAGES = {"commands", "scheduler", "reports", "scrapers", "storage", "revisor", "sample_portal"}
INFO = f"revisor-{__version__}.dist-info"
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "dist", "build")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of the tree, built as `python -m build` has hatchling do it."""
    tree = shutil.copytree(ROOT, tmp_path_factory.mktemp("build") / "tree", ignore=LEFT_BEHIND)
    (built,) = WheelBuilder(str(tree)).build(directory=str(tree / "dist"), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


def read(wheel: Path, name: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name).decode()


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    return Parser().parsestr(read(wheel, f"{INFO}/METADATA"))


def test_its_top_level_names_are_ours_alone(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == PACKAGES | {INFO}


def test_it_holds_every_file_of_our_packages(names: set[str]) -> None:
    """Modules, and what they read at run time: portal files, templates, migrations, skins, type markers."""
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert {name for name in names if not name.startswith(INFO)} == ours


@pytest.mark.parametrize(
    "pattern",
    [
        "scrapers/portals/zhuhai.toml",
        "scrapers/portals/victoria.toml",
        "reports/templates/report.html.j2",
        "reports/templates/report.css",
        "storage/migrations/env.py",
        "storage/migrations/versions/0001_first.py",
        "sample_portal/skins/common/body.html",
        "sample_portal/skins/subsite/article.html",
    ],
)
def test_it_holds_what_is_no_module(names: set[str], pattern: str) -> None:
    assert pattern in names


def test_it_holds_no_tests_and_no_benchmarks(names: set[str]) -> None:
    assert not [name for name in names if "test" in name or name.startswith(("bench", "docs", "."))]


def test_its_metadata(metadata: Message) -> None:
    assert (metadata["Name"], metadata["Version"]) == ("revisor", __version__)
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["License-File"] == "LICENSE"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Summary"]
    assert metadata.get_payload()


def test_its_license_and_its_command(wheel: Path, names: set[str]) -> None:
    assert "Apache License" in read(wheel, f"{INFO}/licenses/LICENSE")
    entries = read(wheel, f"{INFO}/entry_points.txt")
    assert entries.strip() == "[console_scripts]\nrevisor = commands.main:main"
    assert "commands/main.py" in names


def test_its_requirements_are_those_of_the_project(metadata: Message) -> None:
    """Tools of development do not come along."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {Requirement(line) for line in metadata.get_all("Requires-Dist", [])}
    assert required == {Requirement(line) for line in project["dependencies"]}


def test_it_is_for_any_machine_and_the_same_each_time(wheel: Path, tmp_path: Path) -> None:
    assert wheel.name == f"revisor-{__version__}-py3-none-any.whl"
    (again,) = WheelBuilder(str(wheel.parents[1])).build(directory=str(tmp_path), versions=["standard"])
    assert Path(again).read_bytes() == wheel.read_bytes()
