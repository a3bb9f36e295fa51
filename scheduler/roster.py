"""The portals that the service looks after, as their files say at this moment."""

from __future__ import annotations

import logging
from pathlib import Path

from revisor.errors import PortalFileInvalid
from scrapers.portal import Portal
from scrapers.portal_files import find_portal, load_portal, portal_paths

_log = logging.getLogger("revisor.service")


class Roster:
    """Reads portal files again each time it is asked, so that an edit needs no restart.

    A file that is broken, gone or switched off takes its portal out; a broken one is reported once for each
    way in which it is broken. only: no other portals than these. Raises PortalNotFound when made for a name
    that no file has.
    """

    def __init__(self, home: Path, only: tuple[str, ...]) -> None:
        self._home = home
        self._only = only
        self._told: dict[str, str] = {}
        for name in only:
            try:
                find_portal(home, name)
            except PortalFileInvalid:
                continue  # reported when it is read, and tried again: it may be in the middle of an edit

    def portals(self) -> dict[str, Portal]:
        """All that are to be crawled, by name."""
        paths = portal_paths(self._home)
        for name in self._told.keys() - paths.keys():
            del self._told[name]
        found = {name: self._read(name, path) for name, path in paths.items() if self._wants(name)}
        return {name: portal for name, portal in found.items() if portal}

    def find(self, name: str) -> Portal | None:
        """The portal of that name, if it is to be crawled."""
        path = portal_paths(self._home).get(name)
        return self._read(name, path) if path and self._wants(name) else None

    def _wants(self, name: str) -> bool:
        return not self._only or name in self._only

    def _read(self, name: str, path: Path) -> Portal | None:
        try:
            portal = load_portal(path)
        except PortalFileInvalid as error:
            if self._told.get(name) != str(error):
                self._told[name] = str(error)
                _log.error("%s is left out until its file is repaired: %s", name, error)  # one line
            return None
        if self._told.pop(name, None):
            _log.info("%s: its file can be read again", name)
        return portal if portal.schedule.enabled else None
