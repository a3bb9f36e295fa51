"""Which encoding a page is read with, and what is refused."""

from __future__ import annotations

import pytest

from revisor.errors import EmptyBody, MarkupTooDeep, NoArticle, NotHtml, UndecodableBody
from revisor.model import Headers, Rules
from scrapers.parsers.article import EXTRACTOR, extract
from scrapers.parsers.decode import decode

RULES = Rules("test", EXTRACTOR)
CHINESE = "<h1>珠海市人民政府发布新规定，自下月起施行</h1><p>海岛居民可以免费乘坐渡轮。</p>"


def labelled(charset: str) -> Headers:
    return (("content-type", f"text/html; charset={charset}"),)


@pytest.mark.parametrize(
    ("body", "headers", "encoding"),
    [
        (CHINESE.encode(), (), "utf-8"),
        (CHINESE.encode(), labelled("iso-8859-1"), "utf-8"),
        (CHINESE.encode(), labelled("euc-jp"), "utf-8"),
        (b"\xef\xbb\xbf" + CHINESE.encode(), labelled("gbk"), "utf-8"),
        (b"\xff\xfe" + CHINESE.encode("utf-16-le"), (), "utf-16-le"),
        (CHINESE.encode("gb18030"), labelled("gb2312"), "gb18030"),
        (b"<meta charset=gb2312>" + CHINESE.encode("gb18030"), (), "gb18030"),
        (b"<!--" + b" " * 3000 + b"--><meta charset='gbk'>" + CHINESE.encode("gb18030"), (), "gb18030"),
        (b'<?xml version="1.0" encoding="gbk"?>' + CHINESE.encode("gb18030"), (), "gb18030"),
        (CHINESE.encode("gb18030"), labelled("no-such-charset"), "gb18030"),
    ],
)
def test_text_is_read_whatever_the_label_says(body: bytes, headers: Headers, encoding: str) -> None:
    text, used = decode(body, headers)
    assert used == encoding
    assert CHINESE in text


def test_latin_1_is_windows_1252_as_in_browsers() -> None:
    text, used = decode("<p>“Größe” – 5 €</p>".encode("cp1252"), labelled("iso-8859-1"))
    assert (text, used) == ("<p>“Größe” – 5 €</p>", "cp1252")


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else() -> None:
    text, used = decode(CHINESE.encode() + b"\xff", labelled("utf-8"))
    assert used == "utf-8"
    assert text == CHINESE + "\ufffd"


def test_the_pinned_encoding_wins() -> None:
    assert decode("<p>naïve</p>".encode("cp1252"), labelled("utf-8"), "windows-1252")[0] == "<p>naïve</p>"


def test_bytes_of_no_encoding_are_refused() -> None:
    noise = b"<p>" + bytes(range(129, 255)) * 40 + b"\x81\x8d\x8f\xff\xfe"
    with pytest.raises(UndecodableBody):
        decode(noise, ())


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\n\n\n\n"])
def test_an_empty_body_is_named(body: bytes) -> None:
    with pytest.raises(EmptyBody):
        extract(body, (), "http://portal.example/", RULES)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 <p>", "text/html"),
        (b"\x89PNG\r\n<", "text/html"),
        (b'{"a": "<p>"}', "text/html"),
        (b"<p>text</p>", "application/pdf"),
        (b"User-agent: *", "text/plain"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(20_000)) + b">text</p>", "text/html"),
    ],
)
def test_what_is_no_web_page_is_named(body: bytes, kind: str) -> None:
    with pytest.raises(NotHtml):
        extract(body, (("Content-Type", kind),), "http://portal.example/", RULES)


def test_nesting_past_the_parser_is_an_error_never_an_empty_article() -> None:
    page = b"<h1>Too deep</h1>" + b"<div>" * 5000 + b"<p>text</p>"
    with pytest.raises(MarkupTooDeep):
        extract(page, (), "http://portal.example/", RULES)


def test_nesting_past_the_parsers_first_limit_is_read() -> None:
    page = b"<h1>A deep page</h1>" + b"<div>" * 900 + b"<p>Its only text stands far down.</p>"
    article = extract(page, (), "http://portal.example/", RULES).article
    assert [block.text for block in article.blocks] == ["Its only text stands far down."]


@pytest.mark.parametrize(
    "body", [b"<html></html>", b"<!-- nothing -->", b"<script>var a = 1</script>", b"<h1>Alone</h1>"]
)
def test_a_page_that_yields_nothing_is_an_error(body: bytes) -> None:
    with pytest.raises(NoArticle):
        extract(body, (), "http://portal.example/", RULES)


def test_a_comparison_in_a_script_is_no_tag() -> None:
    script = b"<script>if (a <b " + b"word " * 2000 + b") {}</script>"
    page = script + b"<h1>A new breakwater</h1><p>The harbour office has approved it.</p>"
    assert extract(page, (), "http://portal.example/", RULES).article.title == "A new breakwater"
