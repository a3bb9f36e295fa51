"""Changes made by hand, for everything that shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import IO

from rich.console import Console

from reports.query import PeriodReport, PortalPeriod, WholeChange
from revisor.diff import compare, summarize
from revisor.digest import digests
from revisor.model import (
    Article,
    Attachment,
    Block,
    BlockKind,
    Change,
    Figure,
    Kind,
    Page,
    PageState,
    Run,
    RunState,
    Trigger,
    Verdict,
    Version,
)
from storage.records import KindCount

SEEN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DETECTED = SEEN + timedelta(days=1, minutes=7)

PARAGRAPHS = (
    "The port office opened the new harbour tunnel on Monday after four years of work.",
    "The tunnel is 2,150 metres long and has three lanes each way.",
    "Some 12,000 vehicles are expected on an ordinary working day.",
    "Buses use it free of charge until the end of the month.",
    "Cyclists keep the old ferry, which runs every 20 minutes.",
)
ARTICLE = Article(
    title="Harbour tunnel opens to traffic",
    blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in PARAGRAPHS),
    updated="2026-03-01",
    language="en",
    figures=(Figure("https://news.example/att/1.jpg", "The tunnel's north gate.", "Photo/Ada Lin"),),
)


def pipe(file: IO[str]) -> Console:
    """What `commands.options.console` is when piped, whatever the environment says."""
    return Console(
        file=file, highlight=False, markup=False, soft_wrap=True, force_terminal=False, color_system=None
    )


def terminal(file: IO[str], width: int = 80, environ: dict[str, str] | None = None) -> Console:
    """The same on a terminal with colours."""
    return Console(
        file=file,
        highlight=False,
        markup=False,
        force_terminal=True,
        color_system="standard",
        width=width,
        _environ=environ or {},
    )


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)


def edited() -> Article:
    """ARTICLE with a number, the title, a date and a caption changed, and an attachment added."""
    before, after = PARAGRAPHS[1], PARAGRAPHS[1].replace("2,150", "2,510")
    return replace(
        ARTICLE,
        title="Harbour tunnel opens to all traffic",
        updated="2026-03-02",
        blocks=tuple(replace(b, text=after) if b.text == before else b for b in ARTICLE.blocks),
        figures=(replace(ARTICLE.figures[0], caption="The tunnel's south gate."),),
        attachments=(Attachment("https://news.example/att/plan.pdf", "Plan of the tunnel"),),
    )


def version(number: int, article: Article, at: datetime = SEEN) -> Version:
    return Version(number, 1, number, "rules", digests(article), at, at, article)


def change(
    before: Article | None,
    after: Article | None,
    *,
    number: int = 7,
    kinds: tuple[Kind, ...] = (),
    url: str = "https://news.example/2026-03/01/c_1.htm",
    portal: str = "harbour",
) -> Change:
    """What the recorder makes of two articles; kinds: instead of those that comparing finds."""
    diff = compare(before, after) if before and after and before != after else None
    found = kinds or (diff.kinds if diff else (Kind.NEW,) if after else (Kind.REMOVED,))
    shown = after or before or ARTICLE
    page = Page(1, portal, "id:1", url, "News", PageState.LIVE, shown.title, SEEN, DETECTED)
    return Change(
        id=number,
        portal=portal,
        page=page,
        run_id=2,
        kinds=found,
        detected_at=DETECTED,
        last_seen_before=SEEN if before else None,
        title=shown.title,
        summary=summarize(found, diff),
        before=version(1, before) if before else None,
        after=version(2, after, DETECTED) if after else None,
        diff=diff,
    )


def run(
    number: int, verdict: Verdict | None = Verdict.HEALTHY, reason: str | None = None, portal: str = "harbour"
) -> Run:
    return Run(
        id=number,
        portal=portal,
        slot=f"slot {number}",
        trigger=Trigger.TIMED,
        state=RunState.DONE,
        baseline=number == 1,
        complete=True,
        started_at=SEEN + timedelta(hours=6 * (number - 1)),
        ended_at=SEEN + timedelta(hours=6 * (number - 1), minutes=2),
        verdict=verdict,
        reason=reason,
    )


def report(*changes: Change, runs: tuple[Run, ...] = (), total: int | None = None) -> PeriodReport:
    """A report of these changes, each with no check between."""
    counted = {kind: sum(kind in c.kinds for c in changes) for kind in Kind}
    portals = sorted({c.portal for c in changes} | {r.portal for r in runs})
    return PeriodReport(
        since=SEEN,
        until=SEEN + timedelta(days=7),
        portals=tuple(
            PortalPeriod(
                portal=portal,
                changes=sum(c.portal == portal for c in changes),
                runs=tuple(r for r in runs if r.portal == portal),
                last_healthy=next(
                    (r for r in runs if r.portal == portal and r.verdict is Verdict.HEALTHY), None
                ),
            )
            for portal in portals
        ),
        changes=tuple(WholeChange(c, 0) for c in changes),
        total=len(changes) if total is None else total,
        counts=tuple(KindCount(kind, count) for kind, count in counted.items() if count),
    )
