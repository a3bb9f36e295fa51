"""A period's report as one HTML page that needs nothing else and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import wording
from reports.query import PeriodReport, WholeChange
from reports.safe import safe, safe_href
from reports.sheet import Row, Sheet, lay_out
from revisor.model import Change, Kind, Segment

TEMPLATES = Path(__file__).parent / "templates"

_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_TONES = {
    Kind.REMOVED: "gone",
    Kind.RESTORED: "come",
    Kind.NEW: "come",
    Kind.COSMETIC: "quiet",
    Kind.TECHNICAL: "quiet",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as the page shows it."""

    change: Change
    title: tuple[Segment, ...]
    fields: tuple[Row, ...]
    sheet: Sheet
    evidence: str
    heading: str
    language: str | None


def report_html(report: PeriodReport, zone: tzinfo | None = None) -> str:
    """The report. zone: of its times, None is this machine's; evidence is always in UTC.

    Everything from a page is escaped and made `safe` on its way out; a content security policy forbids the
    page all scripts, images and connections, so that nothing foreign can run or be fetched.
    """
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return _environment(zone).get_template("report.html.j2").render(
        report=report,
        entries=tuple(map(_entry, report.changes)),
        several=len({whole.change.portal for whole in report.changes}) > 1,
        left_out=wording.left_out(report),
        style=Markup(style),  # noqa: S704  # our own file
        policy=_POLICY.format(_sha256(style)),
        zone=wording.offsets(_moments(report), zone),
    )  # fmt: skip


def _environment(zone: tzinfo | None) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: (
            safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value
        ),
    )
    environment.filters |= {
        "href": safe_href,
        "count": wording.count,
        "capitalize_first": lambda text: text[:1].upper() + text[1:],
        "tone": lambda kind: _TONES.get(kind, "change"),
        "minute": lambda moment: wording.minute(moment, zone),
        "time": lambda moment: f"{moment.astimezone(zone):%H:%M}",
        "day": lambda moment: _day(moment.astimezone(zone)),
        "iso": lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "run_line": lambda run: wording.run_line(run, zone),
        "portal_line": lambda portal: wording.portal_line(portal, zone),
    }
    return environment


def _entry(whole: WholeChange) -> Entry:
    change = whole.change
    version = change.after or change.before
    language = (version.article.language if version else None) or ""
    sheet = lay_out(change)
    title, *fields = sheet.fields
    return Entry(
        change=change,
        title=title.segments,
        fields=tuple(fields),
        sheet=sheet,
        evidence=wording.evidence(whole),
        heading=wording.text_heading(change),
        language=language if _LANGUAGE.fullmatch(language) else None,
    )


def _moments(report: PeriodReport) -> Iterable[datetime]:
    return (report.since, report.until, *(whole.change.detected_at for whole in report.changes))


def _day(moment: datetime) -> str:
    """`Friday, 1 March 2024`."""
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
