"""`revisor run` as a user and systemd start and stop it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.service import write_portal
from commands import service
from revisor.model import Run, RunState
from sample_portal.server import Server
from sample_portal.site import Site
from storage.database import open_database
from storage.store import Store
from tests.commands.cli import name_of, refused, revisor, start

ONLY = ("--set", "service.portals=alpha")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Site(seed=3, articles=20)) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Path:
    made = tmp_path / "home"
    (made / "portals").mkdir(parents=True)
    write_portal(made, "alpha", server.url)
    return made


def heard(process: subprocess.Popen[str], word: str) -> str:
    """What the process says until a line holds the word, that line included."""
    assert process.stderr
    told = ""
    for line in process.stderr:
        told += line
        if word in line:
            return told
    raise AssertionError(f'it ended without "{word}": {told}')


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_crawls_says_so_and_stops_cleanly(home: Path, number: signal.Signals) -> None:
    with start(home, "run", "--no-web", *ONLY) as process:
        told = heard(process, "run 1 healthy")
        process.send_signal(number)
        _, rest = process.communicate()
    assert process.returncode == 0
    assert rest.splitlines()[-1].endswith("INFO the service has stopped")
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d (INFO|WARNING|ERROR) "
    assert [line for line in told.splitlines() if not re.match(stamp, line)] == []
    assert "alpha: due since" in told


def test_a_stop_in_a_crawl_keeps_what_was_fetched(home: Path, server: Server) -> None:
    write_portal(home, "alpha", server.url, delay=0.3)
    with start(home, "run", "--no-web", *ONLY) as process:
        heard(process, "begins")
        while server.requests < 4:
            threading.Event().wait(0.01)
        os.killpg(process.pid, signal.SIGTERM)  # as a service manager that tells the whole group
        process.communicate()
    assert process.returncode == 0
    (run,) = runs_of(home)
    assert run.state is RunState.DONE
    assert not run.complete
    assert run.failure is None


def runs_of(home: Path) -> list[Run]:
    engine = open_database(home / "revisor.db", create=False)
    try:
        return Store(engine).runs()
    finally:
        engine.dispose()


@pytest.mark.parametrize("threads", [4, 3])  # so many are left, which shows how far the stop has come
def test_a_second_signal_ends_it_at_once(home: Path, server: Server, threads: int) -> None:
    write_portal(home, "alpha", server.url, delay=30.0)
    with start(home, "run", "--no-web", *ONLY) as process:
        heard(process, "begins")
        while not server.requests:
            threading.Event().wait(0.01)
        process.send_signal(signal.SIGINT)
        heard(process, "Again to stop at once")
        tasks = Path(f"/proc/{process.pid}/task")
        while len(list(tasks.iterdir())) > threads:
            threading.Event().wait(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 130
    assert [run.failure for run in runs_of(home)] == ["DeadlineExceeded"]


def test_it_stops_cleanly_where_nobody_reads_what_it_says(home: Path) -> None:
    with start(home, "run", "--no-web", *ONLY) as process:
        heard(process, "run 1 healthy")
        assert process.stderr
        process.stderr.close()  # as `revisor run 2>&1 | tee log` does at Ctrl-C, which ends both
        process.terminate()
        process.wait()
    (run,) = runs_of(home)
    assert (process.returncode, run.state) == (0, RunState.DONE)


def test_a_second_service_is_refused_with_the_firsts_number(home: Path) -> None:
    with start(home, "run", "--no-web", *ONLY) as process:
        heard(process, "begins")
        ended = revisor(home, "run", *ONLY)
        process.terminate()
        process.communicate()
    assert ended.code == 9
    assert f"ServiceRunning: process {process.pid} is the service of {home}" in ended.err


def test_a_portal_that_there_is_none_of_is_named(home: Path) -> None:
    ended = refused(home, "run", "--no-web", "--set", "service.portals=nobody")
    assert (ended.code, name_of(ended)) == (3, "PortalNotFound")


def test_the_review_page_runs_beside_it(home: Path) -> None:
    with start(home, "run", *ONLY, "--set", "web.port=0") as process:
        told = heard(process, "run 1 healthy")
        address = re.search(r"the review page is on (http://\S+)", told)
        assert address
        with urlopen(address[1] + "portals") as answer:  # noqa: S310  # loopback
            assert b"alpha" in answer.read()
        process.terminate()
        process.communicate()
    assert process.returncode == 0


def test_systemd_is_told(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        with start(home, "run", "--no-web", *ONLY) as process:
            assert systemd.recv(100) == b"READY=1"
            process.terminate()
            assert systemd.recv(100) == b"STOPPING=1"
            process.communicate()
    assert process.returncode == 0


def test_where_systemd_does_not_listen_nothing_ends(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "@nobody-listens-here")
    service.tell_systemd("READY=1")
    assert "systemd does not hear" in caplog.text


def test_portals_says_when_each_is_due(home: Path) -> None:
    assert "schedule 0 * * * *, due since" in revisor(home, "portals").out
    with start(home, "run", "--no-web", *ONLY) as process:
        heard(process, "run 1 healthy")
        process.terminate()
        process.communicate()
    assert "schedule 0 * * * *, next " in revisor(home, "portals").out
