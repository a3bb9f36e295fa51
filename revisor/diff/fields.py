"""Fields: title, dates, source and byline. The language is what we made of a page, not what it says."""

from __future__ import annotations

from revisor.diff.words import word_segments
from revisor.digest import fold
from revisor.model import Article, FieldChange

FIELDS = ("title", "published", "updated", "source", "byline")


def compare_fields(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """The fields that differ, in a fixed order; an empty value counts as absent."""
    changes = (_change(name, getattr(before, name) or "", getattr(after, name) or "") for name in FIELDS)
    return tuple(change for change in changes if change.before != change.after)


def _change(name: str, before: str, after: str) -> FieldChange:
    return FieldChange(
        field=name,
        before=before or None,
        after=after or None,
        segments=word_segments(before, after),
        cosmetic=fold(before) == fold(after),
    )
