"""Comparing articles: `compare` says everything that differs, `summarize` says it in a line.

Pure functions on the values of `revisor.model`. Blocks are aligned first (`blocks`, `similar`), then the
words inside them (`words`, on `align`); figures and attachments are paired by what they are (`pairing`).
"""

from __future__ import annotations

from revisor.diff.article import compare
from revisor.diff.summary import summarize

__all__ = ["compare", "summarize"]
