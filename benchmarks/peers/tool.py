"""What a peer is to the bench: something that checks a list of addresses and says which ones it reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from benchmarks.peers.selector import Selectors

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / ".venv-peers" / "bin"
LOCK = ROOT / "requirements" / "peers.txt"


class Settings(StrEnum):
    """How a watch is set up. selects: with a selector made by hand for the skin."""

    QUICK = "quick start"  # the address and nothing else
    TEXT = "text"  # what the introductions of urlwatch and webchanges advise: the filter html2text
    SELECTOR = "selector"  # a selector made by hand for the skin, and its text
    MARKUP = "selector html"  # the same with all its HTML, so that addresses of images and files count too

    @property
    def selects(self) -> bool:
        return self in {Settings.SELECTOR, Settings.MARKUP}


@dataclass(frozen=True, slots=True)
class Watch:
    """An address to watch. selectors: where the settings select."""

    url: str
    settings: Settings
    selectors: Selectors | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a tool said after one check of all its watches.

    changed: addresses that it reported as changed. failing: addresses that are in error, new or as before.
    cpu: seconds, user and system, that the check cost.
    """

    changed: frozenset[str]
    failing: frozenset[str]
    cpu: float


class Peer(Protocol):
    """A tool with its list of watches."""

    def check(self) -> Checked:
        """Check every watch once. Raises RuntimeError where the tool itself fails."""
        ...


class OpenPeer(Protocol):
    """Sets a tool up in an empty folder of its own; the context's end stops what it started."""

    def __call__(self, home: Path, watches: Sequence[Watch]) -> AbstractContextManager[Peer]: ...


def program(name: str) -> Path:
    """Where a tool is installed; raises FileNotFoundError where the peers' environment lacks it."""
    path = PROGRAMS / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; ./run bench peers installs {LOCK.name} into .venv-peers")
    return path


def version(package: str) -> str:
    """The locked version of a package; raises ValueError where the lock has none."""
    found = re.search(rf"^{re.escape(package)}==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError(f"{LOCK} has no {package}")
    return found[1]


def environment(home: Path) -> dict[str, str]:
    """What a tool's process is given: nothing of ours, a home there, and HTTPS that leads nowhere."""
    nowhere = "http://127.0.0.1:9"
    return {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HTTPS_PROXY": nowhere,
        "https_proxy": nowhere,
    }
