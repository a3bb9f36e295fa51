"""Reading portal files: what is wrong is said with file, key and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from revisor.errors import PortalFileInvalid, PortalNotFound
from scrapers.portal import Portal
from scrapers.portal_files import BUILT_IN, find_portal, load_portal, portal_paths

NAME = 'name = "news"'
PLACE = 'base = "https://news.example/"'
SECTIONS = '[[sections]]\nname = "Latest"\nurl = "latest.html"'
URLS = "[urls]\narticle = ['^/a']"


def toml(
    *, name: str = NAME, base: str = PLACE, more: str = "", sections: str = SECTIONS, urls: str = URLS
) -> str:
    return f"{name}\n{base}\n{more}\n{sections}\n{urls}"


def write(folder: Path, text: str | bytes, name: str = "news") -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> PortalFileInvalid:
    with pytest.raises(PortalFileInvalid) as caught:
        load_portal(path)
    assert str(path) in caught.value.message
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_least_that_a_portal_file_can_be(tmp_path: Path) -> None:
    portal = load_portal(write(tmp_path, toml()))
    assert (portal.name, portal.time_zone, portal.scope.removal_runs) == ("news", "UTC", 2)


def test_everything_that_a_portal_file_can_say(tmp_path: Path) -> None:
    more = """
title = "News"
aliases = ["old.example/news/"]
language = "en"
time_zone = "Asia/Shanghai"
note = "x"
"""
    tail = """
