"""Who sees and opens processes, and what the phases of today let somebody do in them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse

from tequio.catalogue.enums import Bar, ItemState, PartyRole, WhoMay
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.permissions import part_bar, seen_by
from tequio.catalogue.types import PartRule
from tequio.organisations.permissions import acting_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.people.selectors.residence import is_resident
from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from .enums import Act
from .models import PhaseFeature, Process

# A problem says what is; to write, support or comment ideas is to give an opinion.
SAYS_AN_OPINION = {(Act.CREATE, "idea"), (Act.SUPPORT, "idea"), (Act.COMMENT, "idea")}


def visible_to(person: Person | None) -> QuerySet[Process]:
    """As the audience says; who was named or asked to look after one sees it also before it is open."""
    rule = seen_by(person, "item__")
    if person is not None and person.is_member and person.is_active:
        named = Q(person=person) | Q(organisation__in=acting_ids(person))
        parties = ItemParty.objects.filter(named, role=PartyRole.ORGANISER)
        rule |= Q(pk__in=parties.values("item"))
    return Process.objects.filter(rule, item__kind="process")


def under_signature(uid: UUID) -> QuerySet[Process]:
    """The process that is or was signed under this address: whoever has the link may read it.

    One that a moderator has not read yet is among them: its page says so, and `can_read` who reads it meanwhile.
    """
    rows = Process.objects.filter(signing=uid, item__hidden_by="")
    return rows.filter(item__state__in=[ItemState.DRAFT, ItemState.HELD, ItemState.PUBLISHED])


def can_read(person: Person | None, process: Process) -> bool:
    """What is under its link: everybody who has it, while it waits only whoever looks after it and the moderators."""
    if not process.waits_for_reading:
        return True
    if person is None or not person.is_active:
        return False
    return can_organise(person, process) or person.holds(RoleName.MODERATOR, process.item.territory)


def path_by_link(pk: int, link: str) -> str:
    """The page on which whoever has this link reads the draft; "" where the link opens none. For reports on it."""
    try:
        rows = under_signature(UUID(link))
    except ValueError:
        return ""
    is_there = rows.filter(pk=pk, item__state=ItemState.DRAFT).exists()
    return reverse("processes:sign", args=[UUID(link)]) if is_there else ""


def can_open(person: Person | None, territory: Territory) -> bool:
    return person is not None and person.holds(RoleName.FACILITATOR, territory)


def is_of_place(person: Person | None, territory: Territory) -> bool:
    """Her home, or where she was proven to live, lies in the place or is it."""
    if person is None or person.is_guest or not person.is_active:
        return False
    at_home = person.home_id is not None and territory.pk in above_ids(person.home_id)
    return at_home or is_resident(person, territory)


def can_propose(person: Person | None, territory: Territory) -> bool:
    """Members of a place open a process there together."""
    return is_of_place(person, territory)


def can_sign(person: Person | None, process: Process) -> bool:
    return process.is_gathering and is_of_place(person, process.item.territory)


def can_organise(person: Person | None, process: Process, *, named: bool = True) -> bool:
    """Who opened it, who was named and said yes, who acts for an organisation behind it, facilitators of the place.

    `named` False leaves out who was named, for callers with the parties at hand.
    """
    if person is None or person.is_guest or not person.is_active:
        return False
    item, acting = process.item, acting_ids(person)
    if item.author_id == person.pk or item.organisation_id in acting:
        return True
    return person.holds(RoleName.FACILITATOR, item.territory) or (named and _is_party(person, acting, item))


def _is_party(person: Person, acting: list[int], item: Item) -> bool:
    parties = item.parties.filter(role=PartyRole.ORGANISER, accepted_at__isnull=False)
    return parties.filter(Q(person=person) | Q(organisation__in=acting)).exists()


def can_publish(person: Person | None, process: Process) -> bool:
    """Facilitators of the place; whoever looks after it brings it back once it was out. Signatures do it otherwise.

    What waits for a moderator is let through by a decision alone.
    """
    if process.item.state == ItemState.HELD or not can_organise(person, process):
        return False
    return can_open(person, process.item.territory) or process.item.published_at is not None


def can_withdraw(person: Person | None, process: Process) -> bool:
    """Whoever looks after it. One that was open and waits would come back unread, so it stays until it is decided."""
    item = process.item
    if not can_organise(person, process):
        return False
    return item.state != ItemState.HELD or item.published_at is None


def can_change(person: Person | None, process: Process) -> bool:
    """As it stands when others sign it, so it stays until it is open."""
    if not can_organise(person, process):
        return False
    is_signed_by_link = process.is_gathering or process.waits_for_reading
    return not is_signed_by_link or not process.backings.exclude(person=person).exists()


def can_set_rule(person: Person | None, territory: Territory) -> bool:
    return person is not None and person.holds(RoleName.STEWARD, territory)


def can_translate(person: Person | None, process: Process) -> bool:
    """Whoever opened it, and translators of the place."""
    if person is None or person.is_guest or not person.is_active:
        return False
    item = process.item
    return item.author_id == person.pk or person.holds(RoleName.TRANSLATOR, item.territory)


def open_today(process: Process) -> dict[tuple[str, str], str]:
    """{(act, kind): for whom} of the phases of this moment, by the database's clock; one query, kept on the row."""
    kept: dict[tuple[str, str], str] | None = process.__dict__.get("_open_today")
    if kept is None:
        rows = PhaseFeature.objects.filter(
            Q(phase__opens_at=None) | Q(phase__opens_at__lte=Now()),
            Q(phase__closes_at=None) | Q(phase__closes_at__gt=Now()),
            phase__process=process,
        )
        kept = {
            (act, kind): who_may or process.who_may
            for act, kind, who_may in rows.values_list("act", "kind", "who_may").order_by("-id")
        }
        process.__dict__["_open_today"] = kept
    return kept


def bar(person: Person | None, act: str, kind: str, *, process: Process | None, territory: Territory) -> Bar:
    """What keeps her from `act` on things of `kind`; `process` None is the open hub of the territory.

    In the hub everybody may write, comment and support at any time. A visitor (None) would become a guest.
    Whose office an official answer is, is asked elsewhere: here only whether it is the time for it.
    """
    who_may: str = WhoMay.ANYONE
    if process is not None:
        opened = open_today(process).get((act, kind))
        if opened is None or not process.item.is_shown:
            return Bar.NOW
        who_may = opened
    if act == Act.ANSWER:
        return Bar.NONE
    rule = PartRule() if process is None else rule_of(process, who_may)
    return part_bar(person, rule, territory, is_opinion=(act, kind) in SAYS_AN_OPINION)


def rule_of(process: Process, who_may: str) -> PartRule:
    """For whom something is that the process opens for `who_may`: its methods, its ages, its organisation."""
    ours = process.item.organisation_id if who_may == WhoMay.ORGANISATION else None
    return PartRule(who_may, tuple(process.methods), process.least_age, process.most_age, ours)


def can_act(
    person: Person | None, act: str, kind: str, *, process: Process | None, territory: Territory
) -> bool:
    return (person is None or person.is_active) and (
        bar(person, act, kind, process=process, territory=territory) == Bar.NONE
    )
