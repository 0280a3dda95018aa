"""What waits for a moderator, for her page and her digest."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.notifications.types import Waiting
from tequio.people.models import Person
from tequio.territories.models import TerritoryPath

from ..models import Appeal, Report
from ..permissions import places_of


def reports_to_decide(person: Person) -> Iterator[Waiting]:
    """One line for reports, one for appeals; no query for whoever moderates nothing."""
    places = places_of(person)
    if not places:
        return
    below = TerritoryPath.objects.filter(above__in=places).values("below")
    path = reverse("moderation:queue")
    number = Report.objects.filter(decision=None, territory__in=below).count()
    if number:
        says = ngettext("%(number)d report waits.", "%(number)d reports wait.", number)
        yield Waiting(_("Reports to decide"), None, says % {"number": number}, path)
    appeals = Appeal.objects.filter(decided_at=None, decision__territory__in=below)
    number = appeals.exclude(first_decider=person).count()
    if number:
        says = ngettext("%(number)d appeal waits.", "%(number)d appeals wait.", number)
        yield Waiting(_("Appeals to decide"), None, says % {"number": number}, f"{path}#appeals")
