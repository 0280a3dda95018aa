"""An author leaves: the words of her statements go, their numbers stay."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.services import search_words
from tequio.guards.services import page_changed

from ..models import Conversation, Statement
from .maps import ask_for_map


@transaction.atomic
def forget_statements(rows: QuerySet[Statement], *, by: Actor) -> int:
    """Blank their words, in every language and in search, and show them no more. Returns how many.

    Answers of others to them stay as rows, because batches of answers are sealed; no map counts them any more.
    """
    statements = list(rows.select_for_update(of=("self",)).order_by("pk"))
    ids = [statement.pk for statement in statements]
    Item.objects.filter(pk__in=ids).update(
        title={},
        summary={},
        picture_says={},
        picture=None,
        languages=[],
        state=ItemState.WITHDRAWN,
        author=None,
    )
    SearchText.objects.filter(pk__in=ids).update(**search_words())
    rows.model._base_manager.filter(pk__in=ids).update(decided_at=timezone.now())
    _pass_on(ids)
    for statement in statements:
        audit.record("statement.forget", statement, by=by)
    for conversation in sorted({statement.conversation_id for statement in statements}):
        ask_for_map(Conversation(pk=conversation))
    if ids:
        page_changed()
    return len(ids)


def _pass_on(ids: list[int]) -> None:
    """Statements of others that were joined with one that goes: the first of them stands for the rest from now on."""
    followers = Statement.objects.filter(merged_into__in=ids).exclude(pk__in=ids).order_by("number")
    heirs: dict[int, int] = {}
    for follower in followers.select_for_update(of=("self",)):
        gone = follower.merged_into_id or 0
        heir = heirs.setdefault(gone, follower.pk)
        follower.merged_into_id = None if heir == follower.pk else heir
        follower.save(update_fields=["merged_into"])
