"""The extraction bench: what counts as right, how halves are split, when a floor is broken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.extraction.floors import Figures, below, figures, read_floors, write_floors
from benchmarks.extraction.found import Extractor, Found, Picture
from benchmarks.extraction.marks import Tally, asked, halves, mark
from benchmarks.extraction.measure import Speed, measure
from benchmarks.extraction.ours import OURS
from benchmarks.extraction.pages import CORPUS, Page, pages_of
from benchmarks.extraction.peers import PEERS, peers_named
from benchmarks.extraction.table import SetResult, print_worst, rows
from benchmarks.shared.gold import gold_of

ROW: dict[str, object] = {
    "id": "one",
    "url": "http://portal.example/news/1.html",
    "title": "A bridge opens",
    "published": "2024-05-01",
    "updated": None,
    "body": ["The bridge over the bay was opened on Monday by the mayor.", "It is two kilometres long."],
    "captions": [
        {"image": "/i/1.jpg?w=9", "caption": "The bridge at dawn, seen from the bay", "credit": "Li"}
    ],
    "attachments": [{"href": "plan.pdf", "text": "Plan"}],
}
BYTES = b"<html><body><h1>A bridge opens</h1><p>The bridge over the bay was opened.</p></body></html>"
RIGHT = Found(
    body="The bridge over the bay was opened on Monday by the mayor.\nIt is two kilometres long.",
    title="A bridge  opens",
    published="2024-05-01T10:00:00+08:00",
    pictures=(Picture("http://portal.example/i/1.jpg?w=640", "The bridge at dawn, seen from the bay", "Li"),),
    files=frozenset({"http://portal.example/news/plan.pdf"}),
)


def page_of(**changes: object) -> Page:
    return Page(gold_of(ROW | changes, BYTES))


def extractor(found: Found | None, gives: frozenset[str] = OURS.gives) -> Extractor:
    return Extractor("fake", gives, lambda _: found)


def counts(found: Found | None, **changes: object) -> dict[str, int]:
    marked = mark(page_of(**changes), found, extractor(found))
    return {name: value for name, value in marked.counts.items() if value}


def test_all_right() -> None:
    marked = mark(page_of(), RIGHT, OURS)
    assert (marked.f1, marked.wrong) == (1.0, ())
    assert counts(RIGHT) == {
        "titles exact": 1,
        "published right": 1,
        "updated none": 1,
        "captions tied": 1,
        "attachments right": 1,
    }


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (replace(RIGHT, published="2024-05-02"), "published wrong"),
        (replace(RIGHT, published=None), "published missing"),
        (replace(RIGHT, updated="2024-05-02"), "updated invented"),
        (replace(RIGHT, files=frozenset({"http://portal.example/plan.pdf"})), "attachments false"),
        (
            replace(RIGHT, pictures=(Picture("http://portal.example/i/1.jpg", "Share this page"),)),
            "captions false",
        ),
        (None, "failed"),
    ],
)
def test_what_is_wrong_is_counted_and_told(found: Found | None, name: str) -> None:
    assert counts(found)[name] == 1
    assert mark(page_of(), found, OURS).wrong


def test_a_caption_on_another_image_is_neither_tied_nor_false() -> None:
    elsewhere = replace(RIGHT, pictures=(replace(RIGHT.pictures[0], image="http://portal.example/i/2.jpg"),))
    assert not {"captions tied", "captions false"} & counts(elsewhere).keys()
    assert mark(page_of(), elsewhere, OURS).wrong


def test_one_picture_ties_one_caption() -> None:
    captions = [{"image": "/i/1.jpg", "caption": "The bridge at dawn, seen from the bay", "credit": None}] * 2
    assert counts(RIGHT, captions=captions)["captions tied"] == 1


def test_captions_that_are_plain_strings_need_no_image() -> None:
    assert counts(RIGHT, captions=["The bridge at dawn, seen from the bay"])["captions tied"] == 1


def test_fields_the_gold_or_the_extractor_lacks_are_not_judged() -> None:
    unasked = counts(RIGHT, captions=None, attachments=None)
    assert not any(name.startswith(("captions", "attachments")) for name in unasked)
    bare = mark(page_of(), RIGHT, extractor(RIGHT, frozenset()))
    assert not +bare.counts


def test_relative_links_start_from_the_base_element() -> None:
    page = Page(gold_of(ROW, b'<base href="/files/">' + BYTES))
    found = replace(RIGHT, files=frozenset({"http://portal.example/files/plan.pdf"}))
    assert mark(page, found, OURS).counts["attachments right"] == 1


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=20))
def test_halves_are_the_whole_and_stay_whatever_else_is_there(ids: list[str]) -> None:
    marks = [mark(page_of(id=name), RIGHT, OURS) for name in ids]
    whole, first, second = halves(marks)
    assert whole.pages == len(ids) == first.pages + second.pages
    assert whole.counts == first.counts + second.counts
    assert [one.page.half for one in marks] == [page_of(id=name).half for name in ids]


def test_the_halves_of_known_pages() -> None:
    assert [page_of(id=name).half for name in ("bka", "ncsc", "wcxb-0001", "wcxb-0002")] == [0, 0, 0, 1]


def figures_of(*found: Found | None) -> Figures:
    marks = [mark(page_of(), one, OURS) for one in found]
    return figures(Tally.of(marks), asked([one.page for one in marks]))


def test_a_run_is_never_below_its_own_figures(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    own = figures_of(RIGHT, None)
    write_floors({"set": own}, path)
    assert read_floors(path) == {"set": own}
    assert below("set", own, read_floors(path)) == []


def test_each_figure_below_its_floor_is_named() -> None:
    floors = {"set": figures_of(RIGHT)}
    worse = replace(
        RIGHT, body="Nothing.", title="Home", published="2024-06-01", pictures=(), files=frozenset()
    )
    lines = below("set", figures_of(worse), floors)
    for name in (
        "f1",
        "titles exact",
        "published right",
        "captions tied",
        "attachments right",
        "published false",
    ):
        assert sum(f" {name} " in line for line in lines) == 1
    assert below("set", figures_of(RIGHT), {"set": figures_of(worse)}) == []


def test_a_set_without_floors_or_with_other_pages_is_not_passed_over() -> None:
    assert below("set", figures_of(RIGHT), {})
    assert "2 pages" in below("set", figures_of(RIGHT, RIGHT), {"set": figures_of(RIGHT)})[0]
    assert read_floors(Path("nowhere.toml")) == {}


def test_speed_is_told_in_times_of_the_parse() -> None:
    speed = Speed.of([0.002, 0.004, 0.03], [0.001, 0.001, 0.01])
    assert (speed.median, speed.p95, speed.worst) == pytest.approx((4, 30, 30))
    assert (speed.sums, speed.medians, speed.worst_ratio) == pytest.approx((3, 4, 4))


def test_every_extractor_has_every_page_and_the_tables_hold_all(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [page_of(id=f"page-{number}") for number in range(5)]
    nothing = Extractor("nothing", frozenset(), lambda _: None)
    measured, bare = measure(pages, [extractor(RIGHT), nothing], rounds=2)
    assert [len(one.marks) for one in measured] == [5, 5]
    assert [one.page.gold.id for one in measured[1].marks] == [page.gold.id for page in pages]
    assert len(bare) == 5
    result = SetResult("set", tuple(measured), bare)
    assert (result.oracle(), measured[1].marks[0].f1) == (0.0, 0.0)
    result.print()
    print_worst(result, 1)
    said = capsys.readouterr().out
    (line,) = (line for line in said.splitlines() if line.startswith("titles exact, of 5"))
    assert line.split()[-1] == "-"
    assert json.loads(json.dumps(rows([result]))) == rows([result])


def test_ours_on_a_page_of_the_sample() -> None:
    page = pages_of("sample", CORPUS)[0]
    marked = mark(page, OURS.run(page), OURS)
    assert marked.f1 > 0.9
    assert marked.counts["titles exact"] == 1
    assert OURS.run(Page(gold_of(ROW, b"no page at all"))) is None


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_reads_a_page(name: str) -> None:
    (peer,) = peers_named([name])
    text = "".join(
        f"<p>The bridge over the bay was opened on day {day} by the mayor, who spoke.</p>" for day in range(9)
    )
    html = f"<html><title>A bridge opens</title><body><article><h1>A</h1>{text}</article></body></html>"
    found = peer.run(Page(gold_of(ROW, html.encode())))
    assert found is not None
    assert "opened on day 5 by the mayor" in found.body
    assert peer.gives <= OURS.gives
