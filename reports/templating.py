"""The templates' environment, which report and review page share: what leaves it is escaped and harmless."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import wording
from reports.safe import safe, safe_href
from revisor.model import Kind

TEMPLATES = Path(__file__).parent / "templates"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_TONES = {
    Kind.REMOVED: "gone",
    Kind.RESTORED: "come",
    Kind.NEW: "come",
    Kind.COSMETIC: "quiet",
    Kind.TECHNICAL: "quiet",
}


def environment(zone: tzinfo | None = None) -> Environment:
    """Jinja2 with autoescaping, strict about names, and each text made `safe` on its way out.

    zone: of the times that the filters write, None is this machine's.
    """
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=lambda value: (
            safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value
        ),
    )
    made.filters |= {
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
    return made


def language_tag(declared: str | None) -> str | None:
    """The language if it has the form of a tag (BCP 47), for a `lang` attribute."""
    return declared if declared and _LANGUAGE.fullmatch(declared) else None


def _day(moment: datetime) -> str:
    """`Friday, 1 March 2024`."""
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"
