"""What the failing portal answers, form by form."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus
from random import Random
from urllib.parse import quote

from sample_portal.hosts import Host
from sample_portal.noise import Asked, cut
from sample_portal.outages import notices
from sample_portal.outages.forms import Outage
from sample_portal.outages.visit import Kind, Visit
from sample_portal.response import Fault, Response
from sample_portal.sections import SECTIONS

_HTML = ("Content-Type", "text/html; charset=utf-8")
_MARK = "checked=1"


def answer_outage(outage: Outage, visit: Visit) -> Response:
    """The answer of a portal that fails in that form.

    What a visitor sees is drawn from the seed, which half of the pages fails from the day too.
    """
    return _ANSWERS[outage](visit)


def _rng(visit: Visit, what: str) -> Random:
    return Random(f"{visit.seed}:outage:{what}")


def _show(visit: Visit, status: int, texts: tuple[str, ...], *headers: tuple[str, str]) -> Response:
    """One of the notices, the same at every address, with fresh noise."""
    text = _rng(visit, "notice").choice(texts)
    return Response(status, (_HTML, *headers), cut(text).fill(visit.noise, Asked()))


def _bare(status: int, *headers: tuple[str, str]) -> Response:
    page = notices.bare(status, HTTPStatus(status).phrase)
    return Response(status, (_HTML, *headers), page.encode())


def _redirect(status: int, location: str, *headers: tuple[str, str]) -> Response:
    return Response(status, (("Location", location), *headers), b"")


def _firewall(visit: Visit) -> Response:
    return _show(visit, 200, notices.FIREWALL)


def _challenge(visit: Visit) -> Response:
    return _show(visit, _rng(visit, "status").choice((503, 403)), notices.CHALLENGE)


def _captcha(visit: Visit) -> Response:
    return _show(visit, 200, notices.CAPTCHA)


def _forbidden(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return _bare(403)


def _throttled(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return _bare(429, ("Retry-After", "120"))


def _unauthorized(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return _bare(401, ("WWW-Authenticate", 'Basic realm="Staff only"'))


def _login(visit: Visit) -> Response:
    if visit.path == "/login":
        return _show(visit, 200, notices.LOGIN)
    return _redirect(302, f"{visit.root}/login?next={quote(visit.address, safe='')}")


def _robots(visit: Visit) -> Response:
    if visit.path != "/robots.txt":
        return visit.ordinary()
    return Response(200, (("Content-Type", "text/plain; charset=utf-8"),), b"User-agent: *\nDisallow: /\n")


def _maintenance(visit: Visit) -> Response:
    return _show(visit, 503, notices.MAINTENANCE, ("Retry-After", "3600"))


def _maintenance_page(visit: Visit) -> Response:
    return _show(visit, 200, notices.MAINTENANCE)


def _gateway(visit: Visit) -> Response:
    return _bare(_rng(visit, "status").choice((502, 503, 504)))


def _server_error(visit: Visit) -> Response:
    return visit.ordinary() if visit.kind is Kind.FILE else _show(visit, 500, notices.STACK_TRACE)


def _not_found(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return _bare(404)


def _parked(visit: Visit) -> Response:
    return _show(visit, 200, notices.PARKED)


def _unresolvable(visit: Visit) -> Response:
    return _redirect(302, f"http://lanhai-portal.invalid{visit.address}")


def _reset(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return Response(200, (), b"", Fault.RESET)


def _timeout(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return Response(200, (), b"", Fault.HANG)


def _cut_off(visit: Visit) -> Response:
    return replace(visit.whole(), fault=Fault.SHORT)


def _certificate(visit: Visit) -> Response:
    """Whoever does not care for the certificate reads the portal behind it."""
    if visit.host is Host.SECURE:
        return visit.ordinary()
    query = f"?{visit.query}" if visit.query else ""
    return _redirect(301, visit.hosts.secure.removesuffix("/") + visit.path + query)


def _soft_404(visit: Visit) -> Response:
    return visit.ordinary() if visit.kind is Kind.FILE else replace(visit.missing(), status=200)


def _shell(visit: Visit) -> Response:
    return visit.ordinary() if visit.kind is Kind.FILE else _show(visit, 200, notices.SHELL)


def _zero_bytes(visit: Visit) -> Response:  # noqa: ARG001  the same for every visit
    return Response(200, (_HTML,), b"")


def _garbage(visit: Visit) -> Response:
    rng = _rng(visit, visit.path)
    body = rng.randbytes(rng.randint(500, 20_000))
    return Response(200, (("Content-Type", "application/octet-stream"),), body)


def _broken_gzip(visit: Visit) -> Response:
    answer = visit.ordinary() if visit.kind is Kind.FILE else visit.whole()
    if visit.kind is Kind.FILE or answer.status != 200:
        return answer
    stream = gzip.compress(answer.body, compresslevel=0, mtime=0)  # stored: the same bytes with any zlib
    headers = (*answer.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(answer, headers=headers, body=stream[: len(stream) // 2])


def _redirect_loop(visit: Visit) -> Response:
    location = visit.address if visit.query == _MARK else f"{visit.address}?{_MARK}"
    return _redirect(302, location)


def _all_home(visit: Visit) -> Response:
    return _redirect(302, f"{visit.root}/") if visit.kind is Kind.ARTICLE else visit.ordinary()


def _empty_lists(visit: Visit) -> Response:
    return visit.emptied() if visit.kind in {Kind.HOME, Kind.LIST} else visit.ordinary()


def _half(visit: Visit) -> Response:
    spared = sha256(f"{visit.seed}:{visit.day}:{visit.path}".encode()).digest()[0] % 2
    return visit.ordinary() if visit.kind is Kind.FILE or spared else _bare(503)


def _section(visit: Visit) -> Response:
    failing = _rng(visit, "section").choice(SECTIONS)
    return _bare(500) if visit.section is failing else visit.ordinary()


_ANSWERS: Mapping[Outage, Callable[[Visit], Response]] = {
    Outage.FIREWALL: _firewall,
    Outage.CHALLENGE: _challenge,
    Outage.CAPTCHA: _captcha,
    Outage.FORBIDDEN: _forbidden,
    Outage.THROTTLED: _throttled,
    Outage.UNAUTHORIZED: _unauthorized,
    Outage.LOGIN: _login,
    Outage.ROBOTS: _robots,
    Outage.MAINTENANCE: _maintenance,
    Outage.MAINTENANCE_PAGE: _maintenance_page,
    Outage.GATEWAY: _gateway,
    Outage.SERVER_ERROR: _server_error,
    Outage.NOT_FOUND: _not_found,
    Outage.PARKED: _parked,
    Outage.UNRESOLVABLE: _unresolvable,
    Outage.REFUSED: _reset,  # on a connection that was there before
    Outage.RESET: _reset,
    Outage.TIMEOUT: _timeout,
    Outage.CUT_OFF: _cut_off,
    Outage.CERTIFICATE: _certificate,
    Outage.SOFT_404: _soft_404,
    Outage.SHELL: _shell,
    Outage.ZERO_BYTES: _zero_bytes,
    Outage.GARBAGE: _garbage,
    Outage.BROKEN_GZIP: _broken_gzip,
    Outage.REDIRECT_LOOP: _redirect_loop,
    Outage.ALL_HOME: _all_home,
    Outage.EMPTY_LISTS: _empty_lists,
    Outage.HALF: _half,
    Outage.SECTION: _section,
}
