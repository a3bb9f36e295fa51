"""Every transaction, broken off before each of its statements, leaves all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from revisor.model import Failure, FrontierEntry, Kind, RunState, Verdict
from storage.captures import RunSink
from storage.frontier import RunFrontier
from tests.storage.making import START, Scene, address, answer, article, change, found, live, rows


class Killed(Exception):
    """Stands for the end of the process."""


@contextmanager
def killed_at(engine: Engine, statement: int) -> Iterator[None]:
    """Raise before the n-th statement, the commits counted with them."""
    count = 0

    def strike(*_: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise Killed

    event.listen(engine, "before_cursor_execute", strike)
    event.listen(engine, "commit", strike)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", strike)
        event.remove(engine, "commit", strike)


Work = Callable[[], object]


def fetch(scene: Scene) -> Work:
    run = scene.begin()
    RunFrontier(scene.engine, run).add([found("a"), found("b")])
    one = answer("a", discovered=(found("b", section="News"), found("c")))
    return lambda: RunSink(scene.engine, run).store(one)


def fail(scene: Scene) -> Work:
    run = scene.begin()
    RunFrontier(scene.engine, run).add([found("a")])
    failure = Failure("https://news.example/a", "FetchTimeout", "slow", START)
    return lambda: RunSink(scene.engine, run).fail(FrontierEntry(address("a")), failure)


def take(scene: Scene) -> Work:
    run = scene.begin()
    RunFrontier(scene.engine, run).add([found(str(number)) for number in range(9)])
    return lambda: RunFrontier(scene.engine, run).take(5)


def record_new(scene: Scene) -> Work:
    run = scene.crawl(answer("a"))
    told = live(scene.only(run).id, article(), change(Kind.NEW))
    return lambda: scene.store.record(run, told, START)


def record_edit(scene: Scene) -> Work:
    record_new(scene)()
    run = scene.crawl(answer("a", at=scene.at, body=b"other"))
    told = live(scene.only(run).id, article("Other"), change(Kind.EDITED, Kind.RETITLED))
    return lambda: scene.store.record(run, told, START)


def finish(scene: Scene) -> Work:
    run = scene.crawl(answer("a"))
    scene.store.judge(run.id, Verdict.HEALTHY, None)
    assert run.state is RunState.RECORDING
    return lambda: scene.store.finish_run(run.id, START)


@pytest.mark.parametrize("prepare", [fetch, fail, take, record_new, record_edit, finish])
def test_all_or_nothing(engine: Engine, scene: Scene, prepare: Callable[[Scene], Work]) -> None:
    work = prepare(scene)
    before = rows(engine)
    statement = 0
    while True:
        statement += 1
        try:
            with killed_at(engine, statement):
                work()
        except Killed:
            assert rows(engine) == before
        else:
            break
    assert statement > 4, "it was struck at every step"
    assert rows(engine) != before
