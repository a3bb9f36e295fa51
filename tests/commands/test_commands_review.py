"""`changes`, `show`, `history` and `report` on a data home that was filled by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from commands import filters
from commands.main import app
from revisor.errors import NotFound, PortalNotFound, RevisorError, StorageError
from revisor.model import Kind
from storage.database import open_database
from tests.reports.examples import ARTICLE, edited
from tests.reports.shelf import Shelf

PERIOD = ("--since", "2026-03-01", "--until", "2026-03-03")
PORTAL_FILE = """\
name = "harbour"
base = "https://news.example/"
aliases = ["old.example/news"]
sections = [{ name = "News", url = "news.html" }]
[urls]
article = ['^/(?P<id>[a-z])\\.htm$']
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data home with one portal file, and a folder to work in."""
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "harbour.toml").write_text(PORTAL_FILE, encoding="utf-8")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("REVISOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def engine(home: Path) -> Iterator[Engine]:
    engine = open_database(home / "revisor.db")
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: Engine) -> Shelf:
    shelf = Shelf(engine)
    shelf.run({"a": ARTICLE, "b": ARTICLE})
    shelf.run({"a": edited(), "b": 404})
    shelf.run({"a": edited(), "b": 404, "c": ARTICLE})
    return shelf


def call(*words: str) -> str:
    """Standard output of a command that ends well."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, RevisorError):
        raise result.exception
    return result


def ids(*words: str) -> list[int]:
    return [row["id"] for row in msgspec.json.decode(call("changes", "--json", *words))["changes"]]


@pytest.mark.usefixtures("filled")
def test_changes_lists_newest_first_and_filters() -> None:
    assert ids() == [3, 2, 1]
    assert ids("--kind", "new", "--kind", "removed") == [3, 2]
    assert ids("--limit", "1") == [3]
    assert ids("--since", "2026-03-02T02:30Z") == [3, 2]
    assert ids("--until", "2026-03-02T02:30Z") == [1]
    assert ids(*PERIOD, "--portal", "harbour") == [3, 2, 1]
    assert ids("--portal", "victoria") == []
    assert "showing 1 of 3; --limit 3 shows all" in call("changes", "--limit", "1")


@pytest.mark.usefixtures("filled")
def test_changes_by_section_words_and_state() -> None:
    assert ids("--section", "Elsewhere") == []
    assert ids("--words", "tunnel ALL") == [1]
    assert ids("--words", "ferry submarine") == []
    call("review", "2")
    assert ids("--state", "reviewed") == [2]
    assert ids("--state", "open") == [3, 1]
    assert ids("--state", "all") == [3, 2, 1]
    assert "removed  reviewed\n" in call("changes")
    assert call("report", *PERIOD, "--state", "open", "-o", "r.md").startswith("2 changes written")


@pytest.mark.usefixtures("filled")
def test_review_marks_a_change_with_a_note_and_opens_it_again() -> None:
    said = call("review", "1", "--note", "Told the desk.", "--reviewer", "Ada")
    assert said.startswith("Change 1: reviewed by Ada, 20")
    assert said.endswith(": Told the desk.\n")
    assert "reviewed by Ada, " in call("show", "1")
    assert msgspec.json.decode(call("show", "1", "--json"))["change"]["review"]["note"] == "Told the desk."
    assert call("review", "1", "--open").startswith("Change 1: open, 20")
    assert ids("--state", "reviewed") == []


@pytest.mark.usefixtures("filled")
def test_review_of_what_cannot_be_kept() -> None:
    with pytest.raises(NotFound, match="change 99"):
        run("review", "99")
    with pytest.raises(StorageError, match="the note has 5000 characters"):
        run("review", "1", "--note", "x" * 5_000)
    assert "Change 1: reviewed by A?a, " in call("review", "1", "--reviewer", "A\udce9a")


@pytest.mark.usefixtures("filled")
def test_changes_of_nothing_says_when_the_portal_was_last_healthy() -> None:
    printed = call("changes", "--until", "2020-01-01")
    assert printed.startswith("No such changes.\n  harbour: last healthy run 2026-03-0")


