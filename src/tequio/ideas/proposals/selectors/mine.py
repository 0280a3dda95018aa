"""What somebody proposed, is asked to sign with others, and supports; and what of it waits for her."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet
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


def ideas_waiting(person: Person) -> Iterator[Waiting]:
    """Her drafts, and ideas whose authors ask her to join them, the newest first; one query."""
    asks = _parties(person).filter(item=OuterRef("pk"), accepted_at=None)
    shown = Q(state=ItemState.PUBLISHED, hidden_by="") & Exists(asks)
    rows = Item.objects.filter(Q(author=person, state=ItemState.DRAFT) | shown, kind="idea")
    for item in rows.order_by("-pk")[:MOST_WAITING]:
        words = read(item.title, current())
        if item.state == ItemState.DRAFT:
            when = say_distance(item.made_at)
            why, path = _("You began it %(when)s.") % {"when": when}, item.path
            yield Waiting(
                kind=_("Draft of an idea"), words=words, why=why, path=path, button=_("Go on writing"), door="ideas"
            )  # fmt: skip
        else:
            yield Waiting(
                kind=_("Co-author"), words=words, why=_("Its authors ask whether you want to be named with them."),
                path=reverse("proposals:authorship", args=[item.pk]), button=_("Say yes or no"), door="ideas",
            )  # fmt: skip
