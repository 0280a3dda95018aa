"""`request.person`: the member who is signed in, else the guest of this browser, else None."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse

from tequio.base.columns import Columns
from tequio.base.languages import current

from .models import Person, Role
from .services import begin_guest


def find_person(request: HttpRequest) -> Person | None:
    if request.user.is_authenticated:
        return request.user
    guest = request.session.get("guest")
    if guest is None:
        return None
    return Person.objects.filter(pk=guest, is_guest=True, is_active=True).first()


def who(request: HttpRequest) -> Person | None:
    """Who is there: member, guest or nobody."""
    person: Person | None = request.person  # type: ignore[attr-defined]
    return person


def member(request: HttpRequest) -> Person:
    """The member who is signed in, on a page that is closed to all others."""
    person = who(request)
    assert person is not None
    assert person.is_member
    return person


def begin(request: HttpRequest) -> Person:
    """Whoever is there, or a new guest of this browser: her first act makes her."""
    person = who(request)
    if person is None:
        person = begin_guest(language=current())
        request.session["guest"] = person.pk
        request.person = person  # type: ignore[attr-defined]
    return person


@dataclass(frozen=True)
class Companion:
    """What every page asks about the member who is there, read in one query with her row.

    `rows` selects of each row with OuterRef("pk") one JSON object, named `row`; `keep` is given the person and
    the list of them. Flats above add theirs when their app is ready.
    """

    rows: Callable[[], QuerySet[Any, Any]]
    keep: Callable[[Person, list[dict[str, Any]]], None]


def _roles() -> QuerySet[Any, Any]:
    held = Role.objects.filter(person=OuterRef("pk"), ended_at=None).order_by("id")
    return held.values(row=JSONObject(role="role", place="territory_id"))


def _keep_roles(person: Person, rows: list[dict[str, Any]]) -> None:
    person.current_roles = [(row["role"], row["place"]) for row in rows]


COMPANIONS = {"roles": Companion(_roles, _keep_roles)}


class MembersBackend(AuthenticationBackend):
    """The ways in are allauth's; here the member of each request is read."""

    def get_user(self, user_id: Any) -> Person | None:
        statement, parameters = _with_companions()
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        cells = iter(row)
        person = PERSON.take(cells)
        assert person is not None
        for one, rows in zip(COMPANIONS.values(), cells, strict=True):
            one.keep(person, [json.loads(each) for each in rows])
        return person


PERSON = Columns(Person, "person", *(field.attname for field in Person._meta.concrete_fields))


@cache
def _with_companions() -> tuple[str, tuple[Any, ...]]:
    """The statement and its parameters before the last, the member's id.

    Put together once: that took longer than asking. All flats have added theirs when the first request comes. Its text
    is Django's own for these models (hence S608); values are parameters.
    """
    along = {f"along_{name}": ArraySubquery(one.rows()) for name, one in COMPANIONS.items()}
    people, parameters = Person.objects.filter(is_active=True).annotate(**along).query.sql_with_params()
    return f"SELECT * FROM ({people}) AS person WHERE person.id = %s", tuple(parameters)  # noqa: S608


class WhoIsThere:
    """A guest is not signed in for Django: members' pages stay closed to her by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = find_person(request)  # type: ignore[attr-defined]
        return self.get_response(request)
