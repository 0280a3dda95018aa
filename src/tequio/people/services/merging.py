"""A guest turns out to be a member: what points at the guest's row points at the member's from now on.

Which tables point there is asked of Django's registry, what becomes of their rows of each model's
`privacy` rule. So a table added above is merged without a line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, OuterRef, Q, Subquery, UniqueConstraint

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.privacy import Rule

from ..models import Person

Pointer = tuple[type[Model], str]


@transaction.atomic
def merge_guest(guest: Person, member: Person, *, by: Actor) -> bool:
    """Move everything of `guest` to `member`; her row stays, inactive, and points on.

    Where both have a row and only one may be, the rule says which stays. False, with nothing changed,
    when there is nothing to do: she was merged before, or has become a member herself.
    """
    locked = Person.objects.select_for_update().filter(pk__in=[guest.pk, member.pk]).order_by("pk")
    rows = {person.pk: person for person in locked}
    lost, kept = rows[guest.pk], rows[member.pk]
    if not lost.is_guest or not lost.is_active or lost.merged_into_id is not None:
        return False
    if not kept.is_member or not kept.is_active:
        raise ValueError(f"person {kept.pk} is not an active member, nothing can be merged into her")
    _move_all(Person, lost.pk, kept.pk)
    lost.merged_into, lost.is_active = kept, False
    lost.save(update_fields=["merged_into", "is_active"])
    audit.record("person.merge", kept, by=by, guest=lost.pk)
    return True


def pointers(model: type[Model]) -> Iterator[Pointer]:
    """(model, column) of every foreign key to `model`, tables of many-to-many fields included."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one):
            yield field.related_model, field.field.attname  # type: ignore[misc, union-attr]


def unique_sets(model: type[Model], column: str) -> Iterator[tuple[list[str], Q]]:
    """Per unique rule that holds `column`: the other columns, and the condition of the rule."""
    meta = model._meta
    name = meta.get_field(column).name
    if getattr(meta.get_field(column), "unique", False):
        yield [], Q()
    rules: list[tuple[Sequence[str], Q]] = [(fields, Q()) for fields in meta.unique_together]
    for rule in meta.constraints:
        if isinstance(rule, UniqueConstraint):
            rules.append((rule.fields, rule.condition or Q()))
    for fields, condition in rules:
        if name in fields:
            yield [field for field in fields if field != name], condition


def stays_with_guest(model: type[Model]) -> bool:
    rule = getattr(model, "privacy", None)
    return isinstance(rule, Rule) and bool(rule.person) and rule.merge == "keep"


def _move_all(model: type[Model], lost: Any, kept: Any) -> None:
    for pointing, column in pointers(model):
        if not stays_with_guest(pointing):
            _move(pointing, column, lost, kept)


def _move(model: type[Model], column: str, lost: Any, kept: Any) -> None:
    """One table: settle what collides, then one UPDATE."""
    left: set[Any] = set()
    settled: list[tuple[Model, Model]] = []
    while pairs := _colliding(model, column, lost, kept, left):
        for own, other in pairs:
            if _must_stay(model, own):
                left.add(own.pk)
                continue
            staying, going = _choose(model, own, other)
            _move_all(model, going.pk, staying.pk)
            settled.append((staying, going))
        model._base_manager.filter(pk__in=[going.pk for _staying, going in settled]).delete()
    model._base_manager.filter(**{column: lost}).exclude(pk__in=left).update(**{column: kept})
    gone = {going.pk for _staying, going in settled}
    told = [(staying, going) for staying, going in settled if staying.pk not in gone]
    for staying, _going in told:
        setattr(staying, column, kept)
    if hasattr(model, "absorb_all"):
        model.absorb_all(told)
    elif hasattr(model, "absorb"):
        for staying, going in told:
            staying.absorb(going)  # type: ignore[attr-defined]


def _colliding(
    model: type[Model], column: str, lost: Any, kept: Any, left: Iterable[Any]
) -> list[tuple[Model, Model]]:
    """(row of `lost`, row of `kept`) that may not both belong to one person, each row in one pair, locked."""
    twins: dict[Any, Any] = {}
    for others, condition in unique_sets(model, column):
        theirs = model._base_manager.filter(
            condition, **{column: kept}, **{name: OuterRef(name) for name in others}
        )
        mine = model._base_manager.filter(condition, **{column: lost}).exclude(pk__in=left)
        found = mine.annotate(twin=Subquery(theirs.values("pk")[:1])).filter(twin__isnull=False)
        for pk, twin in found.values_list("pk", "twin"):
            if pk not in twins and twin not in twins.values():
                twins[pk] = twin
    if not twins:
        return []
    rows = model._base_manager.select_for_update().order_by("pk").in_bulk([*twins, *twins.values()])
    return [(rows[pk], rows[twin]) for pk, twin in twins.items() if pk in rows and twin in rows]


def _must_stay(model: type[Model], row: Model) -> bool:
    """Whether something hangs on the row that stays with the guest (a sealed ballot's mark, say)."""
    return any(
        stays_with_guest(pointing) and pointing._base_manager.filter(**{column: row.pk}).exists()
        for pointing, column in pointers(model)
    )


def _choose(model: type[Model], own: Model, other: Model) -> tuple[Model, Model]:
    """(staying, going): the member's stays, unless the rule names a column and the guest's is later there."""
    later = getattr(getattr(model, "privacy", None), "later", "")
    if later and getattr(own, later) > getattr(other, later) and not _must_stay(model, other):
        return own, other
    return other, own
