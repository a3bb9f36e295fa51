"""What is odd, as files: both bodies and both texts of a pair, or a page with its text and its gold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from pathlib import Path

from benchmarks.replay.gold import Marked
from benchmarks.replay.pairs import Pair
from benchmarks.replay.read import Reading
from revisor.model import Article
from storage.store import Store


def show(
    folder: Path, store: Store, readings: Iterable[Reading], odd: Sequence[Pair], flawed: Sequence[Marked]
) -> int:
    """A folder for each odd pair and each flawed page; returns how many. Files of the same name are replaced.

    pair-*: before.html, after.html (bytes as stored), before.txt, after.txt (what was read), seen.diff (lines
    that a reader sees change), read.diff. page-*: page.html, ours.txt, gold.txt, read.diff (gold to ours).
    """
    read = {reading.stored.id: reading for reading in readings}
    for number, pair in enumerate(odd, start=1):
        place = _folder(folder, "pair", number, pair.after.url)
        before, after = _text(read[pair.before.id]), _text(read[pair.after.id])
        for name, stored, text in (("before", pair.before, before), ("after", pair.after, after)):
            (place / f"{name}.html").write_bytes(store.capture(stored.id).body)
            _write(place / f"{name}.txt", text)
        gone, came = pair.difference.gone, pair.difference.came
        _write(place / "seen.diff", [*(f"-{line}" for line in gone), *(f"+{line}" for line in came)])
        _write(place / "read.diff", unified_diff(before, after, "before", "after", lineterm=""))
    for number, page in enumerate(flawed, start=1):
        place = _folder(folder, "page", number, page.gold.url)
        (place / "page.html").write_bytes(store.capture(page.stored.id).body)
        ours = _text(read[page.stored.id])
        gold = [
            page.gold.title,
            f"published: {page.gold.published}",
            f"updated: {page.gold.updated}",
            *page.gold.body,
        ]
        _write(place / "ours.txt", ours)
        _write(place / "gold.txt", gold)
        _write(place / "read.diff", unified_diff(gold, ours, "gold", "ours", lineterm=""))
    return len(odd) + len(flawed)


def _folder(folder: Path, what: str, number: int, url: str) -> Path:
    name = re.sub(r"\W+", "-", url.split("://", 1)[-1]).strip("-")[-80:]
    place = folder / f"{what}-{number:03d}-{name}"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogateescape")


def _text(reading: Reading) -> list[str]:
    if reading.article is None:
        return [f"no article: {reading.error}"]
    return list(_article_lines(reading.article))


def _article_lines(article: Article) -> Iterable[str]:
    """The fields in the order of gold files, then blocks, figures, attachments, one a line."""
    yield article.title
    yield f"published: {article.published}"
    yield f"updated: {article.updated}"
    for block in article.blocks:
        yield block.text
    for figure in article.figures:
        yield f"figure {figure.image}: {figure.caption or ''} | {figure.credit or ''}"
    for attachment in article.attachments:
        yield f"attachment {attachment.url}: {attachment.text}"
    for name, value in (("source", article.source), ("byline", article.byline)):
        if value:
            yield f"{name}: {value}"
