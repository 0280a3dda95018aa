"""Choosing where and when to hear of things, reading notices, ending letters."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.moments import is_zone
from tequio.consent.enums import Purpose
from tequio.consent.selectors import has_consent
from tequio.consent.services import give, withdraw
from tequio.people.models import Person

from ..enums import Channel, Event, Rhythm, Stop
from ..models import Notice, Preference
from ..permissions import can_change_letters
from ..selectors.schedule import next_digest, zone_of
from ..types import EVENTS, Switches, channels_of


@dataclass(frozen=True)
class Choice:
    """What somebody chose: `switches` names every event, `zone` "" is the place she lives in."""

    rhythm: str
    switches: Switches
    weekday: int = 0
    hour: int = 8
    zone: str = ""
    with_waiting: bool = True
    follows_own: bool = True

    @property
    def wants_letters(self) -> bool:
        return self.rhythm != Rhythm.NEVER or any(
            Channel.AT_ONCE in channels for channels in self.switches.values()
        )


@transaction.atomic
def choose_letters(person: Person, choice: Choice, *, agrees: bool = False, by: Actor) -> Preference:
    """Keep how she wants to hear of things. Letters need her consent: given before, or by `agrees` now."""
    if not can_change_letters(by, person):
        raise Refused(_("Only she herself can change this."))
    if choice.zone and not is_zone(choice.zone):
        raise ValueError(f"no zone of that name: {choice.zone!r}")
    if choice.wants_letters and not has_consent(person, Purpose.LETTERS):
        if not agrees:
            raise Refused(_("Letters come only to those who agree to them."), code="asks_consent")
        give(person, Purpose.LETTERS, language=current(), by=by)
    row = _own(person)
    row.rhythm, row.weekday, row.hour, row.zone = choice.rhythm, choice.weekday, choice.hour, choice.zone
    row.with_waiting, row.follows_own = choice.with_waiting, choice.follows_own
    row.switches = {
        event: sorted(channels) for event, channels in choice.switches.items()
        if event in Event.values and set(channels) != EVENTS[event].channels
    }  # fmt: skip
    row.next_digest_at = next_digest(
        row.rhythm, row.weekday, row.hour, zone_of(row, person), after=timezone.now()
    )
    row.save()
    audit.record("letters.choose", person, by=by, rhythm=row.rhythm)
    return row


@transaction.atomic
def stop_letters(person: Person, purpose: str, *, by: Actor) -> bool:
    """End one kind of letters, or all. False where there was nothing left to end: then nothing is written.

    Whoever holds a signed link of hers may: a mail program does it for her, without her being signed in.
    """
    row = _own(person)
    has_ended = False
    if purpose in (Stop.DIGEST, Stop.ALL) and row.rhythm != Rhythm.NEVER:
        row.rhythm, row.next_digest_at, has_ended = Rhythm.NEVER, None, True
    if purpose in (Stop.AT_ONCE, Stop.ALL):
        at_once = [event for event in Event.values if Channel.AT_ONCE in channels_of(row.switches, event)]
        for event in at_once:
            row.switches[event] = sorted(channels_of(row.switches, event) - {Channel.AT_ONCE})
        has_ended = has_ended or bool(at_once)
    if purpose == Stop.ALL:
        has_ended = bool(withdraw(person, Purpose.LETTERS, language=current(), by=by)) or has_ended
    if has_ended:
        row.save()
        audit.record("letters.stop", person, by=by, purpose=str(purpose))
    return has_ended


def _own(person: Person) -> Preference:
    """Her row under its lock, made where there is none."""
    Preference.objects.bulk_create([Preference(person=person)], ignore_conflicts=True)
    return Preference.objects.select_for_update().get(person=person)


@transaction.atomic
def read_notices(person: Person, up_to: int, *, by: Person) -> int:
    """Mark as read what stood on the page she looked at: all up to notice `up_to`, nothing newer."""
    if by.pk != person.pk:
        raise Refused(_("Only she herself can change this."))
    rows = Notice.objects.filter(person=person, pk__lte=up_to, read_at=None, in_page=True)
    return rows.update(read_at=timezone.now())
