"""Saying yes, and taking it back. Each is a new fact; nothing is ever written over."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.people.models import Person
from tequio.people.permissions import can_give_opinions

from .enums import Channel, Purpose
from .models import Consent, ConsentFact
from .permissions import can_say
from .types import BY_VERSION, ConsentText, current_text

# Both say what somebody thinks: special data.
OF_OPINIONS = (Purpose.OPINIONS, Purpose.IDEAS)
# The state and the fact of it in one statement; where it stands so already, neither is written.
GIVE = """
WITH state AS (
    INSERT INTO consent_consent (person_id, purpose, version, is_given, language, channel, at)
    VALUES (%(person)s, %(purpose)s, %(version)s, true, %(language)s, %(channel)s, %(at)s)
    ON CONFLICT (person_id, purpose, version) DO UPDATE
    SET is_given = true, language = EXCLUDED.language, channel = EXCLUDED.channel, at = EXCLUDED.at
    WHERE NOT consent_consent.is_given
    RETURNING person_id, purpose, version, is_given, language, channel, at
)
INSERT INTO consent_consentfact (person_id, purpose, version, is_given, language, digest, channel, at)
SELECT person_id, purpose, version, is_given, language, %(digest)s, channel, at FROM state RETURNING id
"""


@transaction.atomic
def give(
    person: Person, purpose: str, *, version: str = "", language: str, channel: str = Channel.WEB, by: Actor
) -> bool:
    """She agrees to a text of `purpose`, the one of today or `version`, as she read it in `language`.

    False where she has agreed to it already: then nothing is written.
    """
    if not can_say(by, person, channel):
        raise Refused(_("Only she herself can agree to this."))
    if purpose in OF_OPINIONS and not can_give_opinions(person):
        raise Refused(_("At your age a parent or guardian has to agree first."), code="age")
    text = _text(purpose, version)
    fact = _write_given(person, text, language, channel)
    if fact is not None:
        audit.record("consent.give", person, by=by, fact=fact, version=text.version, channel=channel)
    return fact is not None


@transaction.atomic
def withdraw(
    person: Person, purpose: str, *, language: str, channel: str = Channel.WEB, by: Actor
) -> list[str]:
    """She takes back what she agreed to for `purpose`, whatever its version. Returns the versions.

    Who uses answers, addresses or names because of the consent must be told by its own service:
    `deliberation.services.withdrawing.withdraw_answers` for opinions.
    """
    if not can_say(by, person, channel):
        raise Refused(_("Only she herself can take this back."))
    _text(purpose, "")
    standing = list(
        Consent.objects.select_for_update()
        .filter(person=person, purpose=purpose, is_given=True)
        .order_by("id")
    )
    now = timezone.now()
    for row in standing:
        row.is_given, row.language, row.channel, row.at = False, language, channel, now
        row.save(update_fields=["is_given", "language", "channel", "at"])
        fact = ConsentFact.objects.create(
            person=person, purpose=purpose, version=row.version, is_given=False, language=language,
            digest=BY_VERSION[row.version].digest(language), channel=channel, at=now,
        )  # fmt: skip
        audit.record("consent.withdraw", person, by=by, fact=fact.pk, version=row.version, channel=channel)
    return [row.version for row in standing]


def _text(purpose: str, version: str) -> ConsentText:
    if purpose not in Purpose.values:
        raise ValueError(f"a purpose is one of {', '.join(Purpose.values)}, not {purpose!r}")
    text = BY_VERSION.get(version) if version else current_text(purpose)
    if text is None or text.purpose != purpose:
        raise ValueError(f"there is no text {version!r} for {purpose!r}")
    return text


def _write_given(person: Person, text: ConsentText, language: str, channel: str) -> int | None:
    """Id of the new fact; None where it stands so already."""
    if channel not in Channel.values:
        raise ValueError(f"a channel is one of {', '.join(Channel.values)}, not {channel!r}")
    values: dict[str, int | str | datetime] = {
        "person": person.pk, "purpose": text.purpose.value, "version": text.version, "language": language,
        "digest": text.digest(language), "channel": str(channel), "at": timezone.now(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(GIVE, values)
        row = cursor.fetchone()
        return row[0] if row else None
