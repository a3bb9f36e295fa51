"""One client's connection to the sample portal: HTTP/1.1 with keep-alive, and the faults below it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

from sample_portal.response import Fault, Response

Answer = Callable[[str, Mapping[str, str]], Response]
"""Answers a target (with its query) and the request's headers, whose names are in lower case."""

_HEAD_LIMIT = 64 * 1024


class Connection(asyncio.Protocol):
    """Reads request heads, answers them in order, keeps the connection unless told not to.

    open_ones: holds the connection as long as it is open.
    """

    def __init__(self, answer: Answer, open_ones: set[Connection]) -> None:
        self._answer = answer
        self._open_ones = open_ones
        self._buffer = bytearray()
        self._silent = False
        self._closed = asyncio.Event()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  what create_server hands out
        self._transport = transport
        self._open_ones.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  the protocol's signature
        self._open_ones.discard(self)
        self._closed.set()

    async def abort(self) -> None:
        """Close at once; back when the socket is closed."""
        if self._transport is not None:
            self._transport.abort()
            await self._closed.wait()

    def data_received(self, data: bytes) -> None:
        if self._silent:
            return
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
        first, *lines = head.split("\r\n")
        words = first.split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return self._refuse(400)
        method, target, version = words
        if method not in {"GET", "HEAD"}:
            return self._refuse(405, ("Allow", "GET, HEAD"))
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        wish = headers.get("connection", "").lower()
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        stays = not has_body and (wish == "keep-alive" if version == "HTTP/1.0" else wish != "close")
        response = self._answer(_origin_form(target), headers)
        return self._send(response, stays=stays, with_body=method == "GET")

    def _refuse(self, status: int, *headers: tuple[str, str]) -> bool:
        return self._send(Response(status, headers, b""), stays=False, with_body=True)

    def _send(self, response: Response, *, stays: bool, with_body: bool) -> bool:
        assert self._transport is not None  # noqa: S101  data comes after connection_made
        body = response.body if with_body else b""
        match response.fault:
            case Fault.HANG:
                self._silent = True
                return False
            case Fault.RESET:
                _reset(self._transport)
                return False
            case Fault.SHORT:
                body, stays = body[: len(body) // 2], False
        length = b"" if response.status == 304 else b"Content-Length: %d\r\n" % len(response.body)
        end = b"Connection: keep-alive\r\n\r\n" if stays else b"Connection: close\r\n\r\n"
        self._transport.write(_head(response.status, response.headers) + length + end + body)
        if not stays:
            self._transport.close()
        return stays


def _origin_form(target: str) -> str:
    """The path and query of a target, which may be a whole address (RFC 9112, 3.2.2)."""
    if target.startswith("/"):
        return target
    url = urlsplit(target)
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


@lru_cache(maxsize=20_000)  # most pages are asked for again
def _head(status: int, headers: tuple[tuple[str, str], ...]) -> bytes:
    """The head of an answer without what depends on the request."""
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1")


def _reset(transport: asyncio.Transport) -> None:
    """Close so that the other side is told of a reset (RST): a linger time of 0 does that."""
    transport.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
    )
    transport.abort()
