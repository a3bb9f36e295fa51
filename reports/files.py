"""Writing a report: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from revisor.errors import StorageError


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8 so that at any moment the old or the new one is there, never half of it.

    Raises StorageError: no such folder, no right to write there, no space.
    """
    try:
        if not path.parent.is_dir():
            raise StorageError(f"there is no folder {path.parent}", "make it, or write the report elsewhere")
        if path.is_dir():
            raise StorageError(f"{path} is a folder", "give the report a file name")
        if path.exists() and not path.is_file():
            raise StorageError(f"{path} is a device, not a file", "give the report a file name")
        _replace(path, text)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror}", "write the report elsewhere"
        ) from error


def _replace(path: Path, text: str) -> None:
    """The new file takes the rights that an ordinary new file would have, or those of the old one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".tmp", dir=path.parent)
    draft = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 -- of an open handle
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
