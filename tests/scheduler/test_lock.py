"""Locks that end with the process that holds them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from revisor.errors import RunOverlap, ServiceRunning, StorageError
from scheduler import lock
from scheduler.lock import PortalLock, ServiceLock


def test_a_second_service_is_told_the_first(tmp_path: Path) -> None:
    told = f"process {os.getpid()} is the service of {tmp_path}"
    with ServiceLock(tmp_path), pytest.raises(ServiceRunning, match=told):
        ServiceLock(tmp_path).__enter__()
    with ServiceLock(tmp_path):
        pass


def test_a_second_run_waits_and_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with PortalLock(tmp_path / "sample.lock"), pytest.raises(RunOverlap, match="sample is being crawled"):
        PortalLock(tmp_path / "sample.lock").__enter__()


def test_a_lock_that_cannot_be_made_is_a_named_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"):
        ServiceLock(tmp_path / "nowhere").__enter__()
