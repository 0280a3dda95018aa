"""What waits for a moderator, for her page and her digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.notifications.types import Waiting
from tequio.people.models import Person
from tequio.territories.models import TerritoryPath

from ..models import Appeal, Report
from ..permissions import places_of


def reports_to_decide(person: Person) -> Iterator[Waiting]:
    """One line for reports, one for appeals, in one query; none for whoever moderates nothing."""
    places = places_of(person)
    if not places:
        return
    below = TerritoryPath.objects.filter(above__in=places).values("below")
    reports = Report.objects.filter(decision=None, territory__in=below)
    appeals = Appeal.objects.filter(decided_at=None, decision__territory__in=below)
    appeals = appeals.exclude(first_decider=person)
    both = Person.objects.filter(pk=person.pk).values_list(_number(reports), _number(appeals))
    number, further = both.get()
    path = reverse("moderation:queue")
    if number:
        says = ngettext("%(number)d report waits.", "%(number)d reports wait.", number)
        yield Waiting(_("Reports to decide"), None, says % {"number": number}, path)
    if further:
        says = ngettext("%(number)d appeal waits.", "%(number)d appeals wait.", further)
        yield Waiting(_("Appeals to decide"), None, says % {"number": further}, f"{path}#appeals")


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
