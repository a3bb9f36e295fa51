"""What a page's extraction is worth, field by field, and the sums of a set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from benchmarks.extraction.found import NOTHING, Extractor, Found, Picture
from benchmarks.extraction.pages import Page
from benchmarks.shared.gold import Gold, GoldCaption, clean, date_verdict, f1, score, shingles

DATED = ("published", "updated", "date")
DATES = ("right", "wrong", "missing", "invented")
_ALIKE = 0.8
_BASE = re.compile(rb"<base\b[^>]{0,300}?href\s*=\s*[\"']?([^\"'\s>]{1,300})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """One page by one extractor.

    counts: names of `Tally.counts`, of those fields alone that the gold asks for and the extractor gives.
    wrong: what is not as it should be, in words.
    """

    page: Page
    precision: float
    recall: float
    counts: Counter[str]
    wrong: tuple[str, ...]

    @property
    def f1(self) -> float:
        return f1([self.precision], [self.recall])


@dataclass(frozen=True, slots=True)
class Tally:
    """A set, or half of it. counts: sums of those of the pages."""

    pages: int
    precision: float
    recall: float
    f1: float
    counts: Counter[str]

    @classmethod
    def of(cls, marks: Sequence[Mark]) -> Tally:
        precision, recall = [m.precision for m in marks], [m.recall for m in marks]
        size = max(1, len(marks))
        counts: Counter[str] = Counter()
        for mark in marks:
            counts.update(mark.counts)
        return cls(len(marks), sum(precision) / size, sum(recall) / size, f1(precision, recall), counts)

    def row(self) -> dict[str, object]:
        """The figures for JSON."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {"pages": self.pages, **shares, "counts": dict(self.counts)}


def halves(marks: Sequence[Mark]) -> tuple[Tally, Tally, Tally]:
    """The whole, half 0, half 1."""
    first, second = ([m for m in marks if m.page.half == half] for half in (0, 1))
    return Tally.of(marks), Tally.of(first), Tally.of(second)


def mark(page: Page, found: Found | None, extractor: Extractor) -> Mark:
    """Hold what was found against the page's gold."""
    gold, got = page.gold, found or NOTHING
    precision, recall = score(got.body, gold)
    counts: Counter[str] = Counter({"failed": int(found is None)})
    wrong = ["no article"] if found is None else []
    judged = gold.asked & extractor.gives
    if "title" in judged:
        exact = clean(got.title or "") in {clean(title) for title in (gold.title, gold.alt_title) if title}
        counts["titles exact"] = int(exact)
        if not exact:
            wrong.append(f"title {got.title!r} for {gold.title!r}")
    _mark_dates(gold, got, judged, counts, wrong)
    if "captions" in judged:
        _mark_captions(gold, got.pictures, counts, wrong)
    if "attachments" in judged:
        _mark_files(gold, got.files, counts, wrong)
    return Mark(page, precision, recall, counts, tuple(wrong))


def _mark_dates(
    gold: Gold, got: Found, judged: frozenset[str], counts: Counter[str], wrong: list[str]
) -> None:
    for name, ours, theirs in (
        ("published", got.published, gold.published),
        ("updated", got.updated, gold.updated),
        ("date", gold.date if gold.date in {got.published, got.updated} else got.published, gold.date),
    ):
        if name in judged:
            verdict = date_verdict(ours, theirs)
            counts[f"{name} {verdict}"] = 1
            if verdict in {"wrong", "invented"}:
                counts["pages with a wrong date"] = 1
            if verdict not in {"right", "none"}:
                wrong.append(f"{name} {verdict}: {ours} for {theirs}")


def _mark_captions(gold: Gold, pictures: Iterable[Picture], counts: Counter[str], wrong: list[str]) -> None:
    """Each caption is tied by one picture at most; a picture with words that are no caption is false."""
    base = _base(gold)
    open_ones = [picture for picture in pictures if picture.caption or picture.credit]
    lost = []
    for caption in gold.tied:
        hit = next((picture for picture in open_ones if _ties(picture, caption, base)), None)
        if hit:
            open_ones.remove(hit)
        else:
            lost.append(caption)
    counts["captions tied"] += len(gold.tied) - len(lost)
    # One caption may stand for several images: the others with it are no mistake, but count once.
    false = [p for p in open_ones if not any(_alike(p, caption) for caption in gold.tied)]
    misplaced = len(open_ones) - len(false)
    counts["captions false"] += len(false)
    wrong += [f"caption not tied: {caption.text!r} ({caption.image})" for caption in lost]
    wrong += [f"caption false: {p.caption!r} {p.credit!r} ({p.image})" for p in false]
    if misplaced:
        wrong.append(f"captions on other images: {misplaced}")


def _ties(picture: Picture, caption: GoldCaption, base: str) -> bool:
    if caption.image is not None and not _same_image(picture.image, urljoin(base, caption.image)):
        return False
    return _alike(picture, caption)


def _same_image(ours: str, theirs: str) -> bool:
    """The same address, or the same file in another size (asked for in the query)."""
    one, other = urlsplit(ours), urlsplit(theirs)
    return ours == theirs or ("." in one.path.rpartition("/")[2] and one[:3] == other[:3])


def _alike(picture: Picture, caption: GoldCaption) -> bool:
    """Whether four in five shingles agree; the credit may be part of the caption or apart from it."""
    ours = {picture.caption, f"{picture.caption} {picture.credit}".strip()} - {""}
    theirs = {caption.text, f"{caption.text} {caption.credit or ''}".strip()} - {""}
    return any(_share(a, b) >= _ALIKE for a in ours for b in theirs)


def _share(a: str, b: str) -> float:
    one, other = frozenset(shingles(a)), frozenset(shingles(b))
    return len(one & other) / len(one | other) if one | other else float(clean(a) == clean(b))


def _mark_files(gold: Gold, ours: frozenset[str], counts: Counter[str], wrong: list[str]) -> None:
    base = _base(gold)
    theirs = [urljoin(base, href) for href in gold.files]
    counts["attachments right"] += sum(address in ours for address in theirs)
    false = sorted(ours - set(theirs))
    counts["attachments false"] += len(false)
    wrong += [f"attachment missing: {address}" for address in theirs if address not in ours]
    wrong += [f"attachment false: {address}" for address in false]


def _base(gold: Gold) -> str:
    found = _BASE.search(gold.data)
    return urljoin(gold.url, found[1].decode("utf-8", "replace")) if found else gold.url


def asked(pages: Sequence[Page]) -> Counter[str]:
    """How many there are to be found, by the name of the count that would be reached by finding all."""
    golds = [page.gold for page in pages]
    return Counter(
        {
            "titles exact": sum("title" in g.asked for g in golds),
            "published right": sum("published" in g.asked and bool(g.published) for g in golds),
            "updated right": sum("updated" in g.asked and bool(g.updated) for g in golds),
            "date right": sum("date" in g.asked for g in golds),
            "captions tied": sum(len(g.tied) for g in golds),
            "attachments right": sum(len(g.files) for g in golds),
        }
    )
