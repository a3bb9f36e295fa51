"""A store of the size that a desk has after months, filled at once: for every bench of the review page."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, insert

from benchmarks.desk.articles import TONGUES, Tongue, edited, html
from revisor.diff import compare, summarize
from revisor.digest import digests
from revisor.model import (
    Article,
    Diff,
    Kind,
    PageKind,
    PageState,
    Rules,
    RunState,
    Source,
    Trigger,
    Verdict,
)
from storage import schema
from storage.database import writing
from storage.packing import headers_to_text, pack, sha256, squeeze
from storage.records import CaptureState
from storage.store import Store
from storage.words import text_of_change

PORTALS = ("harbour", "changjiang", "wadi")
RUNS = 200
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
BETWEEN_RUNS = timedelta(hours=4)
RULES = Rules("rules-1", "1")
_HEADERS = headers_to_text(
    (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Date", "Mon, 05 Jan 2026 01:00:00 GMT"),
        ("ETag", '"5f3-61b8c2a0"'),
        ("Server", "nginx"),
    )
)
Row = dict[str, object]


def fill(store: Store, captures: int = 20_000, changes: int = 2_000, seed: int = 1) -> None:
    """Fill an empty store with 200 runs of three portals, a page for every 33 captures, and some reviews.

    captures: 600 at least. The same arguments bring the same store; in it is what crawls and their recording
    leave.
    """
    store.save_rules(RULES, START)
    filling = _Filling(random.Random(seed), max(3, captures * 3 // 100))
    for number in range(RUNS):
        of_run = captures * (number + 1) // RUNS - captures * number // RUNS
        filling.run(number, of_run, changes * (number + 1) // RUNS)
    with writing(store._engine) as connection:
        for table, rows in filling.rows().items():
            connection.execute(insert(table), rows)


@dataclass(slots=True)
class _Page:
    """A page as it is now. `opens`: the run that first finds it."""

    id: int
    portal: str
    tongue: Tongue
    section: str
    opens: int
    article: Article | None = None
    body: str | None = None
    version: int | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    state: PageState = PageState.LIVE

    @property
    def key(self) -> str:
        return f"id:{self.id}"

    @property
    def url(self) -> str:
        return f"https://{self.portal}.example/2026-01/{self.id:05}.htm"


@dataclass(slots=True)
class _Filling:
    rng: random.Random
    page_count: int
    pages: list[_Page] = field(default_factory=list)
    bodies: dict[str, Row] = field(default_factory=dict)
    runs: list[Row] = field(default_factory=list)
    captures: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    kinds: list[Row] = field(default_factory=list)
    reviews: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        late = range(2 * len(PORTALS), RUNS * 3 // 4)
        for number in range(self.page_count):
            which = number % len(PORTALS)
            tongue = TONGUES[which]
            opens = self.rng.choice(late) if self.rng.random() < 0.3 else 0
            self.pages.append(
                _Page(number + 1, PORTALS[which], tongue, self.rng.choice(tongue.sections), opens)
            )

    def run(self, number: int, captures: int, changes_by_then: int) -> None:
        """One run of the next portal: so many captures, and changes until there are so many in all."""
        portal = PORTALS[number % len(PORTALS)]
        at = START + number * BETWEEN_RUNS
        before = len(self.changes)
        known = [page for page in self.pages if page.portal == portal and page.opens <= number]
        turn = number // len(PORTALS) * captures
        for place in range(captures):
            page = known[(turn + place) % len(known)]
            seen_at = at + timedelta(seconds=place)
            self._look(page, number, seen_at, may_change=len(self.changes) < changes_by_then)
        verdict = self.rng.choices([Verdict.HEALTHY, Verdict.DEGRADED], [19, 1])[0]
        self.runs.append(
            {
                "id": number + 1,
                "portal": portal,
                "slot": f"timed:{at:%Y-%m-%dT%H:%M:%SZ}",
                "trigger": Trigger.TIMED,
                "state": RunState.DONE,
                "baseline": number < len(PORTALS),
                "complete": True,
                "started_at": at,
                "ended_at": at + timedelta(minutes=5),
                "verdict": verdict,
                "reason": None if verdict is Verdict.HEALTHY else "7 of 100 addresses failed",
                "fetched": captures,
                "unchanged": captures - (len(self.changes) - before),
                "failed": 0,
                "absent": 0,
                "articles": captures,
                "changes": len(self.changes) - before,
            }
        )

    def _look(self, page: _Page, number: int, at: datetime, *, may_change: bool) -> None:
        before, seen_before = page.article, page.last_seen
        old_version, status = page.version, 200
        if before is None:
            self._read(page, page.tongue.article(self.rng, page.id), at)
            if page.opens:
                self._change(page, number, at, (Kind.NEW,), "dated 2026-01-09, 500 words", None, None)
        elif page.state is PageState.REMOVED and may_change and self.rng.random() < 0.5:
            page.state, page.last_seen = PageState.LIVE, at
            self._change(page, number, at, (Kind.RESTORED,), "back as it was", old_version, seen_before)
        elif page.state is PageState.REMOVED:
            status = 404
        elif may_change and self.rng.random() < 0.02:
            page.state, status = PageState.REMOVED, 404
            self._change(page, number, at, (Kind.REMOVED,), "answers 404", old_version, seen_before)
        elif may_change and self.rng.random() < 0.5:
            after = edited(before, page.tongue, self.rng)
            self._read(page, after, at)
            diff = compare(before, after)
            told = summarize(diff.kinds, diff)
            self._change(page, number, at, diff.kinds, told, old_version, seen_before, diff)
        else:
            page.last_seen = at
            status = 304 if self.rng.random() < 0.3 else 200
        self._capture(page, number, at, status)

    def _read(self, page: _Page, article: Article, at: datetime) -> None:
        content = html(article)
        page.body = sha256(content)
        self.bodies[page.body] = {
            "digest": page.body,
            "size": len(content),
            "encoding": "zstd",
            "data": squeeze(content),
        }
        named = digests(article)
        page.article, page.version = article, len(self.versions) + 1
        page.first_seen, page.last_seen = page.first_seen or at, at
        self.versions.append(
            {
                "id": page.version,
                "page_id": page.id,
                "capture_id": len(self.captures) + 1,
                "rules_id": RULES.rules_id,
                "exact": named.exact,
                "folded": named.folded,
                "first_seen": at,
                "last_seen": at,
                "technical": False,
                "article": pack(article),
            }
        )

    def _capture(self, page: _Page, number: int, at: datetime, status: int) -> None:
        self.captures.append(
            {
                "id": len(self.captures) + 1,
                "run_id": number + 1,
                "portal": page.portal,
                "key": page.key,
                "url": f"{page.url}?{at:%H%M%S}" if status == 404 else page.url,
                "kind": PageKind.ARTICLE,
                "section": page.section,
                "status": status,
                "headers": _HEADERS,
                "fetched_at": at,
                "body_digest": page.body if status == 200 else None,
                "state": CaptureState.DONE,
                "outcome": "missing" if status == 404 else "unchanged",
                "note": None,
                "article": status != 404,
            }
        )

    def _change(
        self,
        page: _Page,
        number: int,
        at: datetime,
        kinds: tuple[Kind, ...],
        summary: str,
        before: int | None,
        seen_before: datetime | None,
        diff: Diff | None = None,
    ) -> None:
        article = page.article
        title = article.title if article else page.url
        self.changes.append(
            {
                "id": len(self.changes) + 1,
                "portal": page.portal,
                "page_id": page.id,
                "run_id": number + 1,
                "capture_id": len(self.captures) + 1,
                "detected_at": at,
                "last_seen_before": seen_before,
                "title": title,
                "summary": summary,
                "before_version": before,
                "after_version": None if Kind.REMOVED in kinds else page.version,
                "diff": None if diff is None else pack(diff),
                "recorded_at": START + number * BETWEEN_RUNS + timedelta(minutes=5),
                "words": text_of_change(title, diff, article),
            }
        )
        change_id = len(self.changes)
        self.kinds += [{"change_id": change_id, "kind": kind} for kind in kinds]
        for reviewed in self.rng.choice([(), (), (True,), (False, True), (True, False)]):
            self.reviews.append(
                {
                    "change_id": change_id,
                    "reviewed": reviewed,
                    "note": "asked the press office" if reviewed else "",
                    "reviewer": "Ada",
                    "at": at + timedelta(hours=3),
                }
            )

    def rows(self) -> dict[Table, list[Row]]:
        """Every row, in an order in which each finds what it points at."""
        seen = [page for page in self.pages if page.version]
        return {
            schema.run: self.runs,
            schema.frontier: [self._frontier_row(page) for page in seen],
            schema.body: list(self.bodies.values()),
            schema.capture: self.captures,
            schema.page: [self._page_row(page) for page in seen],
            schema.version: self.versions,
            schema.change: self.changes,
            schema.change_kind: self.kinds,
            schema.review: self.reviews,
        }

    @staticmethod
    def _page_row(page: _Page) -> Row:
        return {
            "id": page.id,
            "portal": page.portal,
            "key": page.key,
            "url": page.url,
            "section": page.section,
            "state": page.state,
            "title": page.article.title if page.article else None,
            "first_seen": page.first_seen,
            "last_seen": page.last_seen,
            "missing_runs": 2 if page.state is PageState.REMOVED else 0,
            "missing_since": page.last_seen if page.state is PageState.REMOVED else None,
            "version_id": page.version,
        }

    @staticmethod
    def _frontier_row(page: _Page) -> Row:
        return {
            "portal": page.portal,
            "key": page.key,
            "url": page.url,
            "kind": PageKind.ARTICLE,
            "section": page.section,
            "source": Source.LIST,
            "depth": 1,
            "discovered_run": PORTALS.index(page.portal) + 1,
            "discovered_at": page.first_seen,
            "baseline": not page.opens,
            "asked_at": page.last_seen,
            "status": 200,
            "failures": 0,
        }
