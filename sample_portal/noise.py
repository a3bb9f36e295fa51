"""What differs in every answer though nothing happened: tokens, counters, asset versions, the clock.

A page is rendered once with marks in the places of the noise and cut there; each request fills the cuts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Slot(StrEnum):
    """The kinds of noise."""

    TOKEN = "token"  # noqa: S105  a kind of noise, not a secret
    VIEWS = "views"
    VERSION = "version"
    CLOCK = "clock"


# Private-use characters, which no text of the portal contains.
_MARK = re.compile("\ue000(.+?)\ue001".encode())


def mark(slot: Slot) -> str:
    """What to write into a page where the noise belongs."""
    return f"\ue000{slot}\ue001"


@dataclass(frozen=True, slots=True)
class CutPage:
    """The bytes of a page around its noise: `fixed` has one piece more than `slots`."""

    fixed: tuple[bytes, ...]
    slots: tuple[Slot, ...] = ()

    def fill(self, noise: Random) -> bytes:
        """The page with fresh noise from that generator."""
        pieces = [self.fixed[0]]
        for slot, piece in zip(self.slots, self.fixed[1:], strict=True):
            pieces += (_draw(slot, noise), piece)
        return b"".join(pieces)


def cut(html: str) -> CutPage:
    """Cut a rendered page at its marks."""
    pieces = _MARK.split(html.encode())
    return CutPage(tuple(pieces[::2]), tuple(Slot(name.decode()) for name in pieces[1::2]))


def _draw(slot: Slot, noise: Random) -> bytes:
    bits = noise.getrandbits(64)
    match slot:
        case Slot.TOKEN:
            return b"%016x" % bits
        case Slot.VIEWS:
            return b"%d" % (bits % 90_000 + 17)
        case Slot.VERSION:
            return b"%d" % (1_700_000_000 + bits % 100_000_000)
        case Slot.CLOCK:
            return b"%02d:%02d:%02d" % (bits % 24, bits // 24 % 60, bits // 1440 % 60)
