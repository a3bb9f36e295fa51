"""Changes as an Atom feed (RFC 4287), for feed readers and whatever else follows feeds."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from lxml import etree
from markupsafe import Markup

from reports import wording
from reports.query import WholeChange
from reports.safe import safe, safe_href
from reports.segments import clipped
from reports.sheet import Fold, Row, Sheet, lay_out
from revisor.model import BlockOp, Change, Op, Segment

MAX_PARTS = 20
MAX_PART = 1_000
"""Passages and rows that the content of an entry shows, and characters of each."""

_ATOM = "http://www.w3.org/2005/Atom"
_NAMES = uuid.UUID(
    "6f0d4f1c-3a0e-5d4b-9a57-0c1c63d4a1e2"
)  # ours, made once; the ids of all entries hang on it
_NOT_XML = re.compile(
    "[\ufffe\uffff]"
)  # what `safe` leaves of the characters that XML 1.0 (2.2) has no form for
_TAGS = {Op.EQUAL: Markup("{}"), Op.INSERT: Markup("<ins>{}</ins>"), Op.DELETE: Markup("<del>{}</del>")}


def atom_feed(
    changes: Sequence[WholeChange],
    *,
    title: str,
    self_url: str,
    page_url: Callable[[int], str],
    updated: datetime,
) -> str:
    """A feed of the changes in their order, which is best that of `recorded_at`.

    self_url: the feed's own address, also its id. page_url: the address of a change's page. updated: of a
    feed without entries; else it is the newest of theirs.
    """
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # the default one
    _add(feed, "id", self_url)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(max(map(_recorded, changes), default=updated)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=self_url)
    _add(feed, "generator", "Revisor")
    for whole in changes:
        _add_entry(feed, whole, page_url(whole.change.id))
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True).decode()


def entry_id(change: Change) -> str:
    """A URN that this change has for good (RFC 4287, 4.2.6; RFC 9562, 5.5).

    Made of what is stored once and never altered, so that neither another address of the review page nor
    another release lets a reader take an entry for a new one.
    """
    detected = change.detected_at.astimezone(UTC).isoformat()
    name = f"{change.portal}\n{change.page.key}\n{detected}\n{change.id}"
    return uuid.uuid5(_NAMES, name.encode(errors="backslashreplace").decode()).urn


# --- entries -----------------------------------------------------------------


def _add_entry(feed: etree._Element, whole: WholeChange, page: str) -> None:
    change = whole.change
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "id", entry_id(change))
    _add(entry, "title", f"{wording.kinds(change)}: {change.title}")
    _add(entry, "updated", _moment(_recorded(whole)))
    _add(entry, "published", _moment(change.detected_at))
    _add(_add(entry, "author"), "name", change.portal)
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    if href := safe_href(change.page.url):
        _add(entry, "link", rel="related", href=href)
    for kind in change.kinds:
        _add(entry, "category", term=kind.value)
    evidence = wording.evidence(whole)
    _add(entry, "summary", f"{change.summary}; {evidence}" if change.summary else evidence)
    _add(entry, "content", str(_content(whole)), type="html")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    for key, value in attributes.items():
        element.set(key, _xml(value))
    element.text = None if text is None else _xml(text)
    return element


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", safe(text))


def _recorded(whole: WholeChange) -> datetime:
    return whole.change.recorded_at or whole.change.detected_at


def _moment(moment: datetime) -> str:
    """RFC 3339, as RFC 4287, 3.3 asks for."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


# --- content -----------------------------------------------------------------


def _content(whole: WholeChange) -> Markup:
    """HTML with what changed, each text escaped; the feed's XML escapes it all once more."""
    change = whole.change
    sheet = lay_out(change)
    parts = [
        Markup("<p>{}</p>").format(safe(text)) for text in (change.summary, wording.evidence(whole)) if text
    ]
    shown = list(_parts(sheet, whole_text=change.diff is None))
    parts += shown[:MAX_PARTS]
    left = len(shown) - MAX_PARTS + sheet.cut
    if left > 0:
        parts.append(Markup("<p>{} on the page of this change.</p>").format(wording.count(left, "more part")))
    return Markup("\n").join(parts)


def _parts(sheet: Sheet, *, whole_text: bool) -> Iterator[Markup]:
    """Rows and passages that changed; of a page that came or went, all."""
    for row in (*sheet.fields, *(row for group in (*sheet.figures, *sheet.attachments) for row in group)):
        if whole_text or _differs(row):
            note = f"({row.note}) " if row.note else ""
            yield Markup('<p dir="auto"><b>{}:</b> {}{}</p>').format(row.label, note, _words(row.segments))
    for part in sheet.body:
        if not isinstance(part, Fold) and (whole_text or part.op is not BlockOp.SAME):
            yield Markup('<p dir="auto">{}</p>').format(_words(part.segments))


def _differs(row: Row) -> bool:
    return any(segment.op is not Op.EQUAL for segment in row.segments)


def _words(segments: Iterable[Segment]) -> Markup:
    short = clipped(tuple(segments), MAX_PART)
    return Markup("").join(_TAGS[segment.op].format(safe(segment.text)) for segment in short)
