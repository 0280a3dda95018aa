"""Supporting an idea, and taking that back. The number beside it stays right whatever happens at once."""

from __future__ import annotations

from collections import Counter

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.consent import services as consent
from tequio.consent.enums import Channel, Purpose
from tequio.discussions.services.writing import still_there
from tequio.guards.services import page_changed, spend
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.processes.selectors.rules import rule_in
from tequio.notifications.enums import Event
from tequio.notifications.services import announce
from tequio.people.models import Person

from ..models import Idea, Support, count_supports
from ..permissions import can_support, process_of
from ..selectors.thresholds import petition_moment

SUPPORTS_AN_HOUR = 100
# The moment is the database's, as is that of a phase's end. Nothing comes back where she supports it already.
SUPPORT = """
INSERT INTO proposals_support (idea_id, person_id, at) VALUES (%s, %s, clock_timestamp())
ON CONFLICT (idea_id, person_id) DO UPDATE SET at = EXCLUDED.at, withdrawn_at = NULL, came_from_id = NULL
WHERE proposals_support.withdrawn_at IS NOT NULL
RETURNING id
"""
TAKE_BACK = """
UPDATE proposals_support SET withdrawn_at = clock_timestamp()
WHERE idea_id = %s AND person_id = %s AND withdrawn_at IS NULL
"""


@transaction.atomic
def support_idea(idea: Idea, *, channel: str = Channel.WEB, by: Person) -> bool:
    """She wants it to become true; whether that is new. Her first support agrees to the words beside the button.

    Append-only by nature, so no audit record each: a job seals what was counted. The one that reaches the number
    the place has promised an answer for starts its clock.
    """
    still_there(by)
    idea = _held_still(idea)
    if not can_support(by, idea):
        raise Refused(_("This idea does not take supports now."), code="closed")
    spend("support", who=by.audit_id, limit=SUPPORTS_AN_HOUR, seconds=3600)
    consent.give(by, Purpose.IDEAS, language=current(), channel=channel, by=by)
    with connection.cursor() as cursor:
        cursor.execute(SUPPORT, [idea.pk, by.pk])
        is_new = cursor.fetchone() is not None
    if is_new:
        look_at_threshold(idea, count_supports(idea.pk, 1), by=by)
        page_changed()
    return is_new


@transaction.atomic
def withdraw_support(idea: Idea, *, by: Person) -> bool:
    """She takes it back, at any time, also where it is closed; whether there was one. What was reached stays reached."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, [idea.pk, by.pk])
        had_one = cursor.rowcount == 1
    if had_one:
        count_supports(idea.pk, -1)
        page_changed()
    return had_one


@transaction.atomic
def withdraw_supports(person: Person, *, channel: str = Channel.WEB, by: Actor) -> int:
    """She takes back her consent: none of her supports counts any more. Returns how many those were."""
    consent.withdraw(person, Purpose.IDEAS, language=current(), channel=channel, by=by)
    rows = Support.objects.filter(person=person, withdrawn_at=None)
    return _count_down(rows, is_kept=True)


@transaction.atomic
def forget_supports(rows: QuerySet[Support], *, by: Actor) -> int:
    """Somebody leaves: her supports go, and the numbers go down. Returns how many counted."""
    return _count_down(rows.filter(withdrawn_at=None), is_kept=False)


def _count_down(rows: QuerySet[Support], *, is_kept: bool) -> int:
    locked = list(rows.select_for_update().order_by("idea_id").values_list("pk", "idea_id"))
    if is_kept:
        Support.objects.filter(pk__in=[pk for pk, _idea in locked]).update(withdrawn_at=timezone.now())
    else:
        Support.objects.filter(pk__in=[pk for pk, _idea in locked]).delete()
    for idea, number in sorted(Counter(idea for _pk, idea in locked).items()):
        count_supports(idea, -number)
    if locked:
        page_changed()
    return len(locked)


def look_at_threshold(idea: Idea, supports: int, *, by: Actor) -> bool:
    """An answer is owed from the promised number on; whether that is new. Its followers hear of it, once.

    Called with the row of numbers locked: of many at once, one is the first.
    """
    if process_of(idea) is not None:
        return False
    rule = rule_in(idea.item.territory_id)
    if rule.petition_supports is None or supports < rule.petition_supports:
        return False
    due_at = petition_moment(rule, timezone.now())
    if not owe_answer(idea.item, due_at=due_at, because="petition", by=SYSTEM):
        return False
    announce(Event.REACHED, item=idea.item, by=SYSTEM)
    audit.record("idea.reach", idea, by=SYSTEM, needed=rule.petition_supports)
    return True


def _held_still(idea: Idea) -> Idea:
    """The row as it is now; nobody joins it to another until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM proposals_idea WHERE item_id = %s FOR SHARE", [idea.pk])
    rows = Idea.objects.select_related("item__territory", "item__entry__process__item")
    return rows.get(pk=idea.pk)
