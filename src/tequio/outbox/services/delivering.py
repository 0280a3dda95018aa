"""Sending what waits: oldest first, each way out for itself, later and later where it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tequio.base.jobs import later

from ..adapters import mail, sms, webhook
from ..adapters.trouble import NeverDeliverable, ServerAway, Undeliverable
from ..enums import Channel, Outcome
from ..models import Letter, Sending, TextMessage, WebhookCall
from . import webhook_key

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=3)
KEPT = timedelta(days=30)
SLEEP_SECONDS = 60
BATCH = 50


@dataclass(frozen=True)
class WayOut:
    rows: type[Sending]
    hand_over: Callable[[Any], None]


def _waiting(rows: type[Sending]) -> QuerySet[Any]:
    return rows._default_manager.filter(sent_at=None, given_up_at=None)


def waiting() -> QuerySet[Letter]:
    return _waiting(Letter)


def deliver_due() -> int:
    """Send what is due. Returns how many went out.

    While a server is away one row a round knocks at its door, and the others keep their turn.
    """
    rounds = [_round(channel) for channel in WAYS_OUT]
    _come_back(FIRST_WAIT if any(is_away for _sent, is_away in rounds) else timedelta(seconds=1))
    return sum(sent for sent, _is_away in rounds)


def _round(channel: Channel) -> tuple[int, bool]:
    """(how many were sent, whether a server is away) of one way out."""
    rows = WAYS_OUT[channel].rows
    due = _waiting(rows).filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    sent = 0
    away: set[str] = set()
    for row in due[:BATCH]:
        if row.server in away:
            continue
        outcome = deliver(channel, row.pk)
        sent += outcome == Outcome.SENT
        if outcome == Outcome.SERVER_AWAY:
            away.add(row.server)
            if not row.server:
                break  # there is only this one
            _put_off(rows, row)
    return sent, bool(away)


def _put_off(rows: type[Sending], row: Any) -> None:
    """What goes to the same server waits as long, so that it does not fill the rounds of the others."""
    row.refresh_from_db(fields=["due_at"])
    _waiting(rows).filter(host=row.server, due_at__lt=row.due_at).update(due_at=row.due_at)


def _come_back(soonest: timedelta) -> None:
    """Ask for the next round under a name of its own, so that a new letter does not wait for it.

    It never sleeps longer than a minute: a row that falls due earlier than the others is then not late.
    """
    firsts = [
        _waiting(way.rows).order_by("due_at").values_list("due_at", flat=True).first()
        for way in WAYS_OUT.values()
    ]
    next_due = min((first for first in firsts if first is not None), default=None)
    if next_due is None:
        return
    wait = max(soonest, next_due - timezone.now()).total_seconds()
    later("outbox.deliver", once="outbox-again", alone=False, in_seconds=min(SLEEP_SECONDS, int(wait) + 1))


def deliver_letter(pk: int) -> Outcome:
    return deliver(Channel.MAIL, pk)


@transaction.atomic
def deliver(channel: Channel, pk: int) -> Outcome:
    """Try one row under its lock; a second worker passes by.

    Killed between the server's yes and the commit, it is sent once more with the same key.
    """
    row = _waiting(WAYS_OUT[channel].rows).select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return Outcome.NOT_MINE
    outcome = _try(row, WAYS_OUT[channel].hand_over)
    if outcome in (Outcome.SENT, Outcome.GIVEN_UP) and not settings.IS_DEMO:
        row.forget_words()
    row.save()
    return outcome


def _try(row: Sending, hand_over: Callable[[Any], None]) -> Outcome:
    now = timezone.now()
    if row.good_until is not None and row.good_until <= now:
        return _give_up(row, "too late: nobody could use it any more")
    row.tries += 1
    try:
        if not settings.IS_DEMO:  # there it stays here, for the mailbox page to show
            hand_over(row)
    except NeverDeliverable as trouble:
        return _give_up(row, str(trouble))
    except Undeliverable as trouble:
        if now - row.written_at > GIVE_UP_AFTER:
            return _give_up(row, str(trouble))
        is_away = isinstance(trouble, ServerAway)
        row.trouble = str(trouble)[:300]
        row.due_at = now + _wait(row.tries, LONGEST_WAIT_FOR_SERVER if is_away else LONGEST_WAIT)
        return Outcome.SERVER_AWAY if is_away else Outcome.WAITS
    row.sent_at, row.trouble = timezone.now(), ""
    return Outcome.SENT


def _give_up(row: Sending, why: str) -> Outcome:
    row.given_up_at, row.trouble = timezone.now(), why[:300]
    return Outcome.GIVEN_UP


def _wait(tries: int, longest: timedelta) -> timedelta:
    """10 s, 20 s, 40 s … up to `longest`."""
    doublings: int = min(tries - 1, 16)
    return min(longest, FIRST_WAIT * 2**doublings)


def _mail(letter: Letter) -> None:
    message = mail.build_message(
        str(letter.key),
        letter.to,
        letter.subject,
        letter.text,
        letter.html,
        written_at=letter.written_at,
        stop_url=letter.stop_url,
    )
    if settings.MAIL_FOLDER:
        mail.send_to_folder(message, Path(settings.MAIL_FOLDER))
    else:
        mail.send_by_smtp(message, letter.to)


def _sms(row: TextMessage) -> None:
    message = sms.TextOut(str(row.key), row.to, row.text, settings.SMS_FROM)
    if settings.SMS_FOLDER:
        sms.send_to_folder(message, Path(settings.SMS_FOLDER))
    elif settings.SMS_URL:
        sms.send_by_gateway(message, settings.SMS_URL)
    else:
        raise ServerAway("no SMS gateway is set (TEQUIO_SMS_URL)")


def _webhook(row: WebhookCall) -> None:
    webhook.call(
        row.url,
        key=str(row.key),
        secret=webhook_key(row.receiver),
        seconds=int(timezone.now().timestamp()),
        body=webhook.build_body(row.event, row.written_at, row.data),
    )


WAYS_OUT: dict[Channel, WayOut] = {
    Channel.MAIL: WayOut(Letter, _mail),
    Channel.SMS: WayOut(TextMessage, _sms),
    Channel.WEBHOOK: WayOut(WebhookCall, _webhook),
}


@transaction.atomic
def retry(channel: Channel, pks: list[int] | None = None) -> int:
    """What waits is due now, what was given up waits again; all of the channel, or those. Returns how many.

    What is too late, or whose words were erased, stays where it is.
    """
    now = timezone.now()
    rows: QuerySet[Any] = (
        WAYS_OUT[channel].rows._default_manager.filter(sent_at=None).exclude(good_until__lte=now)
    )
    if pks is not None:
        rows = rows.filter(pk__in=pks)
    if channel != Channel.WEBHOOK:
        rows = rows.exclude(is_secret=True, text="")
    number = rows.update(due_at=now, given_up_at=None, tries=0)
    if number:
        later("outbox.deliver", once="outbox", alone=False)
    return number


def prune() -> int:
    """What was sent or given up a month ago is nobody's business any more."""
    before = timezone.now() - KEPT
    gone = 0
    for way in WAYS_OUT.values():
        rows = way.rows._default_manager
        gone += rows.filter(sent_at__lt=before).delete()[0] + rows.filter(given_up_at__lt=before).delete()[0]
    return gone
