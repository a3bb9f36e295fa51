"""What extraction takes from the sample portal's pages, field by field, by skin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.shared.gold import Gold, clean, f1, score
from revisor.errors import RevisorError
from revisor.model import Article, Rules
from sample_portal.site import Site
from sample_portal.truth import TrueArticle
from scrapers.parsers.article import EXTRACTOR, extract

ARTICLES = 60
_RULES = Rules("bench", EXTRACTOR, time_zone="Asia/Shanghai")
_BASE = "http://portal.example"


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One skin: shares of pages on which a field is exactly right, white space apart, and the body's F1.

    captions, attachments: shares of those there are; invented: more of them than there are.
    """

    skin: str
    pages: int
    failed: int
    title: float
    updated: float
    body: float
    exact: float
    captions: float
    attachments: float

    def row(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def fields_of(skins: Sequence[str], seeds: int) -> list[FieldScore]:
    """Extract the first day of one site for each skin and up to three seeds."""
    return [_score(skin, list(_pairs(skin, min(seeds, 3)))) for skin in skins]


def print_fields(scores: Sequence[FieldScore]) -> None:
    """Print one line a skin."""
    names = ("pages", "failed", "title", "updated", "body F1", "exact", "captions", "files")
    print("\nFields of the first day's pages\n" + f"{'':<12}" + "".join(f"{name:>9}" for name in names))
    for s in scores:
        shares = (s.title, s.updated, s.body, s.exact, s.captions, s.attachments)
        figures = "".join(f"{value:>9.3f}" for value in shares)
        print(f"{s.skin:<12}{s.pages:>9}{s.failed:>9}{figures}")


def _pairs(skin: str, seeds: int) -> Iterator[tuple[TrueArticle, Article | None]]:
    for seed in range(1, seeds + 1):
        site = Site(seed=seed, articles=ARTICLES, days=1, skin=skin)
        for true in site.articles_on(0):
            response = site.respond(0, true.path, {}, Random(seed))
            try:
                found = extract(response.body, response.headers, _BASE + true.path, _RULES).article
            except RevisorError:
                found = None
            yield true, found


def _score(skin: str, pairs: Sequence[tuple[TrueArticle, Article | None]]) -> FieldScore:
    right: Counter[str] = Counter()
    due: Counter[str] = Counter()
    precision, recall = [], []
    for true, found in pairs:
        body = [block.text for block in true.blocks[: (true.breaks or (None,))[0]]]
        lines = {figure.line for figure in true.figures if figure.line}
        files = {_BASE + file.path for file in true.attachments}
        due += Counter(captions=len(lines), files=len(files))
        if found is None:
            precision.append(0.0)
            recall.append(0.0)
            continue
        got = [block.text for block in found.blocks]
        gold = Gold("", "", true.title, None, None, body, [], sorted(lines), len(files), b"")
        page = score("\n".join(got), gold)
        precision.append(page[0])
        recall.append(page[1])
        shown = {" ".join(part for part in (f.caption, f.credit) if part) for f in found.figures}
        bare = {_unbracketed(line): line for line in lines}
        right += Counter(
            title=int(clean(found.title) == clean(true.title)),
            updated=int(true.updated in {found.updated, found.published}),
            exact=int([clean(text) for text in got] == [clean(text) for text in body]),
            captions=sum(_unbracketed(line) in bare for line in shown),
            files=len(files & {file.url for file in found.attachments}),
        )
    pages = max(1, len(pairs))
    return FieldScore(
        skin=skin,
        pages=len(pairs),
        failed=sum(found is None for _, found in pairs),
        title=right["title"] / pages,
        updated=right["updated"] / pages,
        body=f1(precision, recall),
        exact=right["exact"] / pages,
        captions=right["captions"] / max(1, due["captions"]),
        attachments=right["files"] / max(1, due["files"]),
    )


def _unbracketed(line: str) -> str:
    return line.translate(dict.fromkeys(map(ord, "()[]（）【】"))).strip()
