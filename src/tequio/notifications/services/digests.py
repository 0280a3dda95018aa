"""Putting digests together and writing them: one person, one transaction, one letter a day at most."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from tequio.outbox.services import Draft, write_letters
from tequio.people.models import Person

from ..models import Digest, Notice, Preference
from ..selectors.addresses import addresses_for_letters
from ..selectors.digest import digest_of, due_digests
from ..selectors.letters import digest_letter
from ..selectors.schedule import next_digest, period_of, zone_of
from .telling import LETTERS

BATCH = 200
TRY_AGAIN = timedelta(hours=1)

log = logging.getLogger("tequio.notifications")


def send_due_digests() -> int:
    """Write every digest that is due. Returns how many letters were written.

    One that fails is put off for an hour and noted; the others do not wait for it.
    """
    now = timezone.now()
    written, after = 0, 0
    while pks := due_digests(now, most=BATCH, after=after):
        for pk in pks:
            try:
                written += send_digest(pk)
            except Exception:
                log.exception("the digest of preference %s could not be written", pk)
                Preference.objects.filter(pk=pk).update(next_digest_at=now + TRY_AGAIN)
        after = pks[-1]
    return written


@transaction.atomic
def send_digest(pk: int) -> bool:
    """Write the digest of preference `pk` if it is due, and set the next. False where there is nothing to say."""
    now = timezone.now()
    preference = (
        Preference.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("person__home")
        .filter(pk=pk, next_digest_at__lte=now)
        .first()
    )
    if preference is None:
        return False
    person = preference.person
    zone_name = zone_of(preference, person)
    assert preference.next_digest_at is not None
    period = period_of(preference.next_digest_at, zone_name)
    preference.next_digest_at = next_digest(
        preference.rhythm, preference.weekday, preference.hour, zone_name, after=now
    )
    preference.save(update_fields=["next_digest_at"])
    address = addresses_for_letters([person.pk]).get(person.pk)
    return address is not None and _write(person, preference, address, period)


def _write(person: Person, preference: Preference, address: str, period: str) -> bool:
    with translation.override(person.language):
        page = digest_of(person, with_waiting=preference.with_waiting, now=timezone.now())
        if page.is_empty:
            return False
        letter = digest_letter(page, person)
    row = Digest(person=person, period=period, notices=len(page.notices))
    Digest.objects.bulk_create([row], ignore_conflicts=True)
    kept = Digest.objects.get(person=person, period=period)
    if kept.made_at != row.made_at:  # that day had its letter; what is new waits for the next
        return False
    Notice.objects.filter(pk__in=page.notices).update(digest=kept)
    write_letters(
        [
            Draft(
                key=uuid.uuid5(LETTERS, f"digest {person.pk} {period}"), to=address, subject=letter.subject,
                text=letter.text, html=letter.html, stop_url=letter.stop_url,
            )
        ]
    )  # fmt: skip
    return True
