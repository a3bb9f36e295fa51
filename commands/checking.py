"""`revisor check`: try a portal file on stored or live pages, and see what is read and thrown away."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.crawling import failure_of
from commands.options import HomeOption, JsonOption, PortalArgument, console, load_config, out
from revisor.errors import ConfigError, ExtractionError, HttpError, RevisorError, by_name

if TYPE_CHECKING:
    from reports.extraction import Check, PageCheck, SectionCheck
    from revisor.config import Config
    from revisor.model import Address, Capture, Failure, Rules
    from scrapers.portal import Portal

LOOKED_AT = 3
"""Articles of the portal that a check without a target reads."""


def check(
    portal: PortalArgument,
    target: Annotated[
        str | None,
        typer.Argument(
            help="A stored page or an address; without it, the portal's sections and some articles."
        ),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="The address that a stored page came from, for its links.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a portal file makes of a page: what is extracted, and what is thrown away and why."""
    from reports import extraction  # noqa: PLC0415
    from scrapers.portal_files import find_portal  # noqa: PLC0415

    config = load_config(home)
    chosen = find_portal(config.home.path, portal)
    if target and not target.startswith(("http://", "https://")):
        found = _checked(chosen, [_stored(Path(target), url or chosen.base)], file=target)
    else:
        with tempfile.TemporaryDirectory(prefix="revisor-check-") as folder:
            found = _check_live(config, Path(folder), chosen, target)
    unread = next((f for f in found.failures if issubclass(by_name(f.name), ExtractionError)), None)
    if json:
        out(extraction.as_json(found))
    else:
        others = tuple(failure for failure in found.failures if failure is not unread)
        extraction.show(console(), replace(found, failures=others))
    if unread:
        raise by_name(unread.name)(unread.message)


def _stored(path: Path, url: str) -> Capture:
    from revisor.model import Capture  # noqa: PLC0415

    try:
        return Capture(url, 200, (), path.read_bytes(), datetime.now(UTC))
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}", "name a stored page or an address"
        ) from error


def _check_live(config: Config, folder: Path, portal: Portal, target: str | None) -> Check:
    """Crawl a little into a home that is thrown away."""
    from msgspec import structs  # noqa: PLC0415

    from revisor.clock import SystemClock  # noqa: PLC0415
    from revisor.config import Home  # noqa: PLC0415
    from scheduler.run import RunOrder, run_portal  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415
    from storage.store import Store  # noqa: PLC0415

    scratch = replace(config, home=Home(folder))
    scratch.home.make()
    engine = open_database(scratch.home.database)
    store = Store(engine)
    try:
        only = (_address(portal, target),) if target else ()
        shallow = structs.replace(portal, scope=structs.replace(portal.scope, list_depth=0))
        order = RunOrder(shallow, max_pages=len(portal.sections) + LOOKED_AT, only=only)
        run = run_portal(scratch, store, order, SystemClock())
        if error := failure_of(store, run):
            raise error
        captures = [store.capture(line.id) for line in store.captures_of_run(run.id)]
        return _checked(portal, captures, store.failures(run.id))
    finally:
        engine.dispose()


def _address(portal: Portal, url: str) -> Address:
    from revisor.model import Address, PageKind  # noqa: PLC0415

    known = portal.identify(url)
    if known:
        return replace(known, url=url)
    if portal.canonical(url) is None:
        raise ConfigError(f"{url} is no address of {portal.name}", "check the portal file's base and aliases")
    sys.stderr.write(f"note: no pattern of {portal.name} matches {url}, so a crawl would not fetch it\n")
    return Address(url, url, PageKind.ARTICLE)


def _checked(
    portal: Portal, captures: Sequence[Capture], failures: Iterable[Failure] = (), file: str | None = None
) -> Check:
    """What the portal file makes of these captures: sections, pages, and what failed.

    file: where a stored page lies, which is read as an article whatever its address.
    """
    from reports.extraction import Check  # noqa: PLC0415
    from revisor.model import PageKind  # noqa: PLC0415
    from scrapers.parsers.article import EXTRACTOR  # noqa: PLC0415

    rules = portal.rules(EXTRACTOR)
    sections, pages, failed = [], [], list(failures)
    for capture in captures:
        address = portal.identify(capture.url)
        if not file and address and address.kind is PageKind.LIST:
            sections.append(_section(portal, capture, address))
        elif capture.status != 200:
            failed.append(_failure(capture, HttpError(f"status {capture.status}"), capture.url))
        else:
            try:
                pages.append(_page(capture, rules))
            except ExtractionError as error:
                failed.append(_failure(capture, error, file or capture.url))
    return Check(sections=tuple(sections), pages=tuple(pages), failures=tuple(failed))


def _section(portal: Portal, capture: Capture, address: Address) -> SectionCheck:
    from reports.extraction import SectionCheck  # noqa: PLC0415
    from revisor.model import PageKind  # noqa: PLC0415
    from scrapers.discover import discover_on  # noqa: PLC0415

    articles = sum(found.address.kind is PageKind.ARTICLE for found in discover_on(portal, capture))
    return SectionCheck(address.section or address.url, capture.url, capture.status, articles)


def _page(capture: Capture, rules: Rules) -> PageCheck:
    from reports.extraction import PageCheck  # noqa: PLC0415
    from scrapers.parsers.article import explain  # noqa: PLC0415

    return PageCheck(capture.url, explain(capture.body, capture.headers, capture.url, rules))


def _failure(capture: Capture, error: RevisorError, where: str) -> Failure:
    from revisor.model import Failure  # noqa: PLC0415

    message = error.message if where in error.message else f"{where}: {error.message}"
    return Failure(capture.url, error.name, message, capture.fetched_at, capture.status)
