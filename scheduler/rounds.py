"""An archive cut into rounds: what it holds of each day, each page once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from revisor.model import Address, Capture, Discovered, PageKind, Source
from scrapers.portal import Portal
from storage.archive import ArchiveEntry, ArchiveIndex, read_capture


@dataclass(frozen=True, slots=True)
class ArchiveRound:
    """What an archive holds of one day, by the pages' identities; stands in for the network.

    at: the round's moment, in UTC; no capture of it or of an earlier round was made later.
    """

    path: Path
    portal: Portal
    slot: str
    at: datetime
    entries: dict[str, ArchiveEntry]

    @property
    def begins(self) -> datetime:
        """When the round's first capture was made, in UTC."""
        return min(entry.at for entry in self.entries.values())

    def holds(self, url: str) -> bool:
        """Whether it has an answer of the page at an address, whatever address it was captured under."""
        return self._entry(url) is not None

    def respond(self, url: str) -> Capture | None:
        """The archived answer of the page at an address, whatever address it was captured under."""
        entry = self._entry(url)
        return read_capture(self.path, entry) if entry else None

    def _entry(self, url: str) -> ArchiveEntry | None:
        address = self.portal.identify(url)
        return self.entries.get(address.key) if address else None

    def seeds(self) -> tuple[Discovered, ...]:
        """The pages that the round holds, since lists that led to them may not have been archived."""
        found = (self.portal.identify(entry.url) for entry in self.entries.values())
        return tuple(Discovered(a, Source.ARCHIVE) for a in found if a and a.kind is PageKind.ARTICLE)


def slots(index: ArchiveIndex) -> str:
    """What the slots of all rounds of this archive begin with."""
    return f"archive:{index.digest[:16]}:"


def rounds(path: Path, index: ArchiveIndex, portal: Portal) -> Iterator[ArchiveRound]:
    """The archive's captures of this portal by local day; a second capture of a page makes a second round.

    A redirect gives way to a later answer of the same page on that day: a crawl would have followed it.
    """
    grouped: dict[tuple[str, int], dict[str, ArchiveEntry]] = defaultdict(dict)
    for day, address, entry in _by_day(index, portal):
        number = 0
        while (held := grouped[day, number].get(address.key)) and not _is_redirect(held):
            number += 1
        grouped[day, number][address.key] = entry
    at = datetime.min.replace(tzinfo=UTC)
    for (day, number), entries in sorted(grouped.items(), key=lambda item: item[0]):
        at = max(at, *(entry.at for entry in entries.values()))
        yield ArchiveRound(path, portal, f"{slots(index)}{day}:{number}", at, entries)


def _by_day(index: ArchiveIndex, portal: Portal) -> Iterator[tuple[str, Address, ArchiveEntry]]:
    """The captures of the portal's pages in order of time, each with its local day, which never goes back."""
    zone, day = ZoneInfo(portal.time_zone), ""
    for entry in sorted(index.entries, key=lambda e: (e.at, e.offset)):
        if address := portal.identify(entry.url):
            # Where clocks are set back at midnight, the day before has another hour.
            day = max(day, f"{entry.at.astimezone(zone):%Y-%m-%d}")
            yield day, address, entry


def _is_redirect(entry: ArchiveEntry) -> bool:
    return entry.status in {301, 302, 303, 307, 308}
