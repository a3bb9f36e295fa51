"""Two articles: everything that differs between them."""

from __future__ import annotations

from revisor.diff.attachments import compare_attachments
from revisor.diff.blocks import compare_blocks
from revisor.diff.fields import compare_fields
from revisor.diff.figures import compare_figures
from revisor.diff.kinds import kinds_of
from revisor.model import Article, Diff


def compare(before: Article, after: Article) -> Diff:
    """What differs between two articles, block by block and word by word.

    Pure and deterministic; exchanging the sides gives the same kinds and mirrored changes. Work grows with
    the length of the articles, not with its square: see `revisor.diff.align` and `revisor.diff.similar`.
    Cosmetic is what `revisor.digest` folds away, so there is a kind other than COSMETIC exactly when the
    folded digests differ, and none at all exactly when the exact ones are the same.
    """
    fields = compare_fields(before, after)
    blocks = compare_blocks(before.blocks, after.blocks)
    figures = compare_figures(before.figures, after.figures)
    attachments = compare_attachments(before.attachments, after.attachments)
    return Diff(
        kinds=kinds_of(fields, blocks, figures, attachments),
        fields=fields,
        blocks=blocks,
        figures=figures,
        attachments=attachments,
    )
