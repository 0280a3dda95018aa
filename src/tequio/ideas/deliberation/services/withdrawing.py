"""Taking back the consent for opinions, and giving it again: what becomes of her answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tequio.base.actor import Actor
from tequio.base.languages import current
from tequio.consent import services as consent
from tequio.consent.enums import Channel, Purpose
from tequio.consent.selectors import has_consent
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Conversation, Participant
from .answering import CONSENT
from .maps import ask_for_map


@transaction.atomic
def withdraw_answers(person: Person, *, channel: str = Channel.WEB, by: Actor) -> int:
    """She takes back her consent: no map and no export counts her answers from now on. Returns how many those are.

    The answers stay under her number, for herself: `restore_answers` brings all of them back, and answering in one
    conversation those of that conversation. Statements she wrote stay, without her name as they always were.
    """
    consent.withdraw(person, Purpose.OPINIONS, language=current(), channel=channel, by=by)
    return _turn(person, is_back=False)


@transaction.atomic
def restore_answers(person: Person, *, channel: str = Channel.WEB, by: Actor) -> int:
    """She agrees again, to today's words: all her answers count again. Returns how many."""
    consent.give(person, Purpose.OPINIONS, language=current(), channel=channel, by=by)
    return _turn(person, is_back=True)


@transaction.atomic
def follow_consent(pk: int) -> int:
    """Answers of person `pk` that no consent holds any more leave the maps, as in `withdraw_answers`. How many."""
    person = Person.objects.filter(pk=pk).first()
    if person is None or has_consent(person, Purpose.OPINIONS):
        return 0
    return _turn(person, is_back=False)


def _turn(person: Person, *, is_back: bool) -> int:
    rows = Participant.objects.select_for_update().filter(person=person, withdrawn_at__isnull=not is_back)
    turned = list(rows.order_by("conversation_id").values_list("pk", "conversation_id", "answers"))
    changes = {"withdrawn_at": None, "consent": CONSENT} if is_back else {"withdrawn_at": timezone.now()}
    Participant.objects.filter(pk__in=[pk for pk, _conversation, _answers in turned]).update(**changes)
    page_changed()
    # In the order of conversations, so that two who do this at once do not wait for one another in a ring.
    for _pk, conversation, answers in turned:
        if answers:
            ask_for_map(Conversation(pk=conversation))
    return sum(answers for _pk, _conversation, answers in turned)
