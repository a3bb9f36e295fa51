"""Edits of images, captions, credits and attachments: their words, their addresses, their bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from sample_portal.editor.edit import Edit, edit_of, pick
from sample_portal.events import Event
from sample_portal.languages import LANGUAGES
from sample_portal.prose import Story, credit
from sample_portal.truth import TrueArticle, TrueAttachment, TrueFigure
from sample_portal.uploads import draw_alt, upload_path


def caption(article: TrueArticle, rng: Random, today: date) -> Edit | None:
    """Another caption under the same image."""
    index = pick(rng, [i for i, figure in enumerate(article.figures) if figure.caption])
    if index is None:
        return None
    figure = article.figures[index]
    text = figure.caption
    while text == figure.caption:
        text = Story(LANGUAGES[article.language], article.key, rng, today).caption()
    detail = f"caption: {figure.caption} -> {text}"
    return _refigured(Event.CAPTION, article, index, replace(figure, caption=text), detail)


def change_credit(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """Another credit under the same image."""
    index = pick(rng, [i for i, figure in enumerate(article.figures) if figure.credit])
    if index is None:
        return None
    figure = article.figures[index]
    new = credit(LANGUAGES[article.language], rng)
    while new.text in {figure.credit, None}:
        new = credit(LANGUAGES[article.language], rng)
    detail = f"credit: {figure.credit} -> {new.text}"
    after = replace(figure, credit=new.text, brackets=new.brackets)
    return _refigured(Event.CREDIT, article, index, after, detail)


def replace_image(article: TrueArticle, rng: Random, today: date) -> Edit | None:
    """Another image under the same caption."""
    index = pick(rng, range(len(article.figures)))
    if index is None:
        return None
    figure = article.figures[index]
    language = LANGUAGES[article.language]
    story = Story(language, article.key, rng, today)
    path, alt = upload_path(rng, today, "jpg"), draw_alt(language, story, rng)
    if figure.alt and not figure.caption:  # where the alt is all the words there are, they stay
        alt = figure.alt
    detail = f"image: {figure.image} -> {path}"
    return _refigured(Event.IMAGE, article, index, replace(figure, image=path, alt=alt, revision=0), detail)


def image_bytes(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """Another image under the same address."""
    index = pick(rng, range(len(article.figures)))
    if index is None:
        return None
    figure = article.figures[index]
    after = replace(figure, revision=figure.revision + 1)
    return _refigured(Event.IMAGE_BYTES, article, index, after, f"other bytes at {figure.image}")


def replace_attachment(article: TrueArticle, rng: Random, today: date) -> Edit | None:
    """Another file behind the same link text, at an address of its own."""
    index = pick(rng, range(len(article.attachments)))
    if index is None:
        return None
    file = article.attachments[index]
    path = upload_path(rng, today, "pdf")
    detail = f"attachment: {file.path} -> {path}"
    return _refiled(Event.ATTACHMENT, article, index, replace(file, path=path, revision=0), detail)


def attachment_bytes(article: TrueArticle, rng: Random, _today: date) -> Edit | None:
    """Another file under the same address."""
    index = pick(rng, range(len(article.attachments)))
    if index is None:
        return None
    file = article.attachments[index]
    after = replace(file, revision=file.revision + 1)
    return _refiled(Event.ATTACHMENT_BYTES, article, index, after, f"other bytes at {file.path}")


def _refigured(event: Event, article: TrueArticle, index: int, figure: TrueFigure, detail: str) -> Edit:
    figures = (*article.figures[:index], figure, *article.figures[index + 1 :])
    return edit_of(event, replace(article, figures=figures), detail)


def _refiled(event: Event, article: TrueArticle, index: int, file: TrueAttachment, detail: str) -> Edit:
    files = (*article.attachments[:index], file, *article.attachments[index + 1 :])
    return edit_of(event, replace(article, attachments=files), detail)
