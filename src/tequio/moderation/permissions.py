"""Who may report, read reports, decide, appeal, and answer an appeal."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from tequio.base.actor import Actor
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.discussions.models import Comment
from tequio.discussions.permissions import visible_to as comments_visible_to
from tequio.organisations.enums import ACTS_FOR_IT
from tequio.organisations.models import Membership, Organisation
from tequio.organisations.permissions import visible_to as organisations_visible_to
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import Measure, Side, What
from .models import Appeal, Decision, Report
from .types import Thing

# Against what each side may appeal: its author where it was touched, who reported it where it was not hidden.
APPEALS = {
    Side.AUTHOR: {Measure.HIDE, Measure.ASK},
    Side.REPORTER: {Measure.LEAVE, Measure.ASK, Measure.SHOW},
}


def find_thing(person: Person | None, what: str, pk: int, *, link: str = "") -> Thing | None:
    """What she may see under this kind and number; None for anything else.

    `link` is what she has of a secret address: it opens to her what nobody else sees yet.
    """
    if link and what == What.ITEM:
        return _by_link(pk, link)
    rows: QuerySet[Item] | QuerySet[Comment] | QuerySet[Organisation]
    if what == What.ITEM:
        rows = items_visible_to(person).select_related("territory", "author", "screening", "part_of")
    elif what == What.COMMENT:
        rows = comments_visible_to(person).select_related("item__territory", "author")
    elif what == What.ORGANISATION:
        rows = organisations_visible_to(person).select_related("territory", "made_by")
    else:
        return None
    row = rows.filter(pk=pk).first()
    return Thing(row) if row is not None else None


def _by_link(pk: int, link: str) -> Thing | None:
    item = Item.objects.select_related("territory", "author", "screening", "part_of").filter(pk=pk).first()
    name = settings.READ_BY_LINK.get(item.kind) if item is not None else None
    path = import_string(name)(pk, link) if name is not None else ""
    return Thing(item, path) if item is not None and path else None


def can_report(person: Person | None, thing: Thing) -> bool:
    """Anybody, what is shown or what she reads by a link, unless it is her own."""
    is_read = thing.is_shown or (bool(thing.by_link) and not thing.is_hidden)
    return is_read and not is_hers(person, thing)


def is_hers(person: Person | None, thing: Thing) -> bool:
    """Her own words, or those of an organisation she belongs to."""
    if person is None:
        return False
    return thing.author_id == person.pk or thing.organisation_id in _belongs_to(person)


def _belongs_to(person: Person) -> dict[int, str]:
    """{organisation id: her role}, hidden ones too: they have most reason to appeal. Read once a person at hand."""
    kept: dict[int, str] | None = getattr(person, "_belongs_to", None)
    if kept is None:
        rows = Membership.objects.filter(person=person, until=None).order_by("organisation_id")
        kept = dict(rows.values_list("organisation_id", "role")) if person.is_member else {}
        person._belongs_to = kept  # type: ignore[attr-defined]
    return kept


def _speaks_for(person: Person) -> list[int]:
    return [pk for pk, role in _belongs_to(person).items() if role in ACTS_FOR_IT]


def moderates(person: Actor | None, territory: Territory) -> bool:
    return person is not None and person.holds(RoleName.MODERATOR, territory)


def places_of(person: Person | None) -> list[int]:
    """Ids of the places she moderates, without those that lie in them; empty for everybody else."""
    if person is None or person.is_guest or not person.is_active:
        return []
    return person.role_places(RoleName.MODERATOR)


def can_open_desk(person: Person | None, thing: Thing) -> bool:
    """Read the reports on it: moderators of its place, where it is not theirs."""
    return moderates(person, thing.territory) and not is_hers(person, thing)


def can_decide(person: Person | None, thing: Thing, reports: list[Report]) -> bool:
    """A moderator of the place, never on her own words, nor where a report that waits is hers."""
    if person is None or not can_open_desk(person, thing):
        return False
    return all(report.reporter_id != person.pk for report in reports)


def decisions_visible_to(person: Person | None) -> QuerySet[Decision]:
    """The statement of reasons: for its author, for members who reported it, for moderators of the place."""
    if person is None:
        return Decision.objects.none()
    rule = Q(item__author=person) | Q(comment__author=person) | Q(reports__reporter=person)
    rule |= Q(answered__decision__reports__reporter=person)
    acts_for = _speaks_for(person)
    if acts_for:
        rule |= Q(organisation__in=acts_for) | Q(item__organisation__in=acts_for)
    places = places_of(person)
    if places:
        rule |= Q(territory__paths_up__above__in=places)
    return Decision.objects.filter(rule).distinct()


def side_of(person: Person | None, decision: Decision) -> Side | None:
    """Whether she is its author or reported it; None for all others."""
    if person is None or decision.thing is None:
        return None
    thing = decision.thing
    if thing.author_id == person.pk or thing.organisation_id in _speaks_for(person):
        return Side.AUTHOR
    is_reporter = any(report.reporter_id == person.pk for report in decision.reports.all())
    return Side.REPORTER if is_reporter else None


def can_appeal(decision: Decision, side: Side | None) -> bool:
    """Within its time, against what touches her side; the answer to an appeal is the last word here."""
    if side is None or decision.thing is None or decision.appeal_until is None:
        return False
    return decision.appeal_until > timezone.now() and decision.measure in APPEALS[side]


def can_answer(person: Person | None, appeal: Appeal) -> bool:
    """Another moderator than who decided first, whose words it is not, and who did not ask for it."""
    thing = appeal.decision.thing
    if person is None or thing is None or appeal.decided_at is not None:
        return False
    if person.pk in (appeal.first_decider_id, appeal.person_id):
        return False
    return can_decide(person, thing, list(appeal.decision.reports.all()))
