"""What `tequio verify` asks of ideas and problems."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F

from .models import Problem


def people_of_problems_are_counted_right() -> Iterator[str]:
    """The number beside a problem is that of its confirmations."""
    rows = Problem.objects.annotate(number=Count("confirmations")).exclude(item__count__people=F("number"))
    for pk, stored, number in rows.values_list("pk", "item__count__people", "number"):
        yield f"problem {pk} says {stored} people, and there are {number}"
