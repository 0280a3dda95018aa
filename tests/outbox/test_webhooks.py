"""Webhooks: signed, with their own key, guarded, and one silent receiver holds up nobody else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from http_server import Gateway, open_gateway
from tequio.base import outgoing
from tequio.base.errors import Refused
from tequio.outbox import services
from tequio.outbox.enums import Channel, Outcome
from tequio.outbox.models import WebhookCall
from tequio.outbox.services import delivering

pytestmark = pytest.mark.django_db
RECEIVER = "opendata.subscription:3"


def write(url: str, receiver: str = RECEIVER) -> WebhookCall:
    return services.write_call(receiver=receiver, url=url, event="item.published", data={"item": 12})


def deliver(call: WebhookCall) -> Outcome:
    outcome = delivering.deliver(Channel.WEBHOOK, call.pk)
    call.refresh_from_db()
    return outcome


@pytest.fixture
def open_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "is_public", lambda address: True)


@pytest.fixture
def receiver(gateway: Gateway, open_internet: None) -> Gateway:
    gateway.status = 204
    gateway.body = b""
    return gateway


def signature_of(asked: Any, secret: str) -> str:
    """As a receiver computes it, from what the specification says."""
    signed = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_it_is_signed(receiver: Gateway) -> None:
    call = write(receiver.url + "/hook")
    assert deliver(call) == Outcome.SENT
    (asked,) = receiver.asked
    assert (asked.method, asked.path) == ("POST", "/hook")
    assert json.loads(asked.body) == {
        "type": "item.published", "timestamp": call.written_at.isoformat(), "data": {"item": 12},
    }  # fmt: skip
    assert asked.headers["idempotency-key"] == asked.headers["webhook-id"] == str(call.key)
    assert abs(int(asked.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert asked.headers["webhook-signature"] == signature_of(asked, services.webhook_secret(RECEIVER))
    assert asked.headers["webhook-signature"] != signature_of(
        asked, services.webhook_secret("opendata.subscription:4")
    )


def test_the_published_example_of_a_signature() -> None:
    """From the specification's own libraries, so that a receiver's library agrees."""
    from tequio.outbox.adapters.webhook import sign

    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_every_try_is_the_same_call(receiver: Gateway) -> None:
    receiver.answers = [500]
    call = write(receiver.url)
    assert deliver(call) == Outcome.WAITS
    assert deliver(call) == Outcome.SENT
    first, second = receiver.asked
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.SENT), (410, Outcome.GIVEN_UP), (400, Outcome.WAITS), (404, Outcome.WAITS), (301, Outcome.WAITS),
        (429, Outcome.SERVER_AWAY), (503, Outcome.SERVER_AWAY), (500, Outcome.WAITS),
    ],
)  # fmt: skip
def test_what_it_answers(receiver: Gateway, status: int, outcome: Outcome) -> None:
    receiver.status = status
    receiver.headers = {"Location": "http://127.0.0.1:1/"}
    assert deliver(write(receiver.url)) == outcome
    assert len(receiver.asked) == 1


def test_nobody_there(receiver: Gateway) -> None:
    call = write(receiver.url.replace("127.0.0.1", "nobody.invalid"))
    assert deliver(call) == Outcome.SERVER_AWAY


def test_after_three_days_it_is_given_up(receiver: Gateway) -> None:
    receiver.status = 500
    call = write(receiver.url)
    WebhookCall.objects.update(written_at=timezone.now() - timedelta(days=3, seconds=1))
    assert deliver(call) == Outcome.GIVEN_UP


class TestTheGuard:
    """T22: a receiver cannot make us knock at our own doors."""

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]"]
    )
    def test_an_address_inside_is_given_up(self, gateway: Gateway, host: str) -> None:
        call = write(f"http://{host}:{gateway.port}/")
        assert deliver(call) in (Outcome.GIVEN_UP, Outcome.SERVER_AWAY)
        assert gateway.connections == 0

    @pytest.mark.parametrize(
        "url", ["ftp://example.org/", "https://a:b@example.org/", "https://example.org/" + "x" * 500]
    )
    def test_what_is_no_address_is_refused_at_once(self, url: str) -> None:
        with pytest.raises(Refused):
            write(url)
        assert not WebhookCall.objects.exists()


def test_one_silent_receiver_holds_up_nobody(receiver: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """More calls for it than a round takes, all older than the others'."""
    monkeypatch.setattr(delivering, "BATCH", 3)
    for number in range(5):
        write(f"http://nobody.invalid/{number}")
    with open_gateway() as other:
        write(other.url.replace("127.0.0.1", "localhost"))
        write(receiver.url)
        delivering.deliver_due()
        assert WebhookCall.objects.filter(tries__gt=0).count() == 1
        delivering.deliver_due()
        assert len(other.asked) == len(receiver.asked) == 1
    assert WebhookCall.objects.filter(tries__gt=0, sent_at=None).count() == 1
    assert str(WebhookCall.objects.order_by("pk")[0]) == "item.published → nobody.invalid"
