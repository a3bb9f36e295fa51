"""News texts in four languages: they read like news and are the same everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import astuple
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_portal.dates import DateStyle, print_date, styles_of
from sample_portal.languages import LANGUAGES, Language
from sample_portal.prose import Credit, Story, credit, full_name

DAY = date(2026, 3, 2)
each_language = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)


def articles(language: Language, count: int = 300) -> list[tuple[str, ...]]:
    """Title, paragraphs and caption of that many articles."""
    texts = []
    for number in range(count):
        story = Story(language, str(number), Random(f"article:{number}"), DAY)
        texts.append((story.title(), *story.paragraphs(2 + number % 7), story.caption()))
    return texts


def share_outside(codec: str, language: Language) -> float:
    """The share of articles that the encoding cannot hold."""

    def fits(text: str) -> bool:
        return text.encode(codec, "ignore").decode(codec) == text

    texts = articles(language)
    return sum(not all(map(fits, article)) for article in texts) / len(texts)


def printed(found: Credit) -> str:
    """The credit with its brackets."""
    return (found.brackets[:1] + found.text + found.brackets[1:]) if found.text is not None else ""


def all_texts(language: Language) -> list[str]:
    """One text of every sort, for several articles."""
    texts = []
    for number in range(60):
        story = Story(language, str(number), Random(f"sorts:{number}"), DAY)
        texts += [story.title(), *story.paragraphs(4), story.heading(), story.list_lead(), *story.items(5)]
        texts += [*sum(story.table(4), ()), *story.details(5), story.caption(), story.alt()]
        texts += [story.file_name(), story.side_story(), printed(credit(language, Random(number)))]
        texts.append(full_name(language, Random(number)))
    return texts


def test_the_languages() -> None:
    assert [*LANGUAGES] == ["en", "zh-CN", "ja", "ar"]
    assert all(tag == language.tag for tag, language in LANGUAGES.items())
    assert [tag for tag, language in LANGUAGES.items() if language.rtl] == ["ar"]
    assert [tag for tag, language in LANGUAGES.items() if not language.spaced] == ["zh-CN", "ja"]


@each_language
def test_paragraphs_have_the_length_of_news_and_no_two_are_alike(language: Language) -> None:
    paragraphs = [text for article in articles(language) for text in article[1:-1]]
    lengths = [len(text.split()) if language.spaced else len(text) for text in paragraphs]
    low, high = {"en": (30, 90), "ar": (25, 80)}.get(language.tag, (60, 200))
    assert low <= min(lengths)
    assert max(lengths) <= high
    assert len(set(paragraphs)) == len(paragraphs)


@each_language
def test_every_slot_is_filled(language: Language) -> None:
    for text in all_texts(language):
        assert not re.search(r"[{}\n]|  |^ | $", text), text


@each_language
def test_captions_are_sentences_about_the_story(language: Language) -> None:
    for number in range(40):
        story = Story(language, str(number), Random(number), DAY)
        assert story.caption() != story.caption()
        assert story.caption().endswith(language.stop)


@each_language
def test_a_story_keeps_its_subject(language: Language) -> None:
    projects = [project for topic in language.topics for project in topic.projects]
    assert len(set(projects)) == len(projects)
    for key in "abcdef":
        titles = [Story(language, key, Random(n), DAY).title() for n in range(30)]
        assert len(set(titles)) > 10
        assert any(all(p.casefold() in title.casefold() for title in titles) for p in projects)


@each_language
def test_lists_tables_and_details(language: Language) -> None:
    for number in range(40):
        story = Story(language, str(number), Random(number), DAY)
        assert len(set(story.items(6))) == 6
        header, *rows = story.table(5)
        assert len(rows) == len({row[0] for row in rows}) == 5
        assert {len(row) for row in rows} == {len(header)}
        labels = [re.split("[:：]", line)[0] for line in story.details(6)]
        assert len(set(labels)) == 6
    assert len(Story(language, "long", Random(1), DAY).table(30)) == 31


@pytest.mark.parametrize("tag", ["zh-CN", "ja"])
def test_without_blanks_the_editors_words_stand_only_where_they_were_put(tag: str) -> None:
    language = LANGUAGES[tag]
    sentences = language.openings + language.facts + language.sayings + language.closings + language.rarities
    topics = [(*t.projects, *t.people, *t.benefits, *t.units, t.agency) for t in language.topics]
    printed = [re.sub(r"\{\w+\}", "|", text) for text in sentences]
    printed += [*sum(topics, ()), *language.places, *language.roles, language.city]
    drawn = [group for group in language.word_groups if group in language.slots.values()]
    assert len(drawn) == 7
    for phrase in sum(drawn, ()):
        assert not [text for text in printed if phrase in text], phrase


@each_language
def test_editors_words_are_found_in_the_articles(language: Language) -> None:
    text = "\n".join(text for article in articles(language) for text in article)
    for group in language.word_groups:
        assert len(set(group)) == len(group) > 1
        assert any(phrase in text for phrase in group), group


def test_chinese_and_japanese_use_full_width_marks_and_no_blanks() -> None:
    for tag in ("zh-CN", "ja"):
        for article in articles(LANGUAGES[tag]):
            for text in article[1:]:
                assert not re.search(r"[\s\"'()!?;:]|[,.](?!\d)", text), text


def test_arabic_is_written_in_arabic_sometimes_with_its_own_digits() -> None:
    texts = [" ".join(article) for article in articles(LANGUAGES["ar"])]
    own = sum(bool(re.search("[٠-٩]", text)) for text in texts) / len(texts)
    assert 0.1 < own < 0.25
    for text in texts:
        assert not re.search("[A-Za-z]", text)
        assert not re.search("[٠-٩]", text) or not re.search("[0-9]", text), "one sort of digits per article"


def test_some_characters_betray_a_wrong_label() -> None:
    assert 0.1 < share_outside("latin-1", LANGUAGES["en"]) < 0.25
    assert share_outside("cp1252", LANGUAGES["en"]) == 0
    assert 0.1 < share_outside("gb2312", LANGUAGES["zh-CN"]) < 0.4
    assert share_outside("gbk", LANGUAGES["zh-CN"]) > 0, "some need the four bytes of gb18030"
    assert share_outside("gb18030", LANGUAGES["zh-CN"]) == 0
    assert 0.1 < share_outside("shift_jis", LANGUAGES["ja"]) < 0.4
    assert share_outside("cp932", LANGUAGES["ja"]) < 0.15
    assert share_outside("iso8859_6", LANGUAGES["ar"]) > 0.1


def test_an_english_article_has_one_sort_of_quotes() -> None:
    for article in articles(LANGUAGES["en"]):
        text = " ".join(article)
        assert not ("“" in text and '"' in text)
        assert text.count("“") == text.count("”")


def test_an_official_is_introduced_by_full_name() -> None:
    for article in articles(LANGUAGES["en"]):
        text = " ".join(article[1:-1])
        again = re.search(r"(\w+) (?:added:|noted\.)", text)
        assert not again or re.search(rf"\b{again[1]} \w+, \w", text[: again.start()])


@pytest.mark.parametrize(
    ("tag", "shapes"),
    [
        (
            "en",
            [
                r"\(Photo/\w+ \w+\)",
                r"\[Photo by \w+ \w+ / [\w ]+\]",
                r"\[Photo courtesy VCG\]",
                r"\[Photo courtesy WeChat account: [\w-]+\]",
                r"\[Photo provided to WeChat account: [\w-]+\]",
                r"\[Photo/WeChat ID: [\w-]+\]",
                r"\[Photo provided to\]",
                r"\[File photo\]",
                r"\w+ \w+ / Xinhua",
                "",
            ],
        ),
        (
            "zh-CN",
            [
                r"（图/新华社记者 \w+）",
                r"摄影：\w+",
                r"\w+ 摄",
                r"（\w+ 摄）",
                r"（\w+供图）",
                "【资料图】",
                "",
            ],
        ),
        ("ja", [r"写真：蘭海通信社", "（提供：蘭海市）", r"撮影：\w+", r"（写真／\w+）", "【資料写真】", ""]),
        ("ar", [r"تصوير: [\w ]+", r"\(تصوير: [\w ]+\)", r"\(صورة: وكالة [\w ]+\)", r"\[صورة أرشيفية\]", ""]),
    ],
)
def test_every_shape_of_a_credit_appears(tag: str, shapes: list[str]) -> None:
    drawn = [credit(LANGUAGES[tag], Random(n)) for n in range(2000)]
    assert {found.brackets for found in drawn} <= {"", "()", "[]", "（）", "【】"}
    assert all(found.brackets == "" for found in drawn if found.text is None)
    for shape in shapes:
        assert any(re.fullmatch(shape, printed(found)) for found in drawn), shape


@each_language
def test_file_names_and_labels(language: Language) -> None:
    assert any(not name.isascii() for name in language.file_names)
    assert all(re.search(r"\.(jpg|JPG|png)$", name) for name in language.file_names)
    assert "{file}" in language.file_sentence
    *words, alerts, weekdays = astuple(language.labels)
    assert all(word.strip() and "{" not in word for word in words)
    assert len(set(alerts)) == 3
    assert len(set(weekdays)) == 7
    assert language.labels.page != language.labels.of


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (DateStyle.ISO, "2026-03-02"),
        (DateStyle.LONG, "March 2, 2026"),
        (DateStyle.SHORT, "Mar 2, 2026"),
        (DateStyle.DAY_FIRST, "2 March 2026"),
        (DateStyle.SLASHES_US, "3/2/2026"),
        (DateStyle.DOTS, "2.3.2026"),
        (DateStyle.HAN, "2026年3月2日"),
        (DateStyle.REIWA, "令和8年3月2日"),
        (DateStyle.ARABIC, "2 مارس 2026"),
    ],
)
def test_spellings_of_a_day(style: DateStyle, text: str) -> None:
    assert print_date(DAY, style) == text


def test_an_hour_comes_from_the_day() -> None:
    printed = print_date(DAY, DateStyle.SLASHES_DAY)
    assert re.fullmatch(r"02/03/2026 (0[89]|1[0-8])h[0-5]\d", printed)
    assert print_date(DAY, DateStyle.SLASHES_DAY) == printed


def test_the_reiwa_era_has_a_first_year_and_a_first_day() -> None:
    assert print_date(date(2019, 5, 1), DateStyle.REIWA) == "令和元年5月1日"
    with pytest.raises(ValueError, match="2019-04-30 lies before the Reiwa era"):
        print_date(date(2019, 4, 30), DateStyle.REIWA)


@given(st.dates(date(2019, 5, 1), date(2099, 12, 31)), st.sampled_from([*LANGUAGES]))
def test_two_days_never_look_alike(day: date, tag: str) -> None:
    following = date.fromordinal(day.toordinal() + 1)
    styles = styles_of(tag)
    assert len(set(styles)) == len(styles) >= 2
    for style in styles:
        assert print_date(day, style) != print_date(following, style)


def test_every_spelling_suits_some_language() -> None:
    assert {style for tag in LANGUAGES for style in styles_of(tag)} == {*DateStyle}


_PRINT_ALL = """
from datetime import date
from random import Random
from sample_portal.languages import LANGUAGES
from sample_portal.prose import Story, credit
for language in LANGUAGES.values():
    for n in range(20):
        rng = Random(n)
        story = Story(language, str(n), rng, date(2026, 3, 2))
        print(story.title(), story.paragraphs(5), story.table(3), story.details(3), credit(language, rng))
"""


def test_the_same_texts_in_every_process() -> None:
    outputs = set()
    for hash_seed in ("1", "2"):
        environment = {
            "PYTHONHASHSEED": hash_seed,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": ":".join(sys.path),
        }
        command = [sys.executable, "-c", _PRINT_ALL]
        there = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603  our own
        outputs.add(there.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000
