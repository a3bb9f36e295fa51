"""The HTML report: what it says, and that it needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import escape

from reports.html import report_html
from revisor.model import Review, Verdict
from tests.reports.examples import ARTICLE, change, edited, paragraphs, report, run


def test_it_says_what_the_report_says() -> None:
    runs = (run(3), run(2, Verdict.DEGRADED, "7 of 31 addresses failed"), run(1))
    page = report_html(report(change(ARTICLE, edited()), change(ARTICLE, None, number=8), runs=runs), UTC)
    for part in (
        "<h1>2 changes</h1>",
        "Monday, 2 March 2026, 01:00",
        '<li><span class="kind gone">removed</span> <b>1</b></li>',
        "2 changes in 3 runs, 1 of them not healthy; last healthy run 2026-03-02 13:00 UTC",
        "run 2, 2026-03-02 07:00 UTC, was degraded: 7 of 31 addresses failed",
        '<article id="change-7">',
        '<article id="change-8">',
        "Harbour tunnel opens to<ins> all</ins> traffic",
        "The tunnel is <del>2,150</del><ins>2,510</ins> metres long",
        "<del>2026-03-01</del><ins>2026-03-02</ins>",
        "The tunnel&#39;s <del>north</del><ins>south</ins> gate.",
        '<details><summary lang="en">2 paragraphs unchanged</summary>',
        "Seen as before at 2026-03-02 01:00 UTC, changed at 2026-03-03 01:07 UTC, no checks between.",
        "Present at 2026-03-02 01:00 UTC, absent at 2026-03-03 01:07 UTC, no checks between.",
        '<a href="https://news.example/2026-03/01/c_1.htm" rel="noreferrer noopener">',
        "<summary>The text as it was last seen</summary>",
    ):
        assert part in page, part


def test_it_loads_nothing_and_runs_nothing() -> None:
    page = report_html(report(change(ARTICLE, edited())), UTC)
    assert not re.search(r"<(script|img|link|iframe|object|embed|form|base)\b|url\(|@import|\bsrc=", page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    sources = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert escape(sources) in page


def test_foreign_text_keeps_its_language_and_direction() -> None:
    before = replace(ARTICLE, language="ar", blocks=paragraphs("طول النفق 2150 متراً."))
    page = report_html(
        report(change(before, replace(before, blocks=paragraphs("طول النفق 2510 متراً.")))), UTC
    )
    assert '<h2 dir="auto" lang="ar">' in page
    assert '<p class="paragraph changed" dir="auto">' in page


def test_an_empty_report_says_so() -> None:
    page = report_html(report(runs=(run(1),)), UTC)
    assert "<h1>No changes</h1>" in page
    assert "Nothing changed in this period." in page
    assert "Nothing changed in this period, and nothing was looked at." in report_html(report(), UTC)


def test_a_cut_report_says_so() -> None:
    assert "Only the newest 1 of 1200 are shown" in report_html(
        report(change(ARTICLE, edited()), total=1200), UTC
    )


def test_what_a_person_said_stands_under_the_change() -> None:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    said = Review(1, 7, reviewed=True, note="<b>Told</b> the desk.", reviewer="Ada", at=at)
    page = report_html(report(replace(change(ARTICLE, edited()), review=said)), UTC)
    line = "Reviewed by Ada, 2026-03-04 00:00 UTC: &lt;b&gt;Told&lt;/b&gt; the desk."
    assert f'<p class="review" dir="auto">{line}</p>' in page
