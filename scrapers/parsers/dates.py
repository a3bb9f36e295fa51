"""Dates of publication and of the last update, from what a reader sees first, then from declarations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from revisor.model import IsoDate

MAX_LINE = 240
"""Longer lines are prose: a date in them is an event's."""

_MONTHS = (
    "january jan januar jänner januari janvier enero gennaio janeiro января январь січня जनवरी",
    "february feb februar febr feber februari février fevrier febrero febbraio fevereiro февраля फरवरी फ़रवरी",
    "march mar märz maerz mrz maart mars marzo março марта март मार्च",
    "april apr avril abril aprile апреля апрель अप्रैल",
    "may mai mei mayo maggio maio мая май मई",
    "june jun juni juin junio giugno junho июня июнь जून",
    "july jul juli juillet julio luglio julho июля июль जुलाई",
    "august aug août aout agosto augustus августа август अगस्त",
    "september sep sept septembre septiembre settembre setembro сентября сентябрь सितम्बर सितंबर",
    "october oct oktober okt octobre octubre ottobre outubro октября октябрь अक्टूबर अक्तूबर",
    "november nov novembre noviembre novembro ноября ноябрь नवम्बर नवंबर",
    "december dec dezember dez decembre décembre diciembre dicembre dezembro декабря декабрь दिसम्बर दिसंबर",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일号]",
        rf"(?<![\d/.-]){_YEAR}(?P<s>\s?[-/.]\s?)(?P<m>\d{{1,2}})\s?[-/.]\s?(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\s(?P<m>\d{{1,2}})\s?/\s?(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|º)?\.?[\s,-]{{0,2}}(?:of\s|de\s)?(?P<n>{_NAMES})\b\.?(?:\sde)?[\s,-]{{1,2}}{_YEAR}(?!\d)",
        rf"(?<!\w)(?P<n>{_NAMES})\b\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{0,2}}{_YEAR}(?!\d)",
        rf"(?<![\d.])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}(?!\.?\d)",
        rf"(?<![\d/])(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-]{_YEAR}(?!\d)",
        r"令和\s?(?P<era>\d{1,2}|元)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日",
    )
)
_YEARISH = re.compile(r"(?:19|20)\d\d|令和")
_YEARLESS = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?P<n>{_NAMES})\b(?!\s?\d)|(?<!\w)(?P<n2>{_NAMES})\b\.?\s(?P<d2>\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|revis(?:ed|ion)|stand\b|aktualisiert|geändert|reviewed|mis à jour|actualiz|"
    r"수정|갱신|更新|обновл|अंतिम",
    re.IGNORECASE,
)
_UPDATE_LABEL = re.compile(
    rf"(?:updated?|modified|reviewed)(?: on)?\s?[:：]?\s(?=\d|{_NAMES})", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"publi|posted|issued|released?\b|date\b|datum|veröffentlicht|erschienen|등록|작성|게시|발행|发布|时间|日期|"
    r"公開|опубликовано|दिनांक|दिनाँक|created|fecha|data\b",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"\btoday\b|heute ist|date (?:and|&) time|\bwhen\b|\bas (?:of|at)\b|deadline|due\b|expire|effective|"
    r"event|review\s?(?:date|due)|next (?:review|update)|birth|copyright|©|시행|기한|until\b|closing",
    re.IGNORECASE,
)
_URL = re.compile(r"[/_-](?P<y>20\d\d|19\d\d)[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>[0-2]\d|3[01])(?!\d)")
_DAY_FIRST_HOSTS = re.compile(
    r"\.(?:au|uk|nz|ie|in|za|de|at|ch|fr|es|it|pt|br|mx|ar|cl|be|nl|mt|gr|pl|cz|eu|int|sg|my|hk|jm)(?::\d+)?$"
)
_MONTH_FIRST_HOSTS = re.compile(r"\.(?:us|gov|mil)(?::\d+)?$")


@dataclass(frozen=True, slots=True)
class Found:
    """A date as it stands in a line: where it begins and ends."""

    value: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two numbers is the day: True day first, False month first, None unknown."""

    day_first: bool | None


def order(host: str, time_zone: str, language: str | None) -> Order:
    """What is known of the reading of 03/04/2020 from the portal's time zone, host and language."""
    if time_zone.startswith(("Australia/", "Europe/", "Pacific/Auckland", "Africa/")):
        return Order(day_first=True)
    if _MONTH_FIRST_HOSTS.search(host) or (language or "").lower() == "en-us":
        return Order(day_first=False)
    if _DAY_FIRST_HOSTS.search(host) or (language or "en").lower()[:2] not in {"en", ""}:
        return Order(day_first=True)
    return Order(day_first=None)


