"""What somebody proposed, is asked to sign with others, and supports; and what of it waits for her."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.languages import current
from tequio.base.moments import say_distance
from tequio.base.multilingual import read
from tequio.catalogue.enums import ItemState, PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.notifications.types import Waiting
from tequio.organisations.permissions import acting_ids
from tequio.people.models import Person

from ..permissions import visible_to

MOST = 100
MOST_WAITING = 5


@dataclass(frozen=True)
class Mine:
    """Newest first, at most a hundred of each."""

    drafts: list[Item] = field(default_factory=list)
    sent: list[Item] = field(default_factory=list)
    asked: list[Item] = field(default_factory=list)
    supported: list[Item] = field(default_factory=list)


def own_ideas(person: Person | None) -> Mine:
    """Nothing for a visitor who has not begun."""
    if person is None:
        return Mine()
    items = Item.objects.filter(kind="idea").select_related("territory", "count").order_by("-pk")
    hers = items.filter(author=person).exclude(state=ItemState.WITHDRAWN)
    shown = visible_to(person).values("pk")
    parties = _parties(person)
    return Mine(
        drafts=list(hers.filter(state=ItemState.DRAFT)[:MOST]),
        sent=list(
            items.filter(
                Q(pk__in=hers.exclude(state=ItemState.DRAFT).values("pk"))
                | Q(pk__in=parties.filter(accepted_at__isnull=False).values("item"))
            )[:MOST]
        ),
        asked=list(items.filter(pk__in=parties.filter(accepted_at=None).values("item"))[:MOST]),
        supported=list(
            items.filter(pk__in=shown, idea__supports__person=person, idea__supports__withdrawn_at=None)[
                :MOST
            ]
        ),
    )


def _parties(person: Person) -> QuerySet[ItemParty]:
    ours = Q(person=person) | Q(organisation__in=acting_ids(person))
    return ItemParty.objects.filter(ours, role=PartyRole.AUTHOR, item__kind="idea")


def question_for(person: Person | None, item: Item) -> ItemParty | None:
    """What she is asked, or has said yes to: her own row before that of an organisation she acts for."""
    if person is None or person.is_guest:
        return None
    rows = _parties(person).filter(item=item).select_related("organisation")
    return rows.order_by(F("person").asc(nulls_last=True), "pk").first()


def drafts_to_finish(person: Person) -> Iterator[Waiting]:
    """Her drafts of ideas, the newest first; one query."""
    drafts = Item.objects.filter(kind="idea", author=person, state=ItemState.DRAFT).order_by("-pk")
    for item in drafts[:MOST_WAITING]:
        yield Waiting(
            kind=_("Draft of an idea"), words=read(item.title, current()),
            why=_("You began it %(when)s.") % {"when": say_distance(item.made_at)},
            path=item.path, button=_("Go on writing"), door="ideas",
        )  # fmt: skip


def invitations_to_answer(person: Person) -> Iterator[Waiting]:
    """Ideas whose authors ask her to join them; one query."""
    rows = _parties(person).filter(accepted_at=None, item__state=ItemState.PUBLISHED, item__hidden_by="")
    for party in rows.select_related("item").order_by("-pk")[:MOST_WAITING]:
        yield Waiting(
            kind=_("Co-author"), words=read(party.item.title, current()),
            why=_("Its authors ask whether you want to be named with them."),
            path=reverse("proposals:authorship", args=[party.item_id]), button=_("Say yes or no"), door="ideas",
        )  # fmt: skip
