"""A code on paper: asked for, printed by a steward, typed by whoever got the letter."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.territories.models import Territory

from ..enums import Method, Tried
from ..models import Person, ResidenceLetter
from ..permissions import can_keep_lists
from ..selectors.residence import verifying_in
from .residence import SIGNS, write_residence

CODE_LENGTH = 10
TRIES = 5
GOOD_FOR = timedelta(days=60)
# Paper and stamps cost money, and somebody else's letter-box is not a toy.
LETTERS = 3
LETTERS_WITHIN = timedelta(days=90)


@transaction.atomic
def ask_letter(person: Person, territory: Territory, address: str) -> ResidenceLetter:
    """A letter waits for the printer. Asked again before it is printed, the newer address counts."""
    if person.is_guest or not person.is_active:
        raise Refused(_("Only members can be verified."))
    if not verifying_in(territory).allows(Method.LETTER):
        raise Refused(_("This place does not verify in this way."), code="method")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = timezone.now()
    rows = ResidenceLetter.objects.filter(person=person, territory=territory)
    waiting = rows.filter(printed_at=None, ended_at=None).first()
    if waiting is not None:
        waiting.address, waiting.until = address, now + GOOD_FOR
        waiting.save(update_fields=["address", "until"])
        return waiting
    if rows.filter(asked_at__gt=now - LETTERS_WITHIN).count() >= LETTERS:
        raise Refused(
            _("Three letters in three months are the most. Verify in another way."), code="too_often"
        )
    rows.filter(ended_at=None).update(ended_at=now, address="", code="")
    code = "".join(secrets.choice(SIGNS) for _sign in range(CODE_LENGTH))
    row = ResidenceLetter(
        person=person, territory=territory, address=address, code=code, tries_left=TRIES, asked_at=now,
        until=now + GOOD_FOR,
    )  # fmt: skip
    row.digest = _digest(row, code)
    row.save(force_insert=True)
    audit.record("residence.letter", row, by=person, territory=territory.pk)
    return row


def _digest(row: ResidenceLetter, code: str) -> str:
    return salted_hmac("tequio.people.letter", f"{row.uid} {code}", algorithm="sha256").hexdigest()


@transaction.atomic
def mark_printed(territory: Territory, ids: Sequence[int], *, by: Person) -> int:
    """They are on paper: addresses and codes are blanked, the sixty days begin. Returns how many."""
    if not can_keep_lists(by, territory):
        raise Refused(_("Only a steward of this place can do this."))
    now = timezone.now()
    rows = ResidenceLetter.objects.filter(
        territory=territory, pk__in=list(ids), printed_at=None, ended_at=None
    )
    printed = list(rows.select_for_update().order_by("pk"))
    for row in printed:
        row.address, row.code, row.printed_at = "", "", now
        row.printed_by, row.until = by.audit_id, now + GOOD_FOR
        row.save(update_fields=["address", "code", "printed_at", "printed_by", "until"])
        audit.record("residence.letter_printed", row, by=by)
    return len(printed)


@transaction.atomic
def try_letter_code(person: Person, territory: Territory, code: str) -> Tried:
    """Spend one of five tries, then compare. The right code verifies her."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_residenceletter SET tries_left = tries_left - 1 WHERE person_id = %s AND territory_id = %s "
            "AND tries_left > 0 AND ended_at IS NULL AND printed_at IS NOT NULL AND until > clock_timestamp() "
            "RETURNING id",
            [person.pk, territory.pk],
        )
        spent = cursor.fetchone()
    if spent is None:
        return Tried.OVER
    row = ResidenceLetter.objects.get(pk=spent[0])
    if not constant_time_compare(_digest(row, code), row.digest):
        return Tried.WRONG if row.tries_left else Tried.OVER
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    write_residence(person, territory, Method.LETTER, verified_by=row.printed_by, by=person)
    return Tried.RIGHT


def prune_letters() -> int:
    """Letters nobody printed, and codes nobody typed, end with their time; so do their addresses."""
    over = ResidenceLetter.objects.filter(ended_at=None, until__lt=timezone.now())
    return over.update(ended_at=timezone.now(), address="", code="")
