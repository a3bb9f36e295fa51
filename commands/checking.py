"""`revisor check`: try a portal file on stored or live pages, and see what is read and thrown away."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.crawling import failure_of
from commands.options import HomeOption, JsonOption, PortalArgument, console, load_config, out
from revisor.errors import ConfigError, RevisorError

if TYPE_CHECKING:
    from revisor.config import Config
    from revisor.model import Address, Capture, Rules
    from scrapers.portal import Portal
    from storage.store import Store

LOOKED_AT = 3
"""Articles of each portal that a check without a target reads."""


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
    from scrapers.parsers.article import EXTRACTOR  # noqa: PLC0415
    from scrapers.portal_files import find_portal  # noqa: PLC0415

    config = load_config(home)
    chosen = find_portal(config.home.path, portal)
    rules = chosen.rules(EXTRACTOR)
    if target and not target.startswith(("http://", "https://")):
        _show(_stored(Path(target), url or chosen.base), rules, as_json=json)
        return
    with tempfile.TemporaryDirectory(prefix="revisor-check-") as folder:
        _check_live(config, Path(folder), chosen, target, as_json=json)


def _stored(path: Path, url: str) -> Capture:
    from datetime import UTC, datetime  # noqa: PLC0415

    from revisor.model import Capture  # noqa: PLC0415

    try:
        return Capture(url, 200, (), path.read_bytes(), datetime.now(UTC))
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}", "name a stored page or an address"
        ) from error


def _check_live(config: Config, folder: Path, portal: Portal, target: str | None, *, as_json: bool) -> None:
    """Crawl a little into a home that is thrown away, and show what came."""
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
        most = len(portal.sections) + LOOKED_AT
        run = run_portal(scratch, store, RunOrder(portal, max_pages=most, only=only), SystemClock())
        if error := failure_of(store, run):
            raise error
        _show_run(store, run.id, portal, as_json=as_json)
    finally:
        engine.dispose()


def _address(portal: Portal, url: str) -> Address:
    from revisor.model import Address, PageKind  # noqa: PLC0415

    known = portal.identify(url)
    if known:
        return replace(known, url=url)
    if portal.canonical(url) is None:
        raise ConfigError(f"{url} is no address of {portal.name}", "check the portal file's base and aliases")
    out(f"note: no pattern of {portal.name} matches {url}, so an ordinary crawl would not fetch it")
    return Address(url, url, PageKind.ARTICLE)


def _show_run(store: Store, run_id: int, portal: Portal, *, as_json: bool) -> None:
    from revisor.model import PageKind  # noqa: PLC0415
    from scrapers.discover import discover_on  # noqa: PLC0415
    from scrapers.parsers.article import EXTRACTOR  # noqa: PLC0415

    for line in store.captures_of_run(run_id):
        capture = store.capture(line.id)
        address = portal.identify(capture.url)
        if address and address.kind is PageKind.LIST:
            found = discover_on(portal, capture)
            articles = sum(d.address.kind is PageKind.ARTICLE for d in found)
            name = address.section or address.url
            out(f"section {name}: status {capture.status}, {articles} articles linked")
        elif capture.status == 200:
            _show(capture, portal.rules(EXTRACTOR), as_json=as_json)
        else:
            out(f"{capture.url}: status {capture.status}")
    for failure in store.failures(run_id):
        out(f"{failure.name}: {failure.message}")


def _show(capture: Capture, rules: Rules, *, as_json: bool) -> None:
    from reports import extraction  # noqa: PLC0415
    from scrapers.parsers.article import explain  # noqa: PLC0415

    try:
        found = explain(capture.body, capture.headers, capture.url, rules)
    except RevisorError as error:
        error.message = f"{capture.url}: {error.message}"
        raise
    if as_json:
        out(extraction.as_json(capture.url, found))
    else:
        extraction.show(console(), capture.url, found)
