"""Runs: begun, judged, finished, and looked up."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement, Select

from revisor.errors import NotFound, RunError, RunOverlap
from revisor.model import Failure, Run, RunState, Trigger, Verdict
from storage.database import reading, writing
from storage.records import LONGEST_LOG
from storage.rows import run_of
from storage.schema import capture, change, failure, run, version

_r = run.c
_ALL = select(run).order_by(_r.id.desc())
_BY_ID = select(run).where(_r.id == bindparam("id"))
_BY_SLOT = select(run).where(_r.portal == bindparam("portal"), _r.slot == bindparam("slot"))
_HEALTHY = and_(_r.state == RunState.DONE, _r.verdict == Verdict.HEALTHY)
_WHOLE = (
    select(_r.id)
    .where(_r.portal == bindparam("portal"), _HEALTHY, _r.complete.is_(True), _r.articles > 0)
    .limit(1)
)
_UNFINISHED = select(run).where(_r.portal == bindparam("portal"), _r.state != RunState.DONE).order_by(_r.id)
_INSERT = insert(run).returning(_r.id)
_END_CRAWL = (
    update(run)
    .where(_r.id == bindparam("run"), _r.state == RunState.CRAWLING)
    .values(state=RunState.RECORDING, complete=bindparam("whole"), absent=bindparam("lacking"))
)
_JUDGE = (
    update(run)
    .where(_r.id == bindparam("run"))
    .values(verdict=bindparam("judgement"), reason=bindparam("because"))
)
_FAILURES = (
    select(failure.c.url, failure.c.name, failure.c.message, failure.c.at, failure.c.status)
    .where(failure.c.run_id == bindparam("run"))
    .order_by(failure.c.id)
    .limit(bindparam("most"))
)
_COUNT = select(func.count(_r.id))
_PORTALS = select(_r.portal).distinct().order_by(_r.portal)
_FAIL = (
    update(run)
    .where(_r.id == bindparam("run"))
    .values(failure=bindparam("named"), log=bindparam("last_lines"))
)
_TIMED = "timed:%Y-%m-%dT%H:%M:%SZ"
_TIMED_SLOTS = (
    select(_r.slot)
    .where(_r.portal == bindparam("portal"), _r.slot >= "timed:", _r.slot < "timed;")
    .order_by(_r.slot.desc())
)
_LATEST_CAPTURE = select(func.max(capture.c.fetched_at)).where(capture.c.portal == bindparam("portal"))
_LATEST_OTHER = _LATEST_CAPTURE.join_from(capture, run).where(
    func.substr(_r.slot, 1, func.length(bindparam("slots"))) != bindparam("slots")
)

_NEW_TEXT = (
    select(version.c.id).where(version.c.capture_id == capture.c.id, version.c.technical.is_(False)).exists()
)


def _count(of: ColumnElement[int], *conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count(of)).where(*conditions)


_IN_RUN = capture.c.run_id == bindparam("run")
_COUNTS = select(
    _count(capture.c.id, _IN_RUN).scalar_subquery().label("fetched"),
    _count(capture.c.id, _IN_RUN, or_(capture.c.status == 304, and_(capture.c.article.is_(True), ~_NEW_TEXT)))
    .scalar_subquery()
    .label("unchanged"),
    (
        _count(failure.c.id, failure.c.run_id == bindparam("run")).scalar_subquery()
        + _count(capture.c.id, _IN_RUN, capture.c.note.is_not(None)).scalar_subquery()
    ).label("failed"),
    _count(capture.c.id, _IN_RUN, capture.c.article.is_(True)).scalar_subquery().label("articles"),
    _count(change.c.id, change.c.run_id == bindparam("run")).scalar_subquery().label("changes"),
)


class Runs:
    """The part of the store that knows runs."""

    _engine: Engine

    def begin_run(self, portal: str, slot: str, trigger: Trigger, at: datetime) -> Run:
        """A new run, crawling: the portal's baseline until one ended healthy and complete, with articles.

        slot: what the run stands for (a day, a moment); raises RunOverlap when the portal has a run for it.
        """
        with writing(self._engine) as connection:
            if connection.execute(_BY_SLOT, {"portal": portal, "slot": slot}).first():
                raise RunOverlap(f"{portal} has a run for {slot} already")
            baseline = connection.execute(_WHOLE, {"portal": portal}).first() is None
            run_id = connection.execute(
                _INSERT,
                {
                    "portal": portal,
                    "slot": slot,
                    "trigger": trigger,
                    "state": RunState.CRAWLING,
                    "baseline": baseline,
                    "complete": False,
                    "started_at": at,
                    "fetched": 0,
                    "unchanged": 0,
                    "failed": 0,
                    "absent": 0,
                    "articles": 0,
                    "changes": 0,
                },
            ).scalar_one()
            return _find(connection, run_id)

    def run_in_slot(self, portal: str, slot: str) -> Run | None:
        """The portal's run for that slot."""
        with reading(self._engine) as connection:
            row = connection.execute(_BY_SLOT, {"portal": portal, "slot": slot}).mappings().first()
        return None if row is None else run_of(row)

    def unfinished_runs(self, portal: str) -> list[Run]:
        """Runs of the portal that crawl, record, or were killed in the midst of it, oldest first."""
        with reading(self._engine) as connection:
            return [run_of(row) for row in connection.execute(_UNFINISHED, {"portal": portal}).mappings()]

    def end_crawl(self, run_id: int, *, complete: bool, absent: int = 0) -> Run:
        """From crawling to recording; a run that is past it stays as it is. Raises NotFound.

        absent: addresses that were asked for and that an archive lacks.
        """
        with writing(self._engine) as connection:
            names = {"run": run_id, "whole": complete, "lacking": absent}
            connection.execute(_END_CRAWL, names)
            return _find(connection, run_id)

    def judge(self, run_id: int, verdict: Verdict, reason: str | None) -> None:
        """Keep the verdict. Raises NotFound."""
        with writing(self._engine) as connection:
            _find(connection, run_id)
            connection.execute(_JUDGE, {"run": run_id, "judgement": verdict, "because": reason})

    def finish_run(self, run_id: int, at: datetime) -> Run:
        """From recording to done, with its counts; a run that is done is returned as it is.

        failed: fetches without an answer, and answers from which nothing could be made.
        articles: captures from which an article was read or that confirmed one. unchanged: those of them that
        brought no new text, and every 304.
        Raises NotFound, and RunError while it still crawls.
        """
        with writing(self._engine) as connection:
            found = _find(connection, run_id)
            if found.state is RunState.CRAWLING:
                raise RunError(f"run {run_id} of {found.portal} is still crawling", "end its crawl first")
            if found.state is RunState.RECORDING:
                counts = connection.execute(_COUNTS, {"run": run_id}).mappings().one()
                done = update(run).where(_r.id == run_id).values(state=RunState.DONE, ended_at=at, **counts)
                connection.execute(done)
                found = _find(connection, run_id)
            return found

    def run(self, run_id: int) -> Run:
        """Raises NotFound."""
        with reading(self._engine) as connection:
            return _find(connection, run_id)

    def fail_run(self, run_id: int, failure: str, log: str) -> None:
        """Keep the name of the error that ended the run's process, and the end of what it wrote.

        Raises NotFound.
        """
        names = {"run": run_id, "named": failure, "last_lines": log[-LONGEST_LOG:]}
        with writing(self._engine) as connection:
            _find(connection, run_id)
            connection.execute(_FAIL, names)

    def runs(self, portal: str | None = None, limit: int = 50, offset: int = 0) -> list[Run]:
        """Runs, newest first."""
        query = _ALL if portal is None else _ALL.where(_r.portal == portal)
        with reading(self._engine) as connection:
            rows = connection.execute(query.limit(limit).offset(offset)).mappings()
            return [run_of(row) for row in rows]

    def count_runs(self, portal: str | None = None) -> int:
        """How many runs there are."""
        query = _COUNT if portal is None else _COUNT.where(_r.portal == portal)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one()

    def stored_portals(self) -> list[str]:
        """The portals of which there is a run, by name."""
        with reading(self._engine) as connection:
            return list(connection.execute(_PORTALS).scalars())

    def latest_slot(self, portal: str) -> datetime | None:
        """The newest moment for which the portal has a timed run, whatever became of it.

        Such a run's slot reads `timed:2026-03-02T01:00:00Z`; any other form is passed over.
        """
        with reading(self._engine) as connection:
            slots = connection.execute(_TIMED_SLOTS, {"portal": portal}).scalars()
            return next((moment for slot in slots if (moment := _moment(slot))), None)

    def last_healthy(self, portal: str | None = None) -> Run | None:
        """The newest run that ended healthy."""
        query = _ALL if portal is None else _ALL.where(_r.portal == portal)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(_HEALTHY).limit(1)).mappings().first()
        return None if row is None else run_of(row)

    def failures(self, run_id: int, limit: int = 100) -> list[Failure]:
        """The first failures of a run, in their order."""
        with reading(self._engine) as connection:
            rows = connection.execute(_FAILURES, {"run": run_id, "most": limit})
            return [Failure(row.url, row.name, row.message, row.at, row.status) for row in rows]

    def latest_capture_time(self, portal: str, not_in_slots: str = "") -> datetime | None:
        """When the newest capture was made, but for runs whose slot begins with `not_in_slots`."""
        query = _LATEST_OTHER if not_in_slots else _LATEST_CAPTURE
        with reading(self._engine) as connection:
            return connection.execute(query, {"portal": portal, "slots": not_in_slots}).scalar()


def _moment(slot: str) -> datetime | None:
    """The moment of a timed slot; None for one that is not written to the letter."""
    try:
        moment = datetime.strptime(slot, _TIMED).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.strftime(_TIMED) == slot else None


def _find(connection: Connection, run_id: int) -> Run:
    row = connection.execute(_BY_ID, {"id": run_id}).mappings().first()
    if row is None:
        raise NotFound(f"there is no run {run_id}")
    return run_of(row)