@pytest.mark.usefixtures("engine")
def test_changes_of_an_empty_home_says_what_to_do() -> None:
    assert "`revisor crawl PORTAL`" in call("changes")
    assert msgspec.json.decode(call("changes", "--json"))["changes"] == []


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "command", [("changes",), ("show", "1"), ("history", "x"), ("report",), ("review", "1")]
)
def test_without_a_data_home_the_error_says_so(command: tuple[str, ...]) -> None:
    with pytest.raises(NotFound, match="nothing is stored"):
        run(*command)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--since", "soon"), '"soon" is no moment'),
        (("--until", "2026-02-30"), '"2026-02-30" is no moment'),
        (("--since", "2026-03-02", "--until", "2026-03-01"), "2026-03-01 is not after --since 2026-03-02"),
        (("--kind", "editid"), 'there is no kind "editid"'),
    ],
)
@pytest.mark.parametrize("command", ["changes", "report"])
def test_wrong_options_are_named(command: str, options: tuple[str, ...], complaint: str) -> None:
    result = run(command, *options)
    assert result.exit_code == 2
    assert complaint in " ".join(result.stderr.split())
    assert f"'{options[-2]}'" in result.stderr or options[-2] in result.stderr


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("command", ["changes", "report"])
def test_an_unknown_portal_is_named(command: str) -> None:
    with pytest.raises(PortalNotFound, match=r'no portal named "harbor".*did you mean "harbour"'):
        run(command, "--portal", "harbor")


def test_a_portal_whose_file_is_gone_still_has_its_history(home: Path, filled: Shelf) -> None:
    filled.run({"a": ARTICLE})
    (home / "portals" / "harbour.toml").unlink()
    assert ids("--portal", "harbour") == [4, 3, 2, 1]
    assert "harbour: last healthy run" in call("changes", "--until", "2020-01-01")


@pytest.mark.usefixtures("filled")
def test_show_prints_one_change() -> None:
    assert "The tunnel is [-2,150-]{+2,510+} metres long" in call("show", "1")
    assert msgspec.json.decode(call("show", "2", "--json"))["change"]["kinds"] == ["removed"]
    with pytest.raises(NotFound, match="change 99"):
        run("show", "99")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/a.htm",
        "http://old.example/news/a.htm#top",
        "id:a",
    ],
)
def test_history_finds_a_page_by_any_of_its_names(address: str) -> None:
    printed = call("history", address)
    assert "2 versions, 1 change, 3 captures" in printed
    assert "live, first seen 2026-03-02 01:00 UTC, last seen 2026-03-02 03:00 UTC" in printed
    assert len(msgspec.json.decode(call("history", address, "--json"))["pages"]) == 1


def test_history_reads_on_past_a_broken_portal_file(home: Path, filled: Shelf) -> None:
    filled.run({"b": 404})
    (home / "portals" / "broken.toml").write_text("name = ", encoding="utf-8")
    printed = call("history", "https://news.example/b.htm")
    assert "not found since 2026-03-02 02:00 UTC in 3 healthy runs" in printed
    assert "removed" in printed


@pytest.mark.usefixtures("filled")
def test_history_of_an_unknown_address_is_an_error() -> None:
    with pytest.raises(NotFound, match="no page of"):
        run("history", "https://news.example/zzz.htm")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "option", "begins"),
    [
        ("r.html", (), "<!doctype html>"),
        ("r", (), "<!doctype html>"),
        ("r.json", (), '{\n  "format": "revisor.report/1"'),
        ("r.txt", (), "Changes from "),
        ("r.md", (), "# 3 changes\n"),
        ("r.csv", (), '\ufeff"id","portal",'),
        ("r.md", ("--format", "text"), "Changes from "),
        ("r.html", ("--format", "json"), '{\n  "format": "revisor.report/1"'),
    ],
)
def test_report_writes_the_format_that_is_asked_for(name: str, option: tuple[str, ...], begins: str) -> None:
    printed = call("report", *PERIOD, "-o", name, *option)
    assert printed == f"3 changes written to {Path(name).absolute()}\n"
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("form", ["html", "markdown", "json", "csv", "text"])
def test_report_prints_the_very_bytes_of_the_file(form: str) -> None:
    call("report", *PERIOD, "-o", "r", "--format", form)
    result = run("report", *PERIOD, "-o", "-", "--format", form)
    assert result.stdout_bytes == Path("r").read_bytes()
    assert not result.stderr


@pytest.mark.usefixtures("filled")
def test_report_without_a_name_takes_the_day_of_its_end() -> None:
    call("report", "--since", "2026-03-01", "--until", "2026-03-02T12:00")
    assert [p.name for p in Path.cwd().iterdir()] == ["revisor-report-2026-03-02.html"]


@pytest.mark.usefixtures("filled")
def test_report_refuses_a_missing_folder() -> None:
    with pytest.raises(StorageError, match="there is no folder nowhere"):
        run("report", *PERIOD, "-o", "nowhere/r.html")


def test_the_kinds_in_the_help_are_those_of_the_model() -> None:
    assert set(filters.KINDS.split(", ")) == set(Kind)
