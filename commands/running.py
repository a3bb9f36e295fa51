"""`revisor run`: the background service, with the review page beside it."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from commands.desk import desk
from commands.options import HomeOption, SetOption, Stop, open_store
from commands.service import log_to_stderr, tell_systemd, until_stopped

if TYPE_CHECKING:
    from reports.web.server import WebServer
    from revisor.config import Config
    from scrapers.ports import Clock
    from storage.store import Store


def run(
    no_web: Annotated[bool, typer.Option("--no-web", help="Leave the review page out.")] = False,
    home: HomeOption = None,
    settings: SetOption = None,
) -> None:
    """Crawl each portal at its times and serve the review page, until Ctrl-C or SIGTERM.

    Both let each crawl finish the pages it is at and keep what it found; the exit code is then 0.
    """
    from revisor.clock import SystemClock  # noqa: PLC0415  # every command imports its room when it is called
    from scheduler.jobs import Service  # noqa: PLC0415

    log_to_stderr()
    clock = SystemClock()
    with (
        open_store(home, settings, create=True) as (config, store),
        Stop().listening() as stop,
        Service(config, store, clock) as service,
        ExitStack() as beside,
    ):
        page = None if no_web else beside.enter_context(_page(config, store, clock))
        service.start()
        tell_systemd("READY=1")
        until_stopped(stop, page)
        tell_systemd("STOPPING=1")


def _page(config: Config, store: Store, clock: Clock) -> WebServer:
    """The review page, its address taken. Raises ConfigError."""
    from reports.web.app import create_app  # noqa: PLC0415
    from reports.web.server import WebServer  # noqa: PLC0415

    server = WebServer(create_app(desk(config, store, clock)), config.web)
    logging.getLogger("revisor.service").info("the review page is on %s", server.url)
    return server
