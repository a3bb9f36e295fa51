"""changedetection.io, which is a server: watches are made, checked and read through its own API.

A watch is an address by itself (quick start: it compares the page's text) or with filters. Its
server runs on a free loopback port with a datastore of its own; loopback addresses must be allowed to it, and
the question for a newer release and the two example watches of a fresh datastore are left out.
Source: the OpenAPI document that it ships, `changedetectionio/docs/api-spec.yaml`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import msgspec

from benchmarks.peers.tool import Checked, Watch, environment, program

PATIENCE = 300.0
"""Seconds in which the server must start, and in which it must have checked a watch."""

_POLL = 0.5  # seconds
_SWITCHES = {
    "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
    "DISABLE_VERSION_CHECK": "yes",
    "LOGGER_LEVEL": "ERROR",
}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A watch in the answer of `GET /watch`. last_changed: seconds since the epoch, 0 before any change."""

    url: str
    last_changed: int
    last_error: str | bool | None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A watch in the answer of `GET /watch/ID`: how often it was checked to the end."""

    check_count: int = 0


class ServerPeer:
    """A running changedetection.io and its watches."""

    def __init__(self, server: subprocess.Popen[bytes], port: int, key: str) -> None:
        self._server = server
        self._port = port
        self._key = key
        self._known: dict[str, _Listed] = {}
        self._counts: dict[str, int] = {}

    def add(self, watch: Watch) -> None:
        """Make a watch. Raises RuntimeError where the server does not want it."""
        self.ask("POST", "/watch", {"url": watch.url, **_options(watch)})

    def check(self) -> Checked:
        before = _cpu(self._server.pid)
        if self._counts:  # new watches are checked without being asked for
            self.ask("GET", "/watch?recheck_all=1")
        self._wait_until_checked()
        listed = self._listed()
        changed = {
            watch.url
            for name, watch in listed.items()
            if name in self._known and watch.last_changed != self._known[name].last_changed
        }
        failing = {watch.url for watch in listed.values() if watch.last_error}
        self._known = listed
        return Checked(frozenset(changed), frozenset(failing), _cpu(self._server.pid) - before)

    def _wait_until_checked(self) -> None:
        """Wait until each watch was checked once more, to the end: the list tells only when a check began."""
        for name in self._listed():
            before = self._counts.get(name, 0)
            _wait(partial(self._counted_beyond, name, before), f"check watch {name}")

    def _counted_beyond(self, name: str, before: int) -> bool:
        watch = msgspec.json.decode(self.ask("GET", f"/watch/{name}"), type=_Counted)
        self._counts[name] = watch.check_count
        return watch.check_count > before

    def _listed(self) -> dict[str, _Listed]:
        return msgspec.json.decode(self.ask("GET", "/watch"), type=dict[str, _Listed])

    def ask(self, method: str, path: str, body: object = None) -> bytes:
        """The answer of the API. Raises RuntimeError for a status that is not 2xx, OSError for no answer."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"x-api-key": self._key, "Content-Type": "application/json"}
        sent = None if body is None else json.dumps(body)
        try:
            connection.request(method, f"/api/v1{path}", sent, headers)
            answer = connection.getresponse()
            told = answer.read()
        finally:
            connection.close()
        if answer.status // 100 != 2:
            raise RuntimeError(f"changedetection.io: {method} {path}: {answer.status} {told[:500]!r}")
        return told


@contextmanager
def changedetection(home: Path, watches: Sequence[Watch]) -> Iterator[ServerPeer]:
    """changedetection.io in that folder, with its watches made but not yet checked."""
    port = _free_port()
    first, *others = watches
    store = home / "datastore"
    command = (
        *(str(program("changedetection.io")), "-h", "127.0.0.1", "-p", str(port), "-d", str(store), "-C"),
        *("-u", first.url, "-u0", json.dumps(_options(first))),  # a server started without has examples
    )
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=home, env=environment(home) | _SWITCHES, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        peer = ServerPeer(server, port, _key(server, store, home / "log"))
        _wait(lambda: _answers(peer), "answer")
        for watch in others:
            peer.add(watch)
        yield peer
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _options(watch: Watch) -> dict[str, object]:
    if watch.selectors is None:
        return {}
    left_out = [watch.selectors.left_out] if watch.selectors.left_out else []
    return {"include_filters": [watch.selectors.watched], "subtractive_selectors": left_out}


def _key(server: subprocess.Popen[bytes], store: Path, log: Path) -> str:
    """The key of the API, which a fresh server draws and writes into its settings."""
    file = store / "changedetection.json"

    def written() -> bool:
        if server.poll() is not None:
            raise RuntimeError(f"changedetection.io ended ({server.returncode}): {log.read_text()[-2000:]}")
        return file.exists() and file.stat().st_size > 0

    _wait(written, "write its settings")
    return str(json.loads(file.read_text())["settings"]["application"]["api_access_token"])


def _answers(peer: ServerPeer) -> bool:
    try:
        peer.ask("GET", "/systeminfo")
    except ConnectionRefusedError:
        return False
    return True


def _wait(until: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(f"changedetection.io did not {what} within {PATIENCE:g} s")
        time.sleep(_POLL)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _cpu(pid: int) -> float:
    """CPU seconds of a process and its ended children so far: fields 14 to 17 of proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
