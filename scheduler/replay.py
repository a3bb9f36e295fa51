"""History from an archive: the portal's ordinary run of each captured day, with the archive as network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from revisor.clock import FixedClock
from revisor.config import Config
from revisor.errors import ArchiveInvalid, HistoryConflict
from revisor.model import Capture, Discovered, PageKind, Run, Source, Trigger
from scheduler.run import RunOrder, Watcher, run_portal
from scrapers.portal import Portal
from storage.archive import ArchiveEntry, ArchiveIndex, index_archive, read_capture
from storage.store import Store


@dataclass(frozen=True, slots=True)
class ArchiveRound:
    """What an archive holds of one day, each address once; stands in for the network."""

    path: Path
    portal: Portal
    slot: str
    entries: dict[str, ArchiveEntry]

    @property
    def at(self) -> datetime:
        """When the round's last capture was made, in UTC."""
        return max(entry.at for entry in self.entries.values())

    def respond(self, url: str) -> Capture | None:
        """The archived answer of an address, under any of the portal's spellings of it."""
        entry = self.entries.get(self.portal.canonical(url) or "")
        return read_capture(self.path, entry) if entry else None

    def seeds(self) -> tuple[Discovered, ...]:
        """The pages that the round holds, since lists that led to them may not have been archived."""
        found = (self.portal.identify(url) for url in self.entries)
        return tuple(Discovered(a, Source.ARCHIVE) for a in found if a and a.kind is PageKind.ARTICLE)


def rounds(path: Path, index: ArchiveIndex, portal: Portal) -> Iterator[ArchiveRound]:
    """The archive's captures of this portal by local day; a second capture of a day makes a second round."""
    zone = ZoneInfo(portal.time_zone)
    grouped: dict[tuple[str, int], dict[str, ArchiveEntry]] = defaultdict(dict)
    for entry in sorted(index.entries, key=lambda e: (e.at, e.offset)):
        canonical = portal.canonical(entry.url)
        if canonical is None:
            continue
        day = f"{entry.at.astimezone(zone):%Y-%m-%d}"
        number = 0
        while canonical in grouped[day, number]:
            number += 1
        grouped[day, number][canonical] = entry
    for (day, number), entries in sorted(grouped.items()):
        if entries:
            yield ArchiveRound(path, portal, f"archive:{index.digest[:16]}:{day}:{number}", entries)


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
