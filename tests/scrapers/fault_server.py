"""A server on loopback that answers as it is told, well or badly."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

Answer = bytes | Callable[[str], bytes]


def http(
    status: int = 200,
    body: bytes = b"",
    *headers: str,
    content_type: str = "text/html; charset=utf-8",
    length: int | None = None,
) -> bytes:
    """One whole HTTP answer; `length` lies about the body's."""
    lines = [
        f"HTTP/1.1 {status} X",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
        *([f"Content-Type: {content_type}"] if content_type else []),
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class FaultServer:
    """Answers each path with the bytes it was given, sends 404 for the rest, keeps what was asked."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers: dict[str, Answer] = {"/robots.txt": http(404), **answers}
        self.asked: list[str] = []
        self.requests: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed
                return
            with connection:
                request = self._read(connection)
                if request:
                    connection.sendall(self._answer(request))

    @staticmethod
    def _read(connection: socket.socket) -> str:
        data = b""
        while b"\r\n\r\n" not in data:
            chunk = connection.recv(65536)
            if not chunk:
                return ""
            data += chunk
        return data.decode("latin-1")

    def _answer(self, request: str) -> bytes:
        path = request.split(" ")[1]
        self.asked.append(path)
        self.requests.append(request)
        answer = self.answers.get(path, http(404, b"<html><p>not here</p></html>"))
        return answer(request) if callable(answer) else answer
