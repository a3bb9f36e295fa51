"""CPU of a command with every process that comes of it, also of those that nobody waits for."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import time

REVISOR = "from commands.main import main; main()"
"""What `python -c` is given to be the command `revisor`."""

_PATIENCE = 30.0  # seconds for what a command leaves behind to end


def adopt_orphans() -> None:
    """Make this process the parent of whatever its commands leave running, so that it can wait for that.

    The crawl is a grandchild, of a forkserver for which no one waits. Source: prctl(2), of Linux.
    """
    set_child_subreaper = 36
    if ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "PR_SET_CHILD_SUBREAPER")


def cpu_of(*command: str, quiet: bool = True) -> float:
    """CPU seconds, user and system, of a command and of every process that came of it.

    Call `adopt_orphans` once before. Modules are loaded as from an installed Revisor: compiled, by an earlier
    command. quiet: what it says of its progress and errors is not shown. Raises CalledProcessError.
    """
    environment = {name: os.environ[name] for name in os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.DEVNULL if quiet else None
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=said, env=environment)
    reap_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def reap_orphans() -> None:
    """Wait for the end of all that a command left behind. Raises TimeoutError where it does not end."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            if time.monotonic() > until:
                raise TimeoutError(f"a process that the command left behind runs on after {_PATIENCE:g} s")
            time.sleep(0.01)
