"""Which slot of a portal is due, by the run table: the plan itself is never stored."""

from __future__ import annotations

from datetime import UTC, datetime

from revisor.slots import Timetable
from scrapers.portal import Portal
from storage.store import Store


def timetable(portal: Portal) -> Timetable:
    """The portal's schedule on the wall clock of its time zone."""
    return Timetable(portal.schedule.cron, portal.time_zone)


def slot_text(slot: datetime) -> str:
    """How the run table names a timed slot: `timed:2026-03-02T01:00:00Z`."""
    return f"timed:{slot.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def due_slot(store: Store, portal: Portal, now: datetime) -> datetime | None:
    """The newest slot until now, unless the table has a run for it: of several missed ones only that is due.

    A portal without any timed run is due at once. A slot that is older than the latest run is none: the
    schedule was changed and names a time that has passed. But where the latest lies ahead, the clock was set
    back after it, and what it says does not count.
    """
    slot = timetable(portal).last_until(now)
    if slot is None or store.run_in_slot(portal.name, slot_text(slot)):
        return None
    latest = store.latest_slot(portal.name)
    return None if latest and slot < latest <= now else slot


def next_slot(store: Store, portal: Portal, now: datetime) -> datetime | None:
    """The slot that is due now, else the first to come; None where the schedule never matches."""
    return due_slot(store, portal, now) or timetable(portal).next_after(now)
