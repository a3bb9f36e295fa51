"""The script and its truth: they agree with each other, whatever the seed."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_portal.events import EVERYDAY, REMOVALS, Event, kinds_of
from sample_portal.outages import Outage
from sample_portal.script import Plan, Script, is_furniture_only, write_script
from sample_portal.site import Site
from sample_portal.truth import KINDS, BlockKind, Standing, TrueArticle, TrueChange, TruePage
from sample_portal.truth_file import FORMAT, write_truth

START = date(2026, 3, 2)
seeds = st.integers(0, 10_000)


def script_of(seed: int, days: int = 13, *, everything: bool = True) -> Script:
    return write_script(Plan(seed, 60, days, START, everything=everything))


def fold(text: str) -> str:
    """The text without the differences that the portal's cosmetic events make."""
    shapes = str.maketrans({"“": '"', "”": '"', "’": "'", "\u200b": None})
    return " ".join(text.translate(shapes).split())


def edits_between(before: TrueArticle, after: TrueArticle) -> set[str]:
    """The kinds of an edit, read off the article's two states without asking the event."""
    texts = [[fold(b.text) for b in a.blocks] for a in (before, after)]
    figures = list(zip(before.figures, after.figures, strict=True))
    differs = {
        "edited": texts[0] != texts[1],
        "cosmetic": texts[0] == texts[1] and before.blocks != after.blocks,
        "retitled": before.title != after.title,
        "redated": before.updated != after.updated,
        "recaptioned": any(a.line != b.line for a, b in figures),
        "image": any((a.image, a.revision) != (b.image, b.revision) for a, b in figures),
        "attachment": before.attachments != after.attachments,
        "moved": before.path != after.path,
    }
    return {kind for kind, does in differs.items() if does}


def kinds_between(before: TruePage | None, after: TruePage) -> set[str]:
    """The kinds of a change, read off the page's two states."""
    there = {Standing.LIVE, Standing.BROKEN}
    if before is None:
        return {"new"}
    if after.standing not in there:
        return {"removed"}
    if before.standing not in there:
        return {"restored"}
    if before.listed and not after.listed:
        return {"delisted"}
    return edits_between(before.article, after.article)


@settings(max_examples=15, deadline=None)
@given(seeds, st.booleans())
def test_replaying_the_happenings_gives_the_pages_of_each_day(seed: int, everything: bool) -> None:
    script = script_of(seed, everything=everything)
    state = dict(script.pages[0])
    for day in range(1, len(script.pages)):
        for happening in (h for h in script.happenings if h.change.day == day):
            key, before = happening.change.key, state.get(happening.change.key)
            assert set(happening.change.kinds) == kinds_between(before, happening.after)
            state[key] = happening.after
        state = {key: mended(page, script.pages[day][key]) for key, page in sorted(state.items())}
        assert state == {k: replace(p, refreshed=0) for k, p in script.pages[day].items()}


def mended(page: TruePage, now: TruePage) -> TruePage:
    """The page, whole again if its fault of a moment is over, which is no happening."""
    over = page.standing is Standing.BROKEN and now.standing is Standing.LIVE
    return replace(page, refreshed=0, standing=Standing.LIVE if over else page.standing)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_the_rules_of_the_calendar_hold(seed: int) -> None:
    changes = Site(seed=seed, days=16, everything=True).truth()
    assert len({(c.day, c.key) for c in changes}) == len(changes), "a page changes once a day at most"
    assert all(1 <= c.day <= 15 and not is_furniture_only(c.day) for c in changes)
    removed: dict[str, int] = {}
    for change in changes:
        event = Event(change.event)
        late = event in REMOVALS or event is Event.DELIST
        assert change.due_day == change.day + late
        assert not is_furniture_only(change.due_day)
        assert set(kinds_of(event)) <= set(change.kinds)
        if event in REMOVALS:
            removed[change.key] = change.day
        if event is Event.RESTORE:
            assert change.day - removed.pop(change.key) >= 3
    days = {c.day for c in changes if "new" in c.kinds}
    assert days == {d for d in range(1, 16) if not is_furniture_only(d)}


def test_every_event_comes_about_as_often() -> None:
    sites = [Site(seed=seed, articles=200, days=9, everything=True) for seed in range(3)]
    counted = Counter(c.event for site in sites for c in site.truth())
    dealt = [counted[e.value] for e in Event if e not in {Event.PUBLISH, Event.RESTORE}]
    assert min(dealt) >= 15
    assert max(dealt) < 2 * min(dealt)
    assert counted["restore"] > 0


