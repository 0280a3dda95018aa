"""Organisations, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Field, Query, Router, Schema

from tequio.base.api import PAGE, READING, Cursor, Id, Size, Words, invalid, reader, words
from tequio.territories.api import Code, PlaceRef, place_ref
from tequio.territories.selectors import named

from .enums import OrganisationKind
from .models import Organisation
from .permissions import visible_to
from .selectors.listing import Wish, wished

router = Router(tags=["organisations"])
KINDS = list(OrganisationKind.values)


class OrganisationOut(Schema):
    id: int
    kind: str
    name: Words | None
    territory: PlaceRef
    is_verified: bool


class OrganisationWhole(OrganisationOut):
    description: Words | None
    works_in: list[PlaceRef]
    website: str
    languages: list[str]
    founded: int | None


class OrganisationPage(Schema):
    organisations: list[OrganisationOut]
    next: str | None


class OrganisationFilters(Schema):
    q: Annotated[str, Field(max_length=200)] = ""
    territory: Code = ""
    kind: Annotated[str, Field(max_length=20, json_schema_extra={"enum": ["", *KINDS]})] = ""
    verified: bool = False
    limit: Size = PAGE
    cursor: Cursor = ""


def _values(one: Organisation) -> dict[str, Any]:
    return {
        "id": one.pk, "kind": one.kind, "name": words(one.name), "territory": place_ref(one.territory),
        "is_verified": one.is_verified,
    }  # fmt: skip


@router.get(
    "/organisations", response={200: OrganisationPage, **READING}, summary=noop("Organisations, by name")
)
def list_organisations(request: HttpRequest, filters: Query[OrganisationFilters]) -> OrganisationPage:
    person = reader(request, "organisations")
    place = named([filters.territory]).get(filters.territory) if filters.territory else None
    if filters.territory and place is None:
        raise invalid("query.territory", _("There is no place with this code."))
    if filters.kind and filters.kind not in KINDS:
        raise invalid("query.kind", _("Choose one of: %(choices)s.") % {"choices": ", ".join(KINDS)})
    found = wished(person, Wish(filters.q.strip(), place, filters.kind, filters.verified))
    found = _after(found, filters.cursor)
    rows = list(found[: filters.limit + 1])
    page = rows[: filters.limit]
    return OrganisationPage(
        organisations=[OrganisationOut(**_values(one)) for one in page],
        next=str(page[-1].pk) if len(rows) > len(page) else None,
    )


def _after(found: QuerySet[Organisation], cursor: str) -> QuerySet[Organisation]:
    """From behind the organisation whose id the cursor is, in the order of names."""
    if not cursor:
        return found
    is_number = cursor.isascii() and cursor.isdigit() and len(cursor) < 19
    row = Organisation.objects.filter(pk=int(cursor) if is_number else 0).first()
    if row is None:
        raise invalid("query.cursor", _("This is no cursor of a page before."))
    return found.filter(Q(sort_name__gt=row.sort_name) | Q(sort_name=row.sort_name, pk__gt=row.pk))


@router.get(
    "/organisations/{pk}", response={200: OrganisationWhole, **READING}, summary=noop("One organisation")
)
def get_organisation(request: HttpRequest, pk: Id) -> OrganisationWhole:
    person = reader(request, "organisations")
    rows = visible_to(person).select_related("territory", "verification").prefetch_related("territories")
    one = get_object_or_404(rows, pk=pk)
    return OrganisationWhole(
        **_values(one),
        description=words(one.description),
        works_in=[place_ref(place) for place in one.territories.all()],
        website=one.website,
        languages=one.languages,
        founded=one.founded,
    )
