"""Comments in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.fields import validate_multilingual
from tequio.base.multilingual import Field
from tequio.base.translatable import Text, Translatable, Typed, translate_fields
from tequio.guards.services import page_changed
from tequio.people.enums import RoleName
from tequio.people.models import Person

from ..enums import CommentState
from ..models import Comment
from ..permissions import can_translate, rules_of, visible_to
from .looking import look_at
from .tallying import ask_for_tally
from .writing import LONGEST, locked_comment


@transaction.atomic
def translate_comment(comment: Comment, typed: Mapping[str, Typed], *, by: Person) -> Comment:
    """Save translations, `typed` under "words". Refused with code "changed" where somebody was faster in a language."""
    comment = locked_comment(comment)
    if not can_translate(by, comment):
        raise Refused(_("Only translators of this place can translate here."))
    words = translate_fields({"words": comment.words}, typed, by=by.shown_name)["words"]
    validate_multilingual(words)
    if not by.holds(RoleName.TRANSLATOR, comment.item.territory):
        _look_at(comment, words, by)
    comment.words = words
    comment.save(update_fields=["words", "signs", "state"])
    audit.record("comment.translate", comment, by=by, languages=sorted(typed["words"].texts))
    page_changed()
    if comment.state == CommentState.HELD:
        ask_for_tally(comment.item_id)
    return comment


def _look_at(comment: Comment, words: Field, by: Person) -> None:
    """Her own translation of her own words could say anything: it is looked at like a change of them."""
    for language, entry in words.items():
        if entry["text"] != comment.words.get(language, {}).get("text", ""):
            look = look_at(comment.item, entry["text"], of=comment, by=by)
            if look.is_held or rules_of(comment.item).reads_first:
                comment.signs, comment.state = look.signs, CommentState.HELD


def _found(person: Person | None) -> QuerySet[Comment]:
    return visible_to(person).select_related("item__territory", "item__part_of", "item__discussion", "author")


def _shown(person: Person | None) -> QuerySet[Comment]:
    """Under what is shown itself; words that were taken back are read by nobody."""
    whole = {"item__state": "published", "item__hidden_by": ""}
    return visible_to(person).filter(state=CommentState.PUBLISHED, hidden_by="", **whole)


COMMENT = Translatable(
    kind="comment", word=pgettext_lazy("noun", "Comment"),
    texts=(Text("words", pgettext_lazy("noun", "Comment"), "words", LONGEST + 500),),
    found=_found, shown=_shown, may=can_translate, save=translate_comment,
    path_of=lambda row: row.path, source_of=lambda row: f"discussions.comment:{row.pk}",
    authors_of=lambda row: [row.author] if row.author else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
    author="author", moment="made_at",
)  # fmt: skip
