"""CSV: RFC 4180, readable by spreadsheets, calculated by none."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.table import BYTE_ORDER_MARK, COLUMNS, cell, report_csv
from revisor.model import Review
from tests.reports.examples import ARTICLE, change, edited, paragraphs, report
from tests.reports.test_reports_safe import HOSTILE, STEERING, hostile_changes

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u3000=1", "\u00a0=1", "\ufeff=1",
    "\u200b=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "=cmd|' /C calc'!A0", '"=1', '=HYPERLINK("https://evil.example")',
)  # fmt: skip
NASTY = st.text(st.sampled_from("=+-@＝＋－＠;,\"' \t\r\n\u3000\ufeff\u200babc1")) | st.text()


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=delimiter))


def row(text: str) -> dict[str, str]:
    head, *others = rows(text)
    (only,) = others
    return dict(zip(head, only, strict=True))


def test_a_change_is_a_row() -> None:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    said = Review(1, 7, reviewed=True, note="Told the desk.", reviewer="Ada", at=at)
    case = replace(change(ARTICLE, edited()), review=said, recorded_at=at, summary='1 "number" changed')
    text = report_csv(report(case, change(None, ARTICLE, number=8)))
    assert text.startswith(BYTE_ORDER_MARK + '"id","portal",')
    assert text.count("\r\n") == text.count("\n") == 3
    first, second = (dict(zip(COLUMNS, line, strict=True)) for line in rows(text)[1:])
    assert first == {
        "id": "7",
        "portal": "harbour",
        "section": "News",
        "kinds": "edited, retitled, redated, recaptioned, attachment",
        "title": "Harbour tunnel opens to all traffic",
        "summary": '1 "number" changed',
        "url": "https://news.example/2026-03/01/c_1.htm",
        "detected_at": "2026-03-03T01:07:00Z",
        "last_seen_before": "2026-03-02T01:00:00Z",
        "recorded_at": "2026-03-04T00:00:00Z",
        "run_id": "2",
        "words_inserted": "4",
        "words_deleted": "3",
        "reviewed": "yes",
        "note": "Told the desk.",
        "reviewer": "Ada",
    }
    assert (second["words_inserted"], second["last_seen_before"], second["reviewed"]) == ("", "", "no")


def test_chinese_words_count_by_character() -> None:
    before = replace(ARTICLE, blocks=paragraphs("隧道今天开放。"))
    after = replace(ARTICLE, blocks=paragraphs("隧道明天开放。"))
    found = row(report_csv(report(change(before, after))))
    assert (found["words_inserted"], found["words_deleted"]) == ("1", "1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_begins_like_a_formula_is_text(formula: str) -> None:
    assert cell(formula).startswith("'")


@pytest.mark.parametrize("text", ["Harbour tunnel", "5 - 3", "a=b", "", "Nr. 5; Nr. 6", "mail@news.example"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@given(NASTY, NASTY)
def test_no_spreadsheet_finds_a_formula(title: str, note: str) -> None:
    """Whichever separator it takes the file to have."""
    said = Review(1, 7, reviewed=True, note=note, reviewer=title, at=datetime(2026, 3, 4, tzinfo=UTC))
    case = replace(change(ARTICLE, None), title=title, summary=note, portal=title, review=said)
    text = report_csv(report(replace(case, page=replace(case.page, url=title, section=note))))
    assert len(rows(text)) == 2
    assert [len(line) for line in rows(text)] == [len(COLUMNS)] * 2
    for delimiter in ",;\t":
        for line in rows(text, delimiter):
            assert not [value for value in line if re.match(r"[\s\ufeff\u200b\"]*[=+\-@＝＋－＠]", value)]


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_steers_and_no_cell_has_two_lines(evil: str) -> None:
    text = report_csv(report(*(whole.change for whole in hostile_changes(evil))))
    assert not STEERING & set(text.replace("\r\n", ""))
    text.encode()
    assert len(rows(text)) == 5
