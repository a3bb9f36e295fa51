"""When each portal has its next turn: APScheduler, held in memory alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger


class Plan:
    """One turn of each portal, in so many seconds; at most `parallel` turns go on at once.

    A portal never has two turns at once: one that comes due while another is under way or waits for its place
    is dropped, since that other one plans the next.
    """

    def __init__(self, turn: Callable[[str], None], parallel: int) -> None:
        self._turn = turn
        self._executor = ThreadPoolExecutor(parallel)
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": self._executor},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to give turns."""
        self._scheduler.start()

    def put(self, name: str, seconds: float) -> None:
        """The portal's next turn, in place of the one that was planned."""
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        self._scheduler.add_job(
            self._turn, DateTrigger(at, timezone=UTC), args=[name], id=name, replace_existing=True
        )

    def drop(self, name: str) -> bool:
        """Take the portal's planned turn back; False where there is none."""
        try:
            self._scheduler.remove_job(name)
        except JobLookupError:
            return False
        return True

    def end(self) -> None:
        """Give no more turns, and wait until all have ended. Nobody may `put` any more."""
        self._scheduler.pause()
        self._scheduler.remove_all_jobs()  # waits for turns being given: at a shutdown they would be an error
        self._scheduler.shutdown(wait=False)  # to wait in there would hold a lock that turns may need
        self._executor.shutdown(wait=True)
