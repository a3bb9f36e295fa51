"""History from an archive: the portal's ordinary run of each captured day, with the archive as network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from revisor.clock import FixedClock
from revisor.config import Config
from revisor.errors import ArchiveInvalid, HistoryConflict
from revisor.model import Run, Trigger
from scheduler.leash import Watcher
from scheduler.rounds import ArchiveRound, rounds, slots
from scheduler.run import PortalRuns, RunOrder
from scrapers.portal import Portal
from storage.archive import index_archive
from storage.store import Store


def import_archive(
    config: Config,
    store: Store,
    portal: Portal,
    path: Path,
    on_run: Callable[[int, int, Run], None],
    watcher: Watcher,
) -> list[Run]:
    """Replay an archive, day by day, under its own clock; a second import of it goes on where one stopped.

    The portal is locked until the end, so that no other run gets between two days. on_run: called with the
    round's number, the count of rounds and the finished run. Returns the runs that it finished.
    Raises ArchiveTruncated, ArchiveInvalid before anything is stored; RunOverlap while another run of the
    portal is under way; HistoryConflict when the portal has captures, other than this archive's own, later
    than the first that is to be imported, since versions are compared in the order they are stored.
    """
    index = index_archive(path)
    todo = list(rounds(path, index, portal))
    if not todo:
        raise ArchiveInvalid(
            f"{path} holds no capture of {portal.base}", "check that it is this portal's archive"
        )
    own = slots(index)
    with PortalRuns(config, store, portal, watcher) as runs:
        done = [run for run in runs.finish_interrupted(FixedClock(todo[0].at)) if run.slot.startswith(own)]
        left = [again for r in todo if (again := _unfinished(store, r))]
        if left:
            _refuse_conflict(store, left[0], own)
        return done + _replay(runs, left, on_run, watcher)


def _refuse_conflict(store: Store, part: ArchiveRound, own: str) -> None:
    latest = store.latest_capture_time(part.portal.name, not_in_slots=own)
    if latest and latest > part.begins:
        raise HistoryConflict(
            f"{part.portal.name} has captures up to {latest:%Y-%m-%d %H:%M} UTC, later than the archive's "
            f"{part.begins:%Y-%m-%d %H:%M} UTC"
        )


def _replay(
    runs: PortalRuns, left: list[ArchiveRound], on_run: Callable[[int, int, Run], None], watcher: Watcher
) -> list[Run]:
    """Round after round until asked to stop; a round that was cut short must be in before the next."""
    done: list[Run] = []
    for number, part in enumerate(left, start=1):
        if watcher.should_stop() or (done and not done[-1].complete):
            break
        order = RunOrder(part.portal, Trigger.IMPORT, part.slot, seeds=part.seeds(), network=part)
        run = runs.run(order, FixedClock(part.at))
        done.append(run)
        on_run(number, len(left), run)
    return done


def _unfinished(store: Store, part: ArchiveRound) -> ArchiveRound | None:
    """The round under a slot that is still free; None when an earlier import has replayed it to its end."""
    attempt, slot = 1, part.slot
    while run := store.run_in_slot(part.portal.name, slot):
        if run.complete:
            return None
        attempt += 1
        slot = f"{part.slot}:{attempt}"
    return replace(part, slot=slot)
