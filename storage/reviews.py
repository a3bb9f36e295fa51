"""Reviews: what people said of changes. Rows are only added; the newest of a change holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, bindparam, insert, select

from revisor.errors import NotFound, StorageError
from revisor.model import Review
from storage.database import reading, writing
from storage.records import LONGEST_NOTE, LONGEST_REVIEWER
from storage.rows import review_of
from storage.schema import change, review

_KNOWN = select(change.c.id).where(change.c.id == bindparam("change"))
_INSERT = insert(review).returning(review)
_OF_CHANGE = select(review).where(review.c.change_id == bindparam("change")).order_by(review.c.id)


class Reviews:
    """The part of the store that keeps what people said."""

    _engine: Engine

    def add_review(
        self, change_id: int, *, reviewed: bool, note: str, reviewer: str | None, at: datetime
    ) -> Review:
        """Keep one more review of a change.

        Raises NotFound for an unknown change, StorageError for a note above `records.LONGEST_NOTE` characters
        or a name above `records.LONGEST_REVIEWER`.
        """
        _refuse_longer(note, LONGEST_NOTE, "note")
        _refuse_longer(reviewer or "", LONGEST_REVIEWER, "reviewer's name")
        row = {"change_id": change_id, "reviewed": reviewed, "note": note, "reviewer": reviewer, "at": at}
        with writing(self._engine) as connection:
            if connection.execute(_KNOWN, {"change": change_id}).first() is None:
                raise NotFound(f"there is no change {change_id}")
            return review_of(connection.execute(_INSERT, row).mappings().one())

    def reviews(self, change_id: int) -> list[Review]:
        """All reviews of a change, oldest first."""
        with reading(self._engine) as connection:
            return [
                review_of(row) for row in connection.execute(_OF_CHANGE, {"change": change_id}).mappings()
            ]


def _refuse_longer(text: str, longest: int, what: str) -> None:
    if len(text) > longest:
        raise StorageError(f"the {what} has {len(text)} characters, above the {longest} kept", "shorten it")
