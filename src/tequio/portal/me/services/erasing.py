"""Leaving: the wish, its proof by a code, the days in which it can be called off, and the end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.core import signing
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.base.moments import say_moment
from tequio.guards.services import page_changed, spend
from tequio.ideas.deliberation.services.withdrawing import withdraw_answers
from tequio.outbox.services import write_letter
from tequio.people.models import Person
from tequio.people.services.devices import end_sessions

from ..enums import ErasureReason, ErasureState
from ..models import Erasure
from ..permissions import can_end
from ..selectors.mine import address_of
from .ending import sweep_sessions
from .walking import erase_rows

DAYS = timedelta(days=7)
GOOD_FOR = timedelta(minutes=30)
TRIES = 3
CODES_A_DAY = 5
SALT = "tequio.me.stay"

Link = Callable[[str], str]


@transaction.atomic
def ask_erasure(
    person: Person, *, takes_answers: bool, at_once: bool, is_proven: bool = False, by: Person
) -> Erasure:
    """She wants to go: a letter with a code asks whether it is she.

    A guest needs none: nobody else has her browser. A member without an address proves herself by another way
    (`is_proven`); as no letter could bring her back, she goes at once.
    """
    if not can_end(by, person):
        raise Refused(_("Only she herself can end her account."))
    spend("erasure", who=person.audit_id, limit=CODES_A_DAY, seconds=86_400)
    Erasure.objects.filter(person=person, state=ErasureState.ASKED).delete()
    row = Erasure(person=person, takes_answers=takes_answers, at_once=at_once, tries_left=TRIES)
    address = address_of(person)
    if person.is_guest or (is_proven and not address):
        row.at_once, row.state, row.due_at = True, ErasureState.WAITING, timezone.now()
        row.save()
        _close(person, row, by=by)
        return row
    if not address:
        raise Refused(_("First show once more that it is you."), code="asks_proof")
    digits = f"{secrets.randbelow(10**8):08d}"
    row.code = _digest(row, digits)
    row.save()
    _write_code(person, address, digits)
    audit.record("person.ask_erasure", person, by=by)
    return row


def _digest(row: Erasure, digits: str) -> str:
    return salted_hmac("tequio.me.erasure", f"{row.uid} {digits}", algorithm="sha256").hexdigest()


def _write_code(person: Person, address: str, digits: str) -> None:
    with translation.override(person.language or "en"):
        words = [
            _("Somebody who is signed in as you asked to end your account at Tequio. Was it you?"),
            _("Then type this code on the page:"),
            f"    {digits[:4]} {digits[4:]}",
            _("It is good for %(minutes)d minutes.") % {"minutes": GOOD_FOR.seconds // 60},
            _("It was not you? Then do not pass it on. Sign in and end all other sessions."),
            "Tequio",
        ]
        subject = _("Your code to end your account")
    write_letter(
        to=address,
        subject=subject,
        text="\n\n".join(words),
        is_secret=True,
        good_until=timezone.now() + GOOD_FOR,
    )


@transaction.atomic
def prove_erasure(row: Erasure, digits: str, *, link: Link, by: Person) -> bool | None:
    """The code as she typed it: True when it is right, False when not, None when it is over.

    From now on her account is closed and she is signed out everywhere. `link` makes an address of a path.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE me_erasure SET tries_left = tries_left - 1 WHERE id = %s AND state = 'asked' "
            "AND tries_left > 0 AND asked_at > clock_timestamp() - make_interval(secs => %s) RETURNING tries_left",
            [row.pk, GOOD_FOR.total_seconds()],
        )
        spent = cursor.fetchone()
    if spent is None:
        return None
    row.tries_left = spent[0]
    if not constant_time_compare(_digest(row, digits), row.code):
        return False if row.tries_left else None
    now = timezone.now()
    row.state, row.code = ErasureState.WAITING, ""
    row.due_at = now if row.at_once else now + DAYS
    row.save(update_fields=["state", "code", "due_at"])
    _close(row.person, row, by=by)
    if not row.at_once:
        _write_farewell(row.person, row, link)
    return True


