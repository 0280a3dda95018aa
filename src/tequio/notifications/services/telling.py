"""Telling everybody who follows: in batches, each its own transaction, so that a killed worker goes on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation

from tequio.catalogue.models import Item
from tequio.outbox.services import Draft, write_letters
from tequio.people.models import Person

from ..enums import Channel
from ..models import Announcement, Preference
from ..selectors.addresses import addresses_for_letters
from ..selectors.followers import followers_after, matching_searches, who_may_see
from ..selectors.letters import at_once_letter
from ..types import channels_of

BATCH = 500
# Names letters: the same notice to the same person is the same letter, whoever writes it again.
LETTERS = uuid.UUID("5b0f8f5e-6d3e-4f0e-9c1c-3c3a2c7d9b11")

# One row a person and announcement, whatever happened to the worker that began it.
INSERT = """
INSERT INTO notifications_notice (person_id, announcement_id, made_at, in_page, in_digest)
SELECT person, %s, %s, in_page, in_digest
FROM unnest(%s::bigint[], %s::boolean[], %s::boolean[]) AS told (person, in_page, in_digest)
ON CONFLICT (person_id, announcement_id) DO NOTHING RETURNING person_id
"""


def tell_followers(pk: int) -> int:
    """Tell all who follow what announcement `pk` is about. Returns how many were told now.

    After each batch the row says up to whom: whoever takes it up again goes on from there.
    """
    row = Announcement.objects.filter(pk=pk).first()
    searches = matching_searches(row) if row is not None and row.done_at is None else []
    told = 0
    while (number := _tell_batch(pk, searches)) is not None:
        told += number
    return told


@transaction.atomic
def _tell_batch(pk: int, searches: list[str]) -> int | None:
    """None where nobody is left, or another worker is at it."""
    row = (
        Announcement.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, done_at=None, withdrawn_at=None, due_at__lte=timezone.now())
        .first()
    )
    if row is None:
        return None
    people = [] if row.is_stale else followers_after(row, searches, most=BATCH)
    told = deliver(row, people)
    row.told_up_to = people[-1] if people else row.told_up_to
    row.told += told
    row.done_at = timezone.now() if len(people) < BATCH else None
    row.save(update_fields=["told_up_to", "told", "done_at"])
    return told


def deliver(row: Announcement, person_ids: Sequence[int]) -> int:
    """Notices and letters at once for those of them who may see it and want it; returns how many were new."""
    people = _people(person_ids)
    if row.item_id is not None:
        item = Item.objects.select_related("part_of", "territory").get(pk=row.item_id)
        people = who_may_see(item, people)
    wanted = {person.pk: channels_of(_switches(person), row.event) for person in people}
    told = [pk for pk, channels in wanted.items() if channels]
    if not told:
        return 0
    values: list[Any] = [
        row.pk, timezone.now(), told,
        [Channel.PAGE in wanted[pk] for pk in told], [Channel.DIGEST in wanted[pk] for pk in told],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        new = {pk for (pk,) in cursor.fetchall()}
    _write_at_once(row, [one for one in people if one.pk in new and Channel.AT_ONCE in wanted[one.pk]])
    return len(new)


def _people(person_ids: Sequence[int]) -> list[Person]:
    rows = Person.objects.filter(pk__in=person_ids, is_active=True)
    return list(rows.select_related("notice_preference", "home").order_by("pk"))


def _switches(person: Person) -> dict[str, list[str]]:
    preference: Preference | None = getattr(person, "notice_preference", None)
    return preference.switches if preference is not None else {}


def _write_at_once(row: Announcement, people: list[Person]) -> None:
    """One letter each to those who agreed to letters and have a proven address."""
    addresses = addresses_for_letters([person.pk for person in people]) if people else {}
    drafts = []
    for person in people:
        if person.pk not in addresses:
            continue
        with translation.override(person.language):
            letter = at_once_letter(row, person)
        drafts.append(
            Draft(
                key=uuid.uuid5(LETTERS, f"notice {row.pk} {person.pk}"), to=addresses[person.pk],
                subject=letter.subject, text=letter.text, html=letter.html, stop_url=letter.stop_url,
            )
        )  # fmt: skip
    write_letters(drafts)
