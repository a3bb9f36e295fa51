"""The record transaction: versions, pages and changes, once each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from revisor.errors import NotFound
from revisor.model import Kind, PageState, Run
from storage.records import NewVersion, PageRecord
from tests.storage.making import HOUR, RULES, START, Scene, answer, article, change, live, new_version, rows


def record(
    scene: Scene, of: PageRecord | None = None, section: str | None = None
) -> tuple[Run, int, int | None]:
    """One run with one capture of `a`, recorded as told."""
    run = scene.crawl(answer("a", at=scene.at, section=section))
    capture_id = scene.only(run).id
    change_id = scene.store.record(run, replace(of, capture_id=capture_id) if of else live(capture_id), START)
    return run, capture_id, change_id


def test_a_first_article_makes_its_page(scene: Scene) -> None:
    run = scene.crawl(answer("a", section="News"))
    pending = scene.only(run)
    change_id = scene.store.record(run, live(pending.id, article(), change(Kind.NEW)), START)
    page = scene.store.page("test", "id:a")
    assert page
    assert (page.url, page.section, page.title) == ("https://news.example/a.htm", "News", "Tunnel opens")
    assert (page.state, page.first_seen, page.last_seen) == (PageState.LIVE, START, START)
    version = scene.store.current_version(page)
    assert version
    assert (version.article, version.page_id, version.capture_id) == (article(), page.id, pending.id)
    assert (version.first_seen, version.last_seen, version.rules_id) == (START, START, RULES.rules_id)
    assert scene.store.pending(run.id) == []
    assert change_id
    told = scene.store.change(change_id)
    assert (told.page, told.before, told.after, told.run_id) == (page, None, version, run.id)
    assert (told.kinds, told.detected_at, told.last_seen_before) == ((Kind.NEW,), START, None)
    assert told.diff


def test_a_baseline_records_and_tells_nobody(scene: Scene) -> None:
    _, _, change_id = record(scene)
    assert change_id is None
    assert scene.store.live_pages("test") == 1


def test_recording_twice_is_recording_once(engine: Engine, scene: Scene) -> None:
    run = scene.crawl(answer("a"))
    told = live(scene.only(run).id, article(), change(Kind.NEW))
    first = scene.store.record(run, told, START)
    before = rows(engine)
    assert scene.store.record(run, told, START) == first
    assert scene.store.record(run, live(told.capture_id, article("Another")), START) == first
    assert rows(engine) == before


def test_an_edit(scene: Scene) -> None:
    record(scene)
    edited = article("Tunnel opens", "The city opened its tunnel on Tuesday.")
    run = scene.crawl(answer("a", at=scene.at, body=b"other"))
    change_id = scene.store.record(run, live(scene.only(run).id, edited, change(Kind.EDITED)), START)
    assert change_id
    told = scene.store.change(change_id)
    assert told.before
    assert told.after
    assert (told.before.article, told.after.article) == (article(), edited)
    assert (told.before.last_seen, told.after.first_seen) == (START, START + HOUR)
    assert (told.last_seen_before, told.detected_at) == (START, START + HOUR)
    page = scene.store.page("test", "id:a")
    assert page
    assert (page.version_id, page.first_seen, page.last_seen) == (told.after.id, START, START + HOUR)


def test_an_unchanged_article_only_moves_last_seen(engine: Engine, scene: Scene) -> None:
    record(scene)
    record(scene, PageRecord(0, "unchanged", state=PageState.LIVE, seen=True))
    page = scene.store.page("test", "id:a")
    assert page
    assert page.last_seen == START + HOUR
    version = scene.store.current_version(page)
    assert version
    assert (version.first_seen, version.last_seen) == (START, START + HOUR)
    assert len(rows(engine)["version"]) == 1


def test_a_capture_that_says_nothing_leaves_the_page_alone(engine: Engine, scene: Scene) -> None:
    record(scene)
    before = rows(engine)
    run, capture_id, change_id = record(scene, PageRecord(0, "NoArticle", "no text"))
    after = rows(engine)
    assert change_id is None
    assert all(after[table] == before[table] for table in ("page", "version", "change"))
    (line,) = scene.store.captures_of_run(run.id)
    assert (line.id, line.outcome, line.note) == (capture_id, "NoArticle", "no text")


def test_missing_removed_restored(scene: Scene) -> None:
    record(scene)
    since = scene.at
    record(scene, PageRecord(0, "missing", state=PageState.MISSING, missing_runs=1, missing_since=since))
    page = scene.store.page("test", "id:a")
    assert page
    assert (page.state, page.missing_runs, page.missing_since) == (PageState.MISSING, 1, since)
    assert page.last_seen == START, "an absence is no sight"
    gone = PageRecord(
        0,
        "missing",
        state=PageState.REMOVED,
        missing_runs=2,
        missing_since=since,
        change=change(Kind.REMOVED),
    )
    _, _, removed_id = record(scene, gone)
    assert removed_id
    removed = scene.store.change(removed_id)
    assert removed.before
    assert (removed.before.article, removed.after) == (article(), None)
    assert (removed.last_seen_before, removed.page.state) == (START, PageState.REMOVED)
    back = PageRecord(0, "unchanged", state=PageState.LIVE, seen=True, change=change(Kind.RESTORED))
    _, _, back_id = record(scene, back)
    assert back_id
    restored = scene.store.change(back_id)
    assert restored.after
    assert restored.after == restored.before
    assert restored.last_seen_before == START
    assert (restored.page.missing_runs, restored.page.missing_since) == (0, None)
    assert scene.store.live_pages("test") == 1


def test_absence_of_a_page_never_seen_is_nothing(engine: Engine, scene: Scene) -> None:
    record(scene, PageRecord(0, "missing", state=PageState.MISSING, missing_runs=1))
    assert rows(engine)["page"] == []


def test_new_rules_derive_both_sides_again(scene: Scene) -> None:
    _, first_capture, _ = record(scene)
    record(scene, PageRecord(0, "unchanged", state=PageState.LIVE, seen=True))
    scene.store.save_rules(replace(RULES, rules_id="rules-2"), scene.now)
    rebuilt = replace(
        new_version(first_capture, article("Tunnel opens!"), "rules-2"),
        capture_id=first_capture,
        technical=True,
    )
    run = scene.crawl(answer("a", at=scene.at))
    capture_id = scene.only(run).id
    edited = new_version(capture_id, article("Tunnel closes"), "rules-2")
    told = PageRecord(
        capture_id,
        "article",
        state=PageState.LIVE,
        versions=(rebuilt, edited),
        change=change(Kind.RETITLED),
        seen=True,
    )
    change_id = scene.store.record(run, told, START)
    assert change_id
    found = scene.store.change(change_id)
    assert found.before
    assert found.after
    assert (found.before.article.title, found.after.article.title) == ("Tunnel opens!", "Tunnel closes")
    assert found.before == scene.store.version_by_capture(first_capture, "rules-2")
    assert (found.before.first_seen, found.before.last_seen) == (START, START + HOUR), "the span of its text"
    known = scene.store.history(found.page.id)
    assert [line.technical for line in known.versions] == [False, True, False]
    assert scene.store.portal_summary("test").versions == 2


def test_only_new_rules_make_the_derived_version_current(scene: Scene) -> None:
    _, first_capture, _ = record(scene)
    scene.store.save_rules(replace(RULES, rules_id="rules-2"), scene.now)
    rebuilt = replace(new_version(first_capture, article("Tunnel opens!"), "rules-2"), technical=True)
    told = PageRecord(0, "unchanged", state=PageState.LIVE, versions=(rebuilt,), seen=True)
    run, _, change_id = record(scene, told)
    assert change_id is None
    page = scene.store.page("test", "id:a")
    assert page
    current = scene.store.current_version(page)
    assert current
    assert (page.title, current.rules_id, current.last_seen) == ("Tunnel opens!", "rules-2", START + HOUR)
    counts = scene.finish(run).counts
    assert (counts.articles, counts.unchanged) == (1, 1)


def test_a_version_of_the_same_capture_and_rules_is_kept_once(engine: Engine, scene: Scene) -> None:
    _, capture_id, _ = record(scene)
    again = replace(new_version(capture_id), technical=True)
    record(scene, PageRecord(0, "unchanged", state=PageState.LIVE, versions=(again,), seen=True))
    assert len(rows(engine)["version"]) == 1


def test_a_page_keeps_the_url_and_section_of_its_last_sight(scene: Scene) -> None:
    record(scene, section="News")
    record(scene, PageRecord(0, "missing", state=PageState.MISSING, missing_runs=1))
    record(scene, PageRecord(0, "unchanged", state=PageState.LIVE, seen=True), section="Sport")
    page = scene.store.page("test", "id:a")
    assert page
    assert page.section == "Sport"


@pytest.mark.parametrize(
    "wrong", [{"seen": True}, {"versions": (new_version(1),)}, {"change": change(Kind.NEW)}]
)
def test_a_record_that_contradicts_itself(wrong: dict[str, tuple[NewVersion, ...]]) -> None:
    with pytest.raises(ValueError, match="state"):
        PageRecord(1, "article", **wrong)  # type: ignore[arg-type]  # the point


def test_a_change_needs_an_article(engine: Engine, scene: Scene) -> None:
    run = scene.crawl(answer("a"))
    before = rows(engine)
    told = PageRecord(scene.only(run).id, "missing", state=PageState.REMOVED, change=change(Kind.REMOVED))
    with pytest.raises(ValueError, match="no article"):
        scene.store.record(run, told, START)
    assert rows(engine) == before


def test_a_capture_of_another_run(scene: Scene) -> None:
    run = scene.crawl(answer("a"))
    capture_id = scene.only(run).id
    with pytest.raises(NotFound, match="no capture"):
        scene.store.record(scene.begin(), live(capture_id), START)


def test_pending_comes_in_pieces(scene: Scene) -> None:
    run = scene.crawl(*(answer(str(number)) for number in range(7)))
    first = scene.store.pending(run.id, limit=4)
    rest = scene.store.pending(run.id, after_id=first[-1].id, limit=4)
    assert [pending.key for pending in (*first, *rest)] == [f"id:{number}" for number in range(7)]
    scene.store.record(run, live(first[0].id), START)
    assert scene.store.pending(run.id)[0] == first[1]
