"""From rows to the values of `revisor.model`."""

from __future__ import annotations

from sqlalchemy import RowMapping

from revisor.model import Article, Digests, Page, Review, Run, RunCounts, Version
from storage.packing import unpack
from storage.schema import page, review, run, version


def run_of(row: RowMapping) -> Run:
    c = run.c
    counts = (c.fetched, c.unchanged, c.failed, c.absent, c.articles, c.changes)
    return Run(
        id=row[c.id],
        portal=row[c.portal],
        slot=row[c.slot],
        trigger=row[c.trigger],
        state=row[c.state],
        baseline=row[c.baseline],
        complete=row[c.complete],
        started_at=row[c.started_at],
        ended_at=row[c.ended_at],
        verdict=row[c.verdict],
        reason=row[c.reason],
        counts=RunCounts(*(row[count] for count in counts)),
        failure=row[c.failure],
        log=row[c.log],
    )


def page_of(row: RowMapping) -> Page:
    c = page.c
    return Page(
        id=row[c.id],
        portal=row[c.portal],
        key=row[c.key],
        url=row[c.url],
        section=row[c.section],
        state=row[c.state],
        title=row[c.title],
        first_seen=row[c.first_seen],
        last_seen=row[c.last_seen],
        missing_runs=row[c.missing_runs],
        missing_since=row[c.missing_since],
        version_id=row[c.version_id],
    )


def version_of(row: RowMapping) -> Version:
    """Raises DatabaseDamaged when the article cannot be read."""
    c = version.c
    return Version(
        id=row[c.id],
        page_id=row[c.page_id],
        capture_id=row[c.capture_id],
        rules_id=row[c.rules_id],
        digests=Digests(row[c.exact], row[c.folded]),
        first_seen=row[c.first_seen],
        last_seen=row[c.last_seen],
        article=unpack(row[c.article], Article, f"version {row[c.id]}"),
    )


def review_of(row: RowMapping) -> Review:
    c = review.c
    return Review(
        id=row[c.id],
        change_id=row[c.change_id],
        reviewed=row[c.reviewed],
        note=row[c.note],
        reviewer=row[c.reviewer],
        at=row[c.at],
    )
