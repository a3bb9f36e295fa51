"""How the service speaks to whoever started it: lines on standard error, and a word to systemd."""

from __future__ import annotations

import logging
import os
import socket
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from reports.safe import safe
from revisor.errors import RevisorError

if TYPE_CHECKING:
    from commands.options import Stop
    from reports.web.server import WebServer


class _Line(logging.Formatter):
    """`2026-03-02T09:17:00+08:00 INFO message`, one line an event; nothing in it steers a terminal."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        """The local time with its offset."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")

    def format(self, record: logging.LogRecord) -> str:
        """The line; the traceback of an unexpected fault follows it, indented."""
        return "\n    ".join(safe(line) for line in super().format(record).split("\n"))


def log_to_stderr() -> None:
    """Send what the service says to standard error, beside the warnings of its libraries."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Line("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.captureWarnings(capture=True)
    logging.getLogger("revisor").setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def tell_systemd(state: str) -> None:
    """Tell systemd how the service stands (sd_notify(3)); nothing where it did not start this process."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # a name in the abstract namespace (unix(7))
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(state.encode(), address)
    except OSError as error:
        logging.getLogger("revisor.service").warning("systemd does not hear %s: %s", state, error)


def until_stopped(stop: Stop, page: WebServer | None) -> None:
    """Wait for the signal. Raises RevisorError where the review page ends without one."""
    waiting = threading.Event()
    while not stop.asked:
        if page and not page.running:
            raise RevisorError(
                "the review page has ended by itself", "read the lines above, then start again"
            )
        waiting.wait(0.2)
