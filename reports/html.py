"""A period's report as one HTML page that needs nothing else and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import tzinfo

from markupsafe import Markup

from reports import wording
from reports.query import PeriodReport, WholeChange
from reports.sheet import Row, Sheet, lay_out
from reports.templating import TEMPLATES, environment, language_tag
from revisor.model import Change, Segment

_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as the page shows it."""

    change: Change
    title: tuple[Segment, ...]
    fields: tuple[Row, ...]
    sheet: Sheet
    evidence: str
    heading: str
    review: str
    language: str | None


def report_html(report: PeriodReport, zone: tzinfo | None = None) -> str:
    """The report. zone: of its times, None is this machine's; evidence is always in UTC.

    Everything from a page is escaped and made `safe` on its way out; a content security policy forbids the
    page all scripts, images and connections, so that nothing foreign can run or be fetched.
    """
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return environment(zone).get_template("report.html.j2").render(
        report=report,
        entries=tuple(_entry(whole, zone) for whole in report.changes),
        several=len({whole.change.portal for whole in report.changes}) > 1,
        nothing=wording.nothing_changed(report),
        left_out=wording.left_out(report),
        style=Markup(style),  # noqa: S704  # our own file
        policy=_POLICY.format(_sha256(style)),
        zone=wording.offsets((report.since, report.until), zone),
        footer=wording.footer(report, zone),
    )  # fmt: skip


def _entry(whole: WholeChange, zone: tzinfo | None) -> Entry:
    change = whole.change
    version = change.after or change.before
    sheet = lay_out(change)
    title, *fields = sheet.fields
    return Entry(
        change=change,
        title=title.segments,
        fields=tuple(fields),
        sheet=sheet,
        evidence=wording.evidence(whole),
        heading=wording.text_heading(change),
        review=wording.review(change.review, zone) if change.review else "",
        language=language_tag(version.article.language) if version else None,
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
