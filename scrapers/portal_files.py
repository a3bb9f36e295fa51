"""Finding, reading and checking portal files; every error names the file, the key and the remedy."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from apscheduler.triggers.cron import CronTrigger
from rapidfuzz import process

from revisor.errors import PortalFileInvalid, PortalNotFound
from scrapers.portal import Portal

BUILT_IN = Path(__file__).parent / "portals"

_Wrong = Callable[[str, str, str | None], PortalFileInvalid]

_AT = re.compile(r" - at `\$\.?(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")


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
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PortalFileInvalid(
            f"{path} cannot be read: {error.strerror}", "check the path and its rights"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PortalFileInvalid(f"{path} is not TOML: {error}", "correct the line it names") from error
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
    return f" in {keys}" if keys else ""


def _struct_at(keys: str) -> type[msgspec.Struct]:
    """The part of the portal file that a path like `sections[0]` or `pace` names."""
    struct: type[msgspec.Struct] = Portal
    for key in re.findall(r"[a-z_]+", keys):
        hints = msgspec.inspect.type_info(struct)
        assert isinstance(hints, msgspec.inspect.StructType)
        kinds = {field.encode_name: field.type for field in hints.fields}
        kind = kinds.get(key)
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
    base = urlsplit(portal.base)
    if base.scheme not in {"http", "https"} or not base.hostname or not portal.base.endswith("/"):
        raise wrong(
            "base", f'"{portal.base}" is no address', "write it as https://host/ or https://host/path/"
        )
    if not portal.sections:
        raise wrong("sections", "is empty", "name at least one list page")
    for section in portal.sections:
        if portal.canonical(urljoin(portal.base, section.url)) is None:
            raise wrong("sections", f'"{section.url}" lies outside the base and its aliases')
    for key, patterns in (("[urls] article", portal.urls.article), ("[urls] list", portal.urls.list)):
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise wrong(key, f"pattern '{pattern}' is broken: {error}") from error
    if not portal.urls.article:
        raise wrong("[urls] article", "is empty", "give at least one pattern of an article's address")
    try:
        ZoneInfo(portal.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise wrong(
            "time_zone", f'"{portal.time_zone}" is unknown', "use a name such as Asia/Shanghai"
        ) from error
    try:
        CronTrigger.from_crontab(portal.schedule.cron, timezone="UTC")
    except ValueError as error:
        raise wrong("[schedule] cron", f'"{portal.schedule.cron}" is no cron line: {error}') from error
    _check_numbers(portal, wrong)


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
        if value < least:
            raise wrong(key, f"is {value}", f"set it to {least} or more")
    for network in portal.network.allow:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise wrong("[network] allow", f'"{network}" is no network', "write it as 127.0.0.0/8") from error
