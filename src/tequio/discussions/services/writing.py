"""Writing, changing and taking back comments."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.fields import validate_multilingual
from tequio.base.multilingual import change_original, original_language, original_text, write_original
from tequio.base.text import fold
from tequio.catalogue.enums import Comments
from tequio.catalogue.models import Item
from tequio.catalogue.services.scales import is_new
from tequio.catalogue.services.screening import CHANGES_A_DAY
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person
from tequio.people.selectors import roles_in

from ..enums import CommentState, Side
from ..models import Comment, CommentRevision
from ..permissions import can_comment, can_edit, can_reply, can_withdraw, rules_of
from .looking import look_at
from .tallying import ask_for_tally

LONGEST = 2_000
LONGEST_NAME = 80
COMMENTS_THE_FIRST_DAY, COMMENTS_A_DAY = 10, 60
DAY = 86_400


@transaction.atomic
def write_comment(
    item: Item,
    text: str,
    *,
    language: str,
    side: str = "",
    reply_to: Comment | None = None,
    name: str = "",
    filling: Filling | None = None,
    by: Person,
) -> Comment:
    """Say something about an item, or answer a comment on it. `name` is what stands beside it, "" for none;
    `filling` is how the form came in, where there was one.

    It is shown at once, unless the item's comments are read first or something about it looks risky.
    """
    _check_words(text)
    _check_place(item, side, reply_to, by)
    _check_name(item, name, by)
    still_there(by)
    limit = COMMENTS_THE_FIRST_DAY if is_new(by) else COMMENTS_A_DAY
    spend("comment", who=by.audit_id, limit=limit, seconds=DAY)
    words = write_original(text, language)
    validate_multilingual(words)
    look = look_at(item, text, filling=filling, by=by)
    is_held = rules_of(item).reads_first or look.is_held
    comment = Comment.objects.create(
        item=item, reply_to=reply_to, side=side, author=by, signed=name, words=words, signs=look.signs,
        state=CommentState.HELD if is_held else CommentState.PUBLISHED,
    )  # fmt: skip
    audit.record("comment.write", comment, by=by, item=item.pk, state=comment.state)
    if not is_held:
        page_changed()
    ask_for_tally(item.pk)
    return comment


def _check_words(text: str) -> None:
    if not 0 < len(text) <= LONGEST:
        raise ValueError(f"a comment has 1 to {LONGEST} characters, not {len(text)}")


def _check_place(item: Item, side: str, reply_to: Comment | None, by: Person) -> None:
    if not can_comment(by, item):
        raise Refused(_("This does not take comments now."), code="closed")
    if reply_to is not None:
        if reply_to.item_id != item.pk or side:
            raise ValueError("an answer belongs to the item of its comment and to no side")
        if not can_reply(by, reply_to):
            raise Refused(_("This comment cannot be answered any more."), code="closed")
        return
    sides = set(Side.values) if item.comments == Comments.FOR_AND_AGAINST else {""}
    if side not in sides:
        raise Refused(_("Say whether you speak for it or against it."), code="side")


def _check_name(item: Item, name: str, by: Person) -> None:
    """Nobody signs as somebody who looks after the place."""
    if len(name) > LONGEST_NAME:
        raise ValueError(f"a name has at most {LONGEST_NAME} characters")
    if not fold(name) or fold(name) == fold(by.name):
        return
    taken = {fold(role.person.name) for role in roles_in(item.territory)}
    if item.author is not None:
        taken.add(fold(item.author.name))
    if fold(name) in taken - {""}:
        raise Refused(_("Somebody who looks after this place has that name. Choose another."), code="name")


def still_there(person: Person) -> None:
    """A guest who signs in at this moment in another tab is being merged: her act waits, and is then refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person WHERE id = %s AND is_active FOR KEY SHARE", [person.pk])
        if cursor.fetchone() is None:
            raise Refused(_("You signed in meanwhile. Please send this once more."), code="merged")


@transaction.atomic
def edit_comment(comment: Comment, text: str, *, filling: Filling | None = None, by: Person) -> Comment:
    """Change one's words; what they were stays readable in the history, and translations become stale.

    Riskier words wait, and any where comments are read before they are shown.
    """
    _check_words(text)
    comment = locked_comment(comment)
    if not can_edit(by, comment):
        raise Refused(_("A comment can be changed for a day by whoever wrote it."), code="closed")
    before = original_text(comment.words)
    if text == before:
        return comment
    now = timezone.now()
    CommentRevision.objects.create(
        comment=comment, text=before, language=original_language(comment.words), until=now
    )
    look = look_at(comment.item, text, filling=filling, of=comment, by=by)
    is_held = look.is_held or rules_of(comment.item).reads_first
    comment.words, comment.edited_at, comment.signs = change_original(comment.words, text), now, look.signs
    spend("reword", who=by.audit_id, limit=CHANGES_A_DAY, seconds=DAY)
    if is_held:
        comment.state = CommentState.HELD
    comment.save(update_fields=["words", "edited_at", "signs", "state"])
    audit.record("comment.edit", comment, by=by, state=comment.state)
    page_changed()
    if is_held:
        ask_for_tally(comment.item_id)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: Person) -> Comment:
    """Take one's words back: all read that they were withdrawn; answers to it stay. Moderators can still read them."""
    comment = locked_comment(comment)
    if not can_withdraw(by, comment):
        raise Refused(_("Only whoever wrote a comment can take it back."))
    comment.state, comment.withdrawn_at = CommentState.WITHDRAWN, timezone.now()
    comment.save(update_fields=["state", "withdrawn_at"])
    audit.record("comment.withdraw", comment, by=by)
    page_changed()
    ask_for_tally(comment.item_id)
    return comment


def locked_comment(comment: Comment) -> Comment:
    """The row as it is now, with its item; nobody else changes it until this is done."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("item__territory", "item__part_of")
    return rows.get(pk=comment.pk)
