"""`request.person`: the member who is signed in, else the guest of this browser, else None."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse

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
        along = {f"along_{name}": ArraySubquery(one.rows()) for name, one in COMPANIONS.items()}
        person = Person.objects.filter(pk=user_id, is_active=True).annotate(**along).first()
        if person is not None:
            for name, one in COMPANIONS.items():
                one.keep(person, person.__dict__.pop(f"along_{name}"))
        return person


class WhoIsThere:
    """A guest is not signed in for Django: members' pages stay closed to her by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = find_person(request)  # type: ignore[attr-defined]
        return self.get_response(request)
