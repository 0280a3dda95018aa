"""What `tequio verify` asks of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OneToOneRel
from django.utils import timezone

from .enums import KINDS
from .models import Item


def _things() -> dict[str, OneToOneRel]:
    """By kind, the relation to the model that adds what is a pillar's own: the one named like the kind."""
    relations = [relation for relation in Item._meta.related_objects if isinstance(relation, OneToOneRel)]
    return {relation.related_model._meta.model_name: relation for relation in relations}  # type: ignore[misc]


def every_item_is_one_thing() -> Iterator[str]:
    """Each item of a kind has its row in the model of that kind, and no row in another kind's."""
    things = _things()
    for kind in KINDS:
        own = things[kind].name
        for pk in Item.objects.filter(kind=kind, **{f"{own}__isnull": True}).values_list("pk", flat=True):
            yield f"item {pk} is called a {kind}, but there is no {kind} to it"
        for pk in (
            Item.objects.exclude(kind=kind).filter(**{f"{own}__isnull": False}).values_list("pk", flat=True)
        ):
            yield f"item {pk} has a {kind}, but is called something else"


def every_published_item_has_its_day() -> Iterator[str]:
    published = Item.objects.filter(state="published")
    for pk in published.filter(published_at=None).values_list("pk", flat=True):
        yield f"item {pk} is published without a day"
    for pk in published.filter(published_at__gt=timezone.now()).values_list("pk", flat=True):
        yield f"item {pk} is published on a day to come"


def every_part_lies_where_its_whole_lies() -> Iterator[str]:
    parts = Item.objects.exclude(part_of=None).exclude(territory=F("part_of__territory"))
    for pk, whole in parts.values_list("pk", "part_of"):
        yield f"item {pk} lies in another place than item {whole}, of which it is a part"


def every_item_can_be_found_and_counted() -> Iterator[str]:
    for pk in Item.objects.filter(search_text=None).values_list("pk", flat=True):
        yield f"item {pk} has no words for the search"
    for pk in Item.objects.filter(count=None).values_list("pk", flat=True):
        yield f"item {pk} has no row of counts"
