"""Text from pages, made harmless to look at: nothing in it can steer a terminal or reorder a line."""

from __future__ import annotations

import re

MAX_HREF = 2_000

_STEERING = (
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, so every terminal escape (ECMA-48)
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides and isolates (UAX #9)
    "\ud800-\udfff"  # lone surrogates, which no stream can write
)
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_UNSAFE = re.compile(f"[{_STEERING}]")
_HIDDEN = re.compile(f"[{_STEERING}{_INVISIBLE}{_ODD_SPACES}]")
_HREF = re.compile(rf"https?://[^\s<>\"\\{_STEERING}]+", re.IGNORECASE)


def safe(text: str) -> str:
    """The text on one line, with every steering character named in its place.

    White space becomes a blank, a lone surrogate U+FFFD, any other control `⟨U+001B⟩`. Joiners and marks that
    scripts need to be written are kept.
    """
    return _UNSAFE.sub(_name, text)


def revealed(text: str) -> str:
    """As `safe`, with invisible characters and unusual blanks named too: for what differs in nothing else."""
    return _HIDDEN.sub(_name, text)


def safe_href(url: str) -> str | None:
    """The address if it may stand behind a link: http or https, not overlong, nothing steering."""
    return url if len(url) <= MAX_HREF and _HREF.fullmatch(url) else None


def _name(found: re.Match[str]) -> str:
    character = found[0]
    if character in "\t\n\v\f\r\x85\u2028\u2029":
        return " "
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return f"⟨U+{ord(character):04X}⟩"
