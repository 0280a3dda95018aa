"""What a comment said before, word by word; what a moderator may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tequio.base.multilingual import Reading, original_language, original_text, read
from tequio.base.word_diff import Budget, Paragraph, paragraphs
from tequio.catalogue.selectors.screening import Sign
from tequio.recipes.types import declaration

from ..models import Comment, CommentRevision

MOST_CHANGES = 50


@dataclass(frozen=True)
class Change:
    """From one version to the next, at a moment."""

    at: datetime
    language: str
    paragraphs: list[Paragraph]


def changes_of(comment: Comment) -> list[Change]:
    """The newest change first, fifty at most."""
    rows = list(CommentRevision.objects.filter(comment=comment).order_by("-id")[:MOST_CHANGES])
    after, budget = original_text(comment.words), Budget()
    changes = []
    for row in rows:
        changes.append(Change(row.until, row.language, paragraphs(row.text, after, budget)))
        after = row.text
    return changes


def versions_of(comment: Comment) -> list[Reading]:
    """The original first, then each translation."""
    origin = original_language(comment.words)
    return [
        read(comment.words, tag) for tag in (origin, *(tag for tag in sorted(comment.words) if tag != origin))
    ]


def signs_of(comment: Comment) -> list[Sign]:
    """Why it waits, in the words of the recipe."""
    return [
        Sign(one.words, one.meaning, comment.signs[one.name])
        for one in declaration("screening").features
        if comment.signs.get(one.name)
    ]
