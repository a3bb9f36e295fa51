"""The real command line, as a user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from commands.main import main; main()")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def environment(home: Path) -> dict[str, str]:
    """A plain environment with that data home."""
    left_out = {"REVISOR_HOME", "REVISOR_CONTACT", "COLUMNS"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"REVISOR_HOME": str(home), "PYTHONPATH": str(ROOT)}


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    """Start a call in a session of its own and leave it running."""
    return subprocess.Popen(  # noqa: S603  # our own command
        [*COMMAND, *words],
        env=environment(home),
        cwd=home.parent,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def revisor(home: Path, *words: str) -> Ended:
    """Call it and wait for its end. Works in the folder that holds the data home."""
    with start(home, *words) as process:
        out, err = process.communicate()
    return Ended(process.returncode, out, err)


def refused(home: Path, *words: str) -> Ended:
    """Call it with something that must fail in one line: `revisor: NAME: what happened. Try: this.`"""
    ended = revisor(home, *words)
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended
    assert lines[0].startswith("revisor: "), ended
    assert ". Try: " in lines[0], ended
    assert "Traceback" not in ended.out, ended
    return ended


def name_of(ended: Ended) -> str:
    """The name under which the user can look the failure up."""
    return ended.err.split(": ")[1]
