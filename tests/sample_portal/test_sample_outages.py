"""The thirty forms of an outage, as a visitor meets them over real sockets."""

from __future__ import annotations

import gc
import gzip
import re
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection, IncompleteRead
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_portal.hosts import Host, Hosts
from sample_portal.outages import Outage
from sample_portal.outages.visit import listed_section
from sample_portal.response import Response
from sample_portal.sections import SECTIONS
from sample_portal.server import Server
from sample_portal.site import Site
from sample_portal.skins import SKINS

SITES = {outage: Site(days=2, outages={1: outage}) for outage in Outage}
BAD_DAY = 1
FRONTS = [f"/{section.code}.html" for section in SECTIONS]
FOREVER = 60  # seconds; a test that waits so long has failed


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor got."""

    status: int
    headers: dict[str, str]
    body: bytes


def failing(outage: Outage, seed: int = 1) -> Site:
    return Site(seed=seed, days=3, outages={BAD_DAY: outage})


@contextmanager
def served(outage: Outage, seed: int = 1) -> Iterator[Server]:
    with Server(failing(outage, seed), day=BAD_DAY) as server:
        yield server


def look(server: Server, path: str, base: str = "", **headers: str) -> Seen:
    url = urljoin(base or server.hosts.main, path.removeprefix("/"))
    connection = HTTPConnection(urlsplit(url).netloc, timeout=FOREVER)
    with closing(connection):
        connection.request("GET", url.removeprefix(f"http://{urlsplit(url).netloc}"), headers=headers)
        response = connection.getresponse()
        return Seen(response.status, dict(response.getheaders()), response.read())


def ordinary(site: Site, path: str) -> Response:
    """What a portal without an outage has there on the bad day."""
    whole = Site(seed=site.seed, days=3)
    whole.outages.clear()
    return whole.respond(BAD_DAY, path, {}, Random(1))


def addresses(site: Site) -> list[str]:
    return ["/", *FRONTS, *(article.path for article in site.articles_on(BAD_DAY)), "/robots.txt"]


def pages(site: Site) -> list[str]:
    return addresses(site)[:-1]


def test_there_are_thirty_forms_each_with_its_words() -> None:
    assert len(Outage) == 30
    assert len({outage.label for outage in Outage}) == 30
    assert [outage.value for outage in Outage] == [outage.name.lower() for outage in Outage]


@pytest.mark.parametrize("outage", Outage)
def test_the_same_seed_gives_the_same_answers_and_the_next_day_is_whole(outage: Outage) -> None:
    one, other = failing(outage), failing(outage)
    with Server(one, noise=Random(5)) as server:
        server.day = BAD_DAY
        server.day = BAD_DAY + 1
        for path in addresses(other)[::5]:
            expected = one.respond(BAD_DAY, path, {}, Random(4))
            assert expected == other.respond(BAD_DAY, path, {}, Random(4))
        noise = Random(5)
        for path in addresses(other)[::5]:
            seen = look(server, path)
            after = other.respond(BAD_DAY + 1, path, {}, noise, hosts=server.hosts)
            assert (seen.status, seen.body) == (after.status, after.body)


@given(st.sampled_from(Outage), st.sampled_from(Host), st.text().map("/".__add__), st.booleans())
def test_any_address_is_answered(outage: Outage, host: Host, target: str, within: bool) -> None:
    hosts = Hosts("http://127.0.0.1:1/", "http://127.0.0.1:2/lanhai/en/", secure="https://127.0.0.1:3/")
    target = f"/lanhai/en{target}" if within else target
    answer = SITES[outage].respond(BAD_DAY, target, {}, Random(1), host, hosts)
    assert answer.status in {200, 302, 301, 401, 403, 404, 429, 500, 502, 503, 504}
    assert ("Location" in dict(answer.headers)) == (300 < answer.status < 400)


@pytest.mark.parametrize(
    ("outage", "statuses", "words"),
    [
        (Outage.FIREWALL, {200}, {b"rejected", b"blocked", "阻断".encode()}),
        (Outage.CHALLENGE, {403, 503}, {b"Just a moment..."}),
        (Outage.CAPTCHA, {200}, {b"characters below", "安全验证".encode()}),
        (Outage.FORBIDDEN, {403}, {b"403 Forbidden"}),
        (Outage.THROTTLED, {429}, {b"429 Too Many Requests"}),
        (Outage.UNAUTHORIZED, {401}, {b"401 Unauthorized"}),
        (Outage.MAINTENANCE, {503}, {b"back soon", "系统维护".encode()}),
        (Outage.MAINTENANCE_PAGE, {200}, {b"back soon", "系统维护".encode()}),
        (Outage.GATEWAY, {502, 503, 504}, {b"Gateway", b"Service Unavailable"}),
        (Outage.NOT_FOUND, {404}, {b"404 Not Found"}),
        (Outage.PARKED, {200}, {b"for sale", b"expired"}),
        (Outage.ZERO_BYTES, {200}, {b""}),
    ],
)
def test_one_notice_stands_at_every_address(outage: Outage, statuses: set[int], words: set[bytes]) -> None:
    met = set()
    for seed in range(8):
        site = failing(outage, seed)
        answers = {site.respond(BAD_DAY, path, {}, Random(1)) for path in [*addresses(site), "/nowhere"]}
        assert len(answers) == 1, "the same everywhere but for the noise"
        met.add(answers.pop().status)
    assert met == statuses
    with served(outage) as server:
        for base in (server.hosts.main, server.hosts.mirror, server.hosts.regional):
            seen = look(server, addresses(server.site)[-2], base)
            assert seen.status in statuses
            assert any(word in seen.body for word in words)


def test_notices_carry_what_belongs_to_them() -> None:
    with served(Outage.FIREWALL) as server:
        assert look(server, "/").body != look(server, "/").body, "each incident has a number of its own"
    for outage in (Outage.THROTTLED, Outage.MAINTENANCE):
        with served(outage) as server:
            assert int(look(server, "/").headers["Retry-After"]) > 0
    with served(Outage.UNAUTHORIZED) as server:
        assert look(server, "/").headers["WWW-Authenticate"].startswith("Basic ")
    with served(Outage.ZERO_BYTES) as server:
        assert look(server, "/").headers["Content-Length"] == "0"


@pytest.mark.parametrize(
    ("outage", "status"), [(Outage.SERVER_ERROR, 500), (Outage.SOFT_404, 200), (Outage.SHELL, 200)]
)
def test_all_pages_fail_alike_and_files_carry_on(outage: Outage, status: int) -> None:
    with served(outage) as server:
        site = server.site
        answers = {site.respond(BAD_DAY, path, {}, Random(1)) for path in [*pages(site), "/nowhere"]}
        assert [answer.status for answer in answers] == [status]
        assert look(server, pages(site)[-1]).status == status
        assert look(server, "/robots.txt").body == ordinary(site, "/robots.txt").body
        assert look(server, "/img/logo.jpg").headers["Content-Type"] == "image/jpeg"


def test_a_soft_404_has_the_full_chrome_on_each_host() -> None:
    with served(Outage.SOFT_404) as server:
        body = look(server, FRONTS[0], server.hosts.mirror).body
        assert b"/lanhai/en/interest.html" in body
        assert b"Page not found" in ordinary(server.site, "/nowhere").body
        assert b"Page not found" in body


def test_every_request_is_sent_to_the_login_page() -> None:
    with served(Outage.LOGIN) as server:
        for base in (server.hosts.main, server.hosts.regional):
            for path in (FRONTS[0], "/robots.txt"):
                seen = look(server, path, base)
                assert seen.status == 302
                leads = urlsplit(urljoin(base, seen.headers["Location"]))
                assert leads.path == urlsplit(urljoin(base, "login")).path
                form = look(server, f"/login?{leads.query}", base)
                assert form.status == 200
                assert b'type="password"' in form.body


def test_robots_txt_forbids_everything_and_the_rest_is_as_always() -> None:
    with served(Outage.ROBOTS) as server:
        assert b"Disallow: /\n" in look(server, "/robots.txt").body
        assert [look(server, path).status for path in pages(server.site)[:9]] == [200] * 9


def test_redirects_that_lead_nowhere() -> None:
    with served(Outage.UNRESOLVABLE) as server:
        for path in ("/", FRONTS[2], "/robots.txt"):
            seen = look(server, path)
            assert seen.status == 302
            assert (urlsplit(seen.headers["Location"]).hostname or "").endswith(".invalid")
    with served(Outage.REDIRECT_LOOP) as server:
        met: list[str] = []
        path = FRONTS[1]
        while path not in met:
            met.append(path)
            seen = look(server, path)
            assert seen.status == 302
            path = seen.headers["Location"]
        assert len(met) == 2


def test_articles_lead_home_and_lists_are_as_always() -> None:
    with served(Outage.ALL_HOME) as server:
        path = server.site.articles_on(BAD_DAY)[3].path
        assert look(server, path).headers["Location"] == "/"
        assert look(server, path, server.hosts.mirror).headers["Location"] == "/lanhai/en/"
        assert {look(server, path).status for path in ["/", *FRONTS, "/robots.txt"]} == {200}


def test_lists_are_empty_and_articles_are_as_always() -> None:
    with served(Outage.EMPTY_LISTS) as server:
        site = server.site
        sidebars = linked(ordinary(site, "/nowhere").body)
        for front in ["/", *FRONTS]:
            seen = look(server, front)
            assert seen.status == 200
            assert linked(seen.body) <= sidebars
        assert not linked(ordinary(site, "/").body) <= sidebars
        article = site.articles_on(BAD_DAY)[0]
        seen = look(server, article.path)
        assert article.title.encode() in seen.body
        assert look(server, article.path, **{"If-None-Match": seen.headers["ETag"]}).status == 304
        removed = next(c for c in site.truth() if c.kinds == ("removed",) and c.day <= BAD_DAY)
        assert look(server, removed.path).status == ordinary(site, removed.path).status


def linked(html: bytes) -> set[bytes]:
    """The addresses of articles in a page."""
    return set(re.findall(rb"/\d{4}-\d\d/\d\d/c_\d+\.htm", html))


@pytest.mark.parametrize("skin", SKINS)
def test_every_skin_has_lists_without_items(skin: str) -> None:
    site = Site(days=2, skin=skin, outages={BAD_DAY: Outage.EMPTY_LISTS})
    for front in ["/", *FRONTS]:
        empty, full = (site.respond(day, front, {}, Random(1)) for day in (BAD_DAY, 0))
        assert empty.status == 200
        assert len(empty.body) < len(full.body)


def test_half_of_the_pages_fail_and_it_is_the_same_half_all_day_on_all_hosts() -> None:
    with served(Outage.HALF) as server:
        paths = pages(server.site)
        statuses = [look(server, path).status for path in paths]
        assert set(statuses) == {200, 503}
        assert 0.25 < statuses.count(503) / len(paths) < 0.75
        assert [look(server, path, server.hosts.mirror).status for path in paths] == statuses
        assert look(server, "/robots.txt").status == 200
    site = Site(days=3, outages={1: Outage.HALF, 2: Outage.HALF})
    halves = [[site.respond(day, path, {}, Random(1)).status for path in pages(site)] for day in (1, 2)]
    assert halves[0] != halves[1], "another half on the next day"


def test_one_section_fails() -> None:
    with served(Outage.SECTION) as server:
        site = server.site
        statuses = {front: look(server, front).status for front in FRONTS}
        assert sorted(statuses.values()) == [200] * 5 + [500]
        failing_one = listed_section(next(front for front in FRONTS if statuses[front] == 500))
        assert failing_one
        for article in site.articles_on(BAD_DAY):
            expected = 500 if article.section == failing_one.code else 200
            assert look(server, article.path).status == expected
        assert look(server, "/").status == look(server, "/robots.txt").status == 200


def test_the_bodies_of_broken_answers() -> None:
    with served(Outage.GARBAGE) as server:
        bodies = {look(server, front).body for front in FRONTS}
        assert len(bodies) == len(FRONTS)
        assert look(server, FRONTS[0]).headers["Content-Type"] == "application/octet-stream"
        assert look(server, FRONTS[0]).body in bodies
    with served(Outage.BROKEN_GZIP) as server:
        seen = look(server, FRONTS[0])
        assert (seen.status, seen.headers["Content-Encoding"]) == (200, "gzip")
        with pytest.raises(EOFError):
            gzip.decompress(seen.body)
        assert zlib.decompressobj(wbits=31).decompress(seen.body)[:9] == ordinary(server.site, "/").body[:9]
        assert look(server, "/robots.txt").body == ordinary(server.site, "/robots.txt").body


def test_a_body_is_cut_off_even_for_those_who_know_the_page() -> None:
    with served(Outage.CUT_OFF) as server:
        with pytest.raises(IncompleteRead) as half:
            look(server, FRONTS[0])
        assert half.value.expected is not None
        assert abs(len(half.value.partial) - half.value.expected) <= 1
        with pytest.raises(IncompleteRead):
            look(server, FRONTS[0], **{"If-None-Match": "*"})
        assert server.requests == 2


def test_connections_are_reset() -> None:
    with served(Outage.RESET) as server:
        for path in ("/", "/robots.txt"):
            with pytest.raises(ConnectionResetError):
                look(server, path)


def test_a_request_is_never_answered() -> None:
    with served(Outage.TIMEOUT) as server:
        place = ("127.0.0.1", urlsplit(server.url).port or 0)
        with socket.create_connection(place, timeout=FOREVER) as client:
            client.sendall(b"GET / HTTP/1.1\r\n\r\nGET /robots.txt HTTP/1.1\r\n\r\n")
            with socket.create_connection(place, timeout=FOREVER) as other:
                other.sendall(b"nonsense\r\n\r\n")
                assert other.recv(100).startswith(b"HTTP/1.1 400 "), "it has read what came before"
            assert server.requests == 1
            server.day = BAD_DAY + 1
            server.close()
            assert client.recv(1) == b"", "not a byte until the server went"


def test_refused_connections_come_back_under_the_same_addresses() -> None:
    with Server(failing(Outage.REFUSED)) as server:
        kept = HTTPConnection(urlsplit(server.url).netloc, timeout=FOREVER)
        kept.request("GET", "/")
        assert kept.getresponse().read()
        hosts = server.hosts
        server.day = BAD_DAY
        for base in (hosts.main, hosts.mirror, hosts.regional):
            with pytest.raises(ConnectionRefusedError):
                look(server, "/", base)
        assert kept.sock.recv(1) == b"", "those who were in are put out"
        kept.close()
        server.day = BAD_DAY
        server.day = BAD_DAY + 1
        assert server.hosts == hosts
        assert [look(server, "/", base).status for base in (hosts.main, hosts.mirror, hosts.regional)] == [
            200
        ] * 3


def test_the_certificate_is_not_to_be_trusted() -> None:
    with served(Outage.CERTIFICATE) as server:
        hosts = server.hosts
        leads = look(server, f"{FRONTS[0]}?a=1", hosts.mirror)
        assert (leads.status, leads.headers["Location"]) == (301, f"{hosts.secure}latest.html?a=1")
        assert look(server, "/robots.txt").headers["Location"] == f"{hosts.secure}robots.txt"
        with pytest.raises(ssl.SSLCertVerificationError):
            ask_securely(server, ssl.create_default_context())
        assert ask_securely(server, careless()) == 200
        server.day = BAD_DAY + 1
        assert look(server, FRONTS[0]).status == 200
    with Server(Site()) as healthy:
        assert not healthy.hosts.secure, "other portals need no certificate"


def careless() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def ask_securely(server: Server, context: ssl.SSLContext) -> int:
    place = urlsplit(server.hosts.secure)
    connection = HTTPSConnection(place.netloc, timeout=FOREVER, context=context)
    with closing(connection):
        connection.request("GET", FRONTS[0])
        return connection.getresponse().status


@pytest.mark.parametrize("outage", [Outage.REFUSED, Outage.CERTIFICATE, Outage.TIMEOUT])
def test_closing_during_an_outage_leaves_no_thread_and_no_socket(outage: Outage) -> None:
    threads = set(threading.enumerate())
    server = Server(failing(outage), day=BAD_DAY)
    clients = []
    if outage is not Outage.REFUSED:
        urls = [url for url in (server.hosts.main, server.hosts.secure) if url]
        clients = [
            socket.create_connection(("127.0.0.1", urlsplit(u).port or 0), timeout=FOREVER) for u in urls
        ]
        clients[0].sendall(b"GET / HTTP/1.1\r\n\r\n")  # the other one never begins its handshake
    secured = None
    if outage is Outage.CERTIFICATE:
        secured = HTTPSConnection(urlsplit(server.hosts.secure).netloc, timeout=FOREVER, context=careless())
        secured.connect()
    server.close()
    server.close()
    assert set(threading.enumerate()) == threads
    for client in clients:
        client.close()
    if secured:
        secured.close()
    with pytest.raises(ConnectionRefusedError):
        look(server, "/")
    gc.collect()  # an unclosed socket would warn here, and a warning is an error
