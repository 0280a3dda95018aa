"""An act of a program takes effect once, also when eight copies of it come at the same moment (T4, T5)."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from house import House, build_house
from keys import key_for
from rows import counts, grown
from tequio.discussions import api
from tequio.discussions.models import Comment
from tequio.guards import services

THREADS, ROUNDS = 8, 5
BODY = {"text": "A word about masts.", "language": "en", "side": "for"}


@pytest.fixture
def house(transactional_db: None) -> Iterator[House]:
    """Its own: these tests commit. A flush leaves the worker's tables full."""
    yield build_house(uuid.uuid4().hex[:6])
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def send_at_once(path: str, headers: dict[str, str]) -> list[Any]:
    """Eight copies of one request; who is told to wait comes again."""
    barrier, answers = threading.Barrier(THREADS), list[Any]()

    def send() -> None:
        client = Client(raise_request_exception=False)
        barrier.wait()
        try:
            for _ in range(5):
                answer = client.generic(
                    "POST", path, json.dumps(BODY), content_type="application/json", headers=headers
                )
                if answer.status_code != 409:
                    break
                time.sleep(float(answer["Retry-After"]) / 10)
            answers.append(answer)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_who_comes_while_it_is_being_saved_is_told_to_come_again(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    """The first is held in its transaction; the second waits, though not for long here."""
    monkeypatch.setattr(services, "CLAIM", services.CLAIM.replace("'3s'", "'50ms'"))
    once = str(uuid.uuid4())
    headers = {"authorization": f"Bearer {key_for(house.person('member'))}", "idempotency-key": once}
    path, had = f"/api/v1/items/{house.conversation.pk}/comments", Comment.objects.count()

    def send() -> Any:
        content = {"data": json.dumps(BODY), "content_type": "application/json"}
        return Client().generic("POST", path, headers=headers, **content)

    holds, release = threading.Event(), threading.Event()
    _hold_in(monkeypatch, holds, release)
    first: list[Any] = []

    def send_first() -> None:
        try:
            first.append(send())
        finally:
            connection.close()

    thread = threading.Thread(target=send_first)
    thread.start()
    assert holds.wait(20)
    second = send()
    release.set()
    thread.join(20)
    assert (second.status_code, second.json()["code"]) == (409, "in_flight")
    assert second["Retry-After"] == "3"
    assert first[0].status_code == 201
    assert send().json() == first[0].json()
    assert Comment.objects.count() == had + 1


def _hold_in(monkeypatch: pytest.MonkeyPatch, holds: threading.Event, release: threading.Event) -> None:
    """The first comment stays in its transaction until the test lets it go."""
    plain = api.write_comment

    def slow(*args: Any, **kwargs: Any) -> Any:
        made = plain(*args, **kwargs)
        holds.set()
        release.wait(60)
        return made

    monkeypatch.setattr(api, "write_comment", slow)


def test_eight_copies_make_one_comment(house: House):
    hers = Comment.objects.filter(author=house.person("member"), reply_to=None)
    had = hers.count()
    key = key_for(house.person("member"))
    path = f"/api/v1/items/{house.conversation.pk}/comments"
    for number in range(1, ROUNDS + 1):
        headers = {"authorization": f"Bearer {key}", "idempotency-key": str(uuid.uuid4())}
        before = counts()
        answers = send_at_once(path, headers)
        assert [answer.status_code for answer in answers] == [201] * THREADS
        assert len({answer.content for answer in answers}) == 1
        assert grown(before, counts())["discussions_comment"] == 1, number
    assert hers.count() == had + ROUNDS


def test_without_the_same_key_each_is_an_act_of_its_own(house: House):
    """The control: it is the key that makes it one."""
    key = key_for(house.person("member"))
    path = f"/api/v1/items/{house.conversation.pk}/comments"
    client = Client()
    hers = Comment.objects.filter(author=house.person("member"), reply_to=None)
    had = hers.count()
    for _ in range(2):
        headers = {"authorization": f"Bearer {key}", "idempotency-key": str(uuid.uuid4())}
        answer = client.generic(
            "POST", path, json.dumps(BODY), content_type="application/json", headers=headers
        )
        assert answer.status_code == 201
    assert hers.count() == had + 2
