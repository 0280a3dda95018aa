"""Asking to belong, for oneself or for an organisation one administers, and the answer."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.guards.services import spend
from tequio.outbox.services import write_letter
from tequio.people.models import Person

from ..models import JoinRequest, MemberClass, Membership, Organisation
from ..permissions import can_administer
from ..selectors.alliances import stands_above
from .memberships import admit
from .organisations import lock

REQUESTS_A_DAY = 20
ALLIANCES = 7_301  # one at a time may tie organisations together: two at once could close a circle


@transaction.atomic
def ask_to_join(
    organisation: Organisation,
    *,
    applicant: Organisation | None = None,
    member_class: MemberClass | None = None,
    words: str = "",
    is_shown: bool = False,
    by: Person,
) -> JoinRequest:
    """Put the question to its administrators; asked twice, it is still one question."""
    if not by.is_member:
        raise Refused(_("Only members can ask to join."))
    locked = lock(organisation)
    if applicant is not None:
        if not can_administer(by, applicant):
            raise Refused(_("Only administrators of the organisation can ask in its name."))
        _refuse_circle(locked, applicant)
    if member_class is not None and member_class.organisation_id != locked.pk:
        raise Refused(_("This class belongs to another organisation."))
    them = {"person": None, "member": applicant} if applicant else {"person": by, "member": None}
    if Membership.objects.filter(organisation=locked, until=None, **them).exists():
        raise Refused(_("This membership stands already."))
    spend("join", who=by.audit_id, limit=REQUESTS_A_DAY, seconds=86_400)
    same = {"applicant": applicant} if applicant else {"by": by, "applicant": None}
    request, is_new = JoinRequest.objects.get_or_create(
        organisation=locked, answered_at=None, **same,
        defaults={"by": by, "member_class": member_class, "words": words, "is_shown": is_shown},
    )  # fmt: skip
    if is_new:
        audit.record("membership.ask", request, by=by)
    return request


@transaction.atomic
def answer_request(
    request: JoinRequest, *, is_accepted: bool, reason: str = "", link: str = "", by: Person
) -> Membership | None:
    """Yes, or no with a reason; the asker gets a letter. `link`: the organisation's page in full."""
    organisation = lock(request.organisation)
    if not can_administer(by, organisation):
        raise Refused(_("Only administrators of the organisation can answer this."))
    if not is_accepted and not reason:
        raise Refused(_("Write the reason. It is read by who asked."))
    current = JoinRequest.objects.select_for_update().filter(pk=request.pk, answered_at=None).first()
    if current is None:
        raise Refused(_("Somebody else has answered this meanwhile."))
    current.answered_at, current.is_accepted, current.reason = timezone.now(), is_accepted, reason
    current.save(update_fields=["answered_at", "is_accepted", "reason"])
    membership = _admit(organisation, current) if is_accepted else None
    audit.record("membership.accept" if is_accepted else "membership.decline", current, by=by)
    _tell(current, organisation, link)
    return membership


@transaction.atomic
def take_request_back(request: JoinRequest, *, by: Person) -> None:
    """She asks no more."""
    gone, _rows = JoinRequest.objects.filter(pk=request.pk, by=by, answered_at=None).delete()
    if gone:
        audit.record("membership.unask", request, by=by)


def _admit(organisation: Organisation, request: JoinRequest) -> Membership:
    if request.applicant is None:
        return admit(
            organisation, person=request.by, member_class=request.member_class, is_shown=request.is_shown
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALLIANCES])
    _refuse_circle(organisation, request.applicant)
    return admit(organisation, member=request.applicant, member_class=request.member_class)


def _refuse_circle(alliance: Organisation, member: Organisation) -> None:
    if alliance.pk == member.pk or stands_above(member, alliance):
        raise Refused(
            _("It is a member of that organisation already, at some depth. This would make a circle."),
            "circle",
        )


def _tell(request: JoinRequest, organisation: Organisation, link: str) -> None:
    address = (
        EmailAddress.objects.filter(user=request.by, verified=True)
        .order_by("-primary", "id")
        .values_list("email", flat=True)
        .first()
    )
    if not address:
        return
    with override(request.by.language):
        name = str(organisation.title)
        subject = _("Your question to %(organisation)s was answered") % {"organisation": name}
        said = (
            _("%(organisation)s says yes: the membership stands from today.")
            if request.is_accepted
            else _("%(organisation)s says no.")
        ) % {"organisation": name}
        lines = [said, request.reason, link, "Tequio"]
        write_letter(to=address, subject=subject, text="\n\n".join(line for line in lines if line))
