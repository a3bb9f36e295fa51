"""What the extraction keeps of pages of many shapes, and what it leaves out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revisor.errors import ExtractionError, PortalFileInvalid
from revisor.model import Article, Attachment, Block, BlockKind, Figure, Layout, Rules
from scrapers.parsers.article import EXTRACTOR, explain, extract
from scrapers.parsers.figures import credit_of

URL = "http://portal.example/news/a.htm"
RULES = Rules("test", EXTRACTOR)
TEXT = "The harbour office has approved a new breakwater, the council said in the evening of the same day."
MORE = "Engineers will begin with the work in spring, although the storms of the winter may delay it again."
P = BlockKind.PARAGRAPH
H1 = "<h1>A new breakwater</h1>"
FERRY = "A ferry in spring. (Photo/Orla Finch)"


def read(body: str, *, title: str = "A new breakwater", head: str = "", rules: Rules = RULES) -> Article:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract(html.encode(), (), URL, rules).article


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def test_kinds_of_blocks() -> None:
    article = read(
        f"<div>{H1}<p>{TEXT}</p><h2>Costs</h2><ul><li>stone</li><li>labour</li></ul>"
        f"<table><tr><th>Year</th><th>Crowns</th></tr><tr><td>2024</td><td>4.6 million</td></tr></table>"
        f"<blockquote>{MORE}</blockquote><dl><dt>Mole</dt><dd>a wall in the sea</dd></dl></div>"
    )
    assert article.blocks == (
        Block(P, TEXT),
        Block(BlockKind.HEADING, "Costs", 2),
        Block(BlockKind.LIST_ITEM, "stone"),
        Block(BlockKind.LIST_ITEM, "labour"),
        Block(BlockKind.TABLE_ROW, "Year Crowns", 0, ("Year", "Crowns")),
        Block(BlockKind.TABLE_ROW, "2024 4.6 million", 0, ("2024", "4.6 million")),
        Block(BlockKind.QUOTE, MORE),
        Block(BlockKind.LIST_ITEM, "Mole"),
        Block(BlockKind.LIST_ITEM, "a wall in the sea"),
    )


def test_breaks_part_paragraphs_and_single_ones_do_not() -> None:
    article = read(f"<div>{H1}<div>{TEXT}<br><br>{MORE}<br/>&nbsp;<br/>One<br>line.</div></div>")
    assert texts(article) == [TEXT, MORE, "One line."]


def test_text_beside_blocks_and_inside_inline_elements_is_kept_once_in_order() -> None:
    article = read(f"<div>{H1}<div>{TEXT}<p>a <b>b</b><i>c</i> d.</p>tail e.<p>{MORE}</p>f.</div></div>")
    assert texts(article) == [TEXT, "a bc d.", "tail e.", MORE, "f."]


def test_white_space_is_collapsed_and_zero_width_characters_stay() -> None:
    article = read(f"{H1}<p>a\u00a0\u3000 b\n\tc\u200bd. {TEXT}</p>")
    assert texts(article) == [f"a b c\u200bd. {TEXT}"]


def test_a_layout_table_is_no_table() -> None:
    side = "<a href='/1'>One more story of the day</a><br><br><a href='/2'>And yet another story</a>"
    article = read(
        f"<table><tr><td>{side}</td><td><div>A new breakwater</div><p>{TEXT}</p>"
        f"<p>{MORE}</p><p>{TEXT} Twice.</p>"
        f"<p>{MORE} Twice.</p></td></tr></table>"
    )
    assert (article.title, texts(article)) == (
        "A new breakwater",
        [TEXT, MORE, f"{TEXT} Twice.", f"{MORE} Twice."],
    )


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>Home News About</nav>",
        "<footer>Imprint and all else</footer>",
        "<aside>Elsewhere on this day</aside>",
        "<div class='share-bar'>Tell your friends of it</div>",
        "<div id='breadcrumbs'>Home / News</div>",
        "<div style='display: none'>Nobody sees this text</div>",
        "<p hidden>Nobody sees this either</p>",
        "<div><h3>Related news</h3><a href='/1'>A story</a> of yesterday</div>",
        "<div><a href='/1'>One story</a> <a href='/2'>Another story</a> <a href='/3'>A third one</a></div>",
        "<p>Copyright © 2024 Skerry Harbour. All rights reserved.</p>",
        "<p>Print this page</p>",
        "<form><label>Was this page useful?</label><textarea>No</textarea><button>Send</button></form>",
        "<noscript>Switch on your scripts</noscript><template><p>Later</p></template>",
    ],
)
def test_furniture_inside_the_article_is_left_out(furniture: str) -> None:
    article = read(f"<div>{H1}<p>{TEXT}</p>{furniture}<p>{MORE}</p></div>")
    assert texts(article) == [TEXT, MORE]


@pytest.mark.parametrize(
    "names", ["content-sidebar-wrap", "has-sidebar", "nav-wrapper", "e51ad98", "page-layout"]
)
def test_names_that_only_frame_furniture_hide_nothing(names: str) -> None:
    article = read(f"<div class='{names}'>{H1}<div class='{names}'>{TEXT}<br><br>{MORE}</div></div>")
    assert texts(article) == [TEXT, MORE]


def test_a_list_of_links_among_paragraphs_is_text() -> None:
    links = "<ul><li><a href='/1'>Form for residents</a></li><li><a href='/2'>Form for guests</a></li></ul>"
    article = read(f"<div>{H1}<p>{TEXT}</p>{links}<p>{MORE}</p></div>")
    assert texts(article) == [TEXT, "Form for residents", "Form for guests", MORE]


@pytest.mark.parametrize(
    ("body", "title", "head"),
    [
        (f"<h1></h1>{H1}", "A new breakwater | Skerry", ""),
        (
            "<h1><a href='/'>Skerry Harbour</a></h1><h2>A new breakwater</h2>",
            "A new breakwater - Skerry Harbour",
            "",
        ),
        ("<div>A new breakwater</div>", "A new breakwater_Skerry Harbour", ""),
        (H1, "Skerry Harbour", ""),
        ("<h1>A new break\u00adwater</h1>", "A new breakwater", ""),
        ("", "Skerry Harbour", "<meta property='og:title' content='A new breakwater'>"),
        ("", "A new breakwater | Skerry", "<meta property='og:site_name' content='Skerry'>"),
    ],
)
def test_headlines(body: str, title: str, head: str) -> None:
    article = read(f"<div>{body}<p>{TEXT}</p><p>{MORE}</p></div>", title=title, head=head)
    assert article.title.replace("\u00ad", "") == "A new breakwater"
    assert texts(article) == [TEXT, MORE]


def test_source_and_byline_are_no_text() -> None:
    article = read(f"<div>{H1}<p>By Orla Finch</p><p>Source: Skerry Daily</p><p>{TEXT}</p></div>")
    assert (article.source, article.byline, texts(article)) == ("Skerry Daily", "Orla Finch", [TEXT])


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("A ferry. (Photo/Lydia Finch)", "A ferry.", "Photo/Lydia Finch"),
        ("A ferry [Photo by X / App name]", "A ferry", "Photo by X / App name"),
        ("A ferry. [Photo courtesy VCG]", "A ferry.", "Photo courtesy VCG"),
        ("A ferry. [Photo courtesy WeChat account: id]", "A ferry.", "Photo courtesy WeChat account: id"),
        ("A ferry. [Photo/WeChat ID: id]", "A ferry.", "Photo/WeChat ID: id"),
        ("A ferry. [Photo provided to]", "A ferry.", "Photo provided to"),
        ("[File photo]", None, "File photo"),
        ("A ferry. Orla Finch / Xinhua", "A ferry.", "Orla Finch / Xinhua"),
        ("A ferry (the old one) leaves.", "A ferry (the old one) leaves.", None),
        ("", None, None),
    ],
)
def test_credits(line: str, caption: str | None, credit: str | None) -> None:
    assert credit_of(line) == (caption, credit)


@pytest.mark.parametrize(
    "figure",
    [
        f"<p><img src='/i/a.jpg'></p><p>{FERRY}</p>",
        f"<p align='center'><img src='/i/a.jpg?v=17'></p><p style='text-align:center'>{FERRY}</p>",
        f"<figure><img data-src='/i/a.jpg'><figcaption>{FERRY}</figcaption></figure>",
        f"<div class='image'><img src='../i/a.jpg' alt='a.jpg'><span class='caption'>{FERRY}</span></div>",
        f"<p><img src='/i/a.jpg'><br>{FERRY}</p>",
    ],
)
def test_a_caption_is_tied_to_its_image(figure: str) -> None:
    article = read(f"<div>{H1}<p>{TEXT}</p>{figure}<p>{MORE}</p></div>")
    assert texts(article) == [TEXT, MORE]
    image = "http://portal.example/i/a.jpg"
    assert article.figures == (Figure(image, "A ferry in spring.", "Photo/Orla Finch", None, 1),)


def test_running_text_after_an_image_is_no_caption() -> None:
    article = read(f"<div>{H1}<p><img src='/a.jpg' alt='A ferry leaves the pier'></p><p>{TEXT}</p></div>")
    assert texts(article) == [TEXT]
    assert article.figures == (
        Figure("http://portal.example/a.jpg", None, None, "A ferry leaves the pier", 0),
    )


def test_one_joint_caption_belongs_to_the_last_image() -> None:
    images = "<p><img src='/a.jpg'></p><p><img src='/b.jpg'></p><p>Two ferries. [Photo courtesy VCG]</p>"
    article = read(f"<div>{H1}<p>{TEXT}</p>{images}<p>{MORE}</p></div>")
    assert [(one.caption, one.credit) for one in article.figures] == [
        (None, None),
        ("Two ferries.", "Photo courtesy VCG"),
    ]


def test_attachments() -> None:
    links = (
        "<p>See <a href='/f/plan.pdf'>the plan</a>, <a href='sums.xlsx?x=1'>the sums</a>,"
        " <a href='/getmedia/7'>more</a>,"
        " <a href='/b.htm'>a page</a>, <a href='javascript:x.pdf'>a trick</a>,"
        " <a href='/f/plan.pdf'>again</a>.</p>"
    )
    article = read(f"<div>{H1}<p>{TEXT}</p>{links}</div>")
    assert article.attachments == (
        Attachment("http://portal.example/f/plan.pdf", "the plan"),
        Attachment("http://portal.example/news/sums.xlsx?x=1", "the sums"),
        Attachment("http://portal.example/getmedia/7", "more"),
    )


def test_a_base_element_moves_relative_addresses_but_only_on_the_web() -> None:
    body = f"{H1}<p>{TEXT} <a href='a.pdf'>a</a></p>"
    assert read(body, head="<base href='/x/'>").attachments[0].url == "http://portal.example/x/a.pdf"
    assert (
        read(body, head="<base href='javascript:1/'>").attachments[0].url
        == "http://portal.example/news/a.pdf"
    )


def test_pinned_selectors_win_where_they_match() -> None:
    layouts = (
        Layout(until=date(2019, 12, 31), title=".old"),
        Layout(since=date(2020, 1, 1), title=".t", body=".b", published=".d", source=".s", drop=(".x",)),
    )
    html = (
        f"{H1}<p class=old>Old</p><p class=t>Pinned</p><p class=d>3 March 2020</p><p class=s>Us</p>"
        f"<div class=b><p>{TEXT}</p><p class=x>out</p>tail.</div><p>{MORE}</p>"
    )
    article = read(html, rules=Rules("test", EXTRACTOR, layouts=layouts))
    assert (article.title, article.published, article.source) == ("Pinned", "2020-03-03", "Us")
    assert texts(article) == [TEXT, "tail."]


def test_a_broken_selector_is_named() -> None:
    with pytest.raises(PortalFileInvalid):
        read(f"<h1>A</h1><p>{TEXT}</p>", rules=Rules("test", EXTRACTOR, layouts=(Layout(title="]["),)))


def test_what_is_explained_is_bounded() -> None:
    menu = "".join(f"<li><a href='/{n}'>Item {n} {'x' * 900}</a></li>" for n in range(900))
    html = f"<title>A new breakwater</title><nav><ul>{menu}</ul></nav>{H1}<p>{TEXT}</p>"
    discarded = explain(html.encode(), (), URL, RULES).discarded
    assert len(discarded) == 200
    assert max(len(one.text) for one in discarded) == 300
    assert {one.reason for one in discarded} == {"navigation"}


TAGS = """
<p> </p> <div> </div> <table> <tr> <td> </table> <h1> </h1> <br> <ul> <li> <a_href='x.pdf'> </a>
<img_src=a.jpg> <figcaption> <title> <select> <svg> <form> <base_href='http://['> <time> <span_class=caption>
<pre> <!-- ]]> <![CDATA[ &#0; &#xD800; 2023-09-21
"""
PIECES = [tag.replace("_", " ") for tag in TAGS.split()]
MARKUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=60).map("".join)


@given(MARKUP)
@settings(deadline=None, max_examples=200)
def test_any_markup_gives_a_clean_article_or_a_named_error(markup: str) -> None:
    try:
        article = extract(markup.encode("utf-8", "replace"), (), URL, RULES).article
    except ExtractionError:
        return
    assert article.title
    assert article.blocks or article.figures
    for text in (article.title, *texts(article)):
        assert text == " ".join(text.split())
    assert all(0 <= figure.position <= len(article.blocks) for figure in article.figures)


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_give_an_article_or_a_named_error(body: bytes) -> None:
    try:
        extract(b"<h1>" + body, (), URL, RULES)
    except ExtractionError:
        return


@given(MARKUP)
@settings(deadline=None, max_examples=50)
def test_extraction_is_a_pure_function(markup: str) -> None:
    body = f"<title>A new breakwater</title>{H1}<p>{TEXT}</p>{markup}".encode("utf-8", "replace")
    assert extract(body, (), URL, RULES) == extract(body, (), URL, RULES)
