"""Which changes a command is asked for: its options, and the filter they make."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from revisor.config import Config
    from revisor.model import Kind
    from storage.records import ChangeFilter
    from storage.store import Store

KINDS = (
    "removed, restored, new, edited, retitled, redated, recaptioned, image, attachment, moved, delisted, "
    "cosmetic, technical"
)
"""As in `revisor.model.Kind`, whose import is too dear for `--help`."""


def readable(text: str | None) -> str | None:
    """What was typed; bytes that are no UTF-8 become question marks, as the store holds text alone."""
    return text.encode(errors="replace").decode() if text else text


_FORMS = "a date, a date and time, 7d, 24h, today or yesterday"
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="WHEN", help=f"From then on: {_FORMS}.", show_default=False)
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="WHEN", help="Before then; a day counts to its end.", show_default=False),
]
PortalOption = Annotated[
    str | None,
    typer.Option(
        "--portal", metavar="NAME", help="Only of this portal.", callback=readable, show_default=False
    ),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar="KIND", help=f"Only of this kind; may be repeated: {KINDS}.", show_default=False
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Cosmetic and technical changes too.")]
SectionOption = Annotated[
    str | None,
    typer.Option(
        "--section", metavar="NAME", help="Only of this section.", callback=readable, show_default=False
    ),
]
WordsOption = Annotated[
    str,
    typer.Option(
        "--words",
        metavar="TEXT",
        help="Only with each of these words in the title, in what changed, or in the address.",
        callback=readable,
        show_default=False,
    ),
]
State = Literal["open", "reviewed", "all"]
StateOption = Annotated[State, typer.Option("--state", help="Only those open, or reviewed.")]


def change_filter(  # each is an option of the command line
    since: str | None,
    until: str | None,
    kind: list[str] | None,
    *,
    section: str | None,
    words: str,
    state: State,
    include_all: bool,
) -> ChangeFilter:
    """What the options ask for. Raises typer.BadParameter, which ends the command with exit code 2."""
    from storage.records import ChangeFilter  # noqa: PLC0415

    start, end = _moment("--since", since), _moment("--until", until)
    if start and end and start >= end:
        raise typer.BadParameter(f"{until} is not after --since {since}", param_hint="--until")
    return ChangeFilter(
        since=start,
        until=end,
        kinds=_kinds(kind or []),
        include_cosmetic=include_all,
        section=section,
        words=words,
        reviewed=None if state == "all" else state == "reviewed",
    )


def of_portal(config: Config, store: Store, wanted: ChangeFilter, portal: str | None) -> ChangeFilter:
    """The filter for one portal; one whose file is gone still has its history. Raises PortalNotFound."""
    from dataclasses import replace  # noqa: PLC0415

    if portal and portal not in portal_names(config) and not store.runs(portal, 1):
        from scrapers.portal_files import find_portal  # noqa: PLC0415

        find_portal(config.home.path, portal)
    return replace(wanted, portal=portal)


def portal_names(config: Config) -> tuple[str, ...]:
    """The portals that have a file."""
    from scrapers.portal_files import portal_paths  # noqa: PLC0415

    return tuple(portal_paths(config.home.path))


def _kinds(names: list[str]) -> tuple[Kind, ...]:
    from revisor.model import Kind  # noqa: PLC0415

    for name in names:
        if name not in list(Kind):
            raise typer.BadParameter(f'there is no kind "{name}"; the kinds are {KINDS}', param_hint="--kind")
    return tuple(map(Kind, names))


def _moment(option: str, text: str | None) -> datetime | None:
    from reports.period import parse_moment  # noqa: PLC0415

    if text is None:
        return None
    try:
        return parse_moment(text, datetime.now(UTC), end=option == "--until")
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error