list = ['^/l']
[schedule]
enabled = false
cron = "5 4 * * mon"
[pace]
delay = 1
concurrency = 2
timeout = 10.5
[scope]
since = 2015-01-01
pages_per_run = 10
list_depth = 0
max_page_mb = 1
removal_runs = 3
[text]
encoding = "gb18030"
[network]
allow = ["127.0.0.0/8", "fd00::/8", "10.0.0.1"]
[[layouts]]
until = 2019-12-31
title = "h1"
body = "div.text > p:not(.ad)"
published = ".date"
updated = ".upd"
source = ".src"
byline = ".by"
drop = ["p.ad", "#x"]
[[layouts]]
since = 2020-01-01
"""
    portal = load_portal(write(tmp_path, toml(more=more, urls=URLS + tail)))
    assert portal.scope.since == date(2015, 1, 1)
    assert [layout.until for layout in portal.layouts] == [date(2019, 12, 31), None]


# --- what types and keys say --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "near"),
    [
        (toml(more='titel = "x"'), 'unknown key "titel"', '"title"'),
        (toml(more='time_zon = "x"'), 'unknown key "time_zon"', '"time_zone"'),
        (toml(more="[shedule]"), 'unknown key "shedule"', '"schedule"'),
        (
            toml(sections='[[sections]]\nname = "n"\nulr = "n.html"'),
            'unknown key "ulr" in sections[0]',
            '"url"',
        ),
        (toml(urls=URLS + "\nlists = ['x']"), 'unknown key "lists" in urls', '"list"'),
        (toml(urls=URLS + '\n[schedule]\ncorn = "x"'), 'unknown key "corn" in schedule', '"cron"'),
        (toml(urls=URLS + "\n[pace]\ndealy = 1"), 'unknown key "dealy" in pace', '"delay"'),
        (toml(urls=URLS + "\n[scope]\nsinse = 1"), 'unknown key "sinse" in scope', '"since"'),
        (toml(urls=URLS + "\n[text]\nencodin = 1"), 'unknown key "encodin" in text', '"encoding"'),
        (toml(urls=URLS + "\n[network]\nalow = []"), 'unknown key "alow" in network', '"allow"'),
        (
            toml(urls=URLS + "\n[[layouts]]\n[[layouts]]\ndroop = []"),
            'unknown key "droop" in layouts[1]',
            '"drop"',
        ),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_right_one(
    tmp_path: Path, text: str, message: str, near: str
) -> None:
    error = refused(write(tmp_path, text))
    assert error.message.endswith(message)
    assert near in error.remedy


def test_a_key_like_none_gets_the_list_of_its_table(tmp_path: Path) -> None:
    error = refused(write(tmp_path, toml(urls=URLS + "\n[pace]\nqqqqq = 1")))
    assert "delay, concurrency, timeout" in error.remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (toml(name=""), "missing required field `name`"),
        (toml(base=""), "missing required field `base`"),
        (toml(sections=""), "missing required field `sections`"),
        (toml(urls=""), "missing required field `urls`"),
        (toml(sections='[[sections]]\nname = "n"'), "missing required field `url` in sections[0]"),
        (toml(urls="[urls]\nlist = []"), "missing required field `article` in urls"),
        (toml(name="name = 3"), "Expected `str`, got `int` in name"),
        (toml(more='aliases = "x"'), "Expected `array`, got `str` in aliases"),
        (toml(sections="[sections]"), "Expected `array`, got `object` in sections"),
        (toml(urls="[urls]\narticle = 'x'"), "Expected `array`, got `str` in [urls] article"),
        (toml(urls=URLS + '\n[pace]\ndelay = "2"'), "Expected `float`, got `str` in [pace] delay"),
        (toml(urls=URLS + "\n[pace]\nconcurrency = 1.5"), "in [pace] concurrency"),
        (toml(urls=URLS + '\n[scope]\nsince = "soon"'), "in [scope] since"),
        (toml(urls=URLS + "\n[scope]\nsince = 2015-01-01T00:00:00"), "in [scope] since"),
    ],
)
def test_a_missing_key_and_a_wrong_type_are_named(tmp_path: Path, text: str, message: str) -> None:
    assert refused(write(tmp_path, text)).message.endswith(message)


# --- what types cannot say ----------------------------------------------------


def section(url: str) -> str:
    return toml(sections=f"[[sections]]\nname = 'n'\nurl = '{url}'")


def also(text: str) -> str:
    return toml(urls=f"{URLS}\n{text}")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (toml(name='name = "other"'), "name"),
        *[
            (toml(base=f"base = '{base}'"), "base")
            for base in (
                "news.example",
                "https://news.example",
                "https://news.example/a",
                "ftp://news.example/",
                "https:///",
                "https://[::1/",
                "https://news.example:http/",
                "https://news.example:99999/",
                "https://news.example:0/",
                "https://me@news.example/",
                "https://news.example/?q=/",
                "https://news.example/#/",
                "https://new s.example/",
                "https://news\\.example/",
                "https://news..example/",
            )
        ],
        *[
            (toml(more=f"aliases = ['{alias}']"), "aliases")
            for alias in (
                "https://old.example/",
                "",
                "/",
                "[::1",
                "old.example:http/",
                "me@old.example",
                "old.example/?q",
                "old..example",
            )
        ],
        *[
            (section(url), "sections")
            for url in ("http://[broken", "https://elsewhere.example/n.html", "mailto:x")
        ],
        ("sections = []\n" + toml(sections=""), "sections"),
        *[
            (toml(urls=f"[urls]\narticle = ['{p}']"), "[urls] article")
            for p in ("(", "[", "*", "(?P<id>a)(?P<id>b)")
        ],
        (toml(urls="[urls]\narticle = []"), "[urls] article"),
        (toml(urls=URLS + "\nlist = ['(']"), "[urls] list"),
        *[
            (toml(more=f"time_zone = '{z}'"), "time_zone")
            for z in ("", "Mars/Base", "Europe", "../etc", "asia/shanghai")
        ],
        *[
            (also(f"[schedule]\ncron = '{c}'"), "[schedule] cron")
            for c in ("", "x", "99 * * * *", "* * * * * *")
        ],
        *[(also(f"[pace]\ndelay = {n}"), "[pace] delay") for n in ("-1", "nan", "inf")],
        *[(also(f"[pace]\ntimeout = {n}"), "[pace] timeout") for n in ("0.5", "nan", "inf")],
        (also("[pace]\nconcurrency = 0"), "[pace] concurrency"),
        (also("[scope]\npages_per_run = 0"), "[scope] pages_per_run"),
        (also("[scope]\nlist_depth = -1"), "[scope] list_depth"),
        (also("[scope]\nmax_page_mb = 0"), "[scope] max_page_mb"),
        (also("[scope]\nremoval_runs = 1"), "[scope] removal_runs"),
        *[(also(f"[text]\nencoding = '{e}'"), "[text] encoding") for e in ("utf-9", "", "hex")],
        *[(also(f"[network]\nallow = ['{n}']"), "[network] allow") for n in ("x", "10.0.0.1/8", "")],
        *[
            (also(f"[[layouts]]\nbody = '{s}'"), "[[layouts]] body")
            for s in ("div[", "", "p:unheard-of", ">")
        ],
        (also("[[layouts]]\ndrop = ['p', 'b[']"), "[[layouts]] drop"),
        (also("[[layouts]]\nsince = 2020-01-01\nuntil = 2019-12-31"), "[[layouts]] until"),
    ],
)
def test_a_wrong_value_is_named_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    path = write(tmp_path, text)
    assert refused(path).message.startswith(f"{path}: {key} ")


# --- the file itself ----------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name = ", "is not TOML: Invalid value"),
        (b"name = 'a'\nname = 'b'\nnote = 'c'", "line 2"),
        (b"\0", "is not TOML"),
        (b'name = "caf\xe9"', "is not UTF-8 at byte 11"),
        (b"", "missing required field `name`"),
        (b"x = " + b"[" * 5_000, "is nested too deep"),
    ],
)
def test_a_file_that_cannot_be_parsed(tmp_path: Path, content: bytes, message: str) -> None:
    assert message in refused(write(tmp_path, content)).message


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "news.toml").mkdir()
    assert "is no file" in refused(tmp_path / "news.toml").message
    assert "is no file" in refused(tmp_path / "none.toml").message
    (tmp_path / "huge.toml").write_bytes(b"#" * 1_000_000)
    assert "at most 256 kB" in refused(tmp_path / "huge.toml").message


# --- finding ------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "portals").mkdir()
    return tmp_path


def test_every_built_in_portal_loads_without_any_home(tmp_path: Path) -> None:
    paths = portal_paths(tmp_path / "nowhere")
    assert sorted(paths) == list(paths)
    assert {"zhuhai", "victoria"} <= set(paths)
    for name in paths:
        assert isinstance(find_portal(tmp_path, name), Portal)


def test_zhuhai_knows_one_article_under_its_three_hosts(tmp_path: Path) -> None:
    zhuhai = find_portal(tmp_path, "zhuhai")
    fronts = (
        "www.cityofzhuhai.com",
        "subsites.chinadaily.com.cn/zhuhai/en",
        "regional.chinadaily.com.cn/zhuhai/en",
    )
    path = "2023-09/21/c_923552.htm"
    found = [
        zhuhai.identify(f"{scheme}://{front}/{path}") for front in fronts for scheme in ("http", "https")
    ]
    assert {a.key for a in found if a} == {"id:923552"}
    assert {a.url for a in found if a} == {f"https://www.cityofzhuhai.com/{path}"}
    migrated = zhuhai.identify("https://www.cityofzhuhai.com/content/post_923552.html")
    assert migrated is not None
    assert migrated.key == "id:923552"
    further = zhuhai.identify("https://regional.chinadaily.com.cn/zhuhai/en/livinglatest_29.html")
    assert further is not None
    assert further.section == "Living: latest"
    assert zhuhai.identify("https://regional.chinadaily.com.cn/guangzhou/2023-09/21/c_923552.htm") is None


def test_a_file_of_the_user_hides_the_built_in_one(home: Path) -> None:
    mine = write(home / "portals", toml(name='name = "zhuhai"'), "zhuhai")
    assert portal_paths(home)["zhuhai"] == mine
    assert find_portal(home, "zhuhai").base == "https://news.example/"
    assert find_portal(home.parent, "zhuhai").base != "https://news.example/"
    assert (BUILT_IN / "zhuhai.toml").exists()


def test_a_broken_file_of_the_user_hides_the_built_in_one_too(home: Path) -> None:
    write(home / "portals", "name = ", "zhuhai")
    with pytest.raises(PortalFileInvalid):
        find_portal(home, "zhuhai")
    assert find_portal(home, "victoria").name == "victoria"


@pytest.mark.parametrize(
    ("asked", "near"), [("zhuhia", "zhuhai"), ("zhu", "zhuhai"), ("Victoria", "victoria")]
)
def test_a_portal_that_is_not_there_is_named_with_the_nearest(tmp_path: Path, asked: str, near: str) -> None:
    with pytest.raises(PortalNotFound, match=asked) as caught:
        find_portal(tmp_path, asked)
    assert f'did you mean "{near}"?' in caught.value.remedy


@pytest.mark.parametrize("asked", ["qqqq", "", "../zhuhai", "zhuhai.toml/x"])
def test_a_name_leads_nowhere_else(tmp_path: Path, asked: str) -> None:
    with pytest.raises(PortalNotFound, match="no portal named"):
        find_portal(tmp_path, asked)
