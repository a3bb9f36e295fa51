"""What captures become: baseline, changes, removals, technical versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from revisor.clock import FixedClock
from revisor.errors import StorageError
from revisor.model import PageState, Run, Verdict
from scheduler import record
from scheduler.record import Recorder
from scrapers.portal import PinnedLayout
from storage.frontier import RunFrontier
from storage.records import PageRecord
from tests.scheduler.newsroom import PORTAL, Answer, Newsroom, page

GONE = Answer(status=404, body=b"<html><p>not found</p></html>")
EDITED = page(
    paragraphs=("The tunnel is 2,510 metres long.", "Some 12,000 vehicles will use it, planners say.")
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path)
    yield room
    room.close()


def test_the_baseline_records_and_reports_nothing(newsroom: Newsroom) -> None:
    run = newsroom.run({1: page(), 2: page("Second headline of the day")})
    assert run.baseline
    assert run.verdict is Verdict.HEALTHY
    assert newsroom.kinds(run) == {}
    assert newsroom.store.live_pages("test") == 2


def test_a_page_that_comes_later_is_new(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    run = newsroom.run({1: page(), 2: page("Second headline of the day")})
    assert newsroom.kinds(run) == {"id:2": ("new",)}


def test_a_page_of_a_baseline_that_was_cut_short_is_not_new(newsroom: Newsroom) -> None:
    """A first run of few pages must not turn the rest of the portal into news."""
    newsroom.record(newsroom.crawl({1: page()}, complete=False))
    run = newsroom.run({1: page(), 2: page("Second headline of the day")})
    assert run.baseline
    assert newsroom.kinds(run) == {}


def test_noise_in_the_bytes_is_no_change(newsroom: Newsroom) -> None:
    newsroom.run({1: page(noise="aaa")})
    run = newsroom.run({1: page(noise="bbb")})
    assert newsroom.kinds(run) == {}
    found = newsroom.store.page("test", "id:1")
    assert found is not None
    assert len(newsroom.store.history(found.id).versions) == 1
    assert found.last_seen == run.started_at


def test_an_edit_is_kept_with_both_versions(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    run = newsroom.run({1: EDITED})
    assert newsroom.kinds(run) == {"id:1": ("edited",)}
    change = newsroom.store.change(newsroom.changes(run)[0].id)
    assert change.before
    assert change.after
    assert "2,150" in change.before.article.blocks[1].text
    assert "2,510" in change.after.article.blocks[0].text
    assert change.last_seen_before == run.started_at - (newsroom.now - run.started_at)


def test_one_edit_can_be_of_several_kinds(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    run = newsroom.run({1: page("Harbour tunnel opens a week late", updated="2026-03-03")})
    assert newsroom.kinds(run) == {"id:1": ("retitled", "redated")}


def test_removed_only_after_several_healthy_runs_and_once(newsroom: Newsroom) -> None:
    newsroom.run({1: page(), 2: page("Another headline")})
    first = newsroom.run({1: GONE, 2: page("Another headline")})
    assert newsroom.kinds(first) == {}
    second = newsroom.run({1: GONE, 2: page("Another headline")})
    assert newsroom.kinds(second) == {"id:1": ("removed",)}
    assert newsroom.kinds(newsroom.run({1: GONE, 2: page("Another headline")})) == {}


PAGES: dict[int, bytes | Answer] = {n: page(f"Headline number {n} of the day") for n in range(10)}


def test_an_outage_removes_nothing(newsroom: Newsroom) -> None:
    newsroom.run(PAGES)
    outage = newsroom.run(dict.fromkeys(range(10), GONE))
    assert outage.verdict is Verdict.DEGRADED
    assert newsroom.kinds(outage) == {}
    assert newsroom.kinds(newsroom.run(PAGES)) == {}
    assert newsroom.kinds(newsroom.run(PAGES | {1: GONE})) == {}


def test_many_pages_that_stay_gone_are_reported_in_the_end(newsroom: Newsroom) -> None:
    """A mass deletion looks like an outage on its first day; afterwards it is the story."""
    newsroom.run(PAGES)
    gone = PAGES | dict.fromkeys(range(6), GONE)
    assert newsroom.run(gone).verdict is Verdict.DEGRADED
    assert newsroom.kinds(newsroom.run(gone)) == {}
    assert newsroom.kinds(newsroom.run(gone)) == {f"id:{n}": ("removed",) for n in range(6)}


def test_a_notice_in_place_of_every_page_is_no_edit_of_any(newsroom: Newsroom) -> None:
    newsroom.run(PAGES)
    notice = page(
        "Site under maintenance", ("We are sorry, this site is being worked on, please come back later.",)
    )
    run = newsroom.run(dict.fromkeys(range(10), notice))
    assert run.verdict is Verdict.BLOCKED
    assert newsroom.kinds(run) == {}
    edited = page("Headline number 3 of the day").replace(b"17 minutes", b"71 minutes")
    assert newsroom.kinds(newsroom.run(PAGES | {3: edited})) == {"id:3": ("edited",)}


def test_a_baseline_without_articles_is_none(newsroom: Newsroom) -> None:
    newsroom.run({})
    run = newsroom.run({1: page()})
    assert run.baseline
    assert newsroom.kinds(run) == {}


def test_a_page_that_is_back_before_its_removal_is_no_change(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    newsroom.run({1: GONE})
    assert newsroom.kinds(newsroom.run({1: page()})) == {}
    assert newsroom.kinds(newsroom.run({1: GONE})) == {}


@pytest.mark.parametrize(("body", "kinds"), [(page(), ("restored",)), (EDITED, ("restored", "edited"))])
def test_restored(newsroom: Newsroom, body: bytes, kinds: tuple[str, ...]) -> None:
    newsroom.run({1: page()})
    newsroom.run({1: GONE})
    newsroom.run({1: GONE})
    run = newsroom.run({1: body})
    assert newsroom.kinds(run) == {"id:1": kinds}
    found = newsroom.store.page("test", "id:1")
    assert found is not None
    assert found.state is PageState.LIVE


@pytest.mark.parametrize(
    "answer", [Answer(503), Answer(403), Answer(200), Answer(302), Answer(200, b"\0\0\0\0")]
)
def test_a_failed_answer_is_never_a_deletion(newsroom: Newsroom, answer: Answer) -> None:
    newsroom.run({1: page(), 2: page("Another headline")})
    for _ in range(5):
        assert newsroom.kinds(newsroom.run({1: answer, 2: page("Another headline")})) == {}
    found = newsroom.store.page("test", "id:1")
    assert found is not None
    assert found.state is PageState.LIVE
    assert newsroom.kinds(newsroom.run({1: page()})) == {}


def test_not_modified_moves_last_seen(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    run = newsroom.run({1: Answer(304)})
    found = newsroom.store.page("test", "id:1")
    assert found is not None
    assert found.last_seen == run.started_at
    assert run.counts.unchanged == 1


def test_new_rules_alone_report_nothing_and_real_edits_still_show(newsroom: Newsroom) -> None:
    newsroom.run({1: page(), 2: page("Another headline")})
    stricter = msgspec.structs.replace(PORTAL, layouts=(PinnedLayout(drop=("p:nth-of-type(3)",)),))
    edited = page().replace(b"17 minutes", b"71 minutes")
    run = newsroom.record(newsroom.crawl({1: page(noise="x"), 2: page("Another headline")}), stricter)
    assert newsroom.kinds(run) == {}
    run = newsroom.record(newsroom.crawl({1: edited, 2: page("Another headline")}), stricter)
    assert newsroom.kinds(run) == {"id:1": ("edited",)}


def test_new_rules_and_an_edit_at_once_show_the_edit_only(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    stricter = msgspec.structs.replace(PORTAL, layouts=(PinnedLayout(drop=("p:nth-of-type(3)",)),))
    edited = page().replace(b"17 minutes", b"71 minutes")
    run = newsroom.record(newsroom.crawl({1: edited}), stricter)
    change = newsroom.store.change(newsroom.changes(run)[0].id)
    assert [kind.value for kind in change.kinds] == ["edited"]
    assert change.before
    assert change.after
    assert len(change.before.article.blocks) == len(change.after.article.blocks) == 2


def test_a_redesign_is_one_verdict_and_no_change(newsroom: Newsroom) -> None:
    newsroom.run({n: page(f"Headline number {n} of the day") for n in range(10)})
    run = newsroom.run(dict.fromkeys(range(10), b"<html><body><div id='app'></div></body></html>"))
    assert run.verdict is Verdict.REDESIGNED
    assert newsroom.kinds(run) == {}


def test_recording_can_break_off_anywhere_and_go_on(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost and nothing doubled, however often recording is cut off."""
    newsroom.run({n: page(f"Headline number {n} of the day") for n in range(6)})
    run = newsroom.crawl(
        {n: page(f"Headline number {n} of the morning") for n in range(6)} | {7: page("New one")}
    )
    real = newsroom.store.record
    for allowed in (0, 1, 3):
        left = [allowed]

        def cut(run: Run, made: PageRecord, at: datetime, left: list[int] = left) -> int | None:
            if left[0] == 0:
                raise StorageError("cut off")
            left[0] -= 1
            return real(run, made, at)

        monkeypatch.setattr(newsroom.store, "record", cut)
        with pytest.raises(StorageError):
            Recorder(newsroom.store, PORTAL, newsroom.store.run(run.id)).finish(FixedClock(newsroom.now))
    monkeypatch.setattr(newsroom.store, "record", real)
    done = newsroom.record(newsroom.store.run(run.id))
    assert done.counts.changes == 7
    assert sorted(newsroom.kinds(done)) == [*(f"id:{n}" for n in range(6)), "id:7"]
    again = Recorder(newsroom.store, PORTAL, done).finish(FixedClock(newsroom.now))
    assert again.counts == done.counts


