"""Which address is which page, and what a portal file's rules are called."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revisor.model import PageKind
from scrapers.portal import (
    MAX_URL,
    Pace,
    PinnedLayout,
    Portal,
    Schedule,
    Scope,
    Section,
    Text,
    Urls,
    redirect_target,
    resolve,
)
from tests.scrapers.crawling import capture as captured

BASE = "https://www.news.example/"
PATH = "2023-09/21/c_12.htm"


def portal(**changes: object) -> Portal:
    made = Portal(
        name="news",
        base=BASE,
        aliases=("old.example/news/en/", "m.news.example"),
        sections=(Section("Latest", "latest.html"), Section("Join in", "https://m.news.example/joinin.html")),
        urls=Urls(
            article=(r"^/(?P<date>\d{4}-\d{2}/\d{2})/c_(?P<id>\d+)\.htm$", r"^/story/"),
            list=(r"^/(?P<section>[a-z]+)_\d+\.html$", r"^/topics/"),
        ),
    )
    return msgspec.structs.replace(made, **changes)


NEWS = portal()

SPELLINGS = (
    f"https://www.news.example/{PATH}",
    f"http://www.news.example/{PATH}",
    f"HTTPS://WWW.News.Example/{PATH}",
    f"https://www.news.example:443/{PATH}",
    f"http://www.news.example:80/{PATH}",
    f"https://www.news.example./{PATH}",
    f"https://www.news.example/{PATH}#top",
    f"https://www.news.example/{PATH}?",
    f"  https://www.news.example/{PATH}\n",
    f"https://www.news.example/x/../{PATH}",
    f"https://www.news.example/./{PATH}",
    f"https://www.news.example/%2e%2E/{PATH}",
    f"https://www.news.example//{PATH}",
    "https://www.news.example/2023-09/21/c_%31%32.htm",
    "https://www.news.example/2023-09/21/%63_12.htm",
    f"https://old.example/news/en/{PATH}",
    f"http://OLD.example:80/news/en/{PATH}#x",
    f"https://old.example/news/x/../en/{PATH}",
    f"https://m.news.example/{PATH}",
)


@pytest.mark.parametrize("url", SPELLINGS)
def test_every_spelling_is_one_page_with_one_address(url: str) -> None:
    found = NEWS.identify(url)
    assert found is not None
    assert (found.key, found.url, found.kind) == ("id:12", BASE + PATH, PageKind.ARTICLE)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2023-09/21/c_12.htm",
        "https://www.news.example:8443/2023-09/21/c_12.htm",
        "https://old.example/2023-09/21/c_12.htm",
        "https://old.example/news/english/2023-09/21/c_12.htm",
        "https://old.example/news/en/../2023-09/21/c_12.htm",
        "https://old.example/news/en/%2e%2e/2023-09/21/c_12.htm",
        "https://someone@www.news.example/2023-09/21/c_12.htm",
        "https://www.news.example@elsewhere.example/2023-09/21/c_12.htm",
        "https://www.news.example\\@elsewhere.example/2023-09/21/c_12.htm",
        "ftp://www.news.example/2023-09/21/c_12.htm",
        "javascript:alert(1)",
        "//www.news.example/2023-09/21/c_12.htm",
        "/2023-09/21/c_12.htm",
        "",
        "http://[::1",
        "http://www.news.example:http/",
        "http://www.news.example:99999/",
        "http://" + "a" * 70 + "é.example/",
        "https://www.news.example/\ud800",
    ],
)
def test_what_is_elsewhere_or_broken_is_no_page(url: str) -> None:
    assert NEWS.canonical(url) is None
    assert NEWS.identify(url) is None


def test_an_overlong_address_is_not_followed_also_when_only_its_escapes_make_it_so() -> None:
    assert NEWS.canonical(BASE + "a" * (MAX_URL - len(BASE))) is not None
    assert NEWS.canonical(BASE + "a" * (MAX_URL - len(BASE) + 1)) is None
    assert NEWS.canonical(BASE + "ü" * (MAX_URL // 3)) is None


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("a b", "a%20b"),
        ("北京.htm", "%E5%8C%97%E4%BA%AC.htm"),
        ("%e5%8c%97", "%E5%8C%97"),
        ("%7Euser", "~user"),
        ("100%/x", "100%25/x"),
        ("a%2Fb", "a%2Fb"),
        ("a?q=%c3%b6&r=a b", "a?q=%C3%B6&r=a%20b"),
        ("a;b=c,d", "a;b=c,d"),
        ("x:y", "x:y"),
        ("a/", "a/"),
    ],
)
def test_escapes_have_one_spelling(path: str, canonical: str) -> None:
    assert NEWS.canonical(BASE + path) == BASE + canonical


def test_path_case_trailing_blank_and_query_make_other_pages() -> None:
    urls = [f"{BASE}story/{rest}" for rest in ("a", "A", "a/", "a?p=1", "a?p=2", "a?p=1&q=2")]
    assert len({found.key for url in urls if (found := NEWS.identify(url))}) == len(urls)


@pytest.mark.parametrize("base", ["https://münchen.example/", "https://xn--mnchen-3ya.example/"])
@pytest.mark.parametrize(
    "host", ["münchen.example", "MÜNCHEN.example", "xn--mnchen-3ya.example", "münchen。example"]
)
def test_an_international_name_is_the_same_in_both_its_forms(base: str, host: str) -> None:
    assert portal(base=base, aliases=()).canonical(f"https://{host}/a") == f"{base}a"


def test_a_base_with_escapes_in_its_path_knows_every_spelling_of_it() -> None:
    made = portal(base="https://x.example/新闻/", aliases=())
    assert made.canonical("https://x.example/新闻/a") == "https://x.example/新闻/a"
    assert made.canonical("https://x.example/%e6%96%b0%e9%97%bb/a") == "https://x.example/新闻/a"
    assert made.canonical("https://x.example/a") is None


def test_a_port_and_an_ipv6_host_belong_to_the_address() -> None:
    made = portal(base="http://[::1]:8000/", aliases=())
    assert made.canonical("http://[::1]:8000/a") == "http://[::1]:8000/a"
    assert made.canonical("http://[::1]/a") is None
    assert made.canonical("http://[::2]:8000/a") is None


def test_sections_and_their_further_pages_are_lists() -> None:
    latest, further, topic = (NEWS.identify(BASE + p) for p in ("latest.html", "latest_3.html", "topics/x"))
    assert latest is not None
    assert further is not None
    assert topic is not None
    assert [a.kind for a in (latest, further, topic)] == [PageKind.LIST] * 3
    assert [a.section for a in (latest, further, topic)] == ["Latest", "Latest", None]
    assert NEWS.identify(f"{BASE}elsewhere.html") is None


def test_a_crawl_starts_at_each_section_once_on_the_portals_own_host() -> None:
    assert [address.url for address in NEWS.start()] == [f"{BASE}latest.html", f"{BASE}joinin.html"]
    twice = portal(sections=(Section("A", "a.html"), Section("B", "/a.html#b")))
    assert len(twice.start()) == 1


@pytest.mark.parametrize(
    ("since", "wanted"),
    [(None, True), (date(2023, 9, 20), True), (date(2023, 9, 21), True), (date(2023, 9, 22), False)],
)
def test_an_article_before_the_scope_is_not_fetched(since: date | None, wanted: bool) -> None:
    made = portal(scope=Scope(since=since))
    assert (made.identify(BASE + PATH) is not None) == wanted
    assert made.identify(f"{BASE}story/undated") is not None


def test_a_date_that_is_no_day_limits_nothing() -> None:
    made = portal(urls=Urls(article=(r"^/(?P<date>\d+)?/?c",)), scope=Scope(since=date(2023, 1, 1)))
    assert made.identify(f"{BASE}2019/c") is not None
    assert made.identify(f"{BASE}c") is not None
    assert made.identify(f"{BASE}20190101/c") is None


_HOSTS = st.sampled_from(["www.news.example", "old.example", "m.news.example", "elsewhere.example"])
_PIECES = st.sampled_from(
    [
        *"/.?#:@%;&= \t\n\\[]",
        "..",
        "//",
        "%2e",
        "%25",
        "%%332",
        "c_1.htm",
        "news/en",
        "2023-09/21",
        "ü",
        "\ud800",
        "\0",
    ]
)
_URLS = st.one_of(
    st.text(),
    st.builds("{}://{}{}".format, st.sampled_from(["http", "https"]), _HOSTS, st.lists(_PIECES).map("".join)),
    st.builds("{}://{}/{}".format, st.sampled_from(["http", "https"]), _HOSTS, st.text()),
)


@given(_URLS)
@example("https://www.news.example/%%332")
@example("https://www.news.example/%25%32%65")
@example("https://www.news.example/..//../x")
def test_no_text_breaks_it_and_the_canonical_spelling_is_final(url: str) -> None:
    NEWS.identify(url)
    canonical = NEWS.canonical(url)
    if canonical is not None:
        assert canonical.startswith(BASE)
        assert canonical.isascii()
        assert NEWS.canonical(canonical) == canonical


@given(
    st.lists(
        st.text("abcXYZ019-_~.ü ", min_size=1).filter(lambda s: set(s) != {"."}), min_size=1, max_size=4
    ),
    st.sampled_from(["http://www.news.example", "https://old.example/news/en", "https://M.news.example:443"]),
    st.sampled_from(["", "#x", "?"]),
)
def test_all_addresses_of_a_page_agree(segments: list[str], front: str, end: str) -> None:
    path = "/".join(segments).strip()
    assert NEWS.canonical(f"{front}/{path}{end}") == NEWS.canonical(f"{BASE}{path}")


def test_resolving_keeps_to_what_can_be_read() -> None:
    assert resolve(" ../b?c ", f"{BASE}x/a") == f"{BASE}b?c"
    assert resolve("http://[broken", BASE) is None
    assert resolve("a" * (MAX_URL + 1), BASE) is None


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", f"{BASE}b"),
        ("https://e.example/", "https://e.example/"),
        ("", None),
        (None, None),
        ("http://[x", None),
    ],
)
def test_where_a_redirect_leads(location: str | None, target: str | None) -> None:
    headers = () if location is None else (("LOCATION", location),)
    assert redirect_target(captured(f"{BASE}a", b"", status=301, headers=headers)) == target


EXTRACTION_CHANGES: dict[str, object] = {
    "time_zone": "Asia/Shanghai",
    "language": "zh",
    "text": Text(encoding="gb18030"),
    "layouts": (PinnedLayout(body="div.text"),),
}
OTHER_CHANGES: dict[str, object] = {
    "name": "other",
    "base": "https://other.example/",
    "title": "Other",
    "note": "a note",
    "aliases": (),
    "sections": (Section("Other", "other.html"),),
    "urls": Urls(article=("x",)),
    "pace": Pace(delay=9.0),
    "schedule": Schedule(enabled=False),
    "scope": Scope(pages_per_run=3),
}


def test_equal_content_gives_an_equal_rules_id() -> None:
    assert portal().rules("1").rules_id == NEWS.rules("1").rules_id
    assert len(NEWS.rules("1").rules_id) == 16


def test_whatever_extraction_reads_gives_another_rules_id() -> None:
    changed = [portal(**{key: value}).rules("1") for key, value in EXTRACTION_CHANGES.items()]
    ids = {NEWS.rules("1").rules_id, NEWS.rules("2").rules_id, *(rules.rules_id for rules in changed)}
    assert len(ids) == len(changed) + 2


@pytest.mark.parametrize("key", OTHER_CHANGES)
def test_what_extraction_does_not_read_leaves_the_rules_id(key: str) -> None:
    assert portal(**{key: OTHER_CHANGES[key]}).rules("1") == NEWS.rules("1")


@pytest.mark.parametrize("key", [f.name for f in msgspec.structs.fields(PinnedLayout)])
def test_every_key_of_a_layout_counts(key: str) -> None:
    value = {"since": date(2020, 1, 1), "until": date(2020, 1, 1), "drop": ("p",)}.get(key, "p")
    changed = portal(layouts=(msgspec.structs.replace(PinnedLayout(), **{key: value}),))
    assert changed.rules("1").rules_id != portal(layouts=(PinnedLayout(),)).rules("1").rules_id
