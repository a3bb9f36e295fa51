"""The server and the portal file: real sockets, closed cleanly."""

from __future__ import annotations

import gc
import socket
import threading
import tomllib
from http.client import HTTPConnection
from random import Random
from re import fullmatch
from urllib.parse import urlsplit

import pytest

from sample_portal.hosts import Hosts
from sample_portal.portal_file import portal_file
from sample_portal.sections import SECTIONS
from sample_portal.server import Server
from sample_portal.site import Site


def connect(server: Server, base: str = "") -> HTTPConnection:
    return HTTPConnection(urlsplit(base or server.url).netloc, timeout=10)


def ask(connection: HTTPConnection, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read()


def raw(server: Server, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", urlsplit(server.url).port or 0), timeout=10) as client:
        client.sendall(request)
        answer = b""
        while piece := client.recv(65536):
            answer += piece
    return answer


def test_one_connection_serves_many_pages_and_days() -> None:
    site = Site(days=3)
    with Server(site) as server:
        connection = connect(server)
        removed = next(c for c in site.truth() if c.kinds == ("removed",))
        assert ask(connection, removed.path)[0] == 200
        sock = connection.sock
        server.day = removed.day
        assert server.day == removed.day
        assert ask(connection, removed.path)[0] == 404
        status, headers, body = ask(connection, "/latest.html?page=1")
        assert (status, int(headers["Content-Length"])) == (200, len(body))
        status, headers, body = ask(connection, "/latest.html", If_None_Match=headers["ETag"])
        assert (status, body) == (304, b"")
        assert ask(connection, "/robots.txt")[0] == 200
        assert connection.sock is sock, "the connection was kept"
        assert server.requests == 5
        connection.close()


def test_what_is_served_is_what_the_site_says() -> None:
    site = Site(seed=3)
    path = site.articles_on(0)[0].path
    with Server(site, noise=Random(8)) as server:
        connection = connect(server)
        assert ask(connection, path)[2] == site.respond(0, path, {}, Random(8)).body
        assert ask(connection, path)[2] != site.respond(0, path, {}, Random(8)).body
        connection.close()


def test_three_addresses_have_one_content() -> None:
    site = Site(seed=3)
    newest, oldest = site.articles_on(0)[-1], site.articles_on(0)[0]
    with Server(site) as server:
        hosts = server.hosts
        assert server.url == hosts.main
        for base in (hosts.main, hosts.mirror, hosts.regional):
            connection = connect(server, base)
            tree = urlsplit(base).path
            status, headers, body = ask(connection, tree + newest.path[1:])
            assert status == 200
            assert f'href="{tree}latest.html"'.encode() in body
            assert ask(connection, tree + newest.path[1:], If_None_Match=headers["ETag"])[0] == 304
            connection.close()
        connection = connect(server, hosts.mirror)
        assert ask(connection, f"/lanhai{oldest.path}")[0] == 200
        assert ask(connection, f"/lanhai{newest.path}")[0] == 404
        assert ask(connection, newest.path)[0] == 404
        connection.close()


def test_an_address_may_have_a_query_and_be_whole() -> None:
    site = Site(seed=3, articles=150)
    files = [file.path for article in site.articles_on(0) for file in article.attachments]
    handler = next(path for path in files if "?" in path)
    with Server(site) as server:
        connection = connect(server)
        assert ask(connection, handler)[1]["Content-Type"] == "application/pdf"
        assert ask(connection, server.url + handler.removeprefix("/"))[0] == 200
        assert ask(connection, handler.partition("?")[0])[0] == 404
        connection.close()


def test_requests_that_it_does_not_take() -> None:
    with Server(Site()) as server:
        assert raw(server, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        assert raw(server, b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").startswith(b"HTTP/1.1 405 ")
        assert raw(server, b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000).startswith(b"HTTP/1.1 431 ")
        head = raw(server, b"HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert head.endswith(b"\r\n\r\n")
        assert raw(server, b"GET / HTTP/1.0\r\n\r\n").endswith(b"</html>")
        both = raw(server, b"GET / HTTP/1.1\r\n\r\nGET /no HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert (both.count(b"HTTP/1.1 200 "), both.count(b"HTTP/1.1 404 ")) == (1, 1)


def test_a_day_that_the_site_does_not_have_is_refused() -> None:
    with Server(Site(days=2)) as server, pytest.raises(ValueError, match="day 2 is not among"):
        server.day = 2


def test_closing_leaves_no_thread_and_no_socket() -> None:
    threads = set(threading.enumerate())
    server = Server(Site())
    idle, used = connect(server), connect(server)
    idle.connect()
    assert ask(used, "/")[0] == 200
    port = urlsplit(server.url).port or 0
    server.close()
    server.close()
    assert set(threading.enumerate()) == threads
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)
    idle.close()
    used.close()
    gc.collect()  # an unclosed socket would warn here, and a warning is an error
    with Server(Site(), port=port) as again:
        assert again.url == f"http://127.0.0.1:{port}/"
        with pytest.raises(OSError, match="in use"):
            Server(Site(), port=port)


def test_many_clients_at_once() -> None:
    site = Site(days=2)
    paths = [a.path for a in site.articles_on(0)]
    statuses: list[int] = []

    def fetch_all(server: Server) -> None:
        connection = connect(server)
        statuses.extend(ask(connection, path)[0] for path in paths)
        connection.close()

    with Server(site) as server:
        clients = [threading.Thread(target=fetch_all, args=(server,)) for _ in range(6)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        assert server.requests == len(statuses) == 6 * len(paths)
    assert set(statuses) == {200}


def test_the_portal_file_names_the_sections_and_matches_the_addresses() -> None:
    mirrors = "http://127.0.0.1:8124/lanhai/en/", "http://127.0.0.1:8125/lanhai/en/"
    portal = tomllib.loads(portal_file(Hosts("http://127.0.0.1:8123/", *mirrors)))
    assert portal["base"] == "http://127.0.0.1:8123/"
    assert portal["aliases"] == ["127.0.0.1:8124/lanhai/en/", "127.0.0.1:8125/lanhai/en/"]
    assert portal["schedule"] == {"enabled": False}
    assert portal["pace"] == {"delay": 0.0, "concurrency": 8, "timeout": 2.0}
    assert portal["network"] == {"allow": ["127.0.0.0/8"]}
    assert (portal["name"], portal["time_zone"]) == ("sample", "Asia/Shanghai")
    assert "language" not in portal, "its sections are in four languages"
    site = Site(days=9, everything=True)
    assert [section["name"] for section in portal["sections"]] == [section.code for section in SECTIONS]
    for section in portal["sections"]:
        assert site.respond(0, f"/{section['url']}", {}, Random(1)).status == 200
    for key, page in site.pages_on(8).items():
        matches = [fullmatch(pattern, page.article.path) for pattern in portal["urls"]["article"]]
        [found] = [match["id"] for match in matches if match]
        assert found == key or page.former, "the id stays, unless the page has moved"
    [lists] = portal["urls"]["list"]
    second = fullmatch(lists, "/latest_2.html")
    assert second
    assert second["section"] == "latest"
