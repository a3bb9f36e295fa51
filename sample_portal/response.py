"""An answer of the sample portal, and what may go wrong below HTTP while it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What the server does instead of sending the answer as it is."""

    HANG = "hang"  # takes the request and never answers
    RESET = "reset"  # closes the connection without a byte
    SHORT = "short"  # announces the whole body and closes in the middle of it


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer; the body of a 304 is empty."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fault: Fault | None = None
