"""What a comment said before, word by word, and the version a translator looks at."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from tequio.base.multilingual import Field, Reading, original_language, original_text, read

from ..models import Comment, CommentRevision

WORD = re.compile(r"\S+\s*")
MOST_WORDS = 600  # a comment has at most 2,000 characters


@dataclass(frozen=True)
class Piece:
    """Some words: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """From one version to the next, at a moment."""

    at: datetime
    language: str
    pieces: list[Piece]


def changes_of(comment: Comment) -> list[Change]:
    """The newest change first."""
    rows = list(CommentRevision.objects.filter(comment=comment).order_by("id"))
    texts = [row.text for row in rows] + [original_text(comment.words)]
    changes = [
        Change(row.until, row.language, word_changes(row.text, after))
        for row, after in zip(rows, texts[1:], strict=True)
    ]
    return changes[::-1]


def word_changes(before: str, after: str) -> list[Piece]:
    """The words of both texts in order, what is equal once."""
    old, new = WORD.findall(before)[:MOST_WORDS], WORD.findall(after)[:MOST_WORDS]
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        pieces += [Piece("gone", "".join(old[i:j]))] if j > i else []
        pieces += [Piece("new", "".join(new[k:m]))] if m > k else []
    return pieces


def versions_of(comment: Comment) -> list[Reading]:
    """The original first, then each translation."""
    origin = original_language(comment.words)
    return [
        read(comment.words, tag) for tag in (origin, *(tag for tag in sorted(comment.words) if tag != origin))
    ]


def version_of_words(field: Field) -> str:
    """A digest of the original and every translation, by which two translators notice one another."""
    values = {tag: [entry["status"], entry["text"]] for tag, entry in field.items()}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
