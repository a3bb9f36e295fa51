"""The review page on a real socket."""

from __future__ import annotations

import http.client
import socket
import threading
from urllib.parse import urlsplit

import anyio.to_thread
import pytest
from starlette.types import Receive, Scope, Send

from reports.web.app import create_app
from reports.web.server import WebServer
from revisor.config import WebSettings
from revisor.errors import ConfigError
from storage.store import Store
from tests.web.desks import desk

ANY_PORT = WebSettings(port=0)


def connect(server: WebServer) -> http.client.HTTPConnection:
    place = urlsplit(server.url)
    assert place.hostname is not None
    return http.client.HTTPConnection(place.hostname, place.port, timeout=30)


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name == "revisor-web"}


def test_it_serves_under_the_address_it_names(store: Store) -> None:
    with WebServer(create_app(desk(store, ANY_PORT)), ANY_PORT) as server:
        connection = connect(server)
        connection.request("GET", "/api/changes")
        answer = connection.getresponse()
        assert answer.status == 200
        assert b"revisor.api.changes/1" in answer.read()
        assert "server" not in answer.headers
        connection.close()
    assert threads() == set()


def test_it_stops_with_a_connection_kept_open(store: Store) -> None:
    server = WebServer(create_app(desk(store, ANY_PORT)), ANY_PORT)
    with server:
        connection = connect(server)
        connection.request("GET", "/api/runs")
        connection.getresponse().read()
    assert not server.running
    connection.close()
    with pytest.raises(OSError, match="refused"):
        connect(server).connect()


def test_an_answer_under_way_is_finished_when_it_stops() -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001  # as ASGI wants it
        begun.set()
        await anyio.to_thread.run_sync(go_on.wait)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"whole"})

    server = WebServer(slow, ANY_PORT)
    read: list[bytes] = []

    def ask() -> None:
        connection = connect(server)
        connection.request("GET", "/")
        read.append(connection.getresponse().read())
        connection.close()

    asking = threading.Thread(target=ask)
    with server:
        asking.start()
        assert begun.wait(30)
        threading.Timer(0.1, go_on.set).start()
    asking.join(30)
    assert read == [b"whole"]


def test_a_taken_port_is_a_named_error() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1 port {port}") as caught:
            WebServer(create_app, WebSettings(port=port))  # type: ignore[arg-type]  # never asked
    assert "web.port" in caught.value.remedy


def test_an_address_of_another_machine_is_a_named_error() -> None:
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1"):
        WebServer(create_app, WebSettings(host="192.0.2.1", port=0))  # type: ignore[arg-type]  # never asked


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
@pytest.mark.parametrize(("host", "shown"), [("::1", "http://[::1]:"), ("0.0.0.0", "http://127.0.0.1:")])  # noqa: S104  # what is tested
def test_other_addresses_are_shown_as_they_can_be_opened(store: Store, host: str, shown: str) -> None:
    web = WebSettings(host=host, port=0, token="sixteen letters!")  # noqa: S106  # of this test alone
    with WebServer(create_app(desk(store, web)), web) as server:
        assert server.url.startswith(shown)
        connection = connect(server)
        connection.request("GET", "/api/runs", headers={"Authorization": "Bearer sixteen letters!"})
        assert connection.getresponse().read().startswith(b"{")
        connection.close()


@pytest.mark.parametrize(
    "request_text",
    [
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"\x16\x03\x01\x00\xff\r\n\r\n",
    ],
)
def test_odd_requests_are_refused(store: Store, request_text: bytes) -> None:
    with WebServer(create_app(desk(store, ANY_PORT)), ANY_PORT) as server:
        place = urlsplit(server.url)
        with socket.create_connection((place.hostname, place.port), timeout=30) as line:
            line.sendall(request_text)
            line.shutdown(socket.SHUT_WR)
            status = line.recv(4096).split(b" ", 2)[1]
    assert status in {b"421", b"400", b"431"}
