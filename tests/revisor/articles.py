"""Articles for tests: short ways to build them, and strategies that draw them, edit them and retouch them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from revisor.model import Article, Attachment, Block, BlockKind, Figure, Op, Segment

WORDS = (
    *("the", "of", "a", "city", "cases", "don't", "don’t", "COVID-19", "1,500", "1,560", "17.9", "3.5%"),
    *(
        "$20",
        "2023-09-21",
        "10:30",
        "(",
        ")",
        ":",
        "：",
        '"',
        "“",
        "-",
        "–",
        "...",
        "…",
        "¨",
        "´",
        "²",
        "\u2033",
    ),
    *(
        "珠海市",
        "政府",
        "15人",
        "カー",
        "が",
        "ประเทศ",
        "हिन्दी",
        "ارتفع",
        "١٥٠٠",
        "한국",
        "é",
        "e\u0301",
        "👩\u200d👧",
    ),
    *("\u200b", "\u00ad", "\ufeff", "\u00a0", "\u3000", "\n", " ", "  ", "\t", "", "\x00", "ﬁ", "½", "⁰"),
)
LONE_SURROGATES = ("\ud800", "\udfff", "\udc00\ud800")


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def row(*cells: str) -> Block:
    return Block(BlockKind.TABLE_ROW, " ".join(cell for cell in cells if cell), cells=cells)


def article(*texts: str, title: str = "Title") -> Article:
    return Article(title, tuple(map(paragraph, texts)))


def side(segments: tuple[Segment, ...], op: Op) -> str:
    """The text before (DELETE) or after (INSERT), put together again."""
    return "".join(segment.text for segment in segments if segment.op in {Op.EQUAL, op})


def texts(*more: str) -> st.SearchStrategy[str]:
    """Passages of words of many scripts, and now and then anything at all."""
    words = st.lists(st.sampled_from(WORDS + more), max_size=12)
    return st.one_of(words.map(" ".join), words.map("".join), st.text(max_size=20))


def blocks(*more: str) -> st.SearchStrategy[Block]:
    plain = st.builds(
        Block,
        st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING]),
        texts(*more),
        level=st.integers(0, 2),
    )
    return st.one_of(plain, st.lists(texts(*more), min_size=1, max_size=3).map(lambda cells: row(*cells)))


def optional(*more: str) -> st.SearchStrategy[str | None]:
    return st.none() | texts(*more)


def figures(*more: str) -> st.SearchStrategy[Figure]:
    images = st.sampled_from(["/a.jpg", "/b.jpg", "/c.jpg"])
    return st.builds(Figure, images, optional(*more), optional(*more), optional(*more), st.integers(0, 3))


def attachments(*more: str) -> st.SearchStrategy[Attachment]:
    return st.builds(Attachment, st.sampled_from(["/a.pdf", "/b.pdf", "/c.pdf"]), texts(*more))


def articles(*more: str) -> st.SearchStrategy[Article]:
    """Any article; `more` are further words that it may be made of."""
    dates = st.sampled_from([None, "", "2023-09-21", "2023-09-22T10:00:00+08:00"])
    return st.builds(
        Article,
        title=texts(*more),
        blocks=st.lists(blocks(*more), max_size=6).map(tuple),
        published=dates,
        updated=dates,
        source=optional(*more),
        byline=optional(*more),
        language=st.sampled_from([None, "en"]),
        figures=st.lists(figures(*more), max_size=4).map(tuple),
        attachments=st.lists(attachments(*more), max_size=3).map(tuple),
    )


@st.composite
def edited(draw: st.DrawFn, before: Article) -> Article:
    """An article with a few of its parts dropped, doubled, exchanged or written anew."""
    after = before
    for _ in range(draw(st.integers(1, 3))):
        pool = list(after.blocks)
        place = draw(st.integers(0, len(pool)))
        match draw(st.sampled_from(["drop", "add", "rewrite", "swap", "figures", "attachments", "fields"])):
            case "drop":
                pool = pool[:place] + pool[place + 1 :]
            case "add":
                pool.insert(place, draw(blocks() | st.sampled_from(pool or [paragraph("")])))
            case "rewrite" if pool:
                place %= len(pool)
                pool[place] = replace(pool[place], text=f"{pool[place].text} {draw(texts())}", cells=())
            case "swap":
                pool = pool[place:] + pool[:place]
            case "figures":
                after = replace(
                    after, figures=after.figures[1:] + draw(st.lists(figures(), max_size=1).map(tuple))
                )
            case "attachments":
                after = replace(
                    after, attachments=after.attachments[::-1] + draw(st.just(after.attachments[:1]))
                )
            case _:
                after = replace(after, title=draw(texts()), source=draw(optional()))
        after = replace(after, blocks=tuple(pool))
    return after


def pairs() -> st.SearchStrategy[tuple[Article, Article]]:
    """Two articles: one the other edited, or strangers."""
    drawn = articles()
    return st.one_of(
        st.tuples(drawn, drawn),
        drawn.flatmap(lambda before: edited(before).map(lambda after: (before, after))),
    )


def _curl(text: str) -> str:
    return text.replace("'", "’").replace('"', "“").replace("-", "–")


def _widen(text: str) -> str:
    return text.replace(" ", " \u00a0\t")


def _sprinkle(text: str) -> str:
    return "".join(f"{character}\u200b" for character in text)


def _label(text: str) -> str:
    return f" {text} : "


RETOUCHES = (_curl, _widen, _sprinkle, _label)
"""Transformations of a text that no reader would call a change."""


@st.composite
def retouched(draw: st.DrawFn, before: Article) -> Article:
    """An article with cosmetic differences only, in any of its texts."""

    def touch(text: str) -> str:
        for retouch in draw(st.lists(st.sampled_from(RETOUCHES), max_size=2)):
            text = retouch(text)
        return text

    def touch_some(text: str | None) -> str | None:
        return touch(text) if text else draw(st.sampled_from([text, None, "", "\u200b"]))

    return replace(
        before,
        title=touch(before.title),
        blocks=tuple(
            replace(block, text=touch(block.text), cells=tuple(map(touch, block.cells)), kind=BlockKind.QUOTE)
            for block in before.blocks
        ),
        source=touch_some(before.source),
        byline=touch_some(before.byline),
        figures=tuple(
            replace(
                figure,
                caption=touch_some(figure.caption),
                credit=touch_some(figure.credit),
                alt=draw(st.sampled_from([figure.alt, None, "640.webp (2).jpg"])),
                position=figure.position + 1,
            )
            for figure in draw(st.permutations(before.figures))
        ),
        attachments=tuple(replace(item, text=touch(item.text)) for item in before.attachments),
    )
