"""The script and its truth: they agree with each other, whatever the seed."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_portal.script import Event, is_furniture_only, write_script
from sample_portal.site import Site
from sample_portal.truth import KINDS, TrueArticle, TrueChange, write_truth

START = date(2026, 3, 2)
seeds = st.integers(0, 10_000)


def fold(text: str) -> str:
    """The text without the differences that the portal's cosmetic events make."""
    shapes = str.maketrans({"“": '"', "”": '"', "’": "'", "\u200b": None})
    return " ".join(text.translate(shapes).split())


def kinds_between(before: TrueArticle | None, after: TrueArticle | None) -> set[str]:
    """The kinds of a change, read off its two states without asking the event."""
    if before is None or after is None:
        return {"removed"} if after is None else {"new", "restored"}
    texts = [fold(p) for p in before.paragraphs], [fold(p) for p in after.paragraphs]
    figures = list(zip(before.figures, after.figures, strict=True))
    differs = {
        "edited": texts[0] != texts[1],
        "cosmetic": texts[0] == texts[1] and before.paragraphs != after.paragraphs,
        "retitled": before.title != after.title,
        "redated": before.updated != after.updated,
        "recaptioned": any(a.line != b.line for a, b in figures),
        "image": any(a.image != b.image for a, b in figures),
        "attachment": before.attachments != after.attachments,
    }
    return {kind for kind, does in differs.items() if does}


def script_events(seed: int, days: int = 12) -> tuple[list[dict[str, TrueArticle]], tuple[Event, ...]]:
    script = write_script(seed, 40, days, START, furniture_days=True)
    return [dict(live) for live in script.live], script.events


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_replaying_the_events_gives_the_articles_of_each_day(seed: int) -> None:
    live, events = script_events(seed)
    state = live[0]
    for day in range(1, len(live)):
        for event in (e for e in events if e.day == day):
            before = state.pop(event.key, None)
            assert set(event.kinds) <= kinds_between(before, event.after)
            if before and event.after:
                assert set(event.kinds) == kinds_between(before, event.after)
            if event.after:
                state[event.key] = event.after
        assert dict(sorted(state.items())) == live[day]


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_the_rules_of_the_calendar_hold(seed: int) -> None:
    changes = Site(seed=seed, days=16).truth()
    assert len({(c.day, c.key) for c in changes}) == len(changes), "an article changes once a day at most"
    assert all(1 <= c.day <= 15 and not is_furniture_only(c.day) for c in changes)
    removed = {}
    for change in changes:
        is_removal = change.kinds == ("removed",)
        assert change.due_day == change.day + is_removal
        assert not is_furniture_only(change.due_day)
        if is_removal:
            removed[change.key] = change.day
        if change.kinds == ("restored",):
            assert change.day - removed.pop(change.key) >= 3
    assert {c.day for c in changes if "new" in c.kinds} == {
        d for d in range(1, 16) if not is_furniture_only(d)
    }


def test_the_first_days_bring_what_a_demonstration_needs() -> None:
    for seed in range(20):
        changes = Site(seed=seed).truth()
        by_day = {d: [k for c in changes if c.day == d for k in c.kinds] for d in (1, 2)}
        assert {"new", "edited", "retitled", "recaptioned", "removed"} <= set(by_day[1])
        assert by_day[1].count("new") == 2
        assert {"new", "edited", "image", "recaptioned", "cosmetic"} <= set(by_day[2])
        assert any(re.search(r"\d -> \d", c.detail) for c in changes if "edited" in c.kinds)


def test_every_kind_is_played_and_most_edits_are_silent() -> None:
    changes = [c for seed in range(10) for c in Site(seed=seed, days=15).truth()]
    assert {kind for c in changes for kind in c.kinds} == set(KINDS)
    edits = [c for c in changes if "edited" in c.kinds]
    assert 0 < sum("redated" in c.kinds for c in edits) < len(edits) / 2
    assert all(c.kinds == tuple(sorted(c.kinds, key=KINDS.index)) for c in changes)
    assert all(c.kinds == ("cosmetic",) for c in changes if c.optional)


def test_a_longer_site_begins_as_a_shorter_one() -> None:
    short, long = Site(seed=5, days=4), Site(seed=5, days=11)
    assert short.truth() == tuple(c for c in long.truth() if c.day < 4)
    assert [short.articles_on(d) for d in range(4)] == [long.articles_on(d) for d in range(4)]


