"""`revisor changes`, `show` and `history`: what changed, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import HomeOption, JsonOption, console, open_store, out

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

_FORMS = "a date, a date and time, 7d, 24h, today or yesterday"
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="WHEN", help=f"From then on: {_FORMS}.", show_default=False)
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="WHEN", help="Before then; a day counts to its end.", show_default=False),
]
PortalOption = Annotated[
    str | None, typer.Option("--portal", metavar="NAME", help="Only of this portal.", show_default=False)
]
KindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar="KIND", help=f"Only of this kind; may be repeated: {KINDS}.", show_default=False
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Cosmetic and technical changes too.")]


def changes(
    since: SinceOption = None,
    until: UntilOption = None,
    portal: PortalOption = None,
    kind: KindOption = None,
    include_all: AllOption = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Show at most so many.")] = 50,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List what changed, newest first. Days and times are of this machine's time zone."""
    from reports.query import list_changes  # noqa: PLC0415  # every command imports its room when it is called

    with open_store(home) as (config, store):
        wanted = change_filter(since, until, kind, include_all=include_all)
        wanted = of_portal(config, store, wanted, portal)
        found = list_changes(store, wanted, limit, portal_names(config))
    if json:
        from reports.shapes import changes_json  # noqa: PLC0415

        out(changes_json(found))
    else:
        from reports.text import print_changes  # noqa: PLC0415

        print_changes(console(), found)


def show(
    change: Annotated[
        int,
        typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="A change's number, from `revisor changes`."),
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show one change word by word: [-old-] and {+new+}, on a terminal struck out and underlined."""
    from reports.query import find_change  # noqa: PLC0415

    with open_store(home) as (_, store):
        found = find_change(store, change)
    if json:
        from reports.shapes import change_json  # noqa: PLC0415

        out(change_json(found))
    else:
        from reports.text import print_change  # noqa: PLC0415

        print_change(console(), found)


def history(
    page: Annotated[str, typer.Argument(metavar="URL", help="A page's address, or its key.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show everything known of a page: its versions, its changes, when it was seen."""
    from reports.query import find_history  # noqa: PLC0415

    with open_store(home) as (config, store):
        found = find_history(store, page, _keys(config, page))
    if json:
        from reports.shapes import history_json  # noqa: PLC0415

        out(history_json(found))
    else:
        from reports.text import print_histories  # noqa: PLC0415

        print_histories(console(), found)


def change_filter(
    since: str | None, until: str | None, kind: list[str] | None, *, include_all: bool
) -> ChangeFilter:
    """What the options ask for. Raises typer.BadParameter, which ends the command with exit code 2."""
    from storage.records import ChangeFilter  # noqa: PLC0415

    start, end = _moment("--since", since), _moment("--until", until)
    if start and end and start >= end:
        raise typer.BadParameter(f"{until} is not after --since {since}", param_hint="--until")
    return ChangeFilter(since=start, until=end, kinds=_kinds(kind or []), include_cosmetic=include_all)


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


def _keys(config: Config, page: str) -> Iterator[tuple[str, str]]:
    """What it may be in each portal: a key, or an address whose identity there the portal file tells."""
    from revisor.errors import PortalFileInvalid  # noqa: PLC0415
    from scrapers.portal_files import load_portal, portal_paths  # noqa: PLC0415

    for name, path in portal_paths(config.home.path).items():
        yield name, page
        try:
            address = load_portal(path).identify(page)
        except PortalFileInvalid:
            continue  # `revisor portals` and `doctor` say so; what is stored can be read without it
        if address:
            yield name, address.key