def test_ordinary_days_have_ordinary_events_and_most_edits_are_silent() -> None:
    changes = [c for seed in range(10) for c in Site(seed=seed, days=15).truth()]
    ordinary = {*EVERYDAY, Event.PUBLISH, Event.NOT_FOUND, Event.RESTORE}
    assert {c.event for c in changes} == {event.value for event in ordinary}
    edits = [c for c in changes if "edited" in c.kinds]
    assert 0 < sum("redated" in c.kinds for c in edits) < len(edits) / 2
    assert all(c.kinds == tuple(sorted(c.kinds, key=KINDS.index)) for c in changes)
    assert all(c.kinds == ("cosmetic",) for c in changes if c.optional)


def test_the_first_days_bring_what_a_demonstration_needs() -> None:
    for seed in range(20):
        changes = Site(seed=seed).truth()
        by_day = {d: [k for c in changes if c.day == d for k in c.kinds] for d in (1, 2)}
        assert {"new", "edited", "retitled", "recaptioned", "removed"} <= set(by_day[1])
        assert by_day[1].count("new") == 2
        assert {"new", "edited", "image", "recaptioned"} <= set(by_day[2])
        assert any(re.search(r"\d -> \d", c.detail) for c in changes if "edited" in c.kinds)


def test_the_words_of_a_moved_split_or_merged_paragraph_stay() -> None:
    for seed in range(4):
        script = script_of(seed)
        for happening in script.happenings:
            if happening.change.event not in {"move_paragraph", "split", "merge"}:
                continue
            before = script.pages[happening.change.day - 1][happening.change.key].article
            after = happening.after.article
            letters = [Counter("".join(b.text for b in a.blocks).replace(" ", "")) for a in (before, after)]
            assert letters[0] == letters[1]
            counts = [len(a.blocks) for a in (before, after)]
            grown = {"move_paragraph": 0, "split": 1, "merge": -1}[happening.change.event]
            assert counts[1] - counts[0] == grown


def test_images_stay_before_the_block_they_stood_before() -> None:
    for seed in range(4):
        script = script_of(seed)
        for happening in script.happenings:
            if happening.change.event not in {"insert", "delete", "move_paragraph", "split", "merge"}:
                continue
            before = script.pages[happening.change.day - 1][happening.change.key].article
            after = happening.after.article
            assert anchors(before) == anchors(after)


def anchors(article: TrueArticle) -> list[str]:
    ends = {len(article.blocks): "the end"}
    return [
        ends.get(f.position) or article.blocks[min(f.position, len(article.blocks) - 1)].text
        for f in article.figures
    ]


def test_changes_during_an_outage_are_due_when_it_is_over() -> None:
    site = Site(seed=1, days=6, furniture_days=False, outages={2: Outage.FORBIDDEN, 3: Outage.FORBIDDEN})
    for change in site.truth():
        late = Event(change.event) in REMOVALS
        healthy = [day for day in range(change.day, 20) if day not in {2, 3}]
        assert change.due_day == healthy[1 if late else 0]
    (incident,) = site.incidents()
    assert (incident.day, incident.until, incident.form) == (2, 3, "forbidden")


def test_a_redesign_is_one_incident_with_edits_hidden_in_it() -> None:
    site = Site(seed=1, days=4, redesign=(2, "subsite"))
    assert [(i.day, i.form) for i in site.incidents()] == [(2, "redesign")]
    assert all(c.due_day > 2 for c in site.truth() if c.day == 2)


def test_a_migration_moves_every_page_by_one_pattern() -> None:
    site = Site(seed=1, days=4, migration=2)
    moved = [c for c in site.truth() if c.day == 2]
    assert {c.event for c in moved} == {"migrate"}
    live = {a.key for a in site.articles_on(1)} & {a.key for a in site.articles_on(2)}
    assert {c.key for c in moved} == live
    assert all(c.path == f"/content/post_{c.key}.html" for c in moved)


def test_a_longer_site_begins_as_a_shorter_one() -> None:
    for everything in (False, True):
        short, long = (Site(seed=5, days=days, everything=everything) for days in (4, 11))
        assert short.truth() == tuple(c for c in long.truth() if c.day < 4)
        assert [short.pages_on(d) for d in range(4)] == [long.pages_on(d) for d in range(4)]


def test_without_furniture_days_something_happens_every_day() -> None:
    days = {c.day for c in Site(seed=2, days=10, furniture_days=False).truth()}
    assert days == set(range(1, 10))


@pytest.mark.parametrize("articles", [1, 2, 7, 400])
def test_small_and_large_sites(articles: int) -> None:
    site = Site(seed=3, articles=articles, days=8, everything=True)
    assert len(site.articles_on(0)) == articles
    assert site.truth()


def test_a_page_is_found_by_every_address_it_ever_had() -> None:
    site = Site(seed=2, articles=120, days=6, everything=True)
    moved = [c for c in site.truth() if "moved" in c.kinds]
    assert moved
    for change in moved:
        old, new = change.detail.split(" -> ")
        assert site.key_at(old) == site.key_at(new) == change.key
    assert site.key_at("/latest.html") is None


