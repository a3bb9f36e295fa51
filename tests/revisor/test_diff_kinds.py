"""Fields, figures and attachments, and the kinds that their differences amount to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revisor.diff import compare
from revisor.model import Article, Attachment, Figure, Kind, Op
from tests.revisor.articles import paragraph, side

BRIDGE = Figure("/att/1.jpg", "The bridge at night.", "Photo/Xinhua", "640.jpg", 1)
PARK = Figure("/att/2.jpg", "A park by the sea.", None, None, 2)
PLAN = Attachment("/files/plan.pdf", "The plan (PDF)")
BASE = Article(
    title="A new bridge",
    blocks=(paragraph("It opens in May."), paragraph("It is long.")),
    published="2023-09-21",
    updated="2023-09-21",
    source="China Daily",
    byline="Li Lei",
    language="en",
    figures=(BRIDGE, PARK),
    attachments=(PLAN,),
)


def pictured(*figures: Figure) -> Article:
    return replace(BASE, figures=figures)


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        pytest.param(BASE, (), id="nothing"),
        pytest.param(replace(BASE, title="An old bridge"), (Kind.RETITLED,), id="title"),
        pytest.param(replace(BASE, title=""), (Kind.RETITLED,), id="title gone"),
        pytest.param(replace(BASE, title="A  new bridge:"), (Kind.COSMETIC,), id="title retouched"),
        pytest.param(replace(BASE, updated="2023-09-25"), (Kind.REDATED,), id="updated"),
        pytest.param(replace(BASE, published=None), (Kind.REDATED,), id="published gone"),
        pytest.param(replace(BASE, source="Xinhua"), (Kind.EDITED,), id="source"),
        pytest.param(replace(BASE, byline=None), (Kind.EDITED,), id="byline gone"),
        pytest.param(replace(BASE, byline="Li Lei:"), (Kind.COSMETIC,), id="byline retouched"),
        pytest.param(replace(BASE, language=None), (), id="language"),
        pytest.param(replace(BASE, blocks=()), (Kind.EDITED,), id="body gone"),
        pytest.param(pictured(BRIDGE), (Kind.IMAGE,), id="figure removed"),
        pytest.param(pictured(BRIDGE, PARK, Figure("/att/3.jpg")), (Kind.IMAGE,), id="figure added"),
        pytest.param(pictured(replace(BRIDGE, image="/att/9.jpg"), PARK), (Kind.IMAGE,), id="image"),
        pytest.param(pictured(replace(BRIDGE, caption="By day."), PARK), (Kind.RECAPTIONED,), id="caption"),
        pytest.param(pictured(replace(BRIDGE, caption=None), PARK), (Kind.RECAPTIONED,), id="caption gone"),
        pytest.param(pictured(BRIDGE, replace(PARK, credit="Photo/Li")), (Kind.RECAPTIONED,), id="credit"),
        pytest.param(pictured(replace(BRIDGE, alt="bridge"), PARK), (Kind.COSMETIC,), id="alt"),
        pytest.param(pictured(replace(BRIDGE, position=7), PARK), (), id="place of a figure"),
        pytest.param(pictured(PARK, BRIDGE), (Kind.COSMETIC,), id="order of figures"),
        pytest.param(
            pictured(replace(BRIDGE, image="/att/9.jpg", caption="By day."), PARK),
            (Kind.RECAPTIONED, Kind.IMAGE),
            id="another figure",
        ),
        pytest.param(replace(BASE, attachments=()), (Kind.ATTACHMENT,), id="attachment removed"),
        pytest.param(replace(BASE, attachments=(PLAN, PLAN)), (Kind.ATTACHMENT,), id="attachment doubled"),
        pytest.param(
            replace(BASE, attachments=(replace(PLAN, url="/files/plan-2.pdf"),)),
            (Kind.ATTACHMENT,),
            id="other file",
        ),
        pytest.param(
            replace(BASE, attachments=(replace(PLAN, text="The  plan (PDF)"),)),
            (Kind.COSMETIC,),
            id="link retouched",
        ),
        pytest.param(
            Article("Other", (), figures=(Figure("/x.jpg"),)),
            (Kind.EDITED, Kind.RETITLED, Kind.REDATED, Kind.RECAPTIONED, Kind.IMAGE, Kind.ATTACHMENT),
            id="everything, the weightiest first",
        ),
    ],
)
def test_kinds(after: Article, kinds: tuple[Kind, ...]) -> None:
    assert compare(BASE, after).kinds == kinds
    assert compare(after, BASE).kinds == kinds


def test_a_cosmetic_difference_beside_another_is_not_a_kind() -> None:
    assert compare(BASE, replace(BASE, title="A new bridge:", byline="Han Mei")).kinds == (Kind.EDITED,)


def test_fields_tell_their_values() -> None:
    (change,) = compare(BASE, replace(BASE, updated="2023-09-25")).fields
    assert (change.field, change.before, change.after) == ("updated", "2023-09-21", "2023-09-25")
    assert [(s.op, s.text) for s in change.segments] == [(Op.DELETE, "2023-09-21"), (Op.INSERT, "2023-09-25")]


@pytest.mark.parametrize("absent", [None, ""])
def test_an_empty_field_is_an_absent_one(absent: str | None) -> None:
    (change,) = compare(replace(BASE, source=absent), BASE).fields
    assert (change.before, change.after) == (None, "China Daily")
    assert compare(replace(BASE, source=None), replace(BASE, source=absent)).kinds == ()


def test_a_caption_stays_with_its_image() -> None:
    """Two images exchange their captions: each is told under its own image."""
    after = pictured(replace(BRIDGE, caption=PARK.caption), replace(PARK, caption=BRIDGE.caption))
    changes = compare(BASE, after).figures
    assert [(c.before and c.before.image, c.after and c.after.image) for c in changes] == [
        ("/att/1.jpg", "/att/1.jpg"),
        ("/att/2.jpg", "/att/2.jpg"),
    ]


def test_an_image_is_swapped_under_its_caption() -> None:
    after = pictured(PARK, replace(BRIDGE, image="/att/9.jpg"))
    (change,) = [c for c in compare(BASE, after).figures if not c.cosmetic]
    assert (change.before, change.after) == (BRIDGE, after.figures[1])
    assert [s.op for s in change.caption] == [Op.EQUAL]


def test_a_figure_alone_tells_its_caption() -> None:
    (change,) = compare(pictured(PARK), BASE).figures
    assert (change.before, change.after) == (None, BRIDGE)
    assert side(change.caption, Op.INSERT) == BRIDGE.caption
    assert side(change.credit, Op.INSERT) == BRIDGE.credit


def test_removed_figures_stand_where_they_stood() -> None:
    others = [Figure(f"/att/{n}.jpg") for n in range(10, 13)]
    before = pictured(others[0], BRIDGE, others[1], PARK, others[2])
    changes = compare(before, pictured(*others)).figures
    assert [change.before for change in changes] == [BRIDGE, PARK]


def test_a_file_replaced_under_its_link_is_one_change() -> None:
    (change,) = compare(BASE, replace(BASE, attachments=(replace(PLAN, url="/2.pdf"),))).attachments
    assert (change.before, change.after) == (PLAN, Attachment("/2.pdf", PLAN.text))


def test_another_file_under_another_link_is_two_changes() -> None:
    changes = compare(BASE, replace(BASE, attachments=(Attachment("/2.pdf", "Budget"),))).attachments
    assert sorted((c.before is None, c.after is None) for c in changes) == [(False, True), (True, False)]
