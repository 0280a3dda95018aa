"""T29: the server is down for ten minutes, answers for nothing, hears twice: nothing lost, nothing twice, no page fails."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from door_steps import ask
from http_server import Gateway
from jobs import work
from mail_server import Received, open_server
from ports import free_port
from tequio.outbox import services
from tequio.outbox.enums import Channel
from tequio.outbox.models import Letter, TextMessage
from tequio.outbox.services import delivering


class Clock:
    """The time of the outbox, moved by hand."""

    def __init__(self) -> None:
        self.at = timezone.now()

    def now(self) -> datetime:
        return self.at

    def move(self, **much: float) -> None:
        self.at += timedelta(**much)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(delivering.timezone, "now", made.now)
    return made


def write(number: int) -> Letter:
    return services.write_letter(to=f"p{number}@example.org", subject=f"Letter {number}", text="Good day.\n")


@pytest.mark.django_db
def test_ten_minutes(clock: Clock, mail_settings: Callable[[int], None]) -> None:
    """Twelve letters a minute while nobody is there; the whole queue goes out when the server is back."""
    port = free_port()
    mail_settings(port)
    number = 0
    for _minute in range(10):
        for _letter in range(12):
            write(number := number + 1)
        for _round in range(6):  # every ten seconds, as the worker comes back
            assert delivering.deliver_due() == 0
            clock.move(seconds=10)
    knocks = sum(Letter.objects.values_list("tries", flat=True))
    assert knocks <= 60, "one letter a round knocks, not all of them"
    assert Letter.objects.filter(given_up_at=None, sent_at=None).count() == number
    with open_server(port) as received:
        minutes = 0
        while delivering.waiting().exists():
            clock.move(seconds=10)
            delivering.deliver_due()
            minutes += 10 / 60
            assert minutes < 5, "all are out a few minutes after it is back"
    assert len(received.letters) == len(set(received.ids)) == number
    assert Counter(to[0] for to, _message in received.letters) == {
        f"p{one}@example.org": 1 for one in range(1, number + 1)
    }


@pytest.mark.django_db(transaction=True)
def test_no_page_fails_while_it_is_away(queue: None, mail_settings: Callable[[int], None]) -> None:
    """Pages write rows and do not wait for the server; the code comes when it is back."""
    from django.conf import settings

    port = free_port()
    mail_settings(port)
    answer = ask(Client(), "ama@example.org")
    assert answer.status_code == 302
    work()
    assert Letter.objects.get().sent_at is None
    Letter.objects.update(due_at=timezone.now())
    with open_server(port) as received:
        delivering.deliver_due()
    assert [to for to, _message in received.letters] == [["ama@example.org"]]
    assert settings.EMAIL_TIMEOUT == 5


@pytest.mark.django_db
def test_taken_and_never_answered_for(clock: Clock, smtp: Received) -> None:
    """It comes again, as the same message: whoever receives keeps one of a Message-ID (RFC 5322, 3.6.4)."""
    letters = [write(number) for number in range(3)]
    smtp.hangs_up_after_taking = 2
    for _round in range(30):
        delivering.deliver_due()
        clock.move(seconds=10)
    assert not delivering.waiting().exists()
    assert len(smtp.letters) == 5
    assert set(smtp.ids) == {f"<{letter.key}@tequio.example>" for letter in letters}
    kept = {message["Message-ID"]: message for _to, message in smtp.letters}
    assert sorted(message["Subject"] for message in kept.values()) == ["Letter 0", "Letter 1", "Letter 2"]


@pytest.mark.django_db(transaction=True)
def test_jobs_twice_and_in_disorder(queue: None, smtp: Received) -> None:
    """Four workers deliver the same letters in any order, each of them three times."""
    letters = [write(number).pk for number in range(15)]
    gate = threading.Barrier(4)

    def run(seed: int) -> None:
        order = letters * 3
        random.Random(seed).shuffle(order)
        gate.wait(10)
        try:
            for pk in order:
                delivering.deliver_letter(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[seed]) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(smtp.letters) == len(set(smtp.ids)) == len(letters)
    assert Letter.objects.filter(tries=1).count() == len(letters)


@pytest.mark.django_db
def test_ten_minutes_without_sms_gateway(
    clock: Clock, gateway: Gateway, smtp: Received, settings: Any
) -> None:
    """Letters go on meanwhile; every SMS is taken once."""
    settings.SMS_URL = f"rapidpro+http://token@127.0.0.1:{gateway.port}"
    gateway.status = 503
    for minute in range(10):
        services.write_text_message(to=f"+2289012345{minute}", text="Hello")
        write(minute)
        delivering.deliver_due()
        clock.move(minutes=1)
    assert len(smtp.letters) == 10
    refused = len(gateway.asked)
    assert refused <= 10
    gateway.status = 201
    for _round in range(12):
        delivering.deliver_due()
        clock.move(seconds=30)
    taken = [asked.headers["idempotency-key"] for asked in gateway.asked[refused:]]
    assert sorted(taken) == sorted(str(key) for key in TextMessage.objects.values_list("key", flat=True))
    assert delivering.deliver(Channel.SMS, TextMessage.objects.order_by("pk")[0].pk) == "not mine"
