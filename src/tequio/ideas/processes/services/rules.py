"""The rules of a place for its ideas."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.guards.services import page_changed
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import PlaceRule
from ..permissions import can_set_rule


@transaction.atomic
def set_rule(
    territory: Territory, *, openers: int, petition_supports: int | None, petition_days: int, by: Person
) -> PlaceRule:
    """How many open a process together, and from how many supports an answer is owed within how many days."""
    if not can_set_rule(by, territory):
        raise Refused(_("Only a steward of this place can change this."))
    values = {
        "openers": openers,
        "petition_supports": petition_supports,
        "petition_days": petition_days,
    }
    rule, _made = PlaceRule.objects.update_or_create(
        territory=territory, defaults={**values, "changed_at": timezone.now()}
    )
    audit.record("process.rule", rule, by=by, **values)
    page_changed()
    return rule
