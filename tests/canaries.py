"""A row of every model that holds something of a person, with a canary in every text column: read off the registry."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from django.utils import timezone

from tequio.base.fields import MultilingualField
from tequio.base.multilingual import write_original
from tequio.base.privacy import rule_of
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.models import Conversation
from tequio.people.models import Person
from tequio.portal.me.selectors.belongings import (
    belongings,
    free_text,
    path_to_person,
    rows_of,
    unspoken_for,
    whose,
    words_that_go,
)
from tequio.portal.me.types.walk import Belonging

CANARY = "Kanari"
# The database refuses to write these by hand, or they are rows of somebody's only by what stands inside.
NOT_BY_HAND = {"sessions.session"}


class Planter:
    """Rows of `person`, made one for each model; what they need of other models is made along with them."""

    def __init__(self, person: Person, conversation: Conversation, address: str):
        self.person, self.conversation, self.address = person, conversation, address
        self.number = 0
        self.planted: dict[str, str] = {}

    def word(self, label: str, field: models.Field[Any, Any]) -> str:
        self.number += 1
        word = f"{CANARY}{self.number:03d}"
        longest = getattr(field, "max_length", None)
        for validator in getattr(field, "validators", []):
            if isinstance(validator, MaxLengthValidator):
                longest = min(longest or 10**6, int(str(validator.limit_value)))
        assert not longest or longest >= 6, f"{label}.{field.name} is too short for a canary"
        word = word if not longest or longest >= len(word) else f"K{self.number:05d}"[:longest]
        self.planted[word] = f"{label}.{field.name}"
        return word

    def plant(self, belonging: Belonging) -> models.Model:
        values = self.values_of(belonging.model, belonging)
        return belonging.model._base_manager.create(**values)

    def values_of(self, model: type[models.Model], belonging: Belonging | None) -> dict[str, Any]:
        wanted = {field.name for field in words_that_go(belonging)} if belonging else set()
        if belonging and belonging.rule.erase == "delete":
            wanted = {field.name for field in free_text(model)}
        elif belonging:
            wanted |= set(unspoken_for(belonging))
        values = {}
        for field in model._meta.concrete_fields:
            if field.generated or (field.primary_key and not field.is_relation):
                continue
            value = self.value_of(model, field, belonging, field.name in wanted)
            if value is not None:
                values[field.name] = value
        return values

    def value_of(
        self, model: type[models.Model], field: Any, belonging: Belonging | None, is_hers: bool
    ) -> Any:
        if belonging and field.name == belonging.rule.person.split("__")[0]:
            return self.herself(belonging, field)
        if isinstance(field, models.ForeignKey):
            return self.pointed_at(model, field, is_hers=belonging is not None and wrote(belonging))
        if is_hers:
            return self.words_in(model, field)
        if field.has_default() or field.null:
            return None
        return self.plain(field)

    def herself(self, belonging: Belonging, field: Any) -> Any:
        if not isinstance(field, models.ForeignKey):
            hers = whose(self.person)
            for sign in (self.address, *sorted(hers.signs, key=len, reverse=True)):
                if not field.max_length or len(sign) <= field.max_length:
                    return sign
            raise AssertionError(f"{belonging.label}.{field.name} holds no sign of hers")
        if field.related_model is Person:
            return self.person
        rule = rule_of(field.related_model)
        target = Belonging(field.related_model, rule, path_to_person(field.related_model, rule.person))
        return rows_of(target, whose(self.person)).first() or self.plant(target)

    def pointed_at(self, model: type[models.Model], field: Any, *, is_hers: bool) -> Any:
        """Another row: an existing one, but of what is one to one (its item) a new one, with her words in it."""
        target = field.related_model
        if target is Person:
            return None if field.null else self.person
        if target is Item and field.unique and is_hers:
            return self.item_of_hers()
        if field.unique:
            return target._base_manager.create(**self.values_of(target, None))
        if field.null:
            return None
        found = target._base_manager.first()
        if target is Conversation:
            found = self.conversation
        return found or target._base_manager.create(**self.values_of(target, None))

    def item_of_hers(self) -> Item:
        """What she made owns an item: her words stand there."""
        values = self.values_of(Item, None)
        for name in ("title", "summary", "picture_says"):
            values[name] = self.words_in(Item, Item._meta.get_field(name))
        return Item.objects.create(**{**values, "author": self.person})

    def words_in(self, model: type[models.Model], field: Any) -> Any:
        word = self.word(model._meta.label, field)
        if isinstance(field, MultilingualField):
            return write_original(word, "en", by=self.person.name)
        if isinstance(field, models.JSONField):
            return {"said": word} if not callable(field.default) or field.default is dict else [word]
        return word.encode() if isinstance(field, models.BinaryField) else word

    def plain(self, field: Any) -> Any:
        if field.choices:
            return field.choices[0][0]
        kind = field.get_internal_type()
        if isinstance(field, models.DateTimeField):
            return timezone.now() + timedelta(hours=1)
        if kind == "DateField":
            return timezone.now().date()
        if kind == "UUIDField":
            return uuid.uuid4()
        if kind == "BooleanField":
            return False
        if "Integer" in kind or kind == "FloatField":
            self.number += 1
            return 1_000 + self.number if "Small" not in kind else 1
        if kind == "BinaryField":
            return b""
        return "" if field.blank or not field.unique else f"x{uuid.uuid4().hex}"[: field.max_length or 30]


def wrote(belonging: Belonging) -> bool:
    """Whether such a row is something she wrote; one that only names her hangs on what others wrote."""
    rule = belonging.rule
    return bool(rule.words or rule.forget) or rule.erase == "delete"


def plant_everything(person: Person, conversation: Conversation, address: str) -> Planter:
    """Her own row is filled too; models that reach her over others are made after those."""
    planter = Planter(person, conversation, address)
    for field in free_text(Person):
        if field.name not in ("password", "language", "country"):
            setattr(person, field.name, planter.words_in(Person, field))
    person.save()
    for belonging in sorted(belongings(), key=lambda one: one.path.count("__")):
        if belonging.model is Person or belonging.label in NOT_BY_HAND:
            continue
        if not (
            belonging.path.count("__") == 0
            and rows_of(belonging, whose(person)).exists()
            and _is_one(belonging)
        ):
            planter.plant(belonging)
    _plant_session(planter)
    return planter


def _is_one(belonging: Belonging) -> bool:
    """Whether she may have one row only."""
    field = belonging.model._meta.get_field(belonging.rule.person.split("__")[0])
    return bool(getattr(field, "unique", False))


def _plant_session(planter: Planter) -> None:
    store = SessionStore()
    store["_auth_user_id"] = str(planter.person.pk)
    store["note"] = planter.address
    store.save()


def everything_as_text() -> str:
    """All rows of all tables, as a dump would have them."""
    parts = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            parts += [f"{table}: {row[0]}" for row in cursor.fetchall()]
        cursor.execute("SELECT 'session: ' || session_key FROM django_session")
        parts += [row[0] for row in cursor.fetchall()]
    return "\n".join(parts)
