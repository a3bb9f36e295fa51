"""Options that several commands share, and what they open; nothing heavy at import, for `--help`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revisor.errors import NotFound

if TYPE_CHECKING:
    from rich.console import Console

    from revisor.config import Config
    from storage.store import Store

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="The data home; else REVISOR_HOME, else the user data folder.",
        file_okay=False,
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON (docs/reference/json.md) instead of text.")
]
PortalArgument = Annotated[str, typer.Argument(help="A portal's name; `revisor portals` lists them.")]


SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A setting for this call; may be repeated. `revisor config` lists them.",
        show_default=False,
    ),
]


def load_config(home: Path | None, overrides: Sequence[str] | None = None) -> Config:
    """The settings of this call; overrides as `--set` gives them. Raises ConfigError."""
    from revisor.sources import load  # noqa: PLC0415

    return load(home, os.environ, overrides or ())


@contextmanager
def open_store(
    home: Path | None, overrides: Sequence[str] | None = None, *, create: bool = False
) -> Iterator[tuple[Config, Store]]:
    """The settings and the open store; create: make the data home where there is none.

    Raises NotFound where there is no data home yet, StorageError.
    """
    from storage.database import open_database  # noqa: PLC0415  # SQLAlchemy takes half a second
    from storage.store import Store  # noqa: PLC0415

    config = load_config(home, overrides)
    if create:
        config.home.make()
    elif not config.home.database.exists():
        raise NotFound(
            f"nothing is stored in {config.home.path} yet", "crawl a portal first: `revisor crawl PORTAL`"
        )
    engine = open_database(config.home.database, create=create)
    try:
        yield config, Store(engine)
    finally:
        engine.dispose()


def console() -> Console:
    """Standard output: coloured on a terminal, plain when piped or under NO_COLOR."""
    from rich.console import Console  # noqa: PLC0415

    return Console(highlight=False, markup=False, soft_wrap=not sys.stdout.isatty())


def out(text: str) -> None:
    """Print one text to standard output as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


class Stop:
    """Remembers Ctrl-C and SIGTERM: the first drains, the second ends at once."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def _hear(self, number: int, _frame: object) -> None:
        if self.asked:
            raise SystemExit(130)
        self.asked = True
        what = "Stopping" if number == signal.SIGINT else "Told to stop"
        with suppress(OSError, AttributeError):  # nobody reads it any more, or it was closed from the start
            sys.stderr.write(f"\n{what}: what is under way is finished and kept. Again to stop at once.\n")

    @contextmanager
    def listening(self) -> Iterator[Stop]:
        """Hear the signals inside the block, and give them back after it."""
        before = {number: signal.signal(number, self._hear) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
