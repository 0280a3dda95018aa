"""Who may see, join, write, moderate, organise."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.catalogue.enums import Bar
from tequio.catalogue.permissions import part_bar, seen_by
from tequio.catalogue.types import PartRule
from tequio.organisations.permissions import acting_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Cohort, Conversation, ConversationImport, Statement


def visible_to(person: Person | None) -> QuerySet[Conversation]:
    return Conversation.objects.filter(seen_by(person, "item__"), item__kind="conversation")


def statements_visible_to(person: Person | None) -> QuerySet[Statement]:
    return Statement.objects.filter(seen_by(person, "item__"), item__kind="statement")


def imports_visible_to(person: Person | None) -> QuerySet[ConversationImport]:
    if person is None or person.is_guest:
        return ConversationImport.objects.none()
    return ConversationImport.objects.filter(by=person)


def can_open(person: Person | None, territory: Territory) -> bool:
    """Facilitators and stewards open conversations in their place."""
    return person is not None and person.holds(RoleName.FACILITATOR, territory)


def can_organise(person: Person | None, conversation: Conversation) -> bool:
    """Who opened it or acts for the organisation behind it, and the facilitators of the place."""
    if person is None or person.is_guest:
        return False
    item = conversation.item
    is_hers = item.author_id == person.pk or item.organisation_id in acting_ids(person)
    return is_hers or person.holds(RoleName.FACILITATOR, item.territory)


def can_decide_cohort(person: Person | None, cohort: Cohort) -> bool:
    """Who organises or moderates the conversation, unless her own answers are in it."""
    if person is None or not can_moderate(person, cohort.conversation):
        return False
    return not cohort.members.filter(person=person).exists()


def can_moderate(person: Person | None, conversation: Conversation) -> bool:
    if person is None or person.is_guest:
        return False
    return can_organise(person, conversation) or person.holds(RoleName.MODERATOR, conversation.item.territory)


def can_translate(person: Person | None, conversation: Conversation) -> bool:
    """Translators of the place, and those whose role implies it; what they translate they must also see."""
    if person is None or person.is_guest:
        return False
    return can_moderate(person, conversation) or person.holds(
        RoleName.TRANSLATOR, conversation.item.territory
    )


def can_translate_statement(person: Person | None, statement: Statement) -> bool:
    """As the conversation's words, and whoever wrote it, once it is shown."""
    if person is not None and person.is_member and person.is_active and statement.item.is_shown:
        writer = statement.author.person_id if statement.author else statement.item.author_id
        if writer == person.pk:
            return True
    return can_translate(person, statement.conversation)


def can_join(person: Person | None, conversation: Conversation) -> bool:
    """Whether she may answer statements, were it open; None is a visitor who would become a guest."""
    if not conversation.item.is_shown:
        return False
    return (person is None or person.is_active) and bar(person, conversation) == Bar.NONE


def bar(person: Person | None, conversation: Conversation) -> Bar:
    """What keeps her out although it is open: no account, no proof of living there, no membership, or her age.

    The conversation says for whom it is; the process it stands in, how that is proven and for what ages.
    """
    item, process = conversation.item, conversation.process
    methods, least, most = ((), None, None)
    if process is not None:
        methods, least, most = tuple(process.methods), process.least_age, process.most_age
    rule = PartRule(conversation.who_may, methods, least, most, item.organisation_id)
    return part_bar(person, rule, item.territory)


def can_answer(person: Person | None, conversation: Conversation) -> bool:
    return conversation.takes_answers and can_join(person, conversation)


def can_write(person: Person | None, conversation: Conversation) -> bool:
    return conversation.takes_statements and can_answer(person, conversation)
