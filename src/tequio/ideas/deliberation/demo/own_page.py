"""One invented person with something in every part of her own page: a facilitator of Lomé who looks over at Mexico."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation

from tequio.consent import services as consent
from tequio.consent.enums import Purpose
from tequio.people.models import Person

from ..models import Conversation
from ..selectors.taking_part import open_statements
from ..services.answering import answer_statement, write_statement
from ..services.moderation import decline_statement

WHO, WHERE, MODERATOR = "kossi.mensah", "mexico-youth", "raul.ortega"
WAITING = "À Lomé, les jeunes tiennent les réseaux des quartiers. Faites-en un vrai métier."
DECLINED = "Il faut plus d’ateliers, moins d’examens et des bus gratuits."


@transaction.atomic
def load_own_page(people: dict[str, Person], talks: dict[str, Conversation]) -> None:
    """`people` and `talks` by key, as the demonstration has them."""
    person, talk = people[WHO], talks[WHERE]
    with translation.override(person.language):
        statements = open_statements(talk).select_related("item", "conversation__item")[:3]
        for statement, value in zip(statements, (1, 1, -1), strict=True):
            answer_statement(statement, value, by=person)
        refused = write_statement(talk, DECLINED, language="fr", by=person)
        write_statement(talk, WAITING, language="fr", by=person)
        decline_statement(refused, reason="several", by=people[MODERATOR])
        consent.give(person, Purpose.LETTERS, language=person.language, by=person)
        consent.give(person, Purpose.NEWS, language=person.language, by=person)
        consent.withdraw(person, Purpose.NEWS, language=person.language, by=person)
