"""A service on portals of one sample server, and what it says, to wait for."""

from __future__ import annotations

import logging
from queue import Queue

PATIENCE = 60.0
"""Seconds that a test waits for a word of the service; no result depends on it."""


class Hearing(logging.Handler):
    """Hears what the service says, for tests to wait for."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: Queue[str] = Queue()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._queue.put(self.format(record))

    def wait_for(self, *words: str) -> str:
        """The next message that holds all the words; what came before it is passed over."""
        while True:
            message = self._queue.get(timeout=PATIENCE)
            self.heard.append(message)
            if all(word in message for word in words):
                return message
