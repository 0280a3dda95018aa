from __future__ import annotations

from django.db.models import QuerySet

from tequio.catalogue.permissions import seen_by
from tequio.people.models import Person

from .models import Result


def results_visible_to(person: Person | None) -> QuerySet[Result]:
    return Result.objects.filter(seen_by(person, "item__"), item__kind="result")
