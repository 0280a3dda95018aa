"""Every model that holds something of people, and the rows of one person: read off Django's registry and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.apps import apps
from django.conf import settings
from django.db.models import (
    BinaryField,
    CharField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    QuerySet,
    TextField,
)

from tequio.base.fields import MultilingualField
from tequio.base.privacy import rule_of
from tequio.people.models import Person

from ..types.walk import Belonging, Whose

WORDS = (CharField, TextField, JSONField, BinaryField)


def all_models() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))


def belongings() -> list[Belonging]:
    """Models with rows of people; those that reach a person over other rows come first, the person herself last."""
    found = []
    for model in all_models():
        rule = rule_of(model)
        if rule is not None and rule.person:
            found.append(Belonging(model, rule, path_to_person(model, rule.person)))
    return sorted(found, key=lambda one: (one.model is Person, -one.path.count("__"), one.label))


def path_to_person(model: type[Model], column: str) -> str:
    """ "author__person" for a statement, "pk" for a person, "" where the column holds text."""
    if model is Person:
        return "pk"
    here: type[Model] = model
    for name in column.split("__"):
        field = here._meta.get_field(name)
        if not isinstance(field, ForeignKey):
            return ""
        here = field.related_model
    if here is Person:
        return column
    rule = rule_of(here)
    if rule is None or not rule.person:
        raise ValueError(f"{model._meta.label}.{column} leads to {here._meta.label}, which names nobody")
    inner = path_to_person(here, rule.person)
    return f"{column}__{inner}" if inner else ""


def rows_of(belonging: Belonging, whose: Whose) -> QuerySet[Model]:
    manager = belonging.model._base_manager
    if belonging.path:
        return manager.filter(**{f"{belonging.path}__in": whose.people})
    column = belonging.rule.person
    field = belonging.model._meta.get_field(column)
    if isinstance(field, TextField):  # a session's content: never a sign, and no index to ask
        return manager.none()
    return manager.filter(**{f"{column}__in": whose.signs})


def whose(person: Person) -> Whose:
    """`person` and the guests who turned out to be her."""
    people, newest = {person.pk}, [person.pk]
    while newest:
        newest = list(
            Person.objects.filter(merged_into__in=newest).exclude(pk__in=people).values_list("pk", flat=True)
        )
        people.update(newest)
    signs: set[str] = set()
    for row in Person.objects.filter(pk__in=people):
        signs |= {row.audit_id, str(row.uid), row.uid.hex}
    for one in belongings():
        if one.rule.address and one.path:
            values = rows_of(one, Whose(tuple(people), frozenset())).values_list(one.rule.address, flat=True)
            signs |= {form for value in values if value for form in (str(value), str(value).lower())}
    signs |= {sha256(sign.encode()).hexdigest() for sign in list(signs)}
    return Whose(tuple(sorted(people)), frozenset(signs))


def free_text(model: type[Model]) -> list[Field]:
    """Columns in which words may stand: no fixed choices, no key, nothing the database computes."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, WORDS) and not field.choices and not field.primary_key and not field.generated
    ]


def words_that_go(belonging: Belonging) -> list[Field]:
    """The text columns that erasing blanks in a row that stays."""
    return [field for field in free_text(belonging.model) if field.name in belonging.rule.words]


def unspoken_for(belonging: Belonging) -> list[str]:
    """Text columns of a row that stays of which the rule does not say whether they go."""
    rule = belonging.rule
    if rule.erase == "delete" or belonging.model is Person:
        return []
    said = {rule.person, *rule.words, *rule.stays}
    return [field.name for field in free_text(belonging.model) if field.name not in said]


def secrets_of(belonging: Belonging) -> set[str]:
    """Columns that no export shows: of use to a thief, and of none to her."""
    foreign: dict[str, tuple[str, ...]] = settings.FOREIGN_SECRETS
    return {"password", *belonging.rule.secret, *foreign.get(belonging.label, ())}


def other_pointers(belonging_models: Iterable[Belonging]) -> Iterator[tuple[type[Model], str]]:
    """(model, column) of the columns that may be emptied and point at a person who is not whose row it is."""
    own = {(one.model, one.column) for one in belonging_models}
    for model in all_models():
        for field in model._meta.concrete_fields:
            is_pointer = isinstance(field, ForeignKey) and field.related_model is Person and field.null
            if is_pointer and (model, field.name) not in own:
                yield model, field.name


def address_columns() -> Iterator[tuple[type[Model], str]]:
    """(model, column) of every column that holds an e-mail address, whoever's."""
    for model in all_models():
        for field in free_text(model):
            if isinstance(field, CharField) and (
                field.name in ("email", "to") or field.name.endswith("_email")
            ):
                yield model, field.name


def multilingual_columns() -> Iterator[tuple[type[Model], str]]:
    """(model, column) of texts in several languages: they say by name who translated them."""
    for model in all_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, MultilingualField):
                yield model, field.name
