"""An archive cut into rounds: what it holds of each day, each address once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from revisor.model import Capture, Discovered, PageKind, Source
from scrapers.portal import Portal
from storage.archive import ArchiveEntry, ArchiveIndex, read_capture


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

    def holds(self, url: str) -> bool:
        """Whether it has an answer of an address, under any of the portal's spellings of it."""
        return self.portal.canonical(url) in self.entries

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
