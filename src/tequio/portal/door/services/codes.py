"""Codes to an address or a telephone: limits, the letter or SMS, the tries."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.guards.services import spend_quietly
from tequio.outbox.services import write_letter, write_text_message
from tequio.people.models import Person

from ..enums import CodeFor, Try
from ..models import SignInCode

DIGITS = 8
GOOD_FOR = timedelta(minutes=15)
TRIES = 3
KEPT = timedelta(days=1)

HOUR = 3600
LETTERS_AN_HOUR_TO_ADDRESS = 6
# A full room behind one line signs in together.
LETTERS_AN_HOUR_FROM_NETWORK = 60
# An SMS costs us money, and its reader on a prepaid line attention.
SMS_AN_HOUR_TO_NUMBER = 4
SMS_A_DAY_TO_NUMBER = 10
SMS_AN_HOUR_FROM_NETWORK = 30
TRIES_SECONDS = 900
TRIES_FROM_NETWORK_FOR_ADDRESS = 10


def may_send(to: str, network: str) -> bool:
    """Count one letter or SMS to the address and from the network, known or unknown; False beyond a limit.

    Says so instead of raising: an error would roll the counters back with the form.
    """
    if to.startswith("+"):
        return all(
            [
                spend_quietly("sms.network", who=network, limit=SMS_AN_HOUR_FROM_NETWORK, seconds=HOUR),
                spend_quietly("sms.number", who=to, limit=SMS_AN_HOUR_TO_NUMBER, seconds=HOUR),
                spend_quietly("sms.number.day", who=to, limit=SMS_A_DAY_TO_NUMBER, seconds=24 * HOUR),
            ]
        )
    from_network = spend_quietly(
        "sign-in.network", who=network, limit=LETTERS_AN_HOUR_FROM_NETWORK, seconds=HOUR
    )
    to_address = spend_quietly("sign-in.address", who=to, limit=LETTERS_AN_HOUR_TO_ADDRESS, seconds=HOUR)
    return from_network and to_address


def may_try(to: str, network: str) -> bool:
    """Count one try of a code from the network for the address; False beyond the limit."""
    return spend_quietly(
        "sign-in.try", who=f"{network} {to}", limit=TRIES_FROM_NETWORK_FOR_ADDRESS, seconds=TRIES_SECONDS
    )


@transaction.atomic
def send_code(
    to: str,
    *,
    next_path: str = "",
    language: str,
    purpose: str = CodeFor.SIGN_IN,
    person: Person | None = None,
) -> SignInCode:
    """Write the letter or SMS. Whether the address is known is not asked here, so nothing can show it.

    No audit record: nobody has acted yet, and an address proves nothing until its code comes back.
    """
    now = timezone.now()
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = SignInCode(
        to=to, next=next_path, purpose=purpose, person=person,
        asked_at=now, until=now + GOOD_FOR, tries_left=TRIES,
    )  # fmt: skip
    row.digest = _digest(row, digits)
    row.save(force_insert=True)
    with translation.override(language):
        if row.is_to_telephone:
            write_text_message(to=to, text=_sms(digits), is_secret=True, good_until=row.until)
        else:
            write_letter(
                to=to, subject=_("Your code for Tequio"), text=_letter(digits, purpose), is_secret=True,
                good_until=row.until,
            )  # fmt: skip
    return row


def _digest(row: SignInCode, digits: str) -> str:
    """Keyed: eight digits under a plain SHA-256 would be found from a stolen table in a moment."""
    return salted_hmac("tequio.door", f"{row.uid} {digits}", algorithm="sha256").hexdigest()


def _sms(digits: str) -> str:
    """Short, so that it stays one SMS in each language."""
    return _("%(code)s is your code for Tequio, good for %(minutes)d minutes. Give it to nobody.") % {
        "code": f"{digits[:4]} {digits[4:]}",
        "minutes": int(GOOD_FOR.total_seconds() // 60),
    }


FIRST_LINES = {
    CodeFor.SIGN_IN: gettext_lazy("This is your code for signing in to Tequio:"),
    CodeFor.ADD: gettext_lazy("This is the code that adds this address to your account at Tequio:"),
    CodeFor.PROVE: gettext_lazy(
        "This is the code by which you show that it is you who changes your account:"
    ),
}


def _letter(digits: str, purpose: str) -> str:
    minutes = int(GOOD_FOR.total_seconds() // 60)
    demo = [_("This is a demonstration: the letter stays in its mailbox.")] if settings.IS_DEMO else []
    return "\n\n".join(
        [
            str(FIRST_LINES[CodeFor(purpose)]),
            f"    {digits[:4]} {digits[4:]}",
            _("Type it in the browser where you asked for it. It is good for %(minutes)d minutes.")
            % {"minutes": minutes},
            _("Give it to nobody. Nobody from Tequio will ever ask you for it."),
            _("You did not ask for a code? Then somebody mistyped an address. You need not do anything."),
            *demo,
            "Tequio",
        ]
    )


@transaction.atomic
def try_code(row: SignInCode, digits: str) -> Try:
    """Spend one try, then compare. Requests side by side wait here for one another: three tries are three."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE door_signincode SET tries_left = tries_left - 1 "
            "WHERE id = %s AND tries_left > 0 AND proven_at IS NULL AND until > clock_timestamp() RETURNING tries_left",
            [row.pk],
        )
        spent = cursor.fetchone()
    if spent is None:
        return Try.OVER
    row.tries_left = spent[0]
    if not constant_time_compare(_digest(row, digits), row.digest):
        return Try.WRONG if row.tries_left else Try.OVER
    row.proven_at = timezone.now()
    row.save(update_fields=["proven_at"])
    return Try.RIGHT


def forget_code(row: SignInCode) -> None:
    """It was used, or is of no use any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM door_signincode WHERE id = %s", [row.pk])


def prune_codes() -> int:
    """Nothing of an address that was never proven stays longer than a day."""
    deleted, _rows = SignInCode.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    return deleted
