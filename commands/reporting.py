"""`revisor report`: a period's changes in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.options import HomeOption, open_store, out
from commands.review import (
    AllOption,
    KindOption,
    PortalOption,
    UntilOption,
    change_filter,
    of_portal,
    portal_names,
)

if TYPE_CHECKING:
    from reports.query import PeriodReport

Format = Literal["html", "json", "text"]

_ENDINGS: dict[str, Format] = {".json": "json", ".txt": "text", ".text": "text"}


def report(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="WHEN",
            help="From then on: a date, a date and time, 7d, 24h, today or yesterday.",
        ),
    ] = "7d",
    until: UntilOption = None,
    portal: PortalOption = None,
    kind: KindOption = None,
    include_all: AllOption = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="The file to write; else revisor-report with the day of its end.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Else from the file's ending, else html.", show_default=False),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write what changed in a period into one file that needs nothing else to be read."""
    from reports.files import write_whole  # noqa: PLC0415  # every command imports its room when it is called
    from reports.query import report_period  # noqa: PLC0415
    from reports.wording import count  # noqa: PLC0415

    chosen = form or _ENDINGS.get(output.suffix.lower() if output else "", "html")
    with open_store(home) as (config, store):
        wanted = change_filter(since, until or "now", kind, include_all=include_all)
        found = report_period(store, of_portal(config, store, wanted, portal), portal_names(config))
    path = output or Path(
        f"revisor-report-{found.until.astimezone():%Y-%m-%d}.{chosen.replace('text', 'txt')}"
    )
    write_whole(path, _rendered(found, chosen))
    out(f"{count(found.total, 'change')} written to {path.absolute()}")


def _rendered(found: PeriodReport, form: Format) -> str:
    match form:
        case "html":
            from reports.html import report_html  # noqa: PLC0415

            return report_html(found)
        case "json":
            from reports.shapes import report_json  # noqa: PLC0415

            return report_json(found)
        case "text":
            from reports.text import report_text  # noqa: PLC0415

            return report_text(found)
