"""The review page on the network: uvicorn in a thread of its own, so that signals stay with the command."""

from __future__ import annotations

import socket
import threading
from ipaddress import ip_address
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from revisor.config import WebSettings
from revisor.errors import ConfigError

STOP_WITHIN = 5
"""Seconds that answers under way have when the server ends."""

_MAX_CONNECTIONS = 100
_MAX_HEAD = 32_768
_BACKLOG = 128


class WebServer:
    """Serves `app` while its block lasts. Port 0 takes any free one; `url` names the one it is.

    The address is taken when the server is made. Raises ConfigError where it cannot be.
    """

    def __init__(self, app: ASGIApp, web: WebSettings) -> None:
        self._socket = _listen(web)
        self.url = _url(*self._socket.getsockname()[:2])
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                ws="none",
                lifespan="off",
                proxy_headers=False,
                server_header=False,
                limit_concurrency=_MAX_CONNECTIONS,
                backlog=_BACKLOG,
                timeout_keep_alive=5,
                timeout_graceful_shutdown=STOP_WITHIN,
                h11_max_incomplete_event_size=_MAX_HEAD,
                http="h11",
                loop="asyncio",
            )
        )
        self._thread = threading.Thread(target=self._serve, name="revisor-web", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(STOP_WITHIN + 5)
        self._socket.close()

    @property
    def running(self) -> bool:
        """Whether it still serves."""
        return self._thread.is_alive()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def _url(host: str, port: int) -> str:
    address = ip_address(host)
    if address.is_unspecified:  # every address of this machine; shown is the one that always works
        return f"http://{'[::1]' if address.version == 6 else '127.0.0.1'}:{port}/"
    return f"http://{f'[{host}]' if address.version == 6 else host}:{port}/"


def _listen(web: WebSettings) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            web.host.strip("[]"), web.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ConfigError(f'web.host "{web.host}" is no address of this machine: {error.strerror}') from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise ConfigError(
            f"the review page cannot listen on {web.host} port {web.port}: {error.strerror}",
            "stop what uses that port, or choose another port with web.port; 0 takes any free one",
        ) from error
    return listening
