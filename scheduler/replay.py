"""History from an archive: the portal's ordinary run of each captured day, with the archive as network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from revisor.clock import FixedClock
from revisor.config import Config
from revisor.errors import ArchiveInvalid, HistoryConflict
from revisor.model import Run, Trigger
from scheduler.rounds import ArchiveRound, rounds
from scheduler.run import RunOrder, Watcher, run_portal
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

    on_run: called with the round's number, the count of rounds and the finished run.
    Raises ArchiveTruncated, ArchiveInvalid before anything is stored; HistoryConflict when the portal has
    captures later than the archive's first, since versions are compared in the order they are stored.
    """
    index = index_archive(path)
    todo = list(rounds(path, index, portal))
    if not todo:
        raise ArchiveInvalid(
            f"{path} holds no capture of {portal.base}", "check that it is this portal's archive"
        )
    left = [again for r in todo if (again := _unfinished(store, r))]
    latest = store.latest_capture_time(portal.name)
    if left and latest and latest > left[0].at:
        raise HistoryConflict(
            f"{portal.name} has captures up to {latest:%Y-%m-%d %H:%M} UTC, later than the archive's "
            f"{left[0].at:%Y-%m-%d %H:%M} UTC"
        )
    runs = []
    for number, part in enumerate(left, start=1):
        if watcher.should_stop():
            break
        order = RunOrder(portal, Trigger.IMPORT, part.slot, seeds=part.seeds(), network=part)
        run = run_portal(config, store, order, FixedClock(part.at), watcher)
        runs.append(run)
        on_run(number, len(left), run)
    return runs


def _unfinished(store: Store, part: ArchiveRound) -> ArchiveRound | None:
    """The round under a slot that is still free; None when an earlier import has replayed it to its end."""
    attempt, slot = 1, part.slot
    while run := store.run_in_slot(part.portal.name, slot):
        if run.complete:
            return None
        attempt += 1
        slot = f"{part.slot}:{attempt}"
    return replace(part, slot=slot)
