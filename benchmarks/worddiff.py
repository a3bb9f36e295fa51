"""Comparing 20,000 words in paragraphs of at most 500, with 0 to 100 % of the words edited.

Prints CPU milliseconds (median of several passes) beside difflib's SequenceMatcher over the same words,
which only aligns and makes no segments.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from difflib import SequenceMatcher

from revisor.diff import compare
from revisor.model import Article, Block, BlockKind

WORDS = 20_000
PARAGRAPH = 500
SHARES = (0.0, 0.0005, 0.01, 0.2, 1.0)
PASSES = 9


def _vocabulary() -> tuple[list[str], list[int]]:
    """Made-up words, always the same, a few of them frequent, as in any language (Zipf)."""
    rng = random.Random(7)
    lengths = [1 + min(rank // 40, 5) + rng.randrange(4) for rank in range(4000)]
    words = ["".join(rng.choices("etaoinshrdlu", k=length)) for length in lengths]
    return words, [1000 // (rank + 1) + 1 for rank in range(len(words))]


def _paragraphs(rng: random.Random) -> list[list[str]]:
    words, weights = _vocabulary()
    ends = rng.choices(["", ",", "."], [8, 1, 1], k=WORDS)
    drawn = [word + end for word, end in zip(rng.choices(words, weights, k=WORDS), ends, strict=True)]
    for place in range(0, WORDS, 40):
        drawn[place] = f"{rng.randrange(1000, 99999):,}"
    return [drawn[start : start + PARAGRAPH] for start in range(0, WORDS, PARAGRAPH)]


def _edited(paragraphs: list[list[str]], share: float, rng: random.Random) -> list[list[str]]:
    if share == 1.0:
        return _paragraphs(rng)
    words, weights = _vocabulary()
    return [
        [rng.choices(words, weights)[0] if rng.random() < share else word for word in paragraph]
        for paragraph in paragraphs
    ]


def _article(paragraphs: list[list[str]]) -> Article:
    return Article("Title", tuple(Block(BlockKind.PARAGRAPH, " ".join(words)) for words in paragraphs))


def _milliseconds(work: Callable[[], object], passes: int) -> float:
    times = []
    for _ in range(passes):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def _difflib(before: list[list[str]], after: list[list[str]]) -> None:
    for one, other in zip(before, after, strict=True):
        SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def main() -> None:
    rng = random.Random(20)
    before = _paragraphs(rng)
    print(f"{WORDS} words in {len(before)} paragraphs, CPU ms")
    print(f"{'edited':>8} {'compare':>9} {'difflib':>9}  kinds")
    for share in SHARES:
        after = _edited(before, share, rng)
        one, other = _article(before), _article(after)
        ours = _milliseconds(lambda one=one, other=other: compare(one, other), PASSES)  # type: ignore[misc]
        theirs = _milliseconds(lambda after=after: _difflib(before, after), 1)  # type: ignore[misc]
        print(f"{share:8.2%} {ours:9.2f} {theirs:9.1f}  {', '.join(compare(one, other).kinds)}")


if __name__ == "__main__":
    main()
