"""A port on loopback that can be shut and opened again without anybody else taking it meanwhile."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable

ADDRESS = "127.0.0.1"


class Door:
    """A port, 0 for a free one; greet: makes the protocol of each connection. tls: who comes must speak it.

    It takes no connection before `open`. Raises OSError if the port is taken.
    """

    def __init__(
        self, port: int, greet: Callable[[], asyncio.Protocol], tls: ssl.SSLContext | None = None
    ) -> None:
        self._greet = greet
        self._tls = tls
        self._socket = _bound(port)
        self._is_open = False
        self._coming: set[asyncio.Task[None]] = set()
        self.port: int = self._socket.getsockname()[1]

    def open(self) -> None:
        """Take connections from now on; nothing happens if it does so already."""
        if not self._is_open:
            self._is_open = True
            self._socket.listen()
            asyncio.get_running_loop().add_reader(self._socket, self._let_in)

    async def shut(self) -> None:
        """Refuse connections from now on and keep the port: a socket that is bound and does not listen.

        Whoever stood in the door is either in or gone when it is back.
        """
        if self._is_open:
            await self.close()
            self._socket = _bound(self.port)

    async def close(self) -> None:
        """Shut, and give the port up."""
        if self._is_open:
            self._is_open = False
            asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
        await asyncio.sleep(0)  # so that each task has begun: when cancelled it closes its socket
        for task in self._coming:
            task.cancel()
        await asyncio.gather(*self._coming, return_exceptions=True)

    def give_up(self) -> None:
        """Give the port up before anything was opened."""
        self._socket.close()

    def _let_in(self) -> None:
        try:
            client, _ = self._socket.accept()
        except (BlockingIOError, ConnectionAbortedError):  # gone again before the door was opened
            return
        client.setblocking(False)
        task = asyncio.get_running_loop().create_task(self._welcome(client))
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)

    async def _welcome(self, client: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(self._greet, client, ssl=self._tls)
        except OSError:  # no handshake: the visitor does not trust the certificate, and the loop has hung up
            return


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of before may be lingering
        made.setblocking(False)
        made.bind((ADDRESS, port))
    except OSError:
        made.close()
        raise
    return made
