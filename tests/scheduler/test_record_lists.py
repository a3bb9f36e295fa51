"""A section that answers with something else than a page is never healthy silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from revisor.model import (
    Capture,
    Discovered,
    Failure,
    Fetch,
    FrontierEntry,
    Headers,
    Run,
    Source,
    Trigger,
    Verdict,
)
from scheduler.derive import answer_error, list_error
from scrapers.portal import Section
from storage.captures import RunSink
from storage.frontier import RunFrontier
from tests.scheduler.newsroom import PORTAL, START, Newsroom, page

LIST = "https://news.example/news.html"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom(tmp_path)
    yield room
    room.close()


def list_only(room: Newsroom, body: bytes, headers: Headers = ()) -> Run:
    """A run that fetched the one section and nothing else."""
    run = room.store.begin_run("test", f"slot {room.now}", Trigger.MANUAL, room.now)
    section = room.portal.start()[0]
    RunFrontier(room.engine, run, 10).add([Discovered(section, Source.SECTION)])
    capture = Capture(section.url, 200, headers, body, room.now)
    RunSink(room.engine, run).store(Fetch(FrontierEntry(section), capture))
    return room.record(room.store.end_crawl(run.id, complete=True))


@pytest.mark.parametrize(
    ("body", "headers", "name"),
    [
        (b"%PDF-1.7 ...", (("Content-Type", "application/pdf"),), "NotHtml"),
        (b"%PDF-1.7 ...", (("Content-Type", "text/html"),), "NotHtml"),
        (b'{"items": []}', (("Content-Type", "application/json"),), "NotHtml"),
        (b"", (), "EmptyBody"),
        (b"\n\n", (), "EmptyBody"),
        (b"please wait", (("Content-Type", "text/html"),), "NotHtml"),
    ],
)
def test_a_section_that_is_no_page_is_named_and_the_run_is_down(
    newsroom: Newsroom, body: bytes, headers: Headers, name: str
) -> None:
    newsroom.run({1: page()})
    run = list_only(newsroom, body, headers)
    assert run.verdict is Verdict.DOWN
    assert run.reason == f"none of 1 addresses gave a page ({name} 1x)"
    (line,) = newsroom.store.captures_of_run(run.id)
    assert line.outcome == name
    assert line.note is not None
    assert LIST in line.note


def test_a_section_that_is_a_page_is_healthy_also_without_links(newsroom: Newsroom) -> None:
    assert list_only(newsroom, b"<html><body>nothing today</body></html>").verdict is Verdict.HEALTHY


def test_a_body_that_broke_off_is_no_good_answer_whatever_its_status(newsroom: Newsroom) -> None:
    newsroom.run({1: page()})
    run = newsroom.store.begin_run("test", "broken", Trigger.MANUAL, newsroom.now)
    section = FrontierEntry(newsroom.portal.start()[0])
    RunFrontier(newsroom.engine, run, 10).add([Discovered(section.address, Source.SECTION)])
    failure = Failure(LIST, "TruncatedBody", "it broke off", newsroom.now, status=200)
    RunSink(newsroom.engine, run).fail(section, failure)
    done = newsroom.record(newsroom.store.end_crawl(run.id, complete=True))
    assert done.verdict is Verdict.DOWN
    assert done.reason is not None
    assert "TruncatedBody 1x" in done.reason


def test_one_section_of_several_that_is_no_page_degrades_the_run(tmp_path: Path) -> None:
    two = msgspec.structs.replace(PORTAL, sections=(*PORTAL.sections, Section("More", "more.html")))
    room = Newsroom(tmp_path, two)
    try:
        run = room.crawl({1: page()})
        more = FrontierEntry(two.start()[1])
        capture = Capture(more.address.url, 200, (), b"", room.now)
        RunFrontier(room.engine, run, 10).add([Discovered(more.address, Source.SECTION)])
        RunSink(room.engine, run).store(Fetch(more, capture))
        done = room.record(run)
        assert done.verdict is Verdict.DEGRADED
        assert done.reason == "1 of 3 addresses failed (EmptyBody 1x)"
    finally:
        room.close()


def test_what_a_list_is_instead() -> None:
    assert list_error(Capture(LIST, 200, (), b"<p>x</p>", START)) is None
    assert list_error(Capture(LIST, 200, (), b"", START)) is not None


@pytest.mark.parametrize(
    ("status", "location", "name"),
    [
        (500, None, "HttpError"),
        (403, None, "HttpError"),
        (302, None, "HttpError"),
        (302, "", "HttpError"),
        (302, "http://[broken", "HttpError"),
        (301, "/a2.htm", None),
        (301, "http://news.example/a2.htm", None),
        (302, "https://elsewhere.example/", "OffPortalRedirect"),
        (302, "https://news.example:8443/", "OffPortalRedirect"),
        (302, "mailto:x@news.example", "OffPortalRedirect"),
        (302, "http://10.0.0.1/", "EgressRefused"),
        (302, "http://169.254.169.254/latest/meta-data/", "EgressRefused"),
        (302, "http://[::1]/", "EgressRefused"),
        (302, "http://[fd00::1%25x]/", "EgressRefused"),
        (302, "http://8.8.8.8/", "OffPortalRedirect"),
    ],
)
def test_what_an_answer_without_a_page_amounts_to(
    status: int, location: str | None, name: str | None
) -> None:
    headers = () if location is None else (("Location", location),)
    error = answer_error(PORTAL, Capture("https://news.example/a1.htm", status, headers, b"", START))
    assert (error and error.name) == name
    if error:
        assert "https://news.example/a1.htm" in error.message
