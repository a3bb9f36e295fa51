"""A store in which everything that a portal or a person can write is a script that wants to run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from revisor.diff import compare
from revisor.digest import digests
from revisor.model import (
    Address,
    Article,
    Attachment,
    Block,
    BlockKind,
    Capture,
    Discovered,
    Failure,
    Fetch,
    Figure,
    FrontierEntry,
    PageKind,
    PageState,
    Rules,
    Run,
    Source,
    Trigger,
    Verdict,
)
from storage.captures import RunSink
from storage.frontier import RunFrontier
from storage.records import (
    LONGEST_NOTE,
    LONGEST_REVIEWER,
    NewChange,
    NewVersion,
    PageRecord,
    PendingCapture,
)
from storage.store import Store

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RULES = Rules("rules-1", "1")


def fill(engine: Engine, vector: str, number: int) -> int:
    """Two runs of a portal named like the vector, and a review; returns the number of the change they bring.

    The address of every second page is the vector itself, the others are http addresses that end in it.
    """
    store = Store(engine)
    store.save_rules(RULES, START)
    url = vector if number % 2 else f"https://news.example/{number}?q={vector}"
    address = Address(f"id:{number}:{vector}", url, PageKind.ARTICLE, vector)
    before, after = _article("Harbour", "https://news.example/a.jpg"), _article(vector, url)
    first = _crawl(engine, store, address, START, vector)
    _record(store, first, before, None, START)
    second = _crawl(engine, store, address, START + timedelta(hours=1), vector)
    diff = compare(before, after)
    change = _record(
        store, second, after, NewChange(diff.kinds, vector, vector, diff), START + timedelta(hours=2)
    )
    store.fail_run(second.id, vector, vector)
    store.add_review(
        change,
        reviewed=False,
        note=vector[:LONGEST_NOTE],
        reviewer=vector[:LONGEST_REVIEWER],
        at=START + timedelta(hours=3),
    )
    return change


def _article(text: str, image: str) -> Article:
    cells = BlockKind.TABLE_ROW
    blocks = (Block(kind, text, level=2, cells=(text,) if kind is cells else ()) for kind in BlockKind)
    return Article(
        title=text,
        blocks=(*blocks, Block(BlockKind.PARAGRAPH, f"It said {text} on Monday.")),
        published=text,
        updated=text,
        source=text,
        byline=text,
        language=text,
        figures=(Figure(image, caption=text, credit=text, alt=text),),
        attachments=(Attachment(image, text),),
    )


def _crawl(engine: Engine, store: Store, address: Address, at: datetime, vector: str) -> Run:
    run = store.begin_run(vector, f"{at} {vector}", Trigger.MANUAL, at)
    RunFrontier(engine, run).add([Discovered(address, Source.LIST)])
    body = f"<html><head><title>x</title></head><body><p>{vector}</p></body></html>".encode(
        "utf-8", "replace"
    )
    media = "text/html; charset=utf-8" if len(vector) % 3 else f"text/{vector}"
    headers = (("Content-Type", media), ("X-Vector", vector))
    sink = RunSink(engine, run)
    entry = FrontierEntry(address)
    sink.store(Fetch(entry, Capture(address.url, 200, headers, body, at)))
    sink.fail(entry, Failure(address.url, vector, vector, at, 500))
    store.end_crawl(run.id, complete=True)
    store.judge(run.id, Verdict.HEALTHY, vector)
    return run


def _record(store: Store, run: Run, article: Article, change: NewChange | None, at: datetime) -> int:
    pending: PendingCapture = store.pending(run.id)[0]
    version = NewVersion(pending.id, RULES.rules_id, digests(article), article)
    record = PageRecord(
        pending.id,
        article.title,
        note=article.title,
        state=PageState.LIVE,
        versions=(version,),
        change=change,
    )
    number = store.record(run, record, at)
    store.finish_run(run.id, at)
    return number or 0
