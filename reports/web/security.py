"""Who may ask, and what a browser may do with an answer: one ASGI middleware around everything.

Refused are other host names (DNS rebinding), requests without the token where one is set, writes from other
sites (cross-site request forgery), reads by other sites' pages (https://web.dev/articles/fetch-metadata), and
bodies beyond MAX_BODY.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reports.web.problems import refusal
from revisor.config import WebSettings

MAX_BODY = 65_536
"""Bytes of a request's body; a note of 2,000 characters needs far less."""

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Revisor", charset="UTF-8"'}

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null` on a form's POST, which would look cross-site
    # (https://fetch.spec.whatwg.org/#append-a-request-origin-header). Other sites learn nothing either way.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",  # evidence may be confidential, and machines are shared
}


class Security:
    """Wraps the application. A header that an answer sets itself stays, such as a frame's own policy."""

    def __init__(self, app: ASGIApp, web: WebSettings) -> None:
        self._app = app
        self._hosts = frozenset(map(_host_name, (*LOOPBACK, web.host, *web.hosts)))
        self._token = web.token.encode() if web.token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        if scope["method"] in _READS:
            await self._app(scope, receive, guarded)
            return
        body = await _body(scope, receive)
        if body is None:
            too_large = refusal(scope, 413, f"a request may have at most {MAX_BODY} bytes")
            await too_large(scope, receive, guarded)
            return
        await self._app(scope, _replayed(body, receive), guarded)

    def _refused(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _host_name(hosts[0]) not in self._hosts:
            return refusal(scope, 421, "this host name is not served; list it in web.hosts")
        if self._token is not None and not self._admitted(headers.getlist("authorization")):
            return refusal(scope, 401, "show the token: as password, or as Authorization: Bearer", _CHALLENGE)
        if scope["method"] in _READS:
            if not _read_from_here(headers):
                return refusal(scope, 403, "pages of other sites may link here, but not read or embed")
        elif not _write_from_here(headers, hosts[0]):
            return refusal(scope, 403, "this can only be sent from the review page itself, or as JSON")
        return None

    def _admitted(self, values: list[str]) -> bool:
        shown = _shown_token(values[0]) if len(values) == 1 else None
        return shown is not None and self._token is not None and hmac.compare_digest(shown, self._token)


def _host_name(host: str) -> str:
    """A host header or setting without its port, in the one form in which names are compared."""
    name = host.strip().lower()
    with suppress(ValueError):
        return _address(name)
    before, colon, port = name.rpartition(":")
    if colon and port.isdigit():
        name = before
    with suppress(ValueError):
        return _address(name)
    return name.removesuffix(".")


def _address(text: str) -> str:
    """Raises ValueError for what is no IP address."""
    address = ip_address(text.removeprefix("[").removesuffix("]"))
    return f"[{address}]" if isinstance(address, IPv6Address) else str(address)


def _shown_token(value: str) -> bytes | None:
    """The token in an Authorization header, as the bytes that were sent (RFC 6750, RFC 7617)."""
    scheme, _, rest = value.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip().encode("latin-1")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(rest.strip().encode("latin-1"), validate=True).partition(b":")[2]
    except binascii.Error:
        return None


def _read_from_here(headers: Headers) -> bool:
    """Whether a read comes from our own pages, the address bar or a program, or follows a link to here.

    Another port of this machine is `same-site`, and as foreign as any other site.
    """
    site = headers.get("sec-fetch-site")
    if site in {None, "same-origin", "none"}:
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _write_from_here(headers: Headers, host: str) -> bool:
    """Whether a write comes from our own pages, or from a program that speaks JSON.

    A foreign page cannot send JSON without asking first (a preflight, which is never granted). Forms it can
    send, in old browsers without saying from where (https://fetch.spec.whatwg.org/#simple-header); without a
    media type no handler here reads a body.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in {None, "same-origin", "none"}:
        return False
    if origin is not None:
        return origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}"}
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return site is not None or media_type not in _FORMS


async def _body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, whatever Content-Length says; None where it is beyond MAX_BODY or broke off."""
    announced = Headers(scope=scope).get("content-length", "0")
    if announced.isdecimal() and int(announced[:20]) > MAX_BODY:
        return None
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None  # half a form must not be taken for a whole one
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A receive that hands out the body read already, and then what the server has to say."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
