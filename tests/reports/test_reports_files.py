"""A report's file is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.files import write_whole
from revisor.errors import StorageError


def test_it_is_written_with_the_rights_of_any_new_file(tmp_path: Path) -> None:
    path, other = tmp_path / "report.html", tmp_path / "other"
    write_whole(path, "héllo\n")
    other.write_text("")
    assert path.read_bytes() == "héllo\n".encode()
    assert path.stat().st_mode == other.stat().st_mode
    assert {p.name for p in tmp_path.iterdir()} == {"report.html", "other"}


def test_it_replaces_an_older_one_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    path.chmod(0o600)
    write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_text_that_cannot_be_written_leaves_the_older_one(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "x" * 100_000 + "\ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"there is no folder .*nowhere"):
        write_whole(tmp_path / "nowhere" / "report.html", "x")
    with pytest.raises(StorageError, match="is a folder"):
        write_whole(tmp_path, "x")


def test_a_name_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written: File name too long"):
        write_whole(tmp_path / ("x" * 300), "x")
    assert not list(tmp_path.iterdir())
