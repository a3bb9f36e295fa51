"""Looking for a run's processes from outside, and giving tests the time to do so."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

import msgspec

from revisor.model import Capture
from scrapers.portal import NetworkRules, Portal


def holders_of(file: Path) -> list[int]:
    """Processes that have the file open, other than this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            targets = {os.readlink(fd) for fd in (entry / "fd").iterdir()}  # noqa: PTH115  # may be no path
        except OSError:
            continue
        if str(file) in targets:
            found.append(int(entry.name))
    return found


def slowly(portal: Portal, delay: float = 0.05) -> Portal:
    """The portal, asked for one page after the other, so many seconds apart."""
    pace = msgspec.structs.replace(portal.pace, delay=delay, concurrency=1)
    return msgspec.structs.replace(portal, pace=pace)


@dataclass(frozen=True, slots=True)
class Dying:
    """A network at whose first use the process says something and dies."""

    lines: int = 1

    def holds(self, _url: str) -> bool:
        return True

    def respond(self, url: str) -> Capture | None:
        for number in range(self.lines):
            sys.stderr.write(f"line {number} of the log of {url}\n")
        sys.stderr.flush()
        os._exit(3)


class MuteHost:
    """A host that takes one connection and never says a word; `asked` is set when it came."""

    def __init__(self) -> None:
        self.asked = Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._accept)
        self._over = Event()

    def portal(self, like: Portal) -> Portal:
        """The portal, as if it were on this host."""
        base = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        return msgspec.structs.replace(like, base=base, network=NetworkRules(allow=("127.0.0.0/8",)))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        with self._listener:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._thread.join()

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # shut down before anybody came
            return
        with connection:
            self.asked.set()
            self._over.wait()
