"""From a filter of changes to the conditions of a statement."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import false, func, or_, select
from sqlalchemy.sql import ColumnElement

from revisor.model import Kind
from storage.records import ChangeFilter
from storage.schema import change, change_kind, page, review
from storage.words import wanted_words

QUIET = (Kind.COSMETIC, Kind.TECHNICAL)
"""The kinds that nobody reads unasked."""

_h = change.c
# By names of their own, since a statement may join these tables itself.
_p, _r, _k = page.alias("its_page").c, review.alias("its_review").c, change_kind.alias("its_kind").c
_REVIEWED = func.coalesce(
    select(_r.reviewed).where(_r.change_id == _h.id).order_by(_r.id.desc()).limit(1).scalar_subquery(),
    false(),
)


def conditions(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    """Conditions on `change` that all must hold."""
    return [*_of_place(wanted), *_of_kind(wanted), *_of_words(wanted.words), *_of_review(wanted)]


def _of_place(wanted: ChangeFilter) -> Iterator[ColumnElement[bool]]:
    """When, and on which page."""
    if wanted.since is not None:
        yield _h.detected_at >= wanted.since
    if wanted.until is not None:
        yield _h.detected_at < wanted.until
    if wanted.portal is not None:
        yield _h.portal == wanted.portal
    if wanted.page_id is not None:
        yield _h.page_id == wanted.page_id
    if wanted.section is not None:
        yield _page_has(_p.section == wanted.section)


def _of_kind(wanted: ChangeFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kinds:
        yield _has_kind(_k.kind.in_(wanted.kinds))
    if not wanted.include_cosmetic and not set(QUIET) & set(wanted.kinds):
        yield _has_kind(_k.kind.not_in(QUIET))


def _of_words(words: str) -> Iterator[ColumnElement[bool]]:
    for word in wanted_words(words):
        in_address = func.lower(_p.url).contains(word, autoescape=True)
        yield or_(_h.words.contains(word, autoescape=True), _page_has(in_address))


def _of_review(wanted: ChangeFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.reviewed is not None:
        yield _REVIEWED.is_(wanted.reviewed)


def _page_has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(_p.id).where(_p.id == _h.page_id, condition).exists()


def _has_kind(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(_k.kind).where(_k.change_id == _h.id, condition).exists()
