"""`revisor changes`, `show`, `history` and `review`: what changed, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from commands.filters import (
    AllOption,
    KindOption,
    PortalOption,
    SectionOption,
    SinceOption,
    StateOption,
    UntilOption,
    WordsOption,
    change_filter,
    of_portal,
    portal_names,
    readable,
)
from commands.options import HomeOption, JsonOption, console, open_store, out

if TYPE_CHECKING:
    from revisor.config import Config

ChangeArgument = Annotated[
    int,
    typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="A change's number, from `revisor changes`."),
]


def changes(  # noqa: PLR0913, PLR0917  # each is an option of the command line
    since: SinceOption = None,
    until: UntilOption = None,
    portal: PortalOption = None,
    section: SectionOption = None,
    kind: KindOption = None,
    words: WordsOption = "",
    state: StateOption = "all",
    include_all: AllOption = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Show at most so many.")] = 50,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List what changed, newest first. Days and times are of this machine's time zone."""
    from reports.query import list_changes  # noqa: PLC0415  # every command imports its room when it is called

    with open_store(home) as (config, store):
        wanted = change_filter(
            since, until, kind, section=section, words=words, state=state, include_all=include_all
        )
        wanted = of_portal(config, store, wanted, portal)
        found = list_changes(store, wanted, limit, portal_names(config))
    if json:
        from reports.shapes import changes_json  # noqa: PLC0415

        out(changes_json(found))
    else:
        from reports.text import print_changes  # noqa: PLC0415

        print_changes(console(), found)


def show(
    change: ChangeArgument,
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


def review(
    change: ChangeArgument,
    note: Annotated[
        str,
        typer.Option(
            "--note", metavar="TEXT", help="What to say of it.", callback=readable, show_default=False
        ),
    ] = "",
    reviewer: Annotated[
        str | None,
        typer.Option(
            "--reviewer", metavar="NAME", help="Who says so.", callback=readable, show_default=False
        ),
    ] = None,
    reopen: Annotated[bool, typer.Option("--open", help="It needs a further look, instead of none.")] = False,
    home: HomeOption = None,
) -> None:
    """Mark a change as reviewed, with a note. What was said of it before is kept."""
    from reports import wording  # noqa: PLC0415
    from reports.safe import safe  # noqa: PLC0415
    from revisor.clock import SystemClock  # noqa: PLC0415

    with open_store(home) as (_, store):
        said = store.add_review(
            change, reviewed=not reopen, note=note, reviewer=reviewer, at=SystemClock().now()
        )
    out(f"Change {change}: {safe(wording.review(said, None))}")


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
