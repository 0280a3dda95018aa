"""Keeping what was looked for and not found, without names, and forgetting it again."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.text import fold
from tequio.guards.services import page_changed, spend_quietly
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import LONGEST, Gap, GapAsker, GapSalt, HiddenGap, week_of
from .permissions import LEAST_ASKERS, can_hide

MOST_WORDS = 4
MOST_AN_HOUR = 20
KEPT_WEEKS = 26
# Telephone numbers, numbers of papers, addresses: never kept, however many ask.
TELLING = re.compile(r"\d{4}|@|https?:|www\.", re.IGNORECASE)
COUNT_ONE = """
WITH asked AS (
    INSERT INTO search_gapasker (week, who) VALUES (%(week)s, %(who)s)
    ON CONFLICT (week, who) DO NOTHING RETURNING 1
)
INSERT INTO search_gap (words, territory_id, language, week, askers)
SELECT %(words)s, %(territory)s, %(language)s, %(week)s, 1 FROM asked
ON CONFLICT (words, territory_id, language, week) DO UPDATE SET askers = search_gap.askers + 1
RETURNING askers
"""


def keepable(words: str) -> str:
    """The words as they are kept: folded, few and short; "" for what is a sentence or could tell of somebody."""
    folded = fold(words)
    said = folded.split()
    is_telling = bool(TELLING.search(words)) or not any(len(word) > 2 for word in said)
    return "" if is_telling or len(said) > MOST_WORDS or len(folded) > LONGEST else folded


def note_missing(words: str, *, territory: Territory | None, language: str, network: str) -> bool:
    """Count that somebody looked for this in vain; each network once a week. False where it is not kept.

    No record in the audit: it is a count, and the act is nobody's.
    """
    kept = keepable(words)
    if not kept or not spend_quietly("search.missing", who=network, limit=MOST_AN_HOUR, seconds=3600):
        return False
    week = week_of(timezone.now().date())
    asked = repr((network, kept, territory.pk if territory else 0, language)).encode()
    who = hmac.new(_salt(week), asked, hashlib.sha256).hexdigest()
    values: dict[str, Any] = {
        "week": week, "who": who, "words": kept, "territory": territory.pk if territory else None,
        "language": language[:12],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, values)
        row = cursor.fetchone()
    if row and row[0] == LEAST_ASKERS:
        page_changed()
    return row is not None


def _salt(week: date) -> bytes:
    """The week's own; whoever comes first makes it, and of two the one that was first stays."""
    kept = GapSalt.objects.filter(week=week).values_list("salt", flat=True)
    found = kept.first()
    if found is None:
        GapSalt.objects.bulk_create([GapSalt(week=week, salt=secrets.token_bytes(32))], ignore_conflicts=True)
        found = kept.get()
    return bytes(found)


def forget_gaps() -> int:
    """What is over: the week's salt and askers, what too few asked for, and all of it after half a year."""
    this_week = week_of(timezone.now().date())
    GapSalt.objects.filter(week__lt=this_week).delete()
    GapAsker.objects.filter(week__lt=this_week).delete()
    few = Gap.objects.filter(week__lt=this_week, askers__lt=LEAST_ASKERS).delete()[0]
    return few + Gap.objects.filter(week__lt=this_week - timedelta(weeks=KEPT_WEEKS)).delete()[0]


@transaction.atomic
def hide_gap(gap: Gap, *, by: Person | Actor) -> HiddenGap:
    """The words are not shown there any more, in no week; of everywhere: on no page."""
    if not can_hide(by, gap.territory):
        raise Refused(_("Only moderators of this place take words off this page."))
    hidden = HiddenGap(words=gap.words, territory=gap.territory, by=by.audit_id)
    HiddenGap.objects.bulk_create([hidden], ignore_conflicts=True)
    audit.record("gap.hide", gap, by=by)
    page_changed()
    return hidden
