"""What differs in every answer though nothing happened: tokens, counters, asset versions, the clock.

A page is rendered once with marks in the places of the noise and cut there; each request fills the cuts anew.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Slot(StrEnum):
    """The kinds of noise, and what depends on the host that is asked (`ROOT`, `MAIN`, `MIRROR`)."""

    TOKEN = "token"  # noqa: S105  a kind of noise, not a secret
    VIEWS = "views"
    VERSION = "version"
    CLOCK = "clock"
    VIEWSTATE = "viewstate"
    CHOICE = "choice"  # one of several pieces of markup: alerts that rotate, A/B tests
    ROOT = "root"  # where the portal begins on the host that was asked: "" or "/lanhai/en"
    MAIN = "main"  # the main address without its last slash
    MIRROR = "mirror"


# Private-use characters, which no text of the portal contains.
_MARK = re.compile("\ue000(.+?)\ue001", re.DOTALL)
_BETWEEN = "\ue002"


def mark(slot: Slot, *choices: str) -> str:
    """What to write into a page where the noise belongs; `choices` are the pieces of a `Slot.CHOICE`."""
    return f"\ue000{_BETWEEN.join((slot, *choices))}\ue001"


@dataclass(frozen=True, slots=True)
class Asked:
    """The host that a request went to: the texts of the slots that name places, for example b"/lanhai/en"."""

    root: bytes = b""
    main: bytes = b""
    mirror: bytes = b""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place of noise; `choices` are the pieces of a `Slot.CHOICE`, encoded."""

    slot: Slot
    choices: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class CutPage:
    """The bytes of a page around its noise: `fixed` has one piece more than `cuts`."""

    fixed: tuple[bytes, ...]
    cuts: tuple[Cut, ...] = ()

    def fill(self, noise: Random, asked: Asked) -> bytes:
        """The page with fresh noise from that generator."""
        pieces = [self.fixed[0]]
        for place, piece in zip(self.cuts, self.fixed[1:], strict=True):
            pieces += (_fill(place, noise, asked), piece)
        return b"".join(pieces)


def cut(html: str, codec: str = "utf-8") -> CutPage:
    """Cut a rendered page at its marks; characters that the codec lacks become numeric references."""
    pieces = _MARK.split(html)
    encoded = tuple(_encode(piece, codec) for piece in pieces[::2])
    return CutPage(encoded, tuple(_cut(text, codec) for text in pieces[1::2]))


def _encode(text: str, codec: str) -> bytes:
    return text.encode(codec, "xmlcharrefreplace")


def _cut(text: str, codec: str) -> Cut:
    name, *choices = text.split(_BETWEEN)
    return Cut(Slot(name), tuple(_encode(choice, codec) for choice in choices))


def _fill(place: Cut, noise: Random, asked: Asked) -> bytes:
    match place.slot:
        case Slot.ROOT:
            return asked.root
        case Slot.MAIN:
            return asked.main
        case Slot.MIRROR:
            return asked.mirror
        case Slot.CHOICE:
            return place.choices[noise.getrandbits(16) % len(place.choices)]
        case slot:
            return _DRAW[slot](noise)


def _clock(noise: Random) -> bytes:
    second = noise.getrandbits(32) % 86_400
    return b"%02d:%02d:%02d" % (second // 3600, second // 60 % 60, second % 60)


_DRAW: Mapping[Slot, Callable[[Random], bytes]] = {
    Slot.TOKEN: lambda noise: b"%016x" % noise.getrandbits(64),
    Slot.VIEWS: lambda noise: b"%d" % (noise.getrandbits(32) % 90_000 + 17),
    Slot.VERSION: lambda noise: b"%d" % (1_700_000_000 + noise.getrandbits(32) % 100_000_000),
    Slot.CLOCK: _clock,
    Slot.VIEWSTATE: lambda noise: b64encode(b"\xff\x01\x0f" + noise.randbytes(180)),
}