def test_an_unreadable_new_page_is_named_and_comes_in_when_it_can_be_read(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    broken = Answer(200, b"%PDF-1.7 ...", (("Content-Type", "application/pdf"),))
    run = newsroom.run({1: page(), 2: broken})
    assert newsroom.kinds(run) == {}
    assert [line.outcome for line in newsroom.store.captures_of_run(run.id)] == [
        "list",
        "unchanged",
        "NotHtml",
    ]
    assert newsroom.kinds(newsroom.run({1: page(), 2: page("Second headline")})) == {"id:2": ("new",)}


def test_the_sample_of_the_verdict_is_bounded(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "SAMPLE", 2)
    newsroom.run({n: page(f"Headline number {n} of the day") for n in range(8)})
    run = newsroom.run({n: page(f"Headline number {n} of the night") for n in range(8)})
    assert run.counts.changes == 8
    assert run.verdict is Verdict.HEALTHY


def test_an_unreadable_answer_is_asked_for_whole_the_next_time(newsroom: Newsroom) -> None:
    """Its validators would only confirm what was never read."""
    newsroom.run({1: page()})
    etag = (("Content-Type", "text/html"), ("ETag", '"2"'))
    newsroom.run({1: Answer(200, b"<html><body><div id='app'></div></body></html>", etag)})
    run = newsroom.crawl({})
    entries = RunFrontier(newsroom.engine, run).take(9)
    assert [entry.etag for entry in entries if entry.address.key == "id:1"] == [None]
    newsroom.record(run)


def test_an_unreadable_answer_proves_that_a_missing_page_is_there(newsroom: Newsroom) -> None:
    newsroom.run({1: page(), 2: page("Another headline")})
    for answer in (GONE, Answer(200, b"<html><body></body></html>"), GONE):
        assert newsroom.kinds(newsroom.run({1: answer, 2: page("Another headline")})) == {}


def test_the_scheme_a_page_was_fetched_by_changes_nothing(newsroom: Newsroom) -> None:
    with_image = page().replace(b"<p>The tunnel", b"<p><img src='/att/1.jpg'></p><p>The tunnel", 1)
    newsroom.run({1: with_image})
    newsroom.base = "http://news.example"
    run = newsroom.run({1: with_image.replace(b"Token", b"token")})
    assert newsroom.kinds(run) == {}
    assert run.counts.unchanged == 1


def test_a_damaged_body_in_the_store_stops_nothing_else(newsroom: Newsroom) -> None:
    newsroom.run({1: page(), 2: page("Another headline")})
    run = newsroom.crawl({1: EDITED, 2: page("A third headline")})
    with newsroom.engine.begin() as connection:
        digest = sha256(EDITED).hexdigest()
        connection.exec_driver_sql("update body set data = x'00' where digest = ?", (digest,))
    done = newsroom.record(run)
    assert newsroom.kinds(done) == {"id:2": ("retitled",)}
    assert "DatabaseDamaged" in [line.outcome for line in newsroom.store.captures_of_run(run.id)]


def test_a_damaged_earlier_body_or_list_stops_nothing_either(newsroom: Newsroom) -> None:
    newsroom.run({1: page(), 2: page("Another headline")})
    changed_rules = msgspec.structs.replace(PORTAL, language="en")
    run = newsroom.crawl({1: EDITED, 2: page("A third headline")})
    listing = b"<html><body>list</body></html>"
    with newsroom.engine.begin() as connection:
        for body in (page(), listing):
            digest = sha256(body).hexdigest()
            connection.exec_driver_sql("update body set data = x'00' where digest = ?", (digest,))
    done = newsroom.record(run, changed_rules)
    assert done.ended_at is not None
    assert "DatabaseDamaged" in [line.outcome for line in newsroom.store.captures_of_run(run.id)]
