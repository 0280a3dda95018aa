"""The shape in which the demonstration's comments are written down, and their loading; pillars bring the words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tequio.base.actor import Actor
from tequio.base.multilingual import Field, add_translation
from tequio.catalogue.enums import WhoMay
from tequio.catalogue.models import Item
from tequio.people.models import Person

from .models import Comment, Useful
from .services.opening import set_discussion
from .services.tallying import tally
from .services.writing import write_comment


@dataclass(frozen=True)
class Remark:
    """A comment of somebody invented: `by` is the key of a person, `hours` how long ago, `marks` how many found it
    useful. The first of `words` is the original.
    """

    by: str
    words: dict[str, str]
    hours: float
    side: str = ""
    marks: int = 0
    replies: tuple[Remark, ...] = field(default_factory=tuple)


def remark(by: str, hours: float, *replies: Remark, side: str = "", marks: int = 0, **words: str) -> Remark:
    return Remark(by, words, hours, side, marks, replies)


def load_discussion(
    item: Item, remarks: tuple[Remark, ...], people: dict[str, Person], translators: dict[str, str], *,
    comments: str, now: datetime, by: Actor,
) -> int:  # fmt: skip
    """Open the discussion and let the invented people talk. Returns how much was said."""
    set_discussion(item, comments=comments, who_may=WhoMay.ANYONE, by=by)
    number = 0
    for one in remarks:
        said = _write(item, one, None, people, translators, now)
        number += 1
        for answer in one.replies:
            _write(item, answer, said, people, translators, now)
            number += 1
    tally(item.pk)
    return number


def add_remark(item: Item, one: Remark, people: dict[str, Person], now: datetime) -> Comment:
    """One more comment by itself, where the discussion is open already."""
    return _write(item, one, None, people, {}, now)


def _write(
    item: Item, one: Remark, above: Comment | None, people: dict[str, Person], translators: dict[str, str],
    now: datetime,
) -> Comment:  # fmt: skip
    (language, text), *_others = one.words.items()
    author = people[one.by]
    comment = write_comment(
        item, text, language=language, side=one.side, reply_to=above, name=author.name, by=author
    )
    words = _translated(comment.words, one.words, translators)
    at = now - timedelta(hours=one.hours)
    Comment.objects.filter(pk=comment.pk).update(words=words, made_at=at)
    others = [person for key, person in people.items() if key != one.by][: one.marks]
    Useful.objects.bulk_create(Useful(comment=comment, person=person, at=at) for person in others)
    return comment


def _translated(words: Field, texts: dict[str, str], translators: dict[str, str]) -> Field:
    for language, text in list(texts.items())[1:]:
        words = add_translation(words, language, text, by=translators.get(language, ""))
    return words