def find(text: str, reading: Order) -> list[Found]:
    """Every full date in a line of at most MAX_LINE characters; where two readings fit, none."""
    if len(text) > MAX_LINE or not _YEARISH.search(text):
        return []
    found: dict[int, Found] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = _value(match.groupdict(), reading)
            if value is not None and not any(
                one.start < match.end() and match.start() < one.end for one in found.values()
            ):
                found[match.start()] = Found(value, match.start(), match.end())
    return [found[start] for start in sorted(found)]


def _value(parts: dict[str, str | None], reading: Order) -> date | None:
    era = parts.get("era")
    year = 2018 + (1 if era == "元" else int(era)) if era else int(parts.get("y") or 0)
    if parts.get("a") and parts.get("b"):
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if first == second or first > 12:
            return _date(year, second, first)
        if second > 12:
            return _date(year, first, second)
        if reading.day_first is None:
            return None
        return _date(year, second, first) if reading.day_first else _date(year, first, second)
    name = parts.get("n")
    month = _MONTH[name.lower()] if name else int(parts.get("m") or 0)
    return _date(year, month, int(parts.get("d") or 0))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def yearless(text: str) -> tuple[int, int] | None:
    """Month and day of a line such as `Media release 12 April`, None where there is no single such pair."""
    if any(pattern.search(text) for pattern in (_UPDATE_LABEL, *_PATTERNS)):
        return None
    found = {
        (_MONTH[(match["n"] or match["n2"]).lower()], int(match["d"] or match["d2"]))
        for match in _YEARLESS.finditer(text[:MAX_LINE])
    }
    return found.pop() if len(found) == 1 else None


def label(text: str, found: Found) -> str:
    """What the words around a date make of it: `updated`, `published`, `neither`, or `` without any."""
    before = text[max(0, found.start - 60) : found.start]
    for pattern, name in ((_NEITHER, "neither"), (_UPDATED, "updated"), (_PUBLISHED, "published")):
        if pattern.search(before):
            return name
    return "neither" if _NEITHER.search(text[found.end : found.end + 30]) else ""


_WORDY_MONTH = re.compile(rf"(?<!\w)(?:{_NAMES})\b|[年년月]", re.IGNORECASE)


def in_headline(text: str, reading: Order) -> date | None:
    """The one date of a headline if it is written out; figures alone (`01/08/2024`) are mostly an event's."""
    found = find(text, reading)
    return found[0].value if len(found) == 1 and _WORDY_MONTH.search(text) else None


def is_dateline(text: str, reading: Order) -> bool:
    """Whether a line says little more than a date, with its label, a place or a source."""
    found = find(text, reading)
    if not found:
        return False
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + rest[one.end :]
    return len(rest.strip()) <= 60 and not rest.rstrip().endswith((".", "!", "?", "。"))


def in_url(url: str) -> date | None:
    """The date that the path of an address holds (`/2023-09/21/`)."""
    match = _URL.search(url.split("?", 1)[0][:2000])
    return _date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def machine(value: str, time_zone: str) -> IsoDate | None:
    """A declared date or time as the portal's own: with a time if it had one, in the portal's zone."""
    text = value.strip()[:40]
    try:
        moment = datetime.fromisoformat(text.replace(" +", "+") if "T" in text else text)
    except ValueError:
        match = re.match(r"(\d{4})-(\d\d)-(\d\d)", text)
        day = _date(*map(int, match.groups())) if match else None
        return day.isoformat() if day else None
    if len(text) <= 10:
        return moment.date().isoformat()
    if not 1900 < moment.year < 2200:
        return None
    if moment.tzinfo is not None and time_zone != "UTC":
        moment = moment.astimezone(ZoneInfo(time_zone))
    return moment.isoformat(timespec="seconds")


def first(values: Iterable[str | None], time_zone: str) -> IsoDate | None:
    """The first of the declared values that is a date."""
    return next((iso for value in values if value and (iso := machine(value, time_zone))), None)