def test_without_furniture_days_something_happens_every_day() -> None:
    days = {c.day for c in Site(seed=2, days=10, furniture_days=False).truth()}
    assert days == set(range(1, 10))


@pytest.mark.parametrize("articles", [1, 2, 7, 400])
def test_small_and_large_sites(articles: int) -> None:
    site = Site(seed=3, articles=articles, days=8)
    assert len(site.articles_on(0)) == articles
    assert site.truth()


def test_articles_look_like_news() -> None:
    articles = [a for seed in range(5) for a in Site(seed=seed, articles=60).articles_on(0)]
    for article in articles:
        assert len(article.paragraphs) >= 3
        assert all(30 <= len(p.split()) <= 100 for p in article.paragraphs)
        assert not re.search(r"[{}\ue000\ue001]", article.title + "".join(article.paragraphs))
        assert article.published <= article.updated < "2026-03-02"
        assert all(file.text in article.paragraphs[-1] for file in article.attachments)
    share = sum(bool(a.figures) for a in articles) / len(articles)
    assert 0.5 < share < 0.7
    assert {len(a.figures) for a in articles} == {0, 1, 2, 3}
    figures = [f for a in articles for f in a.figures]
    assert any(f.alt is None for f in figures)
    assert any(not f.line for f in figures)
    for shape in (
        "(Photo/",
        "[Photo by",
        "[Photo courtesy VCG]",
        "WeChat account: ",
        "[File photo]",
        " / Xinhua",
    ):
        assert any(shape in f.line for f in figures), shape
    for article in articles:
        text = " ".join(article.paragraphs)
        again = re.search(r"(\w+) (?:added:|noted\.)", text)
        assert not again or re.search(rf"\b{again[1]} \w+, \w", text[: again.start()]), (
            "introduced by full name"
        )
    paragraphs = [p for a in articles for p in a.paragraphs]
    assert len(set(paragraphs)) == len(paragraphs), "no two paragraphs are alike"


def test_ids_grow_with_the_dates() -> None:
    articles = Site(seed=9, days=9).articles_on(8)
    assert [a.key for a in articles] == sorted(a.key for a in articles)
    assert [a.published for a in articles] == sorted(a.published for a in articles)
    assert all(re.fullmatch(rf"/\d{{4}}-\d\d/\d\d/c_{a.key}\.htm", a.path) for a in articles)
    assert all(len(a.key) == 6 for a in articles)


def test_truth_as_json_lines() -> None:
    site = Site(days=5)
    out = io.StringIO()
    write_truth(site.truth(), ((day, site.articles_on(day)) for day in range(5)), out)
    records = [json.loads(line) for line in out.getvalue().splitlines()]
    changes = [r for r in records if r.pop("type") == "change"]
    assert [TrueChange(**{**r, "kinds": tuple(r["kinds"])}) for r in changes] == list(site.truth())
    articles = [r for r in records if "paragraphs" in r]
    assert len(changes) + len(articles) == len(records)
    assert articles[0] == {"day": 0} | json.loads(json.dumps(asdict(site.articles_on(0)[0])))


def test_the_same_truth_in_every_process() -> None:
    here = io.StringIO()
    site = Site(seed=4, days=4)
    write_truth(site.truth(), ((day, site.articles_on(day)) for day in range(4)), here)
    command = [sys.executable, "-m", "sample_portal", "--truth", "--seed", "4", "--day", "3"]
    for hash_seed in ("1", "2"):
        environment = {
            "PYTHONHASHSEED": hash_seed,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": ":".join(sys.path),
        }
        there = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603  our own
        assert there.stdout.decode() == here.getvalue()


def test_a_site_needs_an_article_and_a_day() -> None:
    with pytest.raises(ValueError, match="at least"):
        Site(articles=0)
    with pytest.raises(ValueError, match="day 3 is not among"):
        Site(days=3).articles_on(3)


def test_dates_follow_the_start() -> None:
    site = Site(start=date(2024, 2, 28), days=3)
    new = {c.day: c.path for c in site.truth() if c.kinds == ("new",)}
    assert {d: p[:11] for d, p in new.items()} == {1: "/2024-02/29", 2: "/2024-03/01"}
    assert date(2024, 2, 28) + timedelta(days=2) == date(2024, 3, 1)
