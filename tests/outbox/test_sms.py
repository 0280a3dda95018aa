"""SMS leave by a gateway in the shape of RapidPro or Kannel, or as files."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from http_server import Gateway
from tequio.outbox import services
from tequio.outbox.enums import Channel, Outcome
from tequio.outbox.models import TextMessage
from tequio.outbox.services import delivering

pytestmark = pytest.mark.django_db


def write(to: str = "+22890123456", text: str = "Hola, ¿qué tal?", **more: Any) -> TextMessage:
    return services.write_text_message(to=to, text=text, **more)


def deliver(message: TextMessage) -> Outcome:
    outcome = delivering.deliver(Channel.SMS, message.pk)
    message.refresh_from_db()
    return outcome


@pytest.fixture
def kannel(gateway: Gateway, settings: Any) -> Gateway:
    settings.SMS_URL = f"kannel+http://tester:p%40ss@127.0.0.1:{gateway.port}"
    settings.SMS_FROM = "TEQUIO"
    return gateway


@pytest.fixture
def rapidpro(gateway: Gateway, settings: Any) -> Gateway:
    settings.SMS_URL = f"rapidpro+http://abc%2Fdef@127.0.0.1:{gateway.port}"
    gateway.status, gateway.body = 201, b"{}"
    return gateway


class TestKannel:
    def test_the_request(self, kannel: Gateway) -> None:
        message = write()
        assert deliver(message) == Outcome.SENT
        (asked,) = kannel.asked
        parts = urlsplit(asked.path)
        assert (asked.method, parts.path) == ("GET", "/cgi-bin/sendsms")
        assert parse_qs(parts.query) == {
            "username": ["tester"], "password": ["p@ss"], "from": ["TEQUIO"], "to": ["+22890123456"],
            "text": ["Hola, ¿qué tal?"], "charset": ["UTF-8"], "coding": ["0"],
        }  # fmt: skip
        assert asked.headers["idempotency-key"] == str(message.key)

    @pytest.mark.parametrize(
        ("text", "coding"),
        [("ñandú {1}", "2"), ("El niño", "0"), ("ɖevi", "2"), ("5 € [x]", "0"), ("👍", "2")],
    )
    def test_letters_a_phone_knows_take_seven_bits(self, kannel: Gateway, text: str, coding: str) -> None:
        deliver(write(text=text))
        assert parse_qs(urlsplit(kannel.asked[0].path).query)["coding"] == [coding]

    def test_nothing_in_a_text_starts_another_parameter(self, kannel: Gateway) -> None:
        deliver(write(text="Hi&to=+4912345678&username=x\r\nHost: y #"))
        words = parse_qs(urlsplit(kannel.asked[0].path).query)
        assert words["to"] == ["+22890123456"]
        assert words["text"] == ["Hi&to=+4912345678&username=x\r\nHost: y #"]
        assert kannel.asked[0].headers["host"] == f"127.0.0.1:{kannel.port}"

    def test_the_answer_is_lost(self, kannel: Gateway) -> None:
        """It knows no key: handed over once and no more, and the operator is told."""
        message = write()
        kannel.is_hanging_up = True
        assert deliver(message) == Outcome.GIVEN_UP
        assert "perhaps sent" in message.trouble
        kannel.is_hanging_up = False
        assert deliver(message) == Outcome.NOT_MINE
        assert len(kannel.asked) == 1

    def test_nobody_is_there(self, kannel: Gateway, settings: Any) -> None:
        """Nothing was handed over: it waits and is tried again."""
        settings.SMS_URL = "kannel+http://tester:x@127.0.0.1:9"
        message = write()
        assert deliver(message) == Outcome.SERVER_AWAY
        settings.SMS_URL = f"kannel+http://tester:x@127.0.0.1:{kannel.port}"
        assert deliver(message) == Outcome.SENT

    def test_another_path_and_no_sender(self, kannel: Gateway, settings: Any) -> None:
        settings.SMS_URL += "/sendsms"
        settings.SMS_FROM = ""
        deliver(write())
        assert kannel.asked[0].path.startswith("/sendsms?")
        assert "from=" not in kannel.asked[0].path


class TestRapidPro:
    def test_the_request(self, rapidpro: Gateway) -> None:
        message = write()
        assert deliver(message) == Outcome.SENT
        (asked,) = rapidpro.asked
        assert (asked.method, asked.path) == ("POST", "/api/v2/broadcasts.json")
        assert json.loads(asked.body) == {"urns": ["tel:+22890123456"], "text": "Hola, ¿qué tal?"}
        assert asked.headers["authorization"] == "Token abc/def"
        assert asked.headers["idempotency-key"] == str(message.key)

    @pytest.mark.parametrize(
        ("status", "outcome"),
        [
            (200, Outcome.SENT), (202, Outcome.SENT), (400, Outcome.GIVEN_UP), (422, Outcome.GIVEN_UP),
            (401, Outcome.SERVER_AWAY), (403, Outcome.SERVER_AWAY), (404, Outcome.WAITS), (429, Outcome.SERVER_AWAY),
            (500, Outcome.SERVER_AWAY), (503, Outcome.SERVER_AWAY), (302, Outcome.SERVER_AWAY),
        ],
    )  # fmt: skip
    def test_what_it_answers(self, rapidpro: Gateway, status: int, outcome: Outcome) -> None:
        rapidpro.status = status
        message = write(is_secret=True, text="1234 5678")
        assert deliver(message) == outcome
        assert (message.text == "") == (outcome in (Outcome.SENT, Outcome.GIVEN_UP))
        assert bool(message.trouble) == (outcome != Outcome.SENT)

    def test_the_answer_is_lost(self, rapidpro: Gateway) -> None:
        """It was taken and we never heard: the second one carries the same key."""
        message = write()
        rapidpro.is_hanging_up = True
        assert deliver(message) == Outcome.SERVER_AWAY
        rapidpro.is_hanging_up = False
        assert deliver(message) == Outcome.SENT
        assert {asked.headers["idempotency-key"] for asked in rapidpro.asked} == {str(message.key)}
        assert len(rapidpro.asked) == 2

    def test_while_it_is_away_one_knocks(self, rapidpro: Gateway) -> None:
        rapidpro.status = 503
        for _ in range(3):
            write()
        assert delivering.deliver_due() == 0
        assert len(rapidpro.asked) == 1
        assert list(TextMessage.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0, 0]


class TestWriting:
    @pytest.mark.parametrize(
        "to",
        [
            "",
            "90123456",
            "+0123456789",
            "+228 90 12 34 56",
            "+228901234567890123",
            "+22890123456\n",
            "tel:+228901234",
        ],
    )
    def test_a_number_is_a_number(self, to: str) -> None:
        with pytest.raises(ValueError, match="7 to 15 digits"):
            write(to=to)

    @pytest.mark.parametrize("text", ["", "  ", "x" * 1_001, "a\0b"])
    def test_a_text_has_words(self, text: str) -> None:
        with pytest.raises(ValueError, match="1,000 characters"):
            write(text=text)

    def test_whether_there_is_a_way_out(self, settings: Any) -> None:
        settings.SMS_URL = settings.SMS_FOLDER = ""
        assert not services.can_send_sms()
        settings.SMS_FOLDER = "somewhere"
        assert services.can_send_sms()

    def test_without_a_way_out_it_waits(self, settings: Any) -> None:
        settings.SMS_URL = settings.SMS_FOLDER = ""
        message = write()
        assert deliver(message) == Outcome.SERVER_AWAY
        assert "TEQUIO_SMS_URL" in message.trouble

    def test_too_late(self, kannel: Gateway) -> None:
        message = write(good_until=timezone.now() - timedelta(seconds=1), is_secret=True)
        assert deliver(message) == Outcome.GIVEN_UP
        assert message.text == ""
        assert kannel.asked == []


def test_as_a_file(settings: Any, tmp_path: Path) -> None:
    settings.SMS_FOLDER, settings.SMS_FROM = str(tmp_path / "sms"), "TEQUIO"
    message = write()
    assert deliver(message) == Outcome.SENT
    (file,) = (tmp_path / "sms").iterdir()
    assert file.name == f"{message.key}.json"
    assert json.loads(file.read_text()) == {
        "key": str(message.key), "from": "TEQUIO", "to": "+22890123456", "text": "Hola, ¿qué tal?",
    }  # fmt: skip


def test_in_the_demonstration_it_stays_here(kannel: Gateway, settings: Any) -> None:
    settings.IS_DEMO = True
    message = write(is_secret=True)
    assert deliver(message) == Outcome.SENT
    assert message.text
    assert kannel.asked == []


def test_its_name_shows_no_words() -> None:
    assert str(write()) == "SMS → +22890123456"