def _close(person: Person, row: Erasure, *, by: Actor) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    end_sessions(person, by=by)
    audit.record("person.close", person, by=by, erasure=row.pk)
    page_changed()
    if row.at_once:
        later("me.erase", once=f"erase-{person.pk}", pk=row.pk)


def _write_farewell(person: Person, row: Erasure, link: Link) -> None:
    address, due = address_of(person), row.due_at
    if not address or due is None:
        return
    with translation.override(person.language or "en"):
        day = say_moment(due, person.home.zone if person.home else "UTC")
        words = [
            _("Your account at Tequio is closed, and you are signed out everywhere."),
            _("On %(day)s all that is yours is erased. Nobody can bring it back then.") % {"day": day},
            _("You changed your mind, or it was not you? Until then you can open it again here:"),
            link(reverse("me:stay", args=[signing.dumps(str(row.uid), salt=SALT)])),
            "Tequio",
        ]
        subject = _("Your account is closed")
    write_letter(to=address, subject=subject, text="\n\n".join(words), is_secret=True, good_until=due)


@transaction.atomic
def call_off(row: Erasure, *, by: Actor) -> Erasure:
    """She stays, as she was. Whoever has the letter may say so."""
    row = Erasure.objects.select_for_update().select_related("person").get(pk=row.pk)
    if row.state != ErasureState.WAITING or row.at_once:
        raise Refused(_("It is too late: this account is being erased, or was."), code="over")
    row.state, row.ended_at, row.due_at = ErasureState.CALLED_OFF, timezone.now(), None
    row.save(update_fields=["state", "ended_at", "due_at"])
    Person.objects.filter(pk=row.person_id).update(is_active=True)
    audit.record("person.reopen", row.person, by=by, erasure=row.pk)
    page_changed()
    return row


@transaction.atomic
def erase_by_operator(
    person: Person, *, reason: str, takes_answers: bool = False, by: Actor = SYSTEM
) -> Erasure:
    """At once, for a wish that came by another way. Returns the row that shows it."""
    if reason not in ErasureReason.values:
        raise ValueError(f"a reason is one of {', '.join(ErasureReason.values)}, not {reason!r}")
    open_ones = Erasure.objects.filter(person=person, state__in=[ErasureState.ASKED, ErasureState.WAITING])
    open_ones.update(state=ErasureState.CALLED_OFF, code="", ended_at=timezone.now())
    row = Erasure.objects.create(
        person=person, reason=reason, takes_answers=takes_answers, at_once=True,
        state=ErasureState.WAITING, due_at=timezone.now(),
    )  # fmt: skip
    _erase(row, by=by)
    return row


def erase_due(pk: int | None = None) -> int:
    """Do what is due, each in its own transaction, or the one of that id. Returns how many."""
    due = Erasure.objects.filter(state=ErasureState.WAITING, due_at__lte=timezone.now())
    done = 0
    for one in (due.filter(pk=pk) if pk is not None else due).order_by("due_at").values_list("pk", flat=True):
        done += _erase_one(one)
    return done


@transaction.atomic
def _erase_one(pk: int) -> int:
    row = Erasure.objects.select_for_update().filter(pk=pk, state=ErasureState.WAITING).first()
    if row is None:
        return 0
    _erase(row, by=SYSTEM)
    return 1


def _erase(row: Erasure, *, by: Actor) -> None:
    """Everything of hers by every model's rule, in the transaction of the caller."""
    person = Person.objects.select_for_update().get(pk=row.person_id)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
    if row.takes_answers:
        withdraw_answers(person, by=SYSTEM)
    end_sessions(person, by=by)
    sweep_sessions(person)
    counts = erase_rows(person)
    row.state, row.ended_at = ErasureState.DONE, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    audit.record("person.erase", person, by=by, reason=row.reason, rows=sum(counts.values()))
    page_changed()


def prune_wishes() -> int:
    """Wishes that were never proven, after a day."""
    old = Erasure.objects.filter(state=ErasureState.ASKED, asked_at__lt=timezone.now() - timedelta(days=1))
    deleted, _rows = old.delete()
    return deleted
