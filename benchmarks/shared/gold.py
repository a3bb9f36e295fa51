"""What a careful reader takes from a page, and the score of a text against it.

Score: tokens are words, each CJK character one; multisets of shingles of four tokens; the F1 of a set is the
harmonic mean of mean precision and mean recall. Optional passages, captions and titles count neither way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+"
)
_UNSEEN = dict.fromkeys([0x00AD, 0x200B, 0xFEFF])

Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GoldCaption:
    """A caption as it stands in the page. image: as written there, None where the set does not tell."""

    text: str
    image: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """One page with what a careful reader takes from it.

    asked: the fields of which the set tells what is right, for this page, if only that there is none.
    tied, files: the captions with their images, the attachments as addresses written in the page.
    alt_title: a title that is as good. date: one that is right whether it is taken for published or updated.
    """

    id: str
    url: str
    title: str
    published: str | None
    updated: str | None
    body: list[str]
    optional: list[str]
    captions: list[str]
    attachments: int
    data: bytes
    asked: frozenset[str] = frozenset()
    tied: tuple[GoldCaption, ...] = ()
    files: tuple[str, ...] = ()
    alt_title: str | None = None
    date: str | None = None


def gold_of(row: dict[str, Any], data: bytes) -> Gold:
    """A row of a gold file with the bytes of its page."""
    tied = tuple(
        GoldCaption(one)
        if isinstance(one, str)
        else GoldCaption(one["caption"] or "", one["image"], one["credit"])
        for one in row.get("captions") or []
    )
    return Gold(
        id=row.get("id") or row["url"].rsplit("/", 1)[-1],
        url=row["url"] or "http://page.invalid/",
        title=row["title"] or "",
        published=row["published"],
        updated=row.get("updated"),
        body=[row["body"]] if isinstance(row["body"], str) else row["body"],
        optional=row.get("optional") or [],
        captions=[caption.text for caption in tied],
        attachments=len(row.get("attachments") or []),
        data=data,
        asked=frozenset(
            {name for name in ("title", "published", "updated") if name in row}
            | {name for name in ("captions", "attachments") if row.get(name) is not None}
        ),
        tied=tied,
        files=tuple(file["href"] for file in row.get("attachments") or []),
        alt_title=row.get("alt_title"),
    )


def clean(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def shingles(text: str) -> Shingles:
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", clean(text)).lower())
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))


def score(candidate: str, gold: Gold) -> tuple[float, float]:
    """Precision and recall of one page's text."""
    optional = set(gold.optional)
    asked = shingles("\n".join(text for text in gold.body if text not in optional))
    free = shingles("\n".join(gold.body)) - asked
    for text in (*gold.optional, *gold.captions, gold.title):
        free |= shingles(text)
    ours = shingles(candidate)
    hits = sum((ours & asked).values())
    excused = sum(((ours - asked) & free).values())
    counted = sum(ours.values()) - excused
    precision = hits / counted if counted else float(not asked)
    recall = hits / sum(asked.values()) if asked else 1.0
    return precision, recall


def f1(precision: Collection[float], recall: Collection[float]) -> float:
    """The F1 of a set, from the precision and recall of each of its pages."""
    p, r = (sum(values) / max(1, len(values)) for values in (precision, recall))
    return 2 * p * r / (p + r) if p + r else 0.0


def date_verdict(ours: str | None, theirs: str | None) -> str:
    """What a date is worth: right (to the day), wrong, missing, invented, or none."""
    if not theirs:
        return "invented" if ours else "none"
    if not ours:
        return "missing"
    return "right" if ours[:10] == theirs[:10] else "wrong"
