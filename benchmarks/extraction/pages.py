"""The pages to be measured, set by set: real ones where they are at hand, else those of the sample portal."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from warcio.archiveiterator import ArchiveIterator

from benchmarks.shared.gold import Gold, GoldCaption, gold_of
from revisor.model import Headers, Rules
from sample_portal.site import Site
from sample_portal.skins import WORKING_SKINS
from sample_portal.truth import TrueArticle
from scrapers.parsers.article import EXTRACTOR

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLE_ARTICLES = 60
_SAMPLE = "http://portal.example"
_ANY = Rules("bench", EXTRACTOR)
_LANHAI = Rules("bench", EXTRACTOR, time_zone="Asia/Shanghai")
_VICTORIA = Rules("bench", EXTRACTOR, time_zone="Australia/Melbourne", language="en")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its gold, and what else an extractor may know of it."""

    gold: Gold
    rules: Rules = _ANY
    headers: Headers = ()

    @property
    def half(self) -> int:
        """0 or 1, by the page's id alone: rules are made on one half and tried on the other."""
        return sha256(self.gold.id.encode()).digest()[0] & 1


def pages_of(name: str, corpus: Path) -> list[Page]:
    """The pages of a set, in a fixed order. Raises FileNotFoundError where the corpus lacks it."""
    return list(_SETS[name](corpus))


def victoria_captures(corpus: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Address -> day and bytes of each of its captures, in the order of the archive."""
    captures: dict[str, list[tuple[str, bytes]]] = {}
    with (corpus / "victoria-2020.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url, when = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
                captures.setdefault(url, []).append((when, record.content_stream().read()))
    return captures


def _folder(folder: Path) -> Iterator[Page]:
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            data = gzip.decompress((folder / "html" / f"{row['id']}.html.gz").read_bytes())
            yield Page(gold_of(row, data))


def _victoria(corpus: Path) -> Iterator[Page]:
    captures = victoria_captures(corpus)
    for line in (corpus / "victoria-gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Page(gold_of(row, dict(captures[row["url"]])[row["warc_date"]]), _VICTORIA)


def _sample(_: Path) -> Iterator[Page]:
    for skin in WORKING_SKINS:
        site = Site(seed=1, articles=SAMPLE_ARTICLES, days=1, skin=skin)
        for true in site.articles_on(0):
            response = site.respond(0, true.path, {}, Random(1))
            yield Page(_gold_of_sample(skin, true, response.body), _LANHAI, tuple(response.headers))


def _gold_of_sample(skin: str, true: TrueArticle, data: bytes) -> Gold:
    """The first page of an article; `updated` is the date that every skin shows, by whatever name."""
    end = (true.breaks or (len(true.blocks) + 1,))[0]
    tied = tuple(GoldCaption(f.line, f.image, f.credit) for f in true.figures if f.line and f.position < end)
    return Gold(
        id=f"{skin}{true.path}",
        url=_SAMPLE + true.path,
        title=true.title,
        published=None,
        updated=None,
        body=[block.text for block in true.blocks[:end]],
        optional=[],
        captions=[caption.text for caption in tied],
        attachments=len(true.attachments),
        data=data,
        asked=frozenset({"title", "date", "captions", "attachments"}),
        tied=tied,
        files=tuple(file.path for file in true.attachments),
        date=true.updated,
    )


_SETS: dict[str, Callable[[Path], Iterator[Page]]] = {
    "gov-dev": lambda corpus: _folder(corpus / "gov-dev"),
    "news-dev": lambda corpus: _folder(corpus / "news-dev"),
    "victoria": _victoria,
    "sample": _sample,
}
SETS = tuple(_SETS)
