"""Pairing of items that have an identity rather than a place: figures and attachments."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from revisor.diff.align import increasing

T = TypeVar("T")
Key = Callable[[T], Hashable]
"""What two items must have in common to be paired; None for an item that is not to be paired by it."""


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """An item before, an item after, or the two that belong together.

    `moved`: they are the same, at another place among those that are the same.
    """

    before: T | None
    after: T | None
    moved: bool = False


def match(before: Sequence[T], after: Sequence[T], keys: Sequence[Key[T]]) -> list[Matched[T]]:
    """Pair the items by one key after the other, first with first, and list what is left alone.

    The first key is that of items that are the same to the letter.
    The order is that of `after`, and what is only in `before` stands behind what it followed there.
    """
    partner: dict[int, int] = {}
    taken: set[int] = set()
    moved: set[int] = set()
    for number, key in enumerate(keys):
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for i, item in enumerate(before):
            if i not in partner:
                waiting[key(item)].append(i)
        for j, item in enumerate(after):
            value = key(item)
            if j not in taken and value is not None and waiting[value]:
                partner[waiting[value].popleft()] = j
                taken.add(j)
        if number == 0:
            moved = _moved(partner)
    return _in_order(before, after, partner, moved)


def _moved(partner: dict[int, int]) -> set[int]:
    """The fewest items that must have moved for the rest to be in order."""
    paired = sorted(partner)
    return set(paired) - {paired[index] for index in increasing([partner[i] for i in paired])}


def _in_order(
    before: Sequence[T], after: Sequence[T], partner: dict[int, int], moved: set[int]
) -> list[Matched[T]]:
    placed: list[tuple[int, int, Matched[T]]] = []
    behind = -1
    for i, item in enumerate(before):
        if i in partner:
            behind = partner[i]
            placed.append((behind, -1, Matched(item, after[behind], moved=i in moved)))
        else:
            placed.append((behind, i, Matched(item, None)))
    taken = set(partner.values())
    placed += [(j, -1, Matched(None, item)) for j, item in enumerate(after) if j not in taken]
    return [matched for _, _, matched in sorted(placed, key=lambda place: place[:2])]
