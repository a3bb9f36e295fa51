"""One run of a portal at a time, and one service of a data home, across processes."""

from __future__ import annotations

import fcntl
import os
import time
from multiprocessing import reduction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from revisor.errors import RunError, RunOverlap, ServiceRunning, StorageError

PATIENCE = 5.0
"""Seconds to wait for a run that is just ending."""


class FileLock:
    """A file lock that lives as long as any process which holds it; the file names the one that took it.

    Raises what `refusal` makes when another process holds it, StorageError when it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd = -1

    @staticmethod
    def patience() -> float:
        """Seconds to wait for a holder to let go."""
        return 0.0

    def refusal(self, holder: str) -> RunError:
        """What to raise when the process with that number holds it."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageError(f"the lock {self._path} cannot be opened: {error.strerror}") from error
        give_up = time.monotonic() + self.patience()
        while True:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < give_up:
                    time.sleep(0.1)
                    continue
                holder = os.pread(self._fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
                self.close()
                raise self.refusal(holder) from None
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


class PortalLock(FileLock):
    """Keeps the runs of a portal apart.

    Handed to the process of a run, it is held by both: a crawler whose parent was killed still keeps a new
    run out until it has ended. Raises RunOverlap when another run holds it.
    """

    @staticmethod
    def patience() -> float:
        return PATIENCE

    def refusal(self, holder: str) -> RunOverlap:
        return RunOverlap(f"{self._path.stem} is being crawled by process {holder}")

    def __getstate__(self) -> tuple[Path, Any]:
        return self._path, reduction.DupFd(self._fd)

    def __setstate__(self, state: tuple[Path, Any]) -> None:
        self._path, handle = state
        self._fd = handle.detach()


class ServiceLock(FileLock):
    """Keeps a second service off a data home. Raises ServiceRunning when there is one.

    It is not handed to the processes of runs: what a killed service left behind is kept apart by the portal's
    lock, and must not keep the next service from starting. It lies beside the folder of those locks, where a
    portal may have any name.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(home / "service.lock")

    def refusal(self, holder: str) -> ServiceRunning:
        return ServiceRunning(f"process {holder} is the service of {self._path.parent}")
