"""Articles for a store to measure with: three languages, some 500 words, and what an editor does to them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from revisor.model import Article, Attachment, Block, BlockKind, Figure

_ENGLISH = """
the city council harbour tunnel minister budget percent on of new works road bridge water report
said project year public school hospital company export trade growth plan river department open
measure and in to with million local people service residents safety station railway energy market
farm price first
"""
_CHINESE = """
经济 发展 政府 工作 会议 记者 项目 建设 城市 公司 市场 技术 教育 农业 生产 企业 服务 群众 增长 投资
同比 的 和 在 将 已 新 全国 地区 部门 负责人 表示 交通 铁路 医院 学校 安全 能源 价格 长江
"""
_ARABIC = """
الوزارة الحكومة المدينة المشروع الميناء السنة الجديد في من على إلى أن قال الوزير الميزانية النمو
التجارة الصحة التعليم الطريق المياه الطاقة السوق الشركة الخدمات المواطنين السلامة القطاع المنطقة
"""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How the articles of a portal are written. stop: what ends a sentence. joint: what parts words."""

    code: str
    words: list[str]
    joint: str
    stop: str
    sections: tuple[str, ...]

    def sentence(self, rng: random.Random, length: int) -> str:
        words = rng.choices(self.words, k=length)
        if rng.random() < 0.4:
            words[length // 2] = f"{rng.randrange(10, 90_000):,}"
        text = self.joint.join(words)
        return text[0].upper() + text[1:] + self.stop

    def paragraph(self, rng: random.Random) -> str:
        sentences = (self.sentence(rng, rng.randrange(8, 22)) for _ in range(rng.randrange(2, 5)))
        return "".join(sentences).strip()

    def article(self, rng: random.Random, number: int) -> Article:
        """One of some 500 words, with a heading, mostly an image, sometimes a file."""
        blocks = [Block(BlockKind.PARAGRAPH, self.paragraph(rng)) for _ in range(11)]
        blocks.insert(6, Block(BlockKind.HEADING, self.sentence(rng, 5), 2))
        figure = Figure(f"https://img.example/{number}.jpg", self.sentence(rng, 9), "Photo/Ada Lin")
        file = Attachment(f"https://files.example/{number}.pdf", self.sentence(rng, 4))
        return Article(
            title=self.sentence(rng, 8),
            blocks=tuple(blocks),
            published=f"2026-01-{rng.randrange(1, 29):02}",
            updated=f"2026-01-{rng.randrange(1, 29):02}",
            source=self.sentence(rng, 2),
            language=self.code,
            figures=(figure,) if rng.random() < 0.8 else (),
            attachments=(file,) if rng.random() < 0.2 else (),
        )


TONGUES = (
    Tongue("en", _ENGLISH.split(), " ", ". ", ("News", "Policy", "Harbour")),
    Tongue("zh", _CHINESE.split(), "", "。", ("要闻", "政策", "数据")),
    Tongue("ar", _ARABIC.split(), " ", ". ", ("الأخبار", "السياسات", "البيانات")),
)


def edited(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    """What an editor makes of it: most often another number or sentence, now and then only a blank."""
    (edit,) = rng.choices(list(_EDITS), list(_EDITS.values()))
    after = edit(article, tongue, rng)
    return after if after != article else _reword(article, tongue, rng)


def _with_block(article: Article, place: int, *blocks: Block) -> Article:
    return replace(article, blocks=article.blocks[:place] + blocks + article.blocks[place + 1 :])


def _reword(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    place = rng.randrange(len(article.blocks))
    block = article.blocks[place]
    cut = rng.randrange(max(len(block.text) - 30, 1))
    text = block.text[:cut] + tongue.joint + tongue.sentence(rng, 4) + block.text[cut + 25 :]
    return _with_block(article, place, replace(block, text=text))


def _add(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    place = rng.randrange(len(article.blocks))
    added = Block(BlockKind.PARAGRAPH, tongue.paragraph(rng))
    return _with_block(article, place, article.blocks[place], added)


def _cut(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    if len(article.blocks) < 6:
        return _add(article, tongue, rng)
    return _with_block(article, rng.randrange(len(article.blocks)))


def _retitle(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    return replace(article, title=tongue.sentence(rng, 7))


def _redate(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    return _reword(replace(article, updated=f"2026-02-{rng.randrange(1, 29):02}"), tongue, rng)


def _recaption(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    figures = tuple(replace(figure, caption=tongue.sentence(rng, 9)) for figure in article.figures)
    return replace(article, figures=figures)


def _reshoot(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    image = Figure(
        f"https://img.example/{rng.randrange(10**6)}.jpg", tongue.sentence(rng, 9), "Photo/Bo Lind"
    )
    return replace(article, figures=(*article.figures[:2], image))


def _attach(article: Article, tongue: Tongue, rng: random.Random) -> Article:
    file = Attachment(f"https://files.example/{rng.randrange(10**6)}.pdf", tongue.sentence(rng, 4))
    return replace(article, attachments=(file,))


def _blank(article: Article, tongue: Tongue, rng: random.Random) -> Article:  # noqa: ARG001 -- one of _EDITS
    place = rng.randrange(len(article.blocks))
    block = article.blocks[place]
    cut = len(block.text) // 2
    return _with_block(article, place, replace(block, text=f"{block.text[:cut]}\u200b{block.text[cut:]}"))


_EDITS: dict[Callable[[Article, Tongue, random.Random], Article], float] = {
    _reword: 45,
    _add: 12,
    _cut: 6,
    _retitle: 10,
    _redate: 8,
    _recaption: 6,
    _reshoot: 4,
    _attach: 4,
    _blank: 9,
}


def html(article: Article) -> bytes:
    """The page that carries it."""
    body = "".join(f"<p>{escape(block.text)}</p>" for block in article.blocks)
    figures = "".join(
        f'<figure><img src="{escape(figure.image)}"><figcaption>{escape(figure.caption or "")}</figcaption>'
        for figure in article.figures
    )
    head = f'<!doctype html><html lang="{article.language}"><title>{escape(article.title)}</title>'
    return f"{head}<h1>{escape(article.title)}</h1><time>{article.updated}</time>{figures}{body}".encode()
