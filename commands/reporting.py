"""`revisor report`: a period's changes in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.filters import (
    AllOption,
    KindOption,
    PortalOption,
    SectionOption,
    StateOption,
    UntilOption,
    WordsOption,
    change_filter,
    of_portal,
    portal_names,
)
from commands.options import HomeOption, open_store, out

if TYPE_CHECKING:
    from reports.query import PeriodReport

Format = Literal["html", "markdown", "json", "csv", "text"]

_ENDINGS: dict[str, Format] = {
    ".html": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".txt": "text",
    ".text": "text",
}
"""The first of each format is what a file without a name gets."""

STANDARD_OUTPUT = Path("-")


def report(  # noqa: PLR0913, PLR0917  # each is an option of the command line
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
    section: SectionOption = None,
    kind: KindOption = None,
    words: WordsOption = "",
    state: StateOption = "all",
    include_all: AllOption = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="The file to write, - for standard output; else revisor-report with the day of its end.",
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
    from reports.wording import shown  # noqa: PLC0415

    chosen = form or _ENDINGS.get(output.suffix.lower() if output else "", "html")
    with open_store(home) as (config, store):
        wanted = change_filter(
            since, until or "now", kind, section=section, words=words, state=state, include_all=include_all
        )
        found = report_period(store, of_portal(config, store, wanted, portal), portal_names(config))
    text = _rendered(found, chosen)
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(text.encode())  # UTF-8 and its own line ends, whatever the terminal has
        return
    path = output or Path(f"revisor-report-{found.until.astimezone():%Y-%m-%d}{_ending(chosen)}")
    write_whole(path, text)
    out(f"{shown(found)} written to {path.absolute()}")


def _ending(form: Format) -> str:
    return next(ending for ending, named in _ENDINGS.items() if named == form)


def _rendered(found: PeriodReport, form: Format) -> str:
    match form:
        case "html":
            from reports.html import report_html  # noqa: PLC0415

            return report_html(found)
        case "markdown":
            from reports.markdown import report_markdown  # noqa: PLC0415

            return report_markdown(found)
        case "csv":
            from reports.table import report_csv  # noqa: PLC0415

            return report_csv(found)
        case "json":
            from reports.shapes import report_json  # noqa: PLC0415

            return report_json(found)
        case "text":
            from reports.text import report_text  # noqa: PLC0415

            return report_text(found)
