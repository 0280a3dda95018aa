"""Erasing: one walk through every model, by what each says of itself."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Field, JSONField, Model, UUIDField
from django.utils.module_loading import import_string

from tequio.base.actor import SYSTEM
from tequio.base.privacy import rule_of
from tequio.people.models import Person

from ..selectors.belongings import (
    address_columns,
    belongings,
    multilingual_columns,
    other_pointers,
    path_to_person,
    rows_of,
    whose,
    words_that_go,
)
from ..types.walk import Belonging, Whose

# Who translated or wrote a text is said in it by name.
UNSIGN = """
UPDATE {table} SET {column} = (
    SELECT jsonb_object_agg(key, CASE WHEN value->>'by' = ANY(%(names)s) THEN jsonb_set(value, '{{by}}', '""') ELSE value END)
    FROM jsonb_each({column})
)
WHERE jsonb_path_exists({column}, '$.*.by ? (@ != "")')
    AND EXISTS (SELECT FROM jsonb_each({column}) AS entry WHERE entry.value->>'by' = ANY(%(names)s))
"""


def erase_rows(person: Person) -> dict[str, int]:
    """Delete, blank or keep every row of hers. The caller opens the transaction. {model: rows that were hers}."""
    hers, all_of_them = whose(person), belongings()
    _unsign(hers)
    counts: dict[str, int] = {}
    # Rows that reach her over others come first: they are found only as long as those lead to her.
    for one in all_of_them:
        counts[one.label] = rows_of(one, hers).count()
        if one.rule.forget and counts[one.label]:
            import_string(one.rule.forget)(rows_of(one, hers), by=SYSTEM)
        if one.rule.erase == "anonymise" and one.model is not Person:
            _blank_words(one, hers)
    for one in all_of_them:
        if one.rule.erase == "delete":
            rows_of(one, hers).delete()
    for one in all_of_them:
        if one.rule.erase == "anonymise" and one.column and one.model is not Person:
            rows_of(one, hers).update(**{one.column: None})
    _forget_addresses(hers)
    for model, column in other_pointers(all_of_them):
        model._base_manager.filter(**{f"{column}__in": hers.people}).update(**{column: None})
    _blank_people(hers)
    return counts


def _blank_words(belonging: Belonging, hers: Whose) -> None:
    values = {field.name: blank_of(field) for field in words_that_go(belonging)}
    if values:
        rows_of(belonging, hers).update(**values)


def blank_of(field: Field[Any, Any]) -> Any:
    """The value of a column with nothing in it."""
    if field.null:
        return None
    if isinstance(field, JSONField):
        return field.get_default()
    return b"" if field.get_internal_type() == "BinaryField" else ""


def _blank_people(hers: Whose) -> None:
    """Her own rows stay, for other rows point at them: without name, sign, place or way in."""
    kept = {"id", "is_guest", "began_at", *Person.privacy.stays}
    for person in Person.objects.filter(pk__in=hers.people):
        for field in Person._meta.concrete_fields:
            if field.name in kept:
                continue
            if isinstance(field, UUIDField):
                setattr(person, field.attname, uuid.uuid4())
            elif isinstance(field, BooleanField):
                setattr(person, field.attname, False)
            elif field.null or field.empty_strings_allowed or isinstance(field, JSONField):
                setattr(person, field.attname, blank_of(field))
        person.set_unusable_password()
        person.save()


def _forget_addresses(hers: Whose) -> None:
    """Where her address stands in a row that is not hers: blanked in another person's, deleted where it is nobody's."""
    for model, column in address_columns():
        rows = model._base_manager.filter(**{f"{column}__in": hers.signs})
        rule, nobody = rule_of(model), model._base_manager.none()
        path = path_to_person(model, rule.person) if rule is not None and rule.person else ""
        if rule is not None and rule.erase == "delete":
            nobody = rows.filter(**{f"{path}__isnull": True}) if path else rows
        nobody.delete()
        rows.update(**{column: blank_of(model._meta.get_field(column))})  # type: ignore[arg-type]


def _unsign(hers: Whose) -> None:
    """Her name beside what she wrote or translated for others. Of two people of one name, both lose the mention."""
    names = [
        name for name in Person.objects.filter(pk__in=hers.people).values_list("name", flat=True) if name
    ]
    if not names:
        return
    quote = connection.ops.quote_name
    for model, column in multilingual_columns():
        sql = UNSIGN.format(table=quote(model._meta.db_table), column=quote(_column(model, column)))
        with connection.cursor() as cursor:
            cursor.execute(sql, {"names": names})


def _column(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]
