"""Making an organisation, changing what its page says, asking to be verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field, all_texts, original_text
from tequio.base.text import fold
from tequio.files.models import StoredFile
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import FIRST_CLASSES, MembershipRole
from ..models import ActionPlace, MemberClass, Membership, Organisation, today
from ..permissions import can_administer, can_make, forget_standing
from ..selectors.versions import version_of

MADE_A_DAY = 5
COLUMNS = ("kind", "name", "description", "website", "email", "phone", "address", "registration", "founded")


@dataclass(frozen=True)
class Portrait:
    """What an organisation says of itself. `territories`: where it works beside its seat."""

    kind: str
    name: Field
    territory: Territory
    description: Field = field(default_factory=dict)
    territories: Sequence[Territory] = ()
    website: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    registration: str = ""
    founded: int | None = None
    languages: Sequence[str] = ()


@transaction.atomic
def make_organisation(portrait: Portrait, *, is_shown: bool = False, by: Person) -> Organisation:
    """A new one, with its maker as first administrator; a steward of its place is asked to verify it.

    `is_shown`: whether the maker's name stands on its page.
    """
    if not can_make(by):
        raise Refused(_("Only members can add an organisation. Joining takes a minute."))
    spend("organisation", who=by.audit_id, limit=MADE_A_DAY, seconds=86_400)
    organisation = Organisation(made_by=by, asked_at=timezone.now())
    _write(organisation, portrait)
    keys = FIRST_CLASSES.get(portrait.kind, ())
    MemberClass.objects.bulk_create(
        MemberClass(organisation=organisation, key=key, position=number) for number, key in enumerate(keys)
    )
    Membership.objects.create(
        organisation=organisation,
        person=by,
        role=MembershipRole.ADMINISTRATOR,
        since=today(),
        is_shown=is_shown,
    )
    forget_standing(by)
    audit.record("organisation.make", organisation, by=by, kind=str(portrait.kind))
    page_changed()
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, portrait: Portrait, *, seen: str = "", by: Person
) -> Organisation:
    """Write anew what its page says; its seat stays, because a steward of that place stands for it.

    `seen` is the version the writer started from; Refused with code "changed" where it is another now.
    """
    locked = lock(organisation)
    if not can_administer(by, locked):
        raise Refused(_("Only administrators of the organisation can change this."))
    if seen and seen != version_of(locked):
        raise Refused(
            _("Somebody changed this page while you were writing. Look at it before you save over it."),
            code="changed",
        )
    _write(locked, portrait)
    audit.record("organisation.change", locked, by=by)
    page_changed()
    return locked


def _write(organisation: Organisation, portrait: Portrait) -> None:
    for column in COLUMNS:
        setattr(organisation, column, getattr(portrait, column))
    if organisation.pk is None:
        organisation.territory = portrait.territory
    organisation.languages = list(portrait.languages)
    organisation.sort_name = fold(original_text(portrait.name))[:200]
    organisation.names = " ".join(fold(text) for text in all_texts(portrait.name))
    organisation.save()
    wanted = {place.pk for place in portrait.territories} - {organisation.territory_id}
    ActionPlace.objects.filter(organisation=organisation).exclude(territory__in=wanted).delete()
    ActionPlace.objects.bulk_create(
        [ActionPlace(organisation=organisation, territory_id=pk) for pk in sorted(wanted)],
        ignore_conflicts=True,
    )


@transaction.atomic
def set_logo(organisation: Organisation, logo: StoredFile | None, *, by: Person) -> None:
    """Show a stored picture as its sign; None takes it away. What was shown before is deleted at night."""
    locked = lock(organisation)
    if not can_administer(by, locked):
        raise Refused(_("Only administrators of the organisation can change this."))
    locked.logo = logo
    locked.save(update_fields=["logo"])
    audit.record("organisation.logo", locked, by=by, file=logo.pk if logo else None)
    page_changed()


@transaction.atomic
def ask_to_be_verified(organisation: Organisation, *, by: Person) -> None:
    """Stand in the stewards' queue again, after a verification has ended."""
    locked = lock(organisation)
    if not can_administer(by, locked):
        raise Refused(_("Only administrators of the organisation can change this."))
    if locked.is_verified or locked.asked_at is not None:
        return
    locked.asked_at = timezone.now()
    locked.save(update_fields=["asked_at"])
    audit.record("organisation.ask", locked, by=by)


@transaction.atomic
def set_hidden(organisation: Organisation, decision: str, *, by: Actor) -> None:
    """Out of sight by a moderator's decision, or back with ""; moderation checks who may."""
    locked = lock(organisation)
    locked.hidden_by = decision
    locked.save(update_fields=["hidden_by"])
    audit.record("organisation.hide" if decision else "organisation.show", locked, by=by)
    page_changed()


def lock(organisation: Organisation) -> Organisation:
    """The row as it is now, under its lock: whoever changes members or papers of it waits here.

    Not against keys: another alliance may point at it meanwhile, and waiting for that would be a deadlock.
    """
    return (
        Organisation.objects.select_related("territory", "verification")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=organisation.pk)
    )
