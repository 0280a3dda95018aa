"""Reminders to those who answer: before the day, and in every week after it. One notice for what is due on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.actor import SYSTEM
from tequio.base.languages import INTERFACE
from tequio.base.moments import say_day, zone
from tequio.notifications.enums import Event
from tequio.notifications.services import tell
from tequio.people.models import Person

from ..models import AnswerDue
from ..selectors.officers import officers_of
from ..types import STEPS_BEFORE, clock_of, reminder_of
from .notices import said_in

# A day more, for in some zone it is tomorrow already.
SOONEST = timedelta(days=max(STEPS_BEFORE) + 1)


def remind(now: datetime | None = None) -> int:
    """Tell all who owe an answer that it is time. Returns how many notices were new; run again it tells nothing twice."""
    moment = now or timezone.now()
    groups: dict[tuple[str, str, str], list[AnswerDue]] = defaultdict(list)
    for due in _open_until(moment + SOONEST):
        place = due.item.territory.zone
        clock = clock_of(since=due.since, due_at=due.due_at, answered_at=None, now=moment, zone_name=place)
        step = reminder_of(clock)
        if step:
            day = f"{due.due_at.astimezone(zone(place)):%Y-%m-%d}"
            groups[step, day, place].append(due)
    told = 0
    for (step, day, place), dues in groups.items():
        for person, hers in _by_officer(dues):
            told += _tell(person, hers, f"{step} {day} {place}"[:40], is_late=step.startswith("late"))
    return told


def _open_until(moment: datetime) -> Iterable[AnswerDue]:
    rows = AnswerDue.objects.filter(
        answered_at=None, due_at__lt=moment, item__state="published", item__hidden_by=""
    )
    return rows.select_related("item__territory", "organisation", "assigned_to", "process__item").order_by(
        "item"
    )


def _by_officer(dues: list[AnswerDue]) -> list[tuple[Person, list[AnswerDue]]]:
    people: dict[int, Person] = {}
    hers: dict[int, list[AnswerDue]] = defaultdict(list)
    for due, officers in officers_of(dues):
        for person in officers:
            people[person.pk] = person
            hers[person.pk].append(due)
    return [(people[pk], hers[pk]) for pk in sorted(people)]


@transaction.atomic
def _tell(person: Person, dues: list[AnswerDue], occasion: str, *, is_late: bool) -> bool:
    first = dues[0]
    place = first.item.territory.zone

    def say(tag: str) -> str:
        day = say_day(first.due_at, place, tag)
        if is_late:
            words = ngettext(
                "%(number)d answer was due on %(day)s.", "%(number)d answers were due on %(day)s.", len(dues)
            )
        else:
            words = ngettext(
                "%(number)d answer is due on %(day)s.", "%(number)d answers are due on %(day)s.", len(dues)
            )
        return "\n".join([words % {"number": len(dues), "day": day}, _("They stand on your desk.")])

    return tell(
        person, Event.ANSWER_DUE, source=person.audit_id, occasion=occasion, words=said_in(INTERFACE, say),
        item=first.item if len(dues) == 1 else None, path=reverse("answers:desk"), by=SYSTEM,
    )  # fmt: skip
