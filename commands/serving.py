"""`revisor serve`: the review page alone."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.desk import desk
from commands.options import HomeOption, SetOption, Stop, open_store, out
from commands.service import log_to_stderr, until_stopped


def serve(
    host: Annotated[
        str | None,
        typer.Option("--host", help="The address to listen on; else web.host.", show_default=False),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="The port, 0 for a free one; else web.port.",
            show_default=False,
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    home: HomeOption = None,
    settings: SetOption = None,
) -> None:
    """Serve the review page of what is stored, until Ctrl-C or SIGTERM. Nothing is crawled."""
    from reports.web.app import create_app  # noqa: PLC0415  # every command imports its room when it is called
    from reports.web.server import WebServer  # noqa: PLC0415
    from revisor.clock import SystemClock  # noqa: PLC0415

    chosen = [
        *(settings or ()),
        *([f"web.host={host}"] if host is not None else ()),
        *([f"web.port={port}"] if port is not None else ()),
    ]
    log_to_stderr()
    with (
        open_store(home, chosen) as (config, store),
        Stop().listening() as stop,
        WebServer(create_app(desk(config, store, SystemClock())), config.web) as server,
    ):
        out(f"Review page: {server.url} (Ctrl-C ends it)")
        if open_browser:
            import webbrowser  # noqa: PLC0415

            webbrowser.open(server.url)
        until_stopped(stop, server)
