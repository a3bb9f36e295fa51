"""What an editor does to an article; each function returns the edit, or None where it does not suit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from random import Random
from typing import TypeVar

from sample_portal import vocabulary as words
from sample_portal.newsroom import image, upload_path
from sample_portal.prose import Story, credit
from sample_portal.truth import KINDS, TrueArticle, TrueFigure

T = TypeVar("T")

_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d+\.\d+\b")
_GROUPS = tuple(re.compile(rf"\b(?:{'|'.join(group)})\b") for group in words.WORD_GROUPS)


class Action(StrEnum):
    """The actions that change a published article."""

    NUMBER = "number"
    WORDS = "words"
    INSERT = "insert"
    DELETE = "delete"
    RETITLE = "retitle"
    REDATE = "redate"
    CAPTION = "caption"
    CREDIT = "credit"
    IMAGE = "image"
    ATTACHMENT = "attachment"
    QUOTES = "quotes"
    ZERO_WIDTH = "zero_width"
    BLANKS = "blanks"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited article with the kinds of its change and what was done, for a person to read."""

    article: TrueArticle
    kinds: tuple[str, ...]
    detail: str
    optional: bool = False


def perform(action: Action, article: TrueArticle, rng: Random, today: date) -> Edit | None:
    """Do it to the article; one text edit in six also stamps the date. None: it does not suit the article."""
    edit = _ACTIONS[action](article, rng, today)
    if edit is None or edit.kinds != ("edited",) or rng.random() >= 1 / 6:
        return edit
    stamped = _redate(edit.article, rng, today)
    kinds = {*edit.kinds, *stamped.kinds}
    return Edit(stamped.article, tuple(k for k in KINDS if k in kinds), f"{edit.detail}; {stamped.detail}")


