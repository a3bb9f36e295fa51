"""A period's report as Markdown (CommonMark), to be read as it is or rendered.

What changed stands in `<del>` and `<ins>`: the marks `~~` and `**` are not seen as such beside blanks,
punctuation and Chinese text (CommonMark 0.31, 6.2), and a change often begins with one of these. Where HTML
is switched off the tags themselves are shown, which is as clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import groupby

from reports import wording
from reports.query import PeriodReport, PortalPeriod, WholeChange
from reports.safe import safe, safe_href
from reports.sheet import Fold, Passage, Row, Sheet, lay_out
from revisor.model import BlockKind, Op, Segment

CONTENTS_FROM = 4
"""Changes from which on the report begins with a list of them, as in HTML."""

MAX_UNHEALTHY = 20

_TAGS = {Op.EQUAL: ("", ""), Op.INSERT: ("<ins>", "</ins>"), Op.DELETE: ("<del>", "</del>")}
_LEADS = {BlockKind.LIST_ITEM: "* ", BlockKind.QUOTE: "> "}
# Lists that may follow upon one another have "-" and "*" in turn: another sign begins another list.

# Marks of CommonMark and GFM, "$" and "{" of wide-spread extensions; what would become a link by itself; "&"
# before what could be an entity.
_CONSTRUCT = re.compile(
    r"""[\\`*_\[\]<>~|#${^@]
      | : (?= //)
      | (?i: (?<= www) \.)
      | & (?= \#?\w+;)""",
    re.VERBOSE,
)
# What makes a line something else than a paragraph: bullets, numbers of a list, the underline of a heading.
_LINE_START = re.compile(r"[-+=:](?=\W|_|$)|(?<=\d)[.)]")
_ENTITY = re.compile(r"&#?\w+;")


def report_markdown(report: PeriodReport, zone: tzinfo | None = None) -> str:
    """The report. zone: of its times, None is this machine's; evidence is always in UTC.

    No text from a page can become markup, and none an address that leads elsewhere than to its page.
    """
    return "\n\n".join(part for part in _report(report, zone) if part) + "\n"


def plain(text: str) -> str:
    """Text of a page on one line, with a backslash before whatever Markdown could take for its own."""
    return _CONSTRUCT.sub(r"\\\g<0>", safe(text))


def block(inline: str) -> str:
    """A line that is a paragraph, whatever it begins with."""
    line = inline.strip(" ")
    number = re.match(r"\d{1,9}", line)
    start = _LINE_START.match(line, number.end() if number else 0)
    return f"{line[: start.start()]}\\{line[start.start() :]}" if start else line


# --- the report --------------------------------------------------------------


def _report(report: PeriodReport, zone: tzinfo | None) -> Iterator[str]:
    yield f"# {_sentence(wording.count(report.total, 'change'))}"
    yield _sentence(wording.period(report, zone))
    yield "\n".join(f"- **{entry.kind}**: {entry.count}" for entry in report.counts)
    for portal in report.portals:
        yield from _portal(portal, zone)
    if len(report.changes) >= CONTENTS_FROM:
        yield "\n".join(map(_contents_line, report.changes))
    for whole in report.changes:
        yield from _change(whole, zone)
    if not report.changes:
        yield wording.nothing_changed(report)
    yield wording.left_out(report)
    yield "---"
    yield wording.footer(report, zone)


def _portal(portal: PortalPeriod, zone: tzinfo | None) -> Iterator[str]:
    yield block(f"{plain(portal.portal)}: {wording.portal_line(portal, zone)}")
    runs = portal.unhealthy
    lines = [f"- run {run.id}, {plain(wording.run_line(run, zone))}" for run in runs[:MAX_UNHEALTHY]]
    if len(runs) > MAX_UNHEALTHY:
        lines.append(f"- and {len(runs) - MAX_UNHEALTHY} more")
    yield "\n".join(lines)


def _contents_line(whole: WholeChange) -> str:
    change = whole.change
    summary = f" ({plain(change.summary)})" if change.summary else ""
    return f"* {change.id}, {wording.kinds(change)}: {plain(change.title)}{summary}"


def _change(whole: WholeChange, zone: tzinfo | None) -> Iterator[str]:
    change = whole.change
    sheet = lay_out(change)
    title, *fields = sheet.fields
    yield f"## {change.id}: {_words(title.segments)}"
    yield f"**{wording.kinds(change)}**, {wording.minute(change.detected_at, zone)}"
    yield block(plain(change.summary))
    yield f"{_sentence(wording.evidence(whole))}."
    section = f" / {plain(change.page.section)}" if change.page.section else ""
    yield block(f"{plain(change.portal)}{section} {_link(change.page.url)}")
    if change.review:
        yield block(plain(_sentence(wording.review(change.review, zone))))
    yield "\n".join(_rows(fields, sheet))
    if sheet.body and (heading := wording.text_heading(change)):
        yield f"*{_sentence(heading)}:*"
    yield from _body(sheet)


def _link(url: str) -> str:
    """The address as a link, if it may be one; an entity in it would be read by some and not by others."""
    href = safe_href(url)
    return f"<{href}>" if href and not _ENTITY.search(href) else plain(url)


# --- the sheet ---------------------------------------------------------------


def _rows(fields: Sequence[Row], sheet: Sheet) -> Iterator[str]:
    """Fields, then each figure and attachment with what belongs to it indented."""
    for row in fields:
        yield _row(row)
    for first, *others in (*sheet.figures, *sheet.attachments):
        yield _row(first)
        yield from (f"  {_row(row)}" for row in others)


def _row(row: Row) -> str:
    note = f"({row.note}) " if row.note else ""
    return f"- **{row.label}:** {note}{_words(row.segments)}".rstrip(" ")


def _body(sheet: Sheet) -> Iterator[str]:
    """Passages; the items of a list stand line by line."""
    for is_list, parts in groupby(sheet.body, _is_item):
        blocks = [_fold(part) if isinstance(part, Fold) else _passage(part) for part in parts]
        yield from ["\n".join(blocks)] if is_list else blocks
    if sheet.cut:
        yield f"*{_sentence(wording.count(sheet.cut, 'more part'))} left out.*"


def _is_item(part: Passage | Fold) -> bool:
    return isinstance(part, Passage) and part.kind is BlockKind.LIST_ITEM


def _fold(fold: Fold) -> str:
    return f"*{_sentence(wording.count(fold.count, 'paragraph'))} unchanged*"


def _passage(passage: Passage) -> str:
    """A heading of the page stands below those of the report."""
    words = block(_words(passage.segments))
    if passage.kind is BlockKind.HEADING:
        return f"{'#' * min(max(passage.level + 1, 3), 6)} {words}"
    return _LEADS.get(passage.kind, "") + words


def _words(segments: Iterable[Segment]) -> str:
    parts: list[str] = []
    for op, run in groupby(segments, lambda segment: segment.op):
        opened, closed = _TAGS[op]
        parts.append(f"{opened}{plain(''.join(segment.text for segment in run))}{closed}")
    return "".join(parts).strip(" ")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
