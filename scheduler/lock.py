"""One run of a portal at a time, across processes."""

from __future__ import annotations

import fcntl
import os
import time
from multiprocessing import reduction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from revisor.errors import RunOverlap, StorageError

PATIENCE = 5.0
"""Seconds to wait for a run that is just ending."""


class PortalLock:
    """A file lock that lives as long as any process which holds it.

    Handed to the child of a run, it is held by both: a crawler whose parent was killed still keeps a new
    run out until it has ended. Raises RunOverlap when another run holds it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1

    def __enter__(self) -> Self:
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageError(f"the lock {self._path} cannot be opened: {error.strerror}") from error
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < give_up:
                    time.sleep(0.1)
                    continue
                holder = os.pread(self._fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
                self.close()
                raise RunOverlap(f"{self._path.stem} is being crawled by process {holder}") from None
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, str(os.getpid()).encode(), 0)
            return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go, as far as this process is concerned."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __getstate__(self) -> tuple[Path, Any]:
        return self._path, reduction.DupFd(self._fd)

    def __setstate__(self, state: tuple[Path, Any]) -> None:
        self._path, handle = state
        self._fd = handle.detach()