def _number(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    found = _search(article, [_NUMBER])
    if not found:
        return None
    index, match = rng.choice(found)
    digits = [i for i, char in enumerate(match[0]) if char.isdigit()]
    place = rng.choice(digits)
    digit = rng.choice([d for d in "123456789" if d != match[0][place]])
    return _replaced(article, index, match, match[0][:place] + digit + match[0][place + 1 :])


def _words(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    found = _search(article, _GROUPS)
    if not found:
        return None
    index, match = rng.choice(found)
    group = next(group for group in words.WORD_GROUPS if match[0] in group)
    return _replaced(article, index, match, rng.choice([phrase for phrase in group if phrase != match[0]]))


def _insert(article: TrueArticle, rng: Random, today: date) -> Edit:
    place = rng.randint(1, len(article.paragraphs))
    text = Story(article.key, rng, today).paragraph()
    paragraphs = (*article.paragraphs[:place], text, *article.paragraphs[place:])
    moved = tuple(replace(f, position=f.position + (f.position >= place)) for f in article.figures)
    return Edit(
        replace(article, paragraphs=paragraphs, figures=moved), ("edited",), f"paragraph {place + 1} inserted"
    )


def _delete(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    choice = [i for i in _plain(article) if i > 0]
    if len(article.paragraphs) < 4 or not choice:
        return None
    place = rng.choice(choice)
    paragraphs = (*article.paragraphs[:place], *article.paragraphs[place + 1 :])
    moved = tuple(replace(f, position=f.position - (f.position > place)) for f in article.figures)
    return Edit(
        replace(article, paragraphs=paragraphs, figures=moved), ("edited",), f"paragraph {place + 1} deleted"
    )


def _retitle(article: TrueArticle, rng: Random, today: date) -> Edit:
    title = article.title
    while title == article.title:
        title = Story(article.key, rng, today).title()
    return Edit(replace(article, title=title), ("retitled",), f"title: {article.title} -> {title}")


def _redate(article: TrueArticle, _rng: Random, today: date) -> Edit:
    stamp = today.isoformat()
    return Edit(replace(article, updated=stamp), ("redated",), f"updated: {article.updated} -> {stamp}")


def _caption(article: TrueArticle, rng: Random, today: date) -> Edit | None:
    index = _pick(rng, [i for i, figure in enumerate(article.figures) if figure.caption])
    if index is None:
        return None
    figure = article.figures[index]
    caption = figure.caption
    while caption == figure.caption:
        caption = Story(article.key, rng, today).caption()
    detail = f"caption: {figure.caption} -> {caption}"
    return _refigured(article, index, replace(figure, caption=caption), "recaptioned", detail)


def _credit(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    index = _pick(rng, [i for i, figure in enumerate(article.figures) if figure.credit])
    if index is None:
        return None
    figure = article.figures[index]
    new = credit(rng)
    while new.text in {figure.credit, None}:
        new = credit(rng)
    detail = f"credit: {figure.credit} -> {new.text}"
    return _refigured(
        article, index, replace(figure, credit=new.text, brackets=new.brackets), "recaptioned", detail
    )


def _image(article: TrueArticle, rng: Random, today: date) -> Edit | None:
    index = _pick(rng, range(len(article.figures)))
    if index is None:
        return None
    figure = article.figures[index]
    path, alt = image(rng, today)
    detail = f"image: {figure.image} -> {path}"
    return _refigured(article, index, replace(figure, image=path, alt=alt), "image", detail)


def _attachment(article: TrueArticle, rng: Random, today: date) -> Edit | None:
    index = _pick(rng, range(len(article.attachments)))
    if index is None:
        return None
    path = upload_path(rng, today, "pdf")
    files = [*article.attachments]
    files[index] = replace(files[index], path=path)
    detail = f"attachment: {article.attachments[index].path} -> {path}"
    return Edit(replace(article, attachments=tuple(files)), ("attachment",), detail)


def _quotes(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    index = _pick(rng, [i for i in _plain(article) if '"' in article.paragraphs[i]])
    if index is None:
        return None
    text = re.sub(r'"([^"]*)"', r"“\1”", article.paragraphs[index].replace("'", "’"))
    return _rewritten(article, index, text, "cosmetic", f"paragraph {index + 1}: straight quotes made curly")


def _zero_width(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    return _after_a_blank(article, rng, "\u200b", "zero-width space added")


def _blanks(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    edit = _after_a_blank(article, rng, " ", "blank doubled")
    return replace(edit, optional=True) if edit else None


def _after_a_blank(article: TrueArticle, rng: Random, extra: str, what: str) -> Edit | None:
    index = _pick(rng, _plain(article))
    if index is None:
        return None
    text = article.paragraphs[index]
    place = rng.choice([i for i, char in enumerate(text) if char == " "]) + 1
    return _rewritten(
        article, index, text[:place] + extra + text[place:], "cosmetic", f"paragraph {index + 1}: {what}"
    )


_ACTIONS: Mapping[Action, Callable[[TrueArticle, Random, date], Edit | None]] = {
    Action.NUMBER: _number,
    Action.WORDS: _words,
    Action.INSERT: _insert,
    Action.DELETE: _delete,
    Action.RETITLE: _retitle,
    Action.REDATE: _redate,
    Action.CAPTION: _caption,
    Action.CREDIT: _credit,
    Action.IMAGE: _image,
    Action.ATTACHMENT: _attachment,
    Action.QUOTES: _quotes,
    Action.ZERO_WIDTH: _zero_width,
    Action.BLANKS: _blanks,
}


def _pick(rng: Random, choice: Sequence[T]) -> T | None:
    return rng.choice(choice) if choice else None


def _plain(article: TrueArticle) -> list[int]:
    """Indices of the paragraphs without a link, which would break when its text is edited."""
    files = [file.text for file in article.attachments]
    return [i for i, text in enumerate(article.paragraphs) if not any(file in text for file in files)]


def _search(article: TrueArticle, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, re.Match[str]]]:
    texts = [(i, article.paragraphs[i]) for i in _plain(article)]
    return [(i, match) for pattern in patterns for i, text in texts for match in pattern.finditer(text)]


def _replaced(article: TrueArticle, index: int, match: re.Match[str], new: str) -> Edit:
    text = match.string[: match.start()] + new + match.string[match.end() :]
    return _rewritten(article, index, text, "edited", f"paragraph {index + 1}: {match[0]} -> {new}")


def _rewritten(article: TrueArticle, index: int, text: str, kind: str, detail: str) -> Edit:
    paragraphs = (*article.paragraphs[:index], text, *article.paragraphs[index + 1 :])
    return Edit(replace(article, paragraphs=paragraphs), (kind,), detail)


def _refigured(article: TrueArticle, index: int, figure: TrueFigure, kind: str, detail: str) -> Edit:
    figures = (*article.figures[:index], figure, *article.figures[index + 1 :])
    return Edit(replace(article, figures=figures), (kind,), detail)
