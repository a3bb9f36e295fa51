"""Whatever is put in: one line of what, where and what to try; its exit code; nothing half done."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import open_database
from storage.store import Store
from tests.commands.cli import name_of, refused, revisor
from tests.scheduler.newsroom import page
from tests.scheduler.warc import write_warc
from tests.scrapers.fault_server import FaultServer, http

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LOOPBACK = '["127.0.0.0/8"]'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "portals").mkdir(parents=True)
    return tmp_path / "home"


def put_portal(home: Path, base: str, *, allow: str = LOOPBACK, name: str = "fault") -> Path:
    path = home / "portals" / f"{name}.toml"
    path.write_text(
        f"""
name = "{name}"
base = "{base}"
[[sections]]
name = "News"
url = "news.html"
[urls]
article = ['^/a(?P<id>\\d+)\\.(?:htm|pdf)$']
[pace]
delay = 0
timeout = 5
[network]
allow = {allow}
""",
        encoding="utf-8",
    )
    return path


def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
    return port


def outcomes(home: Path) -> list[str | None]:
    """What became of every capture that is stored."""
    engine = open_database(home / "revisor.db", create=False)
    try:
        store = Store(engine)
        return [line.outcome for run in store.runs() for line in store.captures_of_run(run.id)]
    finally:
        engine.dispose()


def runs_and_pages(home: Path, portal: str) -> tuple[int, int]:
    engine = open_database(home / "revisor.db", create=False)
    try:
        store = Store(engine)
        return len(store.runs()), store.live_pages(portal)
    finally:
        engine.dispose()


# --- portals and their files ---------------------------------------------------


@pytest.mark.parametrize("words", [("crawl", "zhuhia"), ("check", "zhuhia"), ("import", "zhuhia", "x.warc")])
def test_an_unknown_portal(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = refused(tmp_path / "home", *words)
    assert (ended.code, name_of(ended), ended.out) == (3, "PortalNotFound", "")
    assert 'no portal named "zhuhia"' in ended.err
    assert 'did you mean "zhuhai"?' in ended.err
    assert not (tmp_path / "home").exists()


def test_a_name_that_would_steer_the_terminal(tmp_path: Path) -> None:
    ended = refused(tmp_path / "home", "crawl", "a\x1b[2Jb\nc\u202ed")
    assert ended.code == 3
    assert not {"\x1b", "\u202e"} & set(ended.err)


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        (b"name = ", "is not TOML", "correct the line"),
        (b'name = "caf\xe9"', "is not UTF-8", "save it as UTF-8"),
        (b'titel = "x"\n', 'unknown key "titel"', 'did you mean "title"?'),
        (b'"a\\nb\\u001b[2J" = "x"\n', "unknown key", "known keys"),
        (b"", "missing required field `name`", "docs/reference/portal-file.md"),
    ],
)
def test_a_portal_file_that_cannot_be_used(home: Path, text: bytes, says: str, remedy: str) -> None:
    path = home / "portals" / "mine.toml"
    path.write_bytes(text)
    ended = refused(home, "crawl", "mine")
    assert (ended.code, name_of(ended), ended.out) == (3, "PortalFileInvalid", "")
    assert str(path) in ended.err
    assert says in ended.err
    assert remedy in ended.err
    assert not (home / "revisor.db").exists()


@pytest.mark.parametrize("text", ["contact = ", 'kontact = "x"', "contact = 3", 'contact = "a\\nb"'])
def test_settings_that_cannot_be_used(home: Path, text: str) -> None:
    (home / "revisor.toml").write_text(text, encoding="utf-8")
    ended = refused(home, "crawl", "zhuhai")
    assert (ended.code, name_of(ended)) == (3, "ConfigError")
    assert not (home / "revisor.db").exists()


# --- the network ---------------------------------------------------------------


@pytest.mark.parametrize("verb", ["crawl", "check"])
def test_a_host_that_cannot_be_reached(home: Path, verb: str) -> None:
    port = closed_port()
    put_portal(home, f"http://127.0.0.1:{port}/")
    ended = refused(home, verb, "fault")
    assert (ended.code, name_of(ended)) == (5, "HostUnreachable")
    assert f"127.0.0.1:{port}" in ended.err


def test_a_name_that_does_not_resolve(home: Path) -> None:
    put_portal(home, "http://no-such-host.invalid/")
    ended = refused(home, "crawl", "fault")
    assert (ended.code, name_of(ended)) == (5, "HostUnreachable")
    assert "no-such-host.invalid" in ended.err


@pytest.mark.parametrize("verb", ["crawl", "check"])
def test_a_private_network_that_was_not_allowed(home: Path, verb: str) -> None:
    with FaultServer({"/news.html": http(200, b"<p>secret</p>")}) as server:
        put_portal(home, server.url, allow="[]")
        ended = refused(home, verb, "fault")
    assert (ended.code, name_of(ended)) == (5, "EgressRefused")
    assert "[network] allow" in ended.err
    assert server.asked == []


@pytest.mark.parametrize(
    ("verb", "target", "name"),
    [
        ("crawl", "http://10.0.0.1/", "EgressRefused"),
        ("check", "http://10.0.0.1/", "EgressRefused"),
        ("crawl", "http://169.254.169.254/latest/", "EgressRefused"),
        ("crawl", "https://elsewhere.example/\x1b[2J", "OffPortalRedirect"),
        ("crawl", "http://[broken", "HttpError"),
    ],
)
def test_a_section_that_redirects_away(home: Path, verb: str, target: str, name: str) -> None:
    with FaultServer({"/news.html": http(302, b"", f"Location: {target}")}) as server:
        put_portal(home, server.url)
        ended = refused(home, verb, "fault")
    assert (ended.code, name_of(ended)) == (5, name)
    assert f"{server.url}news.html" in ended.err
    assert "\x1b" not in ended.err + ended.out


@pytest.mark.parametrize(("status", "name"), [(403, "HttpError"), (503, "HttpError"), (404, "FetchError")])
def test_a_section_that_is_refused(home: Path, status: int, name: str) -> None:
    with FaultServer({"/news.html": http(status, b"<p>no</p>")}) as server:
        put_portal(home, server.url)
        ended = refused(home, "crawl", "fault")
    assert (ended.code, name_of(ended)) == (5, name)
    assert str(status) in ended.err


@pytest.mark.parametrize("verb", ["crawl", "check"])
def test_robots_that_forbid_everything(home: Path, verb: str) -> None:
    rules = http(200, b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    with FaultServer({"/robots.txt": rules, "/news.html": http(200, b"<p>x</p>")}) as server:
        put_portal(home, server.url)
        ended = refused(home, verb, "fault")
    assert (ended.code, name_of(ended)) == (5, "RobotsRefused")
    assert server.asked == ["/robots.txt"]


# --- answers that are no pages ---------------------------------------------------


def test_a_crawl_whose_section_is_no_page(home: Path) -> None:
    with FaultServer({"/news.html": http(200, b"%PDF-1.7 x", content_type="application/pdf")}) as server:
        put_portal(home, server.url)
        ended = refused(home, "crawl", "fault")
    assert (ended.code, name_of(ended)) == (6, "NotHtml")
    assert f"{server.url}news.html" in ended.err
    assert outcomes(home) == ["NotHtml"]
    assert runs_and_pages(home, "fault") == (1, 0)


def test_an_article_that_is_no_page_leaves_the_others(home: Path) -> None:
    answers = {
        "/news.html": http(200, b"<a href=a1.htm>x</a><a href=a2.pdf>x</a><a href=a3.htm>x</a>"),
        "/a1.htm": http(200, page()),
        "/a2.pdf": http(200, b"%PDF-1.7 x", content_type="application/pdf"),
        "/a3.htm": http(200, b""),
    }
    with FaultServer(answers) as server:
        put_portal(home, server.url)
        ended = revisor(home, "crawl", "fault")
    assert ended.code == 0
    assert sorted(map(str, outcomes(home))) == ["EmptyBody", "NotHtml", "article", "list"]
    assert runs_and_pages(home, "fault") == (1, 1)


@pytest.mark.parametrize(
    ("path", "answer", "code", "name"),
    [
        ("a1.pdf", http(200, b"%PDF-1.7 x", content_type="application/pdf"), 6, "NotHtml"),
        ("a1.htm", http(200, b"%PDF-1.7 x"), 6, "NotHtml"),
        ("a1.htm", http(200, b""), 6, "EmptyBody"),
        ("a1.htm", http(200, b"<html><body></body></html>"), 6, "NoArticle"),
        ("a1.htm", http(500, b"<p>x</p>"), 5, "HttpError"),
        ("a1.htm", http(200, b"<p>x</p>", "Content-Encoding: gzip"), 5, "TruncatedBody"),
        ("a1.htm", http(200, b"<p>x</p>", length=1_000), 5, "TruncatedBody"),
    ],
)
def test_checking_an_address_that_is_no_page(
    home: Path, path: str, answer: bytes, code: int, name: str
) -> None:
    with FaultServer({f"/{path}": answer}) as server:
        put_portal(home, server.url)
        ended = refused(home, "check", "fault", f"{server.url}{path}")
    assert (ended.code, name_of(ended), ended.out) == (code, name, "")
    assert ended.err.count(f"{server.url}{path}") == 1
    assert list(home.iterdir()) == [home / "portals"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7\n\xe2\xe3", "NotHtml"), (b"", "EmptyBody"), (b"\0\0\0\0", "NotHtml"), (b"{}", "NotHtml")],
)
def test_checking_a_file_that_is_no_page(home: Path, content: bytes, name: str) -> None:
    stored = home.parent / "stored.htm"
    stored.write_bytes(content)
    ended = refused(home, "check", "zhuhai", str(stored))
    assert (ended.code, name_of(ended), ended.out) == (6, name, "")
    assert str(stored) in ended.err


@pytest.mark.parametrize("target", ["nowhere.htm", "."])
def test_checking_a_file_that_cannot_be_read(home: Path, target: str) -> None:
    ended = refused(home, "check", "zhuhai", target)
    assert (ended.code, name_of(ended)) == (3, "ConfigError")
    assert target in ended.err


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/x", "http://[broken", "http://www.cityofzhuhai.com:x/"]
)
def test_checking_an_address_of_another_site(home: Path, target: str) -> None:
    ended = refused(home, "check", "zhuhai", target)
    assert (ended.code, name_of(ended)) == (3, "ConfigError")
    assert target in ended.err


# --- archives --------------------------------------------------------------------


def archive(path: Path) -> Path:
    base = "https://www.cityofzhuhai.com"
    return write_warc(
        path,
        [
            (START, f"{base}/livinglatest.html", 200, b"<p>list</p>"),
            (START, f"{base}/2026-03/01/c_1.htm", 200, page()),
        ],
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_archive_that_breaks_off_leaves_nothing(home: Path, name: str) -> None:
    path = archive(home.parent / name)
    path.write_bytes(path.read_bytes()[:-20])
    ended = refused(home, "import", "zhuhai", name)
    assert (ended.code, name_of(ended)) == (8, "ArchiveTruncated")
    assert name in ended.err
    assert runs_and_pages(home, "zhuhai") == (0, 0)


@pytest.mark.parametrize(
    "content", [b"hello\n", b"\x1f\x8b\x08 no gzip", b"WARC/1.1\r\nContent-Length: x\r\n\r\n"]
)
def test_what_is_no_archive_leaves_nothing(home: Path, content: bytes) -> None:
    (home.parent / "a.warc").write_bytes(content)
    ended = refused(home, "import", "zhuhai", "a.warc")
    assert ended.code == 8
    assert name_of(ended) in {"ArchiveInvalid", "ArchiveTruncated"}
    assert runs_and_pages(home, "zhuhai") == (0, 0)


def test_an_archive_that_is_not_there(home: Path) -> None:
    ended = refused(home, "import", "zhuhai", "nowhere.warc.gz")
    assert (ended.code, name_of(ended)) == (8, "ArchiveInvalid")
    assert "nowhere.warc.gz" in ended.err


def test_an_archive_of_another_portal(home: Path) -> None:
    archive(home.parent / "a.warc.gz")
    ended = refused(home, "import", "victoria", "a.warc.gz")
    assert (ended.code, name_of(ended)) == (8, "ArchiveInvalid")
    assert "https://www.dhhs.vic.gov.au/" in ended.err
    assert runs_and_pages(home, "victoria") == (0, 0)


def test_an_archive_older_than_what_is_stored(home: Path) -> None:
    base = "https://www.cityofzhuhai.com"
    newer = write_warc(
        home.parent / "new.warc", [(START.replace(year=2027), f"{base}/livinglatest.html", 200, b"<p>x</p>")]
    )
    assert revisor(home, "import", "zhuhai", str(newer)).code == 0
    ended = refused(home, "import", "zhuhai", str(archive(home.parent / "a.warc")))
    assert (ended.code, name_of(ended)) == (9, "HistoryConflict")
    assert "--home" in ended.err
    assert runs_and_pages(home, "zhuhai") == (1, 0)


# --- the data home -----------------------------------------------------------------

EVERYTHING = (
    ("crawl", "zhuhai"),
    ("import", "zhuhai", "a.warc"),
    ("changes",),
    ("show", "1"),
    ("history", "https://www.cityofzhuhai.com/"),
    ("report",),
    ("portals",),
)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        *(("sqlite", words) for words in EVERYTHING),
        *((k, w) for k in ("text", "newer") for w in EVERYTHING[:3]),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_a_database_that_is_not_ours_is_left_byte_for_byte(
    home: Path, kind: str, words: tuple[str, ...]
) -> None:
    database = home / "revisor.db"
    archive(home.parent / "a.warc")
    if kind == "text":
        database.write_text("my notes\n" * 100, encoding="utf-8")
    elif kind == "sqlite":
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("CREATE TABLE mine (x)")
            connection.commit()
    else:
        open_database(database).dispose()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = contents(home)
    ended = refused(home, *words)
    assert ended.code == 7
    assert name_of(ended) == ("NewerDatabase" if kind == "newer" else "ForeignDatabase")
    assert str(database) in ended.err
    assert contents(home) == before


def test_a_database_that_is_cut_off_is_left_as_it_is(home: Path) -> None:
    database = home / "revisor.db"
    open_database(database).dispose()
    database.write_bytes(database.read_bytes()[:5_000])
    before = contents(home)
    ended = refused(home, "changes")
    assert (ended.code, name_of(ended)) == (7, "DatabaseDamaged")
    assert contents(home) == before


def test_a_database_that_another_process_holds(home: Path) -> None:
    """Takes the ten seconds that a command waits."""
    database = home / "revisor.db"
    open_database(database).dispose()
    with FaultServer({"/news.html": http(200, b"<p>x</p>")}) as server:
        put_portal(home, server.url)
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ended = refused(home, "crawl", "fault")
            other.execute("ROLLBACK")
    assert (ended.code, name_of(ended)) == (7, "DatabaseLocked")
    assert str(database) in ended.err
    assert server.asked == []
    assert runs_and_pages(home, "fault") == (0, 0)


def test_reading_goes_on_while_another_process_writes(home: Path) -> None:
    database = home / "revisor.db"
    open_database(database).dispose()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert revisor(home, "changes").code == 0
        assert revisor(home, "portals").code == 0


@pytest.mark.parametrize("words", EVERYTHING[:2], ids=lambda words: words[0])
def test_a_home_that_is_a_file(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "home").write_text("mine", encoding="utf-8")
    archive(tmp_path / "a.warc")
    ended = refused(tmp_path / "home", *words)
    assert (ended.code, name_of(ended)) == (3, "ConfigError")
    assert str(tmp_path / "home") in ended.err
    assert "--home" in ended.err
    assert (tmp_path / "home").read_text(encoding="utf-8") == "mine"


def test_a_home_with_an_impossible_name(tmp_path: Path) -> None:
    ended = refused(tmp_path / ("x" * 300), "crawl", "zhuhai")
    assert (ended.code, name_of(ended)) == (3, "ConfigError")


@pytest.mark.parametrize("folder", ["locks", "logs"])
def test_a_file_where_a_folder_of_the_home_should_be(home: Path, folder: str) -> None:
    (home / folder).write_text("mine", encoding="utf-8")
    ended = refused(home, "crawl", "zhuhai")
    assert (ended.code, name_of(ended)) == (3, "ConfigError")


# --- reviewing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("changes",), ("show", "1"), ("history", "x"), ("report",)], ids=lambda w: w[0]
)
def test_reviewing_before_anything_is_stored(home: Path, words: tuple[str, ...]) -> None:
    ended = refused(home, *words)
    assert (ended.code, name_of(ended)) == (4, "NotFound")
    assert "revisor crawl" in ended.err
    assert list(home.iterdir()) == [home / "portals"]


def test_a_change_or_a_page_that_is_not_there(home: Path) -> None:
    open_database(home / "revisor.db").dispose()
    for words in (("show", "12345"), ("history", "https://www.cityofzhuhai.com/x")):
        ended = refused(home, *words)
        assert (ended.code, name_of(ended)) == (4, "NotFound")
        assert words[1] in ended.err


def test_a_report_into_a_folder_that_is_not_there(home: Path) -> None:
    open_database(home / "revisor.db").dispose()
    ended = refused(home, "report", "-o", "nowhere/report.html")
    assert (ended.code, name_of(ended)) == (7, "StorageError")
    assert "nowhere" in ended.err
    assert not (home.parent / "nowhere").exists()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("changes", "--since", "soon"), "--since"),
        (("changes", "--until", "2026-13-40"), "--until"),
        (("changes", "--kind", "rumoured"), "rumoured"),
        (("changes", "--limit", "0"), "--limit"),
        (("show", "one"), "ID"),
        (("crawl", "zhuhai", "--max-pages", "0"), "--max-pages"),
        (("crawl",), "portal"),
        (("craw", "zhuhai"), "craw"),
    ],
)
def test_a_call_that_is_written_wrong(home: Path, words: tuple[str, ...], named: str) -> None:
    """Usage is explained as the command line library does it, on standard error, with exit code 2."""
    open_database(home / "revisor.db").dispose()
    ended = revisor(home, *words)
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    assert named in ended.err
