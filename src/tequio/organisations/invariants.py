"""What `tequio verify` asks of organisations."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, F, Q

from .enums import MembershipRole
from .models import Membership, Organisation, RegisterGrant, Verification

CIRCLES = """
WITH RECURSIVE up(start, id) AS (
    SELECT member_id, organisation_id FROM organisations_membership
    WHERE member_id IS NOT NULL AND until IS NULL
    UNION
    SELECT up.start, above.organisation_id FROM up
    JOIN organisations_membership above ON above.member_id = up.id AND above.until IS NULL
)
SELECT DISTINCT start FROM up WHERE start = id ORDER BY start
"""


def no_alliance_is_a_circle() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(CIRCLES)
        for (pk,) in cursor.fetchall():
            yield f"organisation {pk} is a member of itself, by way of others"


def every_organisation_shows_its_newest_verification() -> Iterator[str]:
    wrong = Organisation.objects.exclude(verification=None).exclude(verification__organisation=F("pk"))
    for pk in wrong.values_list("pk", flat=True):
        yield f"organisation {pk} shows the verification of another"
    current = Verification.objects.filter(ended_at=None).exclude(organisation__verification=F("pk"))
    for pk in current.values_list("pk", flat=True):
        yield f"verification {pk} holds, and its organisation does not show it"


def registers_are_trusted_only_while_verified() -> Iterator[str]:
    standing = RegisterGrant.objects.filter(ended_at=None)
    wrong = standing.filter(
        Q(organisation__verification=None) | Q(organisation__verification__ended_at__isnull=False)
    )
    for pk in wrong.values_list("pk", flat=True):
        yield f"register grant {pk} holds, and its organisation is not verified"


def classes_belong_to_their_organisation() -> Iterator[str]:
    rows = Membership.objects.exclude(member_class=None).exclude(member_class__organisation=F("organisation"))
    for pk in rows.values_list("pk", flat=True):
        yield f"membership {pk} has a class of another organisation"


def notes() -> Iterator[str]:
    """Where nobody administers any more, a steward can invite who does."""
    administrators = Count(
        "memberships",
        filter=Q(
            memberships__until=None, memberships__role=MembershipRole.ADMINISTRATOR,
            memberships__person__is_active=True,
        ),
    )  # fmt: skip
    number = Organisation.objects.annotate(number=administrators).filter(number=0).count()
    if number:
        yield f"{number} organisations have no administrator; stewards of their places can invite one"
