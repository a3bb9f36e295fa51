"""What a portal file says: sections, scope and pace, and which address is which page."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import string
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from revisor.model import Address, Capture, Layout, PageKind, Rules

MAX_URL = 2_000
"""Longer addresses are not followed: they are traps, and user patterns run over them."""

_SAFE = "/%:@!$&'()*+,;=~?"
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list page of the portal; `url` is relative to the portal's base."""

    name: str
    url: str


class Urls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns (Python regular expressions) searched in path and query of an address below the base.

    In an article pattern a group named `id` is the page's identity, and one named `date` (year, month, day
    in any punctuation) is held against [scope] since. In a list pattern a group named `section` is the stem
    of its section's url.
    """

    article: tuple[str, ...]
    list: tuple[str, ...] = ()


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the service crawls the portal: a cron line in the portal's own time zone."""

    enabled: bool = True
    cron: str = "17 */6 * * *"


class Pace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How gently a host is asked: seconds between requests, and requests at once."""

    delay: float = 2.0
    concurrency: int = 1
    timeout: float = 30.0


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a crawl goes."""

    since: date | None = None
    pages_per_run: int = 2_000
    list_depth: int = 50
    max_page_mb: int = 16
    removal_runs: int = 2


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of the portal's text; `encoding` overrules what pages declare."""

    encoding: str | None = None


class NetworkRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Private networks that this portal may be reached on, in CIDR notation."""

    allow: tuple[str, ...] = ()


class PinnedLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """CSS selectors pinned by hand for the pages published between two days."""

    since: date | None = None
    until: date | None = None
    title: str | None = None
    body: str | None = None
    published: str | None = None
    updated: str | None = None
    source: str | None = None
    byline: str | None = None
    drop: tuple[str, ...] = ()


class Portal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A site to watch, as its file describes it."""

    name: str
    base: str
    sections: tuple[Section, ...]
    urls: Urls
    title: str = ""
    aliases: tuple[str, ...] = ()
    language: str | None = None
    time_zone: str = "UTC"
    note: str = ""
    schedule: Schedule = Schedule()
    pace: Pace = Pace()
    scope: Scope = Scope()
    text: Text = Text()
    network: NetworkRules = NetworkRules()
    layouts: tuple[PinnedLayout, ...] = ()

    @cached_property
    def _prefixes(self) -> tuple[tuple[str, str], ...]:
        """(host, path prefix) of the base and of each alias, the longest first."""
        places = [urlsplit(self.base), *(urlsplit(f"//{alias}") for alias in self.aliases)]
        pairs = {(_netloc(p.netloc), _path(p.path).rstrip("/") + "/") for p in places}
        return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))

    @cached_property
    def _articles(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p) for p in self.urls.article)

    @cached_property
    def _lists(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p) for p in self.urls.list)

    @cached_property
    def _section_paths(self) -> dict[str, Section]:
        return {self.canonical(urljoin(self.base, s.url)) or s.url: s for s in self.sections}

    @cached_property
    def networks(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """The private networks that this portal may be reached on."""
        return tuple(ipaddress.ip_network(n) for n in self.network.allow)

    def canonical(self, url: str) -> str | None:
        """The one spelling of an address of this portal; None for anything outside it.

        Host, alias, scheme, default port, fragment, dot segments and the spelling of escapes do not matter;
        path and query do.
        """
        if len(url) > MAX_URL:
            return None
        try:
            parts = urlsplit(url.strip())
            netloc, path, query = _netloc(parts.netloc), _path(parts.path), _spelled(parts.query)
        except ValueError:  # e.g. "http://[::1", a port that is no number, a lone surrogate
            return None
        if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
            return None
        for host, prefix in self._prefixes:
            if netloc == host and f"{path}/".startswith(prefix):
                joined = self.base + path[len(prefix) :] + (f"?{query}" if query else "")
                return joined if len(joined) <= MAX_URL else None
        return None

    def identify(self, url: str) -> Address | None:
        """The address and its identity, if the portal file says that it is worth fetching."""
        canonical = self.canonical(url)
        if canonical is None:
            return None
        if section := self._section_paths.get(canonical):
            return Address(canonical, canonical, PageKind.LIST, section.name)
        tail = "/" + canonical[len(self.base) :]
        for pattern in self._articles:
            if found := pattern.search(tail):
                groups = found.groupdict()
                if self._too_old(groups.get("date")):
                    return None
                identity = groups.get("id")
                return Address(f"id:{identity}" if identity else canonical, canonical, PageKind.ARTICLE)
        for pattern in self._lists:
            if found := pattern.search(tail):
                stem = found.groupdict().get("section")
                return Address(canonical, canonical, PageKind.LIST, self._section_of(stem))
        return None

    def _too_old(self, text: str | None) -> bool:
        digits = re.sub(r"\D", "", text or "")
        return bool(self.scope.since and len(digits) == 8 and digits < f"{self.scope.since:%Y%m%d}")

    def _section_of(self, stem: str | None) -> str | None:
        return next((s.name for s in self.sections if stem and PurePosixPath(s.url).stem == stem), None)

    @staticmethod
    def in_section(address: Address, section: str | None) -> Address:
        """The address with the section on whose list it was found."""
        return replace(address, section=section)

    def start(self) -> tuple[Address, ...]:
        """The first page of each section."""
        return tuple(
            Address(url, url, PageKind.LIST, section.name) for url, section in self._section_paths.items()
        )

    def rules(self, extractor: str) -> Rules:
        """The rules that this file and that extractor make; equal content gives an equal `rules_id`."""
        layouts = tuple(Layout(**msgspec.structs.asdict(layout)) for layout in self.layouts)
        unnamed = Rules("", extractor, self.time_zone, self.language, self.text.encoding, layouts)
        digest = hashlib.sha256(msgspec.json.encode(unnamed, order="deterministic")).hexdigest()
        return replace(unnamed, rules_id=digest[:16])


def resolve(reference: str, base: str) -> str | None:
    """The absolute address of a reference found at the address `base`; None for a broken or overlong one."""
    if len(reference) > MAX_URL:
        return None
    try:
        return urljoin(base, reference.strip())
    except ValueError:  # e.g. "http://[broken"
        return None


def redirect_target(capture: Capture) -> str | None:
    """Where a redirect leads; None where it does not say so, or not in a way that can be followed."""
    location = capture.header("location")
    return resolve(location, capture.url) if location else None


def _netloc(netloc: str) -> str:
    """Host and port in lower case, in ASCII (RFC 3490), without the default ports. Raises ValueError."""
    parts = urlsplit(f"//{netloc.lower()}")
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return host if parts.port in {None, 80, 443} else f"{host}:{parts.port}"


def _path(path: str) -> str:
    """The path in its one spelling, without dot segments (RFC 3986 §5.2.4) and doubled slashes."""
    spelled = _spelled(path) or "/"
    if "/." not in spelled and "//" not in spelled:
        return spelled
    return urlsplit(urljoin("http://host/", f".{spelled}")).path


def _spelled(text: str) -> str:
    """Path or query with its escapes in one spelling (RFC 3986 §6.2.2). Raises ValueError for surrogates."""
    quoted = quote(text, safe=_SAFE)
    return _ESCAPE.sub(_escape, quoted) if "%" in quoted else quoted


def _escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
