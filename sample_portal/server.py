"""Serves a sample site on loopback: HTTP/1.1 with keep-alive, one thread, one event loop."""

from __future__ import annotations

import asyncio
import socket
from http import HTTPStatus
from random import Random
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from sample_portal.site import Response, Site

_HEAD_LIMIT = 64 * 1024


class Server:
    """A running server of the site on 127.0.0.1; `port` 0 takes a free one. Leave the context to stop it.

    noise: the generator of what differs per request; seeded, the same requests in the same order get the
    same bytes. Raises OSError if the port is taken.
    """

    def __init__(self, site: Site, port: int = 0, day: int = 0, noise: Random | None = None) -> None:
        self.site = site
        self._noise = noise or Random()
        self.day = day
        self.requests = 0
        self._listener = socket.create_server(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._connections: set[_Connection] = set()
        self._thread = Thread(target=self._run, name="sample-portal", daemon=True)
        self._thread.start()

    @property
    def day(self) -> int:
        """The day that is served; may be set from any thread. Raises ValueError for an unknown day."""
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        if not 0 <= day < self.site.days:
            raise ValueError(f"day {day} is not among the site's days 0 to {self.site.days - 1}")
        self._day = day

    def answer(self, target: str, headers: dict[str, str]) -> Response:
        """Count a request and answer it with the day's page."""
        self.requests += 1
        url = urlsplit(target)
        return self.site.respond(self._day, url.path or "/", headers, self._noise)

    def close(self) -> None:
        """Stop, and wait until the thread has ended and every socket is closed; may be called twice."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self, self._connections), sock=self._listener)
        await self._stop.wait()
        server.close()
        await asyncio.gather(*(connection.abort() for connection in self._connections))
        await server.wait_closed()


class _Connection(asyncio.Protocol):
    """One client: reads request heads, answers them in order, keeps the connection unless told not to."""

    def __init__(self, server: Server, connections: set[_Connection]) -> None:
        self._server = server
        self._connections = connections
        self._buffer = bytearray()
        self._closed = asyncio.Event()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  what create_server hands out
        self._transport = transport
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the protocol's signature
        self._connections.discard(self)
        self._closed.set()

    async def abort(self) -> None:
        """Close at once; back when the socket is closed."""
        if self._transport is not None:
            self._transport.abort()
            await self._closed.wait()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end])
            del self._buffer[: end + 4]
            if not self._serve(head.decode("latin-1")):
                return
        if len(self._buffer) > _HEAD_LIMIT:
            self._refuse(431)

    def _serve(self, head: str) -> bool:
        """Answer one request; whether another may follow."""
        lines = head.split("\r\n")
        words = lines[0].split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return self._refuse(400)
        if words[0] not in {"GET", "HEAD"}:
            return self._refuse(405, ("Allow", "GET, HEAD"))
        headers = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in lines[1:])}
        wish = headers.get("connection", "").lower()
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        stays = not has_body and (wish == "keep-alive" if words[2] == "HTTP/1.0" else wish != "close")
        response = self._server.answer(words[1], headers)
        self._send(response, stays=stays, with_body=words[0] == "GET")
        return stays

    def _refuse(self, status: int, *headers: tuple[str, str]) -> bool:
        self._send(Response(status, headers, b""), stays=False, with_body=True)
        return False

    def _send(self, response: Response, *, stays: bool, with_body: bool) -> None:
        assert self._transport is not None  # noqa: S101  data comes after connection_made
        lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        if response.status != 304:
            lines.append(f"Content-Length: {len(response.body)}")
        lines.append(f"Connection: {'keep-alive' if stays else 'close'}\r\n\r\n")
        body = response.body if with_body else b""
        self._transport.write("\r\n".join(lines).encode("latin-1") + body)
        if not stays:
            self._transport.close()
