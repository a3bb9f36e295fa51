"""urlwatch and webchanges, which are commands that check a job file once: one run of the command a day.

A job is an address by itself (quick start), or has the filters `html2text`, `css`, or both. All else is as
the tools have it, but for colour and, of webchanges, the question whether there is a newer release.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.tool import Checked, Settings, Watch, environment, program

_CONFIG = {"report": {"stdout": {"color": False}}, "version_check": {"enabled": False}}

# Seconds between two checks: urlwatch dates what it keeps by the second, and of two it may take the older.
_APART = 1.1

# A text report begins with a table of contents between two rules: `01. CHANGED: NAME`, where there is but one
# without its number.
_RULE = "=" * 75
_LINE = re.compile(r"^(?:\d+\. )?(CHANGED|ERROR|ERROR,REPEATED): (\S+)$", re.MULTILINE)


class CommandPeer:
    """A command of the urlwatch family with its jobs, configuration and database in one folder."""

    def __init__(self, command: str, home: Path, watches: Sequence[Watch]) -> None:
        self._home = home
        jobs, config = home / "jobs.yaml", home / "config.yaml"
        jobs.write_text("\n---\n".join(json.dumps(_job(watch)) for watch in watches), encoding="utf-8")
        config.write_text(json.dumps(_CONFIG), encoding="utf-8")  # JSON is YAML
        files = ("--urls", str(jobs), "--config", str(config), "--cache", str(home / "cache.db"))
        self._command = (str(program(command)), *files)

    def check(self) -> Checked:
        time.sleep(_APART)
        before = _children_cpu()
        done = subprocess.run(
            self._command, cwd=self._home, env=environment(self._home), capture_output=True, check=False
        )
        cpu = _children_cpu() - before
        if done.returncode or "Traceback (most recent call last)" in done.stderr.decode():
            raise RuntimeError(
                f"{self._command[0]} failed ({done.returncode}): {done.stderr.decode()[-2000:]}"
            )
        changed, failing = read_report(done.stdout.decode())
        return Checked(changed, failing, cpu)


def read_report(report: str) -> tuple[frozenset[str], frozenset[str]]:
    """The addresses that a text report calls changed, and those that it calls failing."""
    contents = report.partition(_RULE)[2].partition(_RULE)[0]
    told = _LINE.findall(contents)
    changed = frozenset(url for verb, url in told if verb == "CHANGED")
    return changed, frozenset(url for verb, url in told if verb.startswith("ERROR"))


def _job(watch: Watch) -> dict[str, object]:
    job: dict[str, object] = {"name": watch.url, "url": watch.url}  # a name keeps titles out of the report
    filters: list[object] = []
    if watch.selectors:
        css = {"selector": watch.selectors.watched}
        filters.append(
            {"css": css | ({"exclude": watch.selectors.left_out} if watch.selectors.left_out else {})}
        )
    if watch.settings in {Settings.TEXT, Settings.SELECTOR}:
        filters.append("html2text")
    if filters:
        job["filter"] = filters
    return job


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def urlwatch(home: Path, watches: Sequence[Watch]) -> Iterator[CommandPeer]:
    """urlwatch in that folder."""
    yield CommandPeer("urlwatch", home, watches)


@contextmanager
def webchanges(home: Path, watches: Sequence[Watch]) -> Iterator[CommandPeer]:
    """webchanges in that folder."""
    yield CommandPeer("webchanges", home, watches)
