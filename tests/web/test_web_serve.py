"""`revisor serve`, started as a user starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

COMMAND = [str(Path(sys.executable).with_name("revisor")), "serve"]


def start(home: Path, *options: str) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("REVISOR_")}
    return subprocess.Popen(  # noqa: S603  # our own command
        [*COMMAND, "--home", str(home), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(filled: Path, number: signal.Signals) -> None:
    with start(filled.parent, "--port", "0") as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.fullmatch(r"Review page: (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", said)
        assert found
        with urlopen(f"{found[1]}api/changes") as answer:  # noqa: S310  # our own server
            assert b"revisor.api.changes/1" in answer.read()
        process.send_signal(number)
        _, errors = process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_without_a_home_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with start(tmp_path / "nothing") as process:
        _, errors = process.communicate()
    assert process.returncode == 4
    assert errors.startswith("revisor: NotFound: ")


@pytest.mark.parametrize(
    "options",
    [("--host", "0.0.0.0"), ("--set", "web.host=0.0.0.0")],  # noqa: S104  # what is refused
)
def test_others_may_not_look_without_a_token(filled: Path, options: tuple[str, ...]) -> None:
    with start(filled.parent, *options) as process:
        _, errors = process.communicate()
    assert process.returncode == 3
    assert "web.token" in errors
