"""What the tests of signing in share: numbers, codes in SMS, an authenticator app, a passkey."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpResponse
from django.test import Client

from door_steps import newest_code
from forms import open_browser, send
from passkeys import SoftKey, options_of
from tequio.audit.models import Record
from tequio.outbox.models import Letter, TextMessage
from tequio.people.models import Person

ACCOUNT = "/en/account/"
ADDRESSES, CONFIRM = f"{ACCOUNT}addresses/", f"{ACCOUNT}code/"
PASSKEYS, PASSWORD, APP = f"{ACCOUNT}passkeys/", f"{ACCOUNT}password/", f"{ACCOUNT}app/"
CODES, DEVICES, PROVE, VOUCH = (
    f"{ACCOUNT}{name}/" for name in ("recovery-codes", "devices", "prove", "vouch")
)
WITH_PASSWORD, WITH_PASSKEY = "/en/sign-in/password/", "/en/sign-in/passkey/"
RECOVER, SECOND_STEP = "/en/sign-in/recovery/", "/en/sign-in/second-step/"
GOOD_PASSWORD = "seven tortoises mend the lamp"
NUMBER = "+22890123456"


def newest_sms_code(to: str = NUMBER) -> str:
    found = re.match(r"(\d{4}) (\d{4}) ", TextMessage.objects.filter(to=to).latest("pk").text)
    assert found
    return found[1] + found[2]


def number_of_app(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + steps))


def wrong_numbers(secret: str, many: int) -> list[str]:
    """Those that the app shows neither now nor around now."""
    right = {number_of_app(secret, steps=steps) for steps in range(-3, 4)}
    return [number for number in (f"{one:06}" for one in range(many + 7)) if number not in right][:many]


def secret_on_page(client: Client) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(APP).content.decode())
    assert found
    return found[1].replace(" ", "")


def add_app(client: Client) -> str:
    """Through its page. Returns the secret."""
    secret = secret_on_page(client)
    assert send(client, APP, {"code": number_of_app(secret)}).status_code == 302
    return secret


def add_key(client: Client, key: SoftKey | None = None, name: str = "Blue") -> SoftKey:
    key = key or SoftKey()
    answer = send(
        client, PASSKEYS, {"name": name, "credential": key.create(options_of(client.get(PASSKEYS)))}
    )
    assert answer.status_code == 302, answer.content.decode()
    return key


def come_by_key(client: Client, key: SoftKey, **more: str) -> Any:
    return send(client, WITH_PASSKEY, {"credential": key.get(options_of(client.get(WITH_PASSKEY)), **more)})


def make_codes(client: Client) -> list[str]:
    assert send(client, CODES).status_code == 302
    return re.findall(r"<code class=\"big\">([\d ]+)</code>", client.get(CODES).content.decode())


def add_address(client: Client, to: str) -> Any:
    assert send(client, ADDRESSES, {"address": to})["Location"] == CONFIRM
    return send(client, CONFIRM, {"code": newest_code(to) if "@" in to else newest_sms_code(to)})


def letters_to(to: str) -> list[str]:
    return list(Letter.objects.filter(to=to, is_secret=False).order_by("pk").values_list("text", flat=True))


def acts(person: Person) -> list[str]:
    return list(Record.objects.filter(actor=person.audit_id).order_by("pk").values_list("act", flat=True))


def text_of(answer: HttpResponse) -> str:
    """What stands on the page, without what differs each time."""
    text = re.sub(r"(csrfmiddlewaretoken|form_key|began)\" value=\"[^\"]+", "", answer.content.decode())
    return re.sub(r"data-options=\"[^\"]+", "", text)


def is_in(client: Client) -> bool:
    return bool(client.get(ACCOUNT).status_code == 200)


def old_proof(person: Person) -> Client:
    """Signed in, but more than an hour ago."""
    client = open_browser(person)
    session = client.session
    session["proved"] = 0
    session.save()
    return client
