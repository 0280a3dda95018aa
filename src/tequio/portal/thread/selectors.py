"""Where something can be carried to."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from tequio.catalogue.models import Item
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.permissions import visible_to
from tequio.people.models import Person


def conversation_for(person: Person, item: Item) -> Conversation | None:
    """The open conversation of the item's process, else the newest one of its place that takes statements."""
    entry = getattr(item, "entry", None)
    ours = Q(item__entry__process=entry.process_id) if entry is not None else Q(pk=None)
    now = timezone.now()
    rows = visible_to(person).filter(
        Q(item__opens_at=None) | Q(item__opens_at__lte=now), Q(item__closes_at=None) | Q(item__closes_at__gt=now),
        ours | Q(item__territory=item.territory_id), takes_statements=True, item__state="published",
        item__hidden_by="", item__audience=item.audience,
    )  # fmt: skip
    near = Case(When(ours, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related("item__territory").order_by(near, "-item__published_at", "-pk").first()
