"""Real pages to measure on, where they are at hand; they are no part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus of real pages is not beside this checkout (../shared/corpus)"
)
