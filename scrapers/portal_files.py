"""Finding, reading and checking portal files; every error names the file, the key and the remedy."""

from __future__ import annotations

import ipaddress
import math
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.etree import XPathError
from rapidfuzz import process

from revisor.errors import ConfigError, PortalFileInvalid, PortalNotFound
from revisor.slots import Timetable
from scrapers.portal import PinnedLayout, Portal, resolve

LARGEST = 256 << 10
"""Bytes of a portal file."""

BUILT_IN = Path(__file__).parent / "portals"


class _Wrong(Protocol):
    def __call__(self, key: str, why: str, remedy: str | None = None) -> PortalFileInvalid: ...


_AT = re.compile(r" - at `\$\.?(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_IN_TABLE = re.compile(r"^(\w+)\.")


def portal_paths(home: Path) -> dict[str, Path]:
    """Name and file of every portal; a file in `home`/portals hides a built-in one of the same name."""
    found = {path.stem: path for path in sorted(BUILT_IN.glob("*.toml"))}
    found |= {path.stem: path for path in sorted((home / "portals").glob("*.toml"))}
    return dict(sorted(found.items()))


def find_portal(home: Path, name: str) -> Portal:
    """The portal of that name. Raises PortalNotFound, PortalFileInvalid."""
    paths = portal_paths(home)
    if name not in paths:
        near = _nearest(name, list(paths))
        remedy = f'did you mean "{near}"? {PortalNotFound.remedy}' if near else PortalNotFound.remedy
        raise PortalNotFound(f'no portal named "{name}"', remedy)
    return load_portal(paths[name])


def load_portal(path: Path) -> Portal:
    """Read and check one portal file. Raises PortalFileInvalid."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise PortalFileInvalid(
                f"{path} is no file of at most {LARGEST >> 10} kB", "put a TOML file there"
            )
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PortalFileInvalid(
            f"{path} cannot be read: {error.strerror}", "check the path and its rights"
        ) from error
    except UnicodeDecodeError as error:
        raise PortalFileInvalid(f"{path} is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PortalFileInvalid(f"{path} is not TOML: {error}", "correct the line it names") from error
    except RecursionError as error:
        raise PortalFileInvalid(f"{path} is nested too deep", "write a flat TOML file") from error
    try:
        portal = msgspec.convert(table, Portal)
    except msgspec.ValidationError as error:
        raise _invalid(path, str(error)) from error
    _check(path, portal)
    return portal


def _nearest(word: str, known: list[str]) -> str | None:
    found = process.extractOne(word, known, score_cutoff=60)
    return found[0] if found else None


def _invalid(path: Path, text: str) -> PortalFileInvalid:
    """The validation error in the words of the file: `[pace] delay` instead of `$.pace.delay`."""
    place = _AT.search(text)
    keys = place[1] if place else ""
    what = _AT.sub("", text)
    if unknown := _UNKNOWN.match(what):
        struct = _struct_at(keys)
        near = _nearest(unknown[1], list(struct.__struct_fields__))
        remedy = f'did you mean "{near}"?' if near else f"known keys: {', '.join(struct.__struct_fields__)}"
        return PortalFileInvalid(
            f'{path}: unknown key "{unknown[1]}"{_in(keys)}', f"{remedy} (see docs/reference/portal-file.md)"
        )
    return PortalFileInvalid(f"{path}: {what}{_in(keys)}")


def _in(keys: str) -> str:
    place = _IN_TABLE.sub(r"[\1] ", keys)
    return f" in {place}" if place else ""


def _struct_at(keys: str) -> type[msgspec.Struct]:
    """The part of the portal file that a path like `sections[0]` or `pace` names."""
    struct: type[msgspec.Struct] = Portal
    for key in re.findall(r"[a-z_]+", keys):
        kinds = {field.name: field.type for field in msgspec.structs.fields(struct)}
        kind = msgspec.inspect.type_info(kinds[key]) if key in kinds else None
        if isinstance(kind, msgspec.inspect.VarTupleType):
            kind = kind.item_type
        if isinstance(kind, msgspec.inspect.StructType):
            struct = kind.cls
    return struct


def _check(path: Path, portal: Portal) -> None:
    """What types alone cannot say. Raises PortalFileInvalid."""

    def wrong(key: str, why: str, remedy: str | None = None) -> PortalFileInvalid:
        return PortalFileInvalid(f"{path}: {key} {why}", remedy)

    if portal.name != path.stem:
        raise wrong("name", f'is "{portal.name}"', f'name it "{path.stem}", as the file is called')
    _check_places(portal, wrong)
    _check_patterns(portal, wrong)
    _check_text(portal, wrong)
    _check_numbers(portal, wrong)
    for layout in portal.layouts:
        _check_layout(layout, wrong)


def _check_places(portal: Portal, wrong: _Wrong) -> None:
    base = _place(portal.base)
    if base is None or base.scheme not in {"http", "https"} or not portal.base.endswith("/"):
        raise wrong(
            "base", f'"{portal.base}" is no address', "write it as https://host/ or https://host/path/"
        )
    for alias in portal.aliases:
        if "://" in alias or _place(f"//{alias}") is None:
            raise wrong(
                "aliases", f'"{alias}" is no host', "write it as host or host/path/, without https://"
            )
    if not portal.sections:
        raise wrong("sections", "is empty", "name at least one list page")
    for section in portal.sections:
        url = resolve(section.url, portal.base)
        if url is None or portal.canonical(url) is None:
            raise wrong("sections", f'"{section.url}" lies outside the base and its aliases')
    for network in portal.network.allow:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise wrong("[network] allow", f'"{network}" is no network', "write it as 127.0.0.0/8") from error


def _place(address: str) -> SplitResult | None:
    """The parts of an address that is a host, perhaps a port, and a path; None for any other."""
    try:
        parts = urlsplit(address)
        sound = parts.hostname and (parts.port is None or parts.port) and address.isprintable()
        parts.netloc.encode("idna")
    except ValueError:  # e.g. "http://[::1", a port that is no number, an empty label
        return None
    odd = parts.query or parts.fragment or "@" in parts.netloc or set(parts.netloc) & set(" \\")
    return parts if sound and not odd else None


def _check_patterns(portal: Portal, wrong: _Wrong) -> None:
    for key, patterns in (("[urls] article", portal.urls.article), ("[urls] list", portal.urls.list)):
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise wrong(key, f"pattern '{pattern}' is broken: {error}") from error
    if not portal.urls.article:
        raise wrong("[urls] article", "is empty", "give at least one pattern of an article's address")


def _check_text(portal: Portal, wrong: _Wrong) -> None:
    try:
        ZoneInfo(portal.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "Europe" is a folder
        raise wrong(
            "time_zone", f'"{portal.time_zone}" is unknown', "use a name such as Asia/Shanghai"
        ) from error
    try:
        Timetable(portal.schedule.cron, portal.time_zone)
    except ConfigError as error:
        raise wrong("[schedule] cron", error.message, error.remedy) from error
    encoding = portal.text.encoding
    if encoding is None:
        return
    try:
        b"x".decode(encoding)
    except (LookupError, ValueError) as error:
        raise wrong("[text] encoding", f'"{encoding}" is unknown', "use a name such as gb18030") from error


def _check_numbers(portal: Portal, wrong: _Wrong) -> None:
    for key, value, least in (
        ("[pace] delay", portal.pace.delay, 0.0),
        ("[pace] concurrency", portal.pace.concurrency, 1),
        ("[pace] timeout", portal.pace.timeout, 1.0),
        ("[scope] pages_per_run", portal.scope.pages_per_run, 1),
        ("[scope] list_depth", portal.scope.list_depth, 0),
        ("[scope] max_page_mb", portal.scope.max_page_mb, 1),
        ("[scope] removal_runs", portal.scope.removal_runs, 2),
    ):
        if not math.isfinite(value) or value < least:
            raise wrong(key, f"is {value}", f"set it to {least} or more")


def _check_layout(layout: PinnedLayout, wrong: _Wrong) -> None:
    if layout.since and layout.until and layout.until < layout.since:
        raise wrong("[[layouts]] until", f"{layout.until} is before since {layout.since}")
    for key, selector in _selectors(layout):
        try:
            CSSSelector(selector, translator="html")
        except (SelectorError, XPathError) as error:
            raise wrong(f"[[layouts]] {key}", f'"{selector}" is no CSS selector: {error}') from error


def _selectors(layout: PinnedLayout) -> Iterator[tuple[str, str]]:
    for key in ("title", "body", "published", "updated", "source", "byline"):
        if (selector := getattr(layout, key)) is not None:
            yield key, selector
    for selector in layout.drop:
        yield "drop", selector
