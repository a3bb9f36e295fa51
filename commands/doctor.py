"""`revisor doctor`: what is wrong with this installation, if anything."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from commands.options import HomeOption, load_config, out
from reports.safe import safe
from revisor.errors import RevisorError

if TYPE_CHECKING:
    from revisor.config import Config

TOP_LEVEL = ("commands", "scheduler", "reports", "scrapers", "storage", "revisor")
PARTS = ("scrapy", "lxml", "beautifulsoup4", "apscheduler", "sqlalchemy", "alembic", "rapidfuzz", "tzdata")
LEAST_FREE = 500 * 1024 * 1024


class Health(StrEnum):
    OK = "ok"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class Finding:
    health: Health
    text: str


def doctor(home: HomeOption = None) -> None:
    """Check the installation, the data home and the portal files; exit 1 if something is wrong."""
    findings = [*_packages(), *_clashes()]
    try:
        config = load_config(home)
        findings += [*_home(config), *_portals(config)]
    except RevisorError as error:
        findings.append(Finding(Health.FAULT, str(error)))
    for finding in findings:
        out(f"{finding.health:<6} {safe(finding.text)}")
    if any(finding.health is Health.FAULT for finding in findings):
        raise typer.Exit(1)


def _packages() -> Iterator[Finding]:
    try:
        found = ", ".join(f"{name} {metadata.version(name)}" for name in PARTS)
    except metadata.PackageNotFoundError as error:
        yield Finding(Health.FAULT, f"the package {error.name} is missing; install Revisor again")
        return
    yield Finding(Health.OK, found)


def _clashes() -> Iterator[Finding]:
    """Our top-level names are common words: another distribution may have put its own there."""
    ours = Path(__file__).parent.parent
    for name in TOP_LEVEL:
        spec = importlib.util.find_spec(name)
        origin = Path(spec.origin).parent.parent if spec and spec.origin else None
        if origin != ours:
            yield Finding(
                Health.FAULT,
                f'the package "{name}" comes from {origin}, not from {ours}; '
                "install Revisor into an environment of its own",
            )
            return
    yield Finding(Health.OK, "no other distribution uses our package names")


def _home(config: Config) -> Iterator[Finding]:
    from storage.database import open_database  # noqa: PLC0415
    from storage.store import Store  # noqa: PLC0415

    path = config.home.path
    if path.exists() and not path.is_dir():
        yield Finding(Health.FAULT, f"the data home {path} is not a folder; choose another with --home")
    elif not config.home.database.exists():
        yield Finding(Health.NOTE, f"data home {path}: nothing stored yet")
    else:
        try:
            runs = Store(open_database(config.home.database, create=False)).runs(limit=1)
        except RevisorError as error:
            yield Finding(Health.FAULT, str(error))
        else:
            last = f"last run {runs[0].started_at:%Y-%m-%d %H:%M} UTC" if runs else "no run yet"
            size = config.home.database.stat().st_size / 1e6
            yield Finding(Health.OK, f"data home {path}: {size:.1f} MB, {last}")
    existing = next(p for p in (path, *path.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    health = Health.OK if free >= LEAST_FREE else Health.FAULT
    yield Finding(health, f"{free / 1e9:.1f} GB free where the data home is")
    if config.contact:
        yield Finding(Health.OK, f"portals are told how to reach you: {config.contact}")
    else:
        yield Finding(
            Health.NOTE,
            'no contact is set: put `contact = "you@example.org"` into '
            f"{path / 'revisor.toml'} or set REVISOR_CONTACT, so that portals can reach you",
        )


def _portals(config: Config) -> Iterator[Finding]:
    from scrapers.portal_files import load_portal, portal_paths  # noqa: PLC0415

    good = []
    for name, path in portal_paths(config.home.path).items():
        try:
            load_portal(path)
        except RevisorError as error:
            yield Finding(Health.FAULT, str(error))
        else:
            good.append(name)
    yield Finding(Health.OK, f"portal files read: {', '.join(good)}")