def test_the_truth_as_a_file_gives_every_day_back() -> None:
    site = Site(seed=4, days=6, everything=True, outages={5: Outage.FORBIDDEN})
    out = io.StringIO()
    write_truth(site, out)
    records = [json.loads(line) for line in out.getvalue().splitlines()]
    assert records[0]["format"] == FORMAT
    assert records[0]["days"] == 6
    by_type: dict[str, list[dict[str, object]]] = {}
    for record in records[1:]:
        by_type.setdefault(record.pop("type"), []).append(record)
    changes = [json.loads(json.dumps(asdict(change))) for change in site.truth()]
    assert by_type["change"] == changes
    assert by_type["incident"] == [asdict(incident) for incident in site.incidents()]
    state: dict[str, object] = {}
    for day in range(6):
        for record in (r for r in by_type["page"] if r["day"] == day):
            article = record["article"]
            assert isinstance(article, dict)
            state[str(article["key"])] = {k: v for k, v in record.items() if k != "day"}
        assert state == json.loads(json.dumps({k: asdict(p) for k, p in site.pages_on(day).items()}))


def test_the_same_truth_in_every_process() -> None:
    here = io.StringIO()
    write_truth(Site(seed=4, days=4, everything=True), here)
    command = [sys.executable, "-m", "sample_portal", "--truth", "--seed", "4", "--day", "3", "--everything"]
    for hash_seed in ("1", "2"):
        environment = {
            "PYTHONHASHSEED": hash_seed,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": ":".join(sys.path),
        }
        there = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603  our own
        assert there.stdout.decode() == here.getvalue()


def test_articles_have_every_shape() -> None:
    articles = [a for seed in range(5) for a in Site(seed=seed, articles=120).articles_on(0)]
    assert {b.kind for a in articles for b in a.blocks} == set(BlockKind)
    figures = [f for a in articles for f in a.figures]
    assert {f.arrangement.value for f in figures} == {"below", "above", "joined", "gallery"}
    assert any(f.alt is None for f in figures)
    assert any(f.alt == "" for f in figures)
    assert any(f.alt and not f.alt.isascii() for f in figures)
    assert any(not f.line for f in figures)
    files = [f for a in articles for f in a.attachments]
    assert {f.inline for f in files} == {True, False}
    assert any("." not in f.path.rsplit("/", 1)[-1] for f in files)
    assert any(a.breaks for a in articles)
    assert {a.language for a in articles} == {"en", "zh-CN", "ja", "ar"}
    for article in articles:
        assert article.published <= article.updated < "2026-03-02"
        assert all(f.position <= len(article.blocks) for f in article.figures)
        inline = [f for f in article.attachments if f.inline]
        assert all(sum(f.text in b.text for b in article.blocks) == 1 for f in inline)


def test_ids_grow_with_the_dates() -> None:
    articles = Site(seed=9, days=9).articles_on(8)
    assert [a.key for a in articles] == sorted(a.key for a in articles)
    assert [a.published for a in articles] == sorted(a.published for a in articles)
    assert all(re.fullmatch(rf"/\d{{4}}-\d\d/\d\d/c_{a.key}\.htm", a.path) for a in articles)
    assert all(len(a.key) == 6 for a in articles)


def test_a_near_copy_has_another_id_and_the_same_text() -> None:
    site = Site(seed=1, articles=120, days=6, everything=True)
    copies = [p.article for p in site.pages_on(5).values() if p.article.copy_of]
    assert copies
    for copy in copies:
        original = site.pages_on(0).get(copy.copy_of or "")
        assert copy.key != copy.copy_of
        assert original is None or copy.source != original.article.source


def test_a_site_needs_an_article_a_day_and_a_skin_that_there_is() -> None:
    with pytest.raises(ValueError, match="at least"):
        Site(articles=0)
    with pytest.raises(ValueError, match="day 3 is not among"):
        Site(days=3).articles_on(3)
    with pytest.raises(ValueError, match="no skin is called 'paper'"):
        Site(skin="paper")


def test_dates_follow_the_start() -> None:
    site = Site(start=date(2024, 2, 28), days=3)
    new = {c.day: c.path for c in site.truth() if c.kinds == ("new",)}
    assert {d: p[:11] for d, p in new.items()} == {1: "/2024-02/29", 2: "/2024-03/01"}
    assert date(2024, 2, 28) + timedelta(days=2) == date(2024, 3, 1)


def test_silent_events_ask_for_no_report() -> None:
    silent = {e for e in Event if not kinds_of(e)}
    assert silent == {Event.ALIAS, Event.MARKUP, Event.BLIP}
    changes: list[TrueChange] = [
        c for c in Site(seed=1, articles=200, days=6, everything=True).truth() if Event(c.event) in silent
    ]
    assert changes
    assert all(not c.kinds for c in changes)
