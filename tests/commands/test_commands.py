"""The commands on a portal that is served while they run, and on files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from revisor import __version__
from sample_portal.portal_file import portal_file
from sample_portal.server import Server
from sample_portal.site import Site
from storage.database import open_database
from storage.store import Store
from tests.commands.cli import COMMAND, ROOT, Ended, environment, revisor, start
from tests.scheduler.newsroom import page
from tests.scheduler.warc import write_warc

ARTICLES = 12
HEAVY = ("scrapy", "twisted", "sqlalchemy", "alembic", "lxml", "bs4", "rich", "jinja2", "msgspec", "warcio")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Site(seed=7, articles=ARTICLES, days=3)) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Path:
    """A data home that knows the served portal."""
    folder = tmp_path / "home"
    (folder / "portals").mkdir(parents=True)
    put_portal(folder, server)
    return folder


def put_portal(home: Path, server: Server, *, delay: float = 0.0) -> None:
    pace = f"delay = {delay}\nconcurrency = 1"
    text = portal_file(server.hosts).replace("delay = 0.0\nconcurrency = 8", pace)
    assert pace in text
    (home / "portals" / "sample.toml").write_text(text, encoding="utf-8")


def done(ended: Ended) -> str:
    """Standard output of a call that ended well and had nothing to complain of."""
    assert (ended.code, ended.err) == (0, ""), ended
    return ended.out


def document(ended: Ended) -> dict[str, Any]:
    found = json.loads(done(ended))
    assert next(iter(found)) == "format"
    assert isinstance(found, dict)
    return found


def live_pages(home: Path) -> int:
    engine = open_database(home / "revisor.db", create=False)
    try:
        return Store(engine).live_pages("sample")
    finally:
        engine.dispose()


def an_article(server: Server) -> str:
    return server.url + server.site.articles_on(0)[0].path.lstrip("/")


# --- crawl ----------------------------------------------------------------------


def test_a_crawl_says_what_it_did_and_a_later_one_what_changed(home: Path, server: Server) -> None:
    first = done(revisor(home, "crawl", "sample"))
    assert re.match(r"sample: run 1 healthy, \d+ fetched, 0 unchanged, 0 failed, [\d.]+ s\n", first)
    assert f"baseline: {ARTICLES} articles recorded" in first
    assert "\x1b" not in first
    server.day = 1
    second = done(revisor(home, "crawl", "sample"))
    assert second.startswith("sample: run 2 healthy")
    truth = [change for change in server.site.truth() if change.day == 1 and change.due_day == 1]
    told = [line for line in second.splitlines() if re.match(r"\s+\d+  \w", line)]
    assert len(told) >= len({change.key for change in truth}) > 0
    assert re.match(r"sample: run 3 healthy", done(revisor(home, "crawl", "sample")))


def test_a_crawl_as_json_is_one_document(home: Path, server: Server) -> None:
    first = document(revisor(home, "crawl", "sample", "--json"))
    assert first["format"] == "revisor.run/1"
    assert (first["run"]["verdict"], first["run"]["baseline"], first["changes"]) == ("healthy", True, [])
    assert first["run"]["counts"]["articles"] == ARTICLES
    server.day = 1
    second = document(revisor(home, "crawl", "sample", "--json"))
    assert len(second["changes"]) == second["run"]["counts"]["changes"] > 0


def test_a_crawl_of_few_pages_says_so_and_the_next_goes_on(home: Path) -> None:
    first = done(revisor(home, "crawl", "sample", "--max-pages", "12"))
    assert "the next run goes on" in first
    fetched = re.search(r"(\d+) fetched", first)
    assert fetched is not None
    assert int(fetched[1]) <= 12
    last = document(revisor(home, "crawl", "sample", "--json"))
    assert last["run"]["complete"]
    assert last["changes"] == []
    assert live_pages(home) == ARTICLES


def stopped(home: Path, server: Server, *signals: int, group: bool) -> Ended:
    """A slow crawl that gets these signals once it has fetched some pages."""
    put_portal(home, server, delay=0.2)
    with start(home, "crawl", "sample") as process:
        for number, sent in enumerate(signals, start=1):
            while server.requests < 6 + number and process.poll() is None:
                time.sleep(0.02)
            (os.killpg if group else os.kill)(process.pid, sent)
        out, err = process.communicate()
    put_portal(home, server)
    return Ended(process.returncode, out, err)


@pytest.mark.parametrize("group", [True, False], ids=["Ctrl-C", "kill"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_crawl_that_is_stopped_keeps_what_it_has(
    home: Path, server: Server, sent: int, group: bool
) -> None:
    ended = stopped(home, server, sent, group=group)
    assert ended.code == 130
    assert "what is under way is finished and kept" in ended.err
    assert "Traceback" not in ended.err
    assert "stopped before the end of its list; the next run goes on" in ended.out
    after = document(revisor(home, "crawl", "sample", "--json"))
    assert (after["run"]["id"], after["run"]["complete"], after["changes"]) == (2, True, [])
    assert live_pages(home) == ARTICLES


def test_a_crawl_that_is_stopped_twice_ends_at_once_and_loses_nothing(home: Path, server: Server) -> None:
    ended = stopped(home, server, signal.SIGINT, signal.SIGINT, group=True)
    assert ended.code == 130
    assert "Traceback" not in ended.err
    after = document(revisor(home, "crawl", "sample", "--json"))
    assert (after["run"]["complete"], after["changes"]) == (True, [])
    assert live_pages(home) == ARTICLES


def test_two_crawls_of_one_portal_do_not_overlap(home: Path, server: Server) -> None:
    put_portal(home, server, delay=1.0)
    with start(home, "crawl", "sample") as first:
        while server.requests < 3 and first.poll() is None:
            time.sleep(0.02)
        second = revisor(home, "crawl", "sample")
        first.send_signal(signal.SIGINT)
        first.communicate()
    assert second.code == 9
    assert second.err.startswith("revisor: RunOverlap: ")
    assert str(first.pid) in second.err


# --- portals, check, doctor -------------------------------------------------------


def test_portals_with_what_is_stored_of_them(home: Path) -> None:
    before = done(revisor(home, "portals"))
    assert before.count("never crawled") == len(re.findall(r"^\w", before, re.MULTILINE)) >= 3
    assert not (home / "revisor.db").exists()
    done(revisor(home, "crawl", "sample"))
    after = done(revisor(home, "portals"))
    assert f"{ARTICLES} pages, 0 changes, last healthy run 20" in after
    assert "your own file" in after


def test_a_broken_portal_file_is_listed_with_what_is_wrong(home: Path) -> None:
    (home / "portals" / "broken.toml").write_text('name = "broken"\nbase = 3\n', encoding="utf-8")
    text = done(revisor(home, "portals"))
    assert "broken: PortalFileInvalid: " in text
    assert "zhuhai: " in text
    found = document(revisor(home, "portals", "--json"))
    assert found["format"] == "revisor.portals/1"
    lines = {line["name"]: line for line in found["portals"]}
    assert "Expected `str`, got `int` in base" in lines["broken"]["error"]
    assert lines["zhuhai"]["error"] is None
    assert (lines["zhuhai"]["built_in"], lines["sample"]["built_in"]) == (True, False)


def test_checking_a_stored_page(home: Path) -> None:
    stored = home.parent / "stored.htm"
    stored.write_bytes(page())
    text = done(revisor(home, "check", "zhuhai", "stored.htm", "--url", "https://www.cityofzhuhai.com/a.htm"))
    assert "https://www.cityofzhuhai.com/a.htm" in text
    assert re.search(r"title +Harbour tunnel opens to traffic", text)
    assert re.search(r"updated +2026-03-01", text)
    assert "thrown away: " in text
    found = document(revisor(home, "check", "zhuhai", "stored.htm", "--json"))
    assert found["format"] == "revisor.check/1"
    assert found["pages"][0]["extraction"]["article"]["title"] == "Harbour tunnel opens to traffic"
    assert found["failures"] == []
    assert not (home / "revisor.db").exists()


def test_checking_an_address(home: Path, server: Server) -> None:
    url = an_article(server)
    text = done(revisor(home, "check", "sample", url))
    assert url in text
    assert f"{server.site.articles_on(0)[0].title}" in text
    assert len(document(revisor(home, "check", "sample", url, "--json"))["pages"]) == 1
    assert [p.name for p in home.iterdir()] == ["portals"]


def test_checking_an_address_that_no_pattern_matches_says_so(home: Path, server: Server) -> None:
    ended = revisor(home, "check", "sample", server.url, "--json")
    assert ended.err.startswith("note: no pattern of sample matches ")
    if ended.code == 0:
        assert json.loads(ended.out)["format"] == "revisor.check/1"


def test_checking_a_portal_shows_its_sections_and_some_articles(home: Path) -> None:
    text = done(revisor(home, "check", "sample"))
    assert len(re.findall(r"^section .*: status 200, \d+ articles linked$", text, re.MULTILINE)) >= 3
    assert text.count("thrown away: ") >= 1
    found = document(revisor(home, "check", "sample", "--json"))
    assert all(section["status"] == 200 for section in found["sections"])
    assert any(section["articles"] for section in found["sections"])
    assert found["pages"]
    assert [p.name for p in home.iterdir()] == ["portals"]


def test_the_doctor_finds_nothing_wrong_and_then_a_broken_portal_file(home: Path) -> None:
    healthy = revisor(home, "doctor")
    assert (healthy.code, healthy.err) == (0, "")
    assert "nothing stored yet" in healthy.out
    assert "FAULT" not in healthy.out
    assert {p.name for p in home.iterdir()} == {"portals"}
    done(revisor(home, "crawl", "sample", "--max-pages", "5"))
    assert "last run 20" in done(revisor(home, "doctor"))
    broken = home / "portals" / "broken.toml"
    broken.write_text("name = ", encoding="utf-8")
    ended = revisor(home, "doctor")
    assert (ended.code, ended.err) == (1, "")
    assert f"FAULT  PortalFileInvalid: {broken}" in ended.out


@pytest.mark.parametrize(
    ("name", "content"), [("revisor.db", "my notes"), ("revisor.toml", "contact = "), ("", "a file as home")]
)
def test_the_doctor_finds_what_is_wrong_with_a_home(tmp_path: Path, name: str, content: str) -> None:
    home = tmp_path / "home"
    if name:
        home.mkdir()
    (home / name if name else home).write_text(content, encoding="utf-8")
    ended = revisor(home, "doctor")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.count("FAULT ") == 1


# --- import, demo -----------------------------------------------------------------


def test_importing_an_archive_replays_its_days_once(home: Path) -> None:
    base, at = "https://www.cityofzhuhai.com", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    listing = b"<html><body><a href='/2026-03/01/c_1.htm'>one</a></body></html>"
    edited = page().replace(b"17 minutes", b"71 minutes")
    days = ((at, page()), (at + timedelta(days=1), edited))
    write_warc(
        home.parent / "history.warc.gz",
        [
            answer
            for day, article in days
            for answer in (
                (day, f"{base}/livinglatest.html", 200, listing),
                (day, f"{base}/2026-03/01/c_1.htm", 200, article),
            )
        ],
    )
    ended = revisor(home, "import", "zhuhai", "history.warc.gz")
    assert ended.code == 0
    assert "zhuhai: 2 runs from 2026-03-02 to 2026-03-03, 4 captures, 0 failed" in ended.out
    assert "1 pages, 2 versions, 1 changes" in ended.out
    again = document(revisor(home, "import", "zhuhai", "history.warc.gz", "--json"))
    assert (again["format"], again["runs"]) == ("revisor.import/1", [])
    assert "nothing new" in done(revisor(home, "import", "zhuhai", "history.warc.gz"))
    assert "71" in done(revisor(home, "show", "1"))


def test_the_demo_shows_what_changed_beside_the_truth(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    text = done(revisor(tmp_path / "home", "demo", "--once", "--keep", str(kept)))
    assert len(re.findall(r"^Day \d, ", text, re.MULTILINE)) == 3
    seen = re.search(r"(\d+) of (\d+) seen, (\d+) false", text)
    assert seen is not None
    assert int(seen[1]) >= 0.8 * int(seen[2]) > 10
    assert text.count("MISSED ") == int(seen[2]) - int(seen[1])
    assert text.count("FALSE ") == int(seen[3]) <= 2
    assert (kept / "revisor.db").exists()
    (written,) = re.findall(r"^Report written to (.*)$", text, re.MULTILINE)
    assert "</html>" in Path(written).read_text(encoding="utf-8")
    assert not (tmp_path / "home").exists()
    assert done(revisor(kept, "changes"))
    other = revisor(tmp_path / "home", "changes", "--home", str(kept))
    assert other.out == done(revisor(kept, "changes"))


def test_the_demo_lists_the_skins_when_asked_for_one_that_is_not_there(tmp_path: Path) -> None:
    ended = revisor(tmp_path / "home", "demo", "--once", "--skin", "paper")
    assert ended.code == 2
    assert "there is none called 'paper'" in ended.err
    assert "ministry" in ended.err


# --- the command itself -------------------------------------------------------------


def test_version_and_help(tmp_path: Path) -> None:
    assert done(revisor(tmp_path / "home", "--version")) == f"revisor {__version__}\n"
    text = done(revisor(tmp_path / "home", "--help"))
    for command in ("demo", "portals", "check", "crawl", "import", "changes", "show", "history", "report"):
        assert re.search(rf"^ +{command} ", text, re.MULTILINE), command
        assert "Usage" in done(revisor(tmp_path / "home", command, "--help"))
    assert not (tmp_path / "home").exists()


def test_help_needs_nothing_heavy(tmp_path: Path) -> None:
    code = f"import sys, commands.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code], env=environment(tmp_path), text=True, capture_output=True, check=True
    )
    assert found.stdout == "[]\n"


@pytest.mark.parametrize("words", [("portals", "--json"), ("--help",), ("doctor",)])
def test_a_reader_that_goes_away_ends_it_quietly(home: Path, words: tuple[str, ...]) -> None:
    """As in `revisor portals | head -1`; typer answers a broken pipe with exit code 1."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(  # noqa: S603  # our own command
        [*COMMAND, *words],
        env=environment(home),
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")
