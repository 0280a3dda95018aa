"""Who is in front of these pages. Neighbouring rooms may not be asked, so the two words of `middleware` stand here too."""

from __future__ import annotations

from django.http import HttpRequest

from ..models import Person


def who(request: HttpRequest) -> Person | None:
    person: Person | None = request.person  # type: ignore[attr-defined]
    return person


def member(request: HttpRequest) -> Person:
    person = who(request)
    assert person is not None
    assert person.is_member
    return person
