"""Processes, proofs and moments that tests of processes make in a line."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from people import words
from post import as_drawn
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.organisations.models import Organisation
from tequio.organisations.services.organisations import Portrait, make_organisation
from tequio.people.enums import Method
from tequio.people.models import Person, Residence
from tequio.territories.models import Territory


def process_of(place: Territory, by: Any, *features: tuple[str, str, str], **values: Any) -> Process:
    """One open step with these features; `values` are columns of the process."""
    process = open_process(
        title=words("Lights"), summary=words("Where it is dark."), background={}, territory=place,
        phases=[PhasePlan(words("Ideas"), features=features)], languages=["en"], by=by,
    )  # fmt: skip
    Process.objects.filter(pk=process.pk).update(**values)
    return Process.objects.select_related("item__territory").get(pk=process.pk)


def live_in(person: Person, place: Territory, method: str = Method.IN_PERSON, days: int = 7) -> Residence:
    person.__dict__.pop("current_residences", None)
    return Residence.objects.create(
        person=person,
        territory=place,
        method=method,
        verified_by="system",
        until=timezone.now() + timedelta(days=days),
    )


def born(person: Person, age: int) -> Person:
    """She is `age` years old until her birthday of this year."""
    person.year_of_birth = timezone.now().year - age - 1
    person.save(update_fields=["year_of_birth"])
    return person


def cooperative(place: Territory, by: Person) -> Organisation:
    return make_organisation(
        Portrait(kind="cooperative", name=words("Weavers"), territory=place, languages=["en"]), by=by
    )


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (moment,) = cursor.fetchone()
    assert isinstance(moment, datetime)
    return moment


def send(client: Client, path: str, typed: dict[str, Any], *, page: str = "") -> Any:
    """The form of the page with `typed` over what it drew."""
    drawn = as_drawn(client.get(path + page).content.decode(), set(typed))
    return client.post(path + page, {**drawn, "form_key": uuid.uuid4().hex, **typed})


def typed_process(place: Territory, **values: Any) -> dict[str, Any]:
    return {
        "title": "What becomes of the mill?", "summary": "It stands empty.", "territory": place.pk,
        "language": "en", "step_0_title": "Ideas", "step_0_features": ["create:idea", "support:idea"], **values,
    }  # fmt: skip
