"""Words of many scripts, numbers kept whole, and what a reader is shown of a difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.diff.tokens import count_words, numbers, without_numbers, words
from revisor.diff.words import word_segments
from revisor.model import Op
from tests.revisor.articles import side, texts


def shown(before: str, after: str) -> str:
    """The difference with deleted words as [-...] and inserted ones as [+...]."""
    marks = {Op.EQUAL: "{}", Op.DELETE: "[-{}]", Op.INSERT: "[+{}]"}
    return "".join(marks[segment.op].format(segment.text) for segment in word_segments(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The city had 1,500 cases.", "The city had 1,560 cases.", "The city had [-1,500][+1,560] cases."),
        ("grew 3.5% to $17.9", "grew 4.5% to $17.90", "grew [-3.5%][+4.5%] to [-$17.9][+$17.90]"),
        ("Updated: 2023-09-21", "Updated: 2023-09-22", "Updated: [-2023-09-21][+2023-09-22]"),
        ("at 10:30 am", "at 11:30 am", "at [-10:30][+11:30] am"),
        ("down -3 degrees", "down 3 degrees", "down [--3][+3] degrees"),
        ("the 21st of May", "the 22nd of May", "the [-21st][+22nd] of May"),
        ("10 of 20, or 50%", "12 of 25, or 48%", "[-10][+12] of [-20][+25], or [-50%][+48%]"),
        ("珠海市两个项目开工", "珠海市三个工程开工", "珠海市[-两][+三]个[-项目][+工程]开工"),
        ("共15人", "共16人", "共[-15][+16]人"),
        ("カメラを買う", "カメラを売る", "カメラを[-買う][+売る]"),
        ("ارتفع العدد إلى ١٥٠٠ حالة", "ارتفع العدد إلى ١٥٦٠ حالة", "ارتفع العدد إلى [-١٥٠٠][+١٥٦٠] حالة"),
        ("ประเทศไทย", "ประเทศลาว", "ประเทศ[-ไทย][+ลาว]"),
        ("हिन्दी भाषा", "हिन्दी बोली", "हिन्दी [-भाषा][+बोली]"),
        ("cafe\u0301 bar", "café bar", "[-cafe\u0301][+café] bar"),
        ("It ends here.", "It ends here", "It ends here[-.]"),
        ("a b", "a new b", "a[+ new] b"),
        ("b c", "c", "[-b ]c"),
        ("", "all new", "[+all new]"),
        ("all old", "", "[-all old]"),
        ("same", "same", "same"),
        ("", "", ""),
        ("two  blanks", "two blanks", "two[- ] blanks"),
        (
            "the old man of the sea said",
            "a young girl of a lake said",
            "[-the old man of the sea][+a young girl of a lake] said",
        ),
        ("well-known man", "well-liked man", "well-[-known][+liked] man"),
    ],
)
def test_what_a_reader_sees(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(texts(), texts())
def test_segments_give_both_texts_again(before: str, after: str) -> None:
    segments = word_segments(before, after)
    assert (side(segments, Op.DELETE), side(segments, Op.INSERT)) == (before, after)


@given(texts(), texts())
def test_exchanging_the_texts_mirrors_the_segments(before: str, after: str) -> None:
    turn = {Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT, Op.EQUAL: Op.EQUAL}
    there, back = word_segments(before, after), word_segments(after, before)
    assert {(s.op, s.text) for s in there} == {(turn[s.op], s.text) for s in back}


@given(st.text(max_size=50) | texts())
def test_words_give_the_text_again(text: str) -> None:
    pieces = words(text)
    assert "".join(pieces) == text
    assert all(pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,500 people in 2023, up 3.5%.", ["1,500", "2023", "3.5%"]),
        ("US$17.9 or €20", ["$17.9", "€20"]),
        ("from 2023-09-21 10:30 to 22/09/2023", ["2023-09-21", "10:30", "22/09/2023"]),
        ("-5 and 3-5 and 10km", ["-5", "3-5", "10km"]),
        ("１２３ ١٬٥٠٠", ["１２３", "١٬٥٠٠"]),
        ("2020年3月", ["2020", "3"]),
        ("none at all", []),
    ],
)
def test_numbers_are_whole(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_without_numbers_only_the_rest_counts() -> None:
    assert without_numbers("up 3.5% to 1,500") == without_numbers("up 4% to 20")
    assert without_numbers("up 3.5%") != without_numbers("down 3.5%")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Three small words.", 3),
        ("1,234 visitors – 5.6 % more", 4),
        ("蓝海市投资50亿元，建设公园。", 12),
        ("افتتحت المدينة حديقة", 3),
    ],
)
def test_words_are_counted_by_script(text: str, count: int) -> None:
    assert count_words(text) == count
