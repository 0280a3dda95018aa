"""Changing, showing and ending memberships; the classes of members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..enums import MembershipRole
from ..models import MemberClass, Membership, Organisation, today
from ..permissions import can_administer, can_end, forget_standing
from .organisations import lock


def admit(
    organisation: Organisation,
    *,
    person: Person | None = None,
    member: Organisation | None = None,
    role: str = MembershipRole.MEMBER,
    member_class: MemberClass | None = None,
    is_shown: bool = False,
) -> Membership:
    """One more, inside the transaction of who admits her; `organisation` is locked. A higher role stays."""
    wanted = {"role": role, "member_class": member_class, "is_shown": is_shown, "since": today()}
    membership, is_new = Membership.objects.get_or_create(
        organisation=organisation, person=person, member=member, until=None, defaults=wanted
    )
    if not is_new and membership.role == MembershipRole.MEMBER != role:
        membership.role = role
        membership.save(update_fields=["role"])
    forget_standing(person)
    page_changed()
    return membership


@transaction.atomic
def change_membership(
    membership: Membership, *, role: str, member_class: MemberClass | None, by: Person
) -> None:
    """Another role or class; the last administrator keeps hers."""
    organisation = lock(membership.organisation)
    if not can_administer(by, organisation):
        raise Refused(_("Only administrators of the organisation can change this."))
    if member_class is not None and member_class.organisation_id != organisation.pk:
        raise Refused(_("This class belongs to another organisation."))
    current = _current(membership)
    if current.member_id is not None:
        role = MembershipRole.MEMBER
    if current.role == MembershipRole.ADMINISTRATOR != role:
        _refuse_last(current)
    current.role, current.member_class = role, member_class
    current.save(update_fields=["role", "member_class"])
    forget_standing(by)
    audit.record("membership.change", current, by=by, role=str(role))
    page_changed()


@transaction.atomic
def end_membership(membership: Membership, *, reason: str = "", by: Person) -> None:
    """She leaves, or is taken from the list with a reason. The last administrator cannot go."""
    lock(membership.organisation)
    current = _current(membership)
    if not can_end(by, current):
        raise Refused(_("Only she herself or an administrator can end this."))
    is_own = current.person_id == by.pk or current.organisation_id not in _administered(by)
    if not is_own and not reason:
        raise Refused(_("Write the reason. She reads it."))
    if current.role == MembershipRole.ADMINISTRATOR:
        _refuse_last(current)
    current.until, current.reason = max(today(), current.since), reason
    current.save(update_fields=["until", "reason"])
    forget_standing(by)
    audit.record("membership.end", current, by=by)
    page_changed()


def _administered(by: Person) -> list[int]:
    rows = Membership.objects.filter(person=by, until=None, role=MembershipRole.ADMINISTRATOR)
    return list(rows.values_list("organisation_id", flat=True))


def _current(membership: Membership) -> Membership:
    """The row as it is now; Refused where it is over."""
    current = Membership.objects.select_for_update().filter(pk=membership.pk, until=None).first()
    if current is None:
        raise Refused(_("This membership is over already."))
    return current


def _refuse_last(membership: Membership) -> None:
    others = Membership.objects.filter(
        organisation=membership.organisation_id, until=None, role=MembershipRole.ADMINISTRATOR,
        person__is_active=True,
    ).exclude(pk=membership.pk)  # fmt: skip
    if not others.exists():
        raise Refused(
            _("The last administrator cannot go. Make somebody else an administrator first."), "last"
        )


@transaction.atomic
def show_name(membership: Membership, *, is_shown: bool, by: Person) -> None:
    """Whether her name stands on the public page: only she says so."""
    current = _current(membership)
    if current.person_id != by.pk:
        raise Refused(_("Only she herself can change this."))
    current.is_shown = is_shown
    current.save(update_fields=["is_shown"])
    audit.record("membership.show" if is_shown else "membership.unshow", current, by=by)
    page_changed()


@dataclass(frozen=True)
class ClassPlan:
    """A class as its editor leaves it; `pk` of one that is there, None for a new one."""

    pk: int | None
    words: Field
    is_offered: bool = True


@transaction.atomic
def change_classes(
    organisation: Organisation, plans: Sequence[ClassPlan], *, by: Person
) -> list[MemberClass]:
    """The classes in this order. One that is left out is offered no more; whoever has it keeps it."""
    locked = lock(organisation)
    if not can_administer(by, locked):
        raise Refused(_("Only administrators of the organisation can change this."))
    known = {row.pk: row for row in MemberClass.objects.filter(organisation=locked)}
    kept: list[MemberClass] = []
    for position, plan in enumerate(plans):
        row = known.get(plan.pk) if plan.pk else MemberClass(organisation=locked)
        if row is None:
            raise Refused(_("This class belongs to another organisation."))
        row.words, row.is_offered, row.position = plan.words, plan.is_offered, position
        row.save()
        kept.append(row)
    MemberClass.objects.filter(organisation=locked).exclude(pk__in=[row.pk for row in kept]).update(
        is_offered=False
    )
    audit.record("organisation.classes", locked, by=by, classes=len(kept))
    page_changed()
    return kept
