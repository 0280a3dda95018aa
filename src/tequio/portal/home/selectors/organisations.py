"""Organisations as everybody meets them: the list, and the page of one with what it does here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from tequio.catalogue.models import ItemParty
from tequio.catalogue.selectors import Count, count_of, listed
from tequio.files.selectors import picture_of
from tequio.notifications.selectors.pages import follows_organisation
from tequio.organisations.enums import OrganisationKind
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_act_for, can_administer, can_help_out, can_make, can_verify
from tequio.organisations.selectors.listing import (
    PAGE,
    page_of,
    places_with_organisations,
    read_wish,
    wished,
)
from tequio.organisations.selectors.portraits import portrait_of
from tequio.people.models import Person

from .cards import cards
from .places import place

MOST_ITEMS = 20


def organisation_list(person: Person | None, asked: Mapping[str, str]) -> dict[str, Any]:
    """By place, kind and words of the name, a page at a time."""
    wish = read_wish(asked, place(asked.get("place", "")))
    found = wished(person, wish)
    page = page_of(found, asked.get("after", ""))
    is_whole = not page.after and not asked.get("after") and len(page.rows) < PAGE
    return {
        "wish": wish,
        "rows": page.rows,
        "count": Count(len(page.rows)) if is_whole else count_of(found),
        "next": wish.query(after=page.after) if page.after else "",
        "first": wish.query() if asked.get("after") else None,
        "kinds": OrganisationKind.choices,
        "options": places_with_organisations(person),
        "may_make": can_make(person),
    }


def organisation_page(person: Person | None, organisation: Organisation) -> dict[str, Any]:
    """Who they are, who belongs to it, what they do here, and what the reader may do."""
    portrait = portrait_of(person, organisation)
    made = ItemParty.objects.filter(organisation=organisation, accepted_at__isnull=False).values("item")
    items = listed(person).filter(Q(organisation=organisation) | Q(pk__in=made))
    return {
        "organisation": organisation,
        "places": [organisation.territory],
        "portrait": portrait,
        "logo": picture_of(organisation.logo_id),
        "cards": cards(items[:MOST_ITEMS]),
        "may_administer": can_administer(person, organisation),
        "may_act": can_act_for(person, organisation),
        "may_verify": can_verify(person, organisation),
        "is_followed": follows_organisation(person, organisation),
        "may_help_out": can_help_out(person, organisation),
    }
