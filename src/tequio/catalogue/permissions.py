"""Who sees an item, by its state and audience, and who may take part in one; nothing a pillar adds."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from tequio.base.actor import Actor
from tequio.organisations.permissions import acting_ids, organisation_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.people.permissions import can_give_opinions
from tequio.people.selectors.residence import is_resident
from tequio.people.types.ages import ages_of
from tequio.territories.models import Territory, TerritoryPath

from .enums import Audience, Bar, ItemState, WhoMay
from .models import Item, Revision
from .types import PartRule


def shown_to_everybody(prefix: str = "") -> Q:
    """Published, for everybody, not hidden; a part is shown only with its whole. `prefix` as in "item__"."""
    return shown_to_members(prefix, [])


def shown_to_members(prefix: str, organisations: list[int]) -> Q:
    """As `shown_to_everybody`, and what is for members of these organisations."""
    return _stands_open(prefix, organisations) & (
        Q(**{f"{prefix}part_of": None}) | _stands_open(f"{prefix}part_of__", organisations)
    )


def _stands_open(prefix: str, organisations: list[int]) -> Q:
    audience = Q(**{f"{prefix}audience": Audience.PUBLIC})
    if organisations:
        ours = {f"{prefix}audience": Audience.ORGANISATION, f"{prefix}organisation__in": organisations}
        audience |= Q(**ours)
    return Q(**{f"{prefix}state": ItemState.PUBLISHED, f"{prefix}hidden_by": ""}) & audience


def seen_by(person: Person | None, prefix: str = "") -> Q:
    """What is shown to her or her organisations, her own and that of those she acts for, what she looks after."""
    if person is None:
        return shown_to_everybody(prefix)
    rule = shown_to_members(prefix, organisation_ids(person)) | Q(**{f"{prefix}author": person})
    acts_for = acting_ids(person)
    if acts_for:
        rule |= Q(**{f"{prefix}organisation__in": acts_for})
    places = person.role_places(RoleName.MODERATOR) if person.is_member else []
    if places:
        below = TerritoryPath.objects.filter(above__in=places).values("below")
        rule |= Q(**{f"{prefix}territory__in": below})
    return rule


def visible_to(person: Person | None) -> QuerySet[Item]:
    """Items she may see; lists add `.filter(state="published")` and `part_of=None`."""
    return Item.objects.filter(seen_by(person))


def can_see(person: Person | None, item: Item) -> bool:
    """The same rule for one item at hand."""
    ours = set(organisation_ids(person))
    whole = item.part_of
    is_shown = _is_shown(item, ours) and (whole is None or _is_shown(whole, ours))
    if is_shown or person is None:
        return is_shown
    is_hers = item.author_id == person.pk or item.organisation_id in acting_ids(person)
    return is_hers or person.holds(RoleName.MODERATOR, item.territory)


def _is_shown(item: Item, ours: set[int]) -> bool:
    is_ours = item.audience == Audience.ORGANISATION and item.organisation_id in ours
    return item.is_shown and (item.audience == Audience.PUBLIC or is_ours)


def can_hide(person: Actor, item: Item) -> bool:
    """Moderators of its place, and the platform's own jobs."""
    return person.holds(RoleName.MODERATOR, item.territory)


def sees_what_is_hidden(person: Person | None, item: Item) -> bool:
    """Whose words they are, and whoever may hide them."""
    return person is not None and (item.author_id == person.pk or can_hide(person, item))


def revisions_visible_to(person: Person | None, item: Item) -> QuerySet[Revision]:
    """What changed since it was published; those who look after it also see what changed before."""
    rows = Revision.objects.filter(item=item)
    if sees_what_is_hidden(person, item):
        return rows
    return rows.filter(at__gte=item.published_at) if item.published_at else rows.none()


def part_bar(person: Person | None, rule: PartRule, place: Territory, *, is_opinion: bool = True) -> Bar:
    """What keeps her from taking part; None is a visitor, who would become a guest.

    `is_opinion`: what she would say is one, for which the law of her country has an age.
    """
    asks_account = rule.who_may != WhoMay.ANYONE or rule.has_ages  # a guest tells no year of birth
    if asks_account and (person is None or person.is_guest):
        return Bar.MEMBERS
    if is_opinion and person is not None and not can_give_opinions(person):
        return Bar.AGE
    if rule.who_may == WhoMay.RESIDENTS and not is_resident(person, place, methods=rule.methods):
        return Bar.RESIDENTS
    if rule.who_may == WhoMay.ORGANISATION and rule.organisation not in organisation_ids(person):
        return Bar.ORGANISATION
    return Bar.NONE if _is_of_its_ages(person, rule) else Bar.AGES


def _is_of_its_ages(person: Person | None, rule: PartRule) -> bool:
    """Only the year of birth is known: whoever may be younger is treated as younger, as everywhere here."""
    if not rule.has_ages:
        return True
    ages = ages_of(person.year_of_birth, timezone.now().year) if person is not None else None
    if ages is None:
        return False
    least, most = rule.least_age, rule.most_age
    return (least is None or ages.youngest >= least) and (most is None or ages.youngest <= most)
