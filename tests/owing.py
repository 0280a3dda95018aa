"""Ideas that are owed an answer, in tests."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.answers.services.answering import Said
from tequio.ideas.proposals.services import Words, write_idea
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

YES = Said("accepted", words("Yes, by May.", "Sí, para mayo."), "roads")
NO = Said("declined", words("Not this year."))


def fresh(pk: int) -> Item:
    """The item as a request would read it, nothing kept."""
    return Item.objects.select_related("territory", "author").get(pk=pk)


def put_idea(place: Territory, title: str, *, by: Person) -> Item:
    return fresh(write_idea(Words(title=words(title)), territory=place, languages=["en"], by=by).pk)


def owe(
    item: Item, *, days: float = 10, since: float = 1, organisation: Organisation | None = None
) -> AnswerDue:
    """Asked `since` days ago, due in `days` days (below 0: late)."""
    now = timezone.now()
    owe_answer(
        item,
        due_at=now + timedelta(days=max(days, 1)),
        because="petition",
        organisation=organisation,
        by=SYSTEM,
    )
    AnswerDue.objects.filter(item=item).update(
        since=now - timedelta(days=max(since, 1 - days)), due_at=now + timedelta(days=days)
    )
    return AnswerDue.objects.select_related("item__territory", "organisation", "assigned_to").get(item=item)
