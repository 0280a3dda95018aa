"""What waits for somebody who owes answers, for her page and her digest."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.moments import say_day
from tequio.notifications.types import Waiting
from tequio.organisations.permissions import acting_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person

from .desk import open_dues


def answers_to_give(person: Person) -> Iterator[Waiting]:
    """All answers that are owed to her office, as one line; one query."""
    if not person.is_member:
        return
    rows = open_dues(person)
    if not (person.role_places(RoleName.STEWARD) or acting_ids(person)):
        rows = rows.filter(assigned_to=person)
    found = rows.aggregate(
        number=Count("pk"), late=Count("pk", filter=Q(due_at__lt=Now())), first=Min("due_at")
    )
    if not found["number"]:
        return
    zone = person.home.zone if person.home else "UTC"
    why = ngettext(
        "%(number)d answer is owed, due on %(day)s.", "%(number)d answers are owed, the first due on %(day)s.",
        found["number"],
    ) % {"number": found["number"], "day": say_day(found["first"], zone)}  # fmt: skip
    if found["late"]:
        late = ngettext("%(number)d is late.", "%(number)d are late.", found["late"])
        why = f"{why} {late % {'number': found['late']}}"
    yield Waiting(
        kind=_("Answers to give"), words=None, why=why, path=reverse("answers:desk"),
        button=_("Answer them"), door="ideas",
    )  # fmt: skip
