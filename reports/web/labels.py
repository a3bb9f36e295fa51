"""Sentences and labels that only the desk shows; what it shares with text and report is in `wording`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from reports import wording
from revisor.model import Change, Kind, Run, Trigger, Verdict

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOT = "timed:"


def window(change: Change) -> str:
    """How much earlier than it was seen a change may have happened, to be said after that time.

    Nothing where no look came before, or where looks since then found the page gone.
    """
    if change.last_seen_before is None or Kind.RESTORED in change.kinds:
        return ""
    return f"or up to {span(change.detected_at - change.last_seen_before)} earlier"


def span(length: timedelta) -> str:
    """`45 min`, `24 h`, `3 days`, rounded up: what is said of a change must hold."""
    minutes = -(-length // timedelta(minutes=1))
    if minutes <= 90:
        return f"{minutes} min"
    hours = -(-length // timedelta(hours=1))
    return f"{hours} h" if hours <= 72 else f"{-(-length // timedelta(days=1))} days"


def took(run: Run) -> str:
    """How long a run lasted; nothing while it has not ended."""
    if run.ended_at is None:
        return ""
    seconds = (run.ended_at - run.started_at).total_seconds()
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"


def trigger(run: Run, zone: tzinfo | None) -> str:
    """Who or what started a run."""
    match run.trigger:
        case Trigger.TIMED:
            slot = _slot(run.slot)
            return f"the schedule, for {wording.minute_and_zone(slot, zone)}" if slot else "the schedule"
        case Trigger.IMPORT:
            return "an import of an archive"
        case _:
            return "hand"


def health(verdict: Verdict) -> str:
    """Which of the looks a verdict has: healthy, degraded, bad."""
    return verdict.value if verdict in {Verdict.HEALTHY, Verdict.DEGRADED} else "bad"


def cron(line: str) -> str:
    """The usual cron lines in words; any other is `by a cron line`."""
    fields = line.split()
    if len(fields) != 5 or fields[2:4] != ["*", "*"] or not re.fullmatch("[0-9]{1,2}", fields[0]):
        return "by a cron line"
    minute, hours, days = int(fields[0]), fields[1], _weekdays(fields[4])
    times = _times(minute, hours)
    if days is None or times is None:
        return "by a cron line"
    return times if days == "daily" and times.startswith("every") else f"{days} {times}"


def at_portal(moment: datetime, zone: str) -> str:
    """The moment by the portal's own clock."""
    return wording.minute_and_zone(moment, ZoneInfo(zone))


def _times(minute: int, hours: str) -> str | None:
    if hours == "*":
        return f"every hour at minute {minute}"
    if step := re.fullmatch(r"\*/([0-9]{1,2})", hours):
        return f"every {step[1]} hours at minute {minute}"
    if re.fullmatch(r"[0-9]{1,2}(,[0-9]{1,2})*", hours):
        return "at " + ", ".join(f"{int(hour):02}:{minute:02}" for hour in hours.split(","))
    return None


def _weekdays(field: str) -> str | None:
    if field == "*":
        return "daily"
    if found := re.fullmatch(r"([0-7])(?:-([0-7]))?", field):
        first = _DAYS[int(found[1])]
        return f"{first} to {_DAYS[int(found[2])]}" if found[2] else first
    return None


def _slot(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.removeprefix(_SLOT)) if text.startswith(_SLOT) else None
    except ValueError:
        return None
