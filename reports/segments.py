"""Runs of text in a comparison, made fit to be read: shortened, cut, taken apart, the invisible named."""

from __future__ import annotations

from reports.safe import revealed
from revisor.digest import fold
from revisor.model import Op, Segment

MAX_EQUAL = 4_000
"""Characters in common inside a changed text, above which their middle is left out."""

Segments = tuple[Segment, ...]


def sides(segments: Segments) -> tuple[Segments, Segments]:
    """What there was before and what there is after; what is only on one side stays marked there."""
    return (
        tuple(segment for segment in segments if segment.op is not Op.INSERT),
        tuple(segment for segment in segments if segment.op is not Op.DELETE),
    )


def shown(segments: Segments) -> Segments:
    """The segments, with invisible characters named where they are all that differs, and long common
    stretches shortened, so that a change far into a huge paragraph is still within its room.
    """
    shown = list(segments)
    for index, segment in enumerate(segments):
        if segment.op is Op.EQUAL:
            shown[index] = Segment(Op.EQUAL, _shortened(segment.text))
            continue
        other = _partner(segments, index)
        if fold(segment.text) == fold(other.text if other else ""):
            shown[index] = Segment(segment.op, revealed(segment.text))
    return tuple(shown)


def _partner(segments: Segments, index: int) -> Segment | None:
    """The inserted text that stands for a deleted one, and the other way round."""
    near = index + 1 if segments[index].op is Op.DELETE else index - 1
    if not 0 <= near < len(segments):
        return None
    wanted = Op.INSERT if segments[index].op is Op.DELETE else Op.DELETE
    return segments[near] if segments[near].op is wanted else None


def _shortened(text: str) -> str:
    if len(text) <= MAX_EQUAL:
        return text
    end = MAX_EQUAL // 4
    return f"{text[:end]} ... {len(text) - 2 * end:,} characters unchanged ... {text[-end:]}"


def clipped(segments: Segments, room: int) -> Segments:
    """At most so many characters, with a word on what is missing."""
    total = sum(len(segment.text) for segment in segments)
    if total <= room:
        return segments
    kept: list[Segment] = []
    left = room
    for segment in segments:
        if left <= 0:
            break
        kept.append(Segment(segment.op, segment.text[:left]))
        left -= len(segment.text)
    return (*kept, Segment(Op.EQUAL, f" ... {total - room:,} more characters ..."))
