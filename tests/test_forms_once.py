"""A form takes effect once: sent twice, by eight threads at once, with a used key (T4, T5)."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path
from django.utils import timezone

from house import House, build_house
from posts import POSTS, Post
from rows import counts, grown
from tequio.guards.models import FormKey, RateCounter
from tequio.guards.services import KEPT_DAYS, prune_form_keys
from tequio.guards.views import acts_once
from tequio.ideas.deliberation.models import StatementVote
from tequio.people.models import Person
from turns import part

THREADS = 8
ROUNDS = 3
ROUNDS_IN_FULL = 50
WITH_EFFECT = [post for post in POSTS if post.has_effect]


@pytest.fixture
def house(db: None) -> House:
    """One for each test: other tests of this file commit."""
    return build_house("lome")


@pytest.fixture
def no_jobs_left(transactional_db: None) -> Iterator[None]:
    """A flush leaves the worker's tables full: they are not Django's own."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def copy_of(client: Client) -> Client:
    """The same browser before it hears of any answer."""
    copy = Client(raise_request_exception=False)
    for name, cookie in client.cookies.items():
        copy.cookies[name] = cookie.value
    return copy


def send_at_once(client: Client, url: str, form: dict[str, Any]) -> list[Any]:
    """Eight copies of the same browser press the same button."""
    barrier = threading.Barrier(THREADS)
    answers: list[Any] = []

    def send() -> None:
        copy = copy_of(client)
        own = deepcopy(form)  # files are read as they are sent: each browser has its own
        barrier.wait()
        try:
            answer = copy.post(url, own)
            for _ in range(5):
                if answer.status_code != 409 or "Retry-After" not in answer:
                    break
                time.sleep(float(answer["Retry-After"]) / 10)
                answer = copy.post(url, deepcopy(form))
            answers.append(answer)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == THREADS
    return answers


def effect_of_one(post: Post) -> dict[str, int]:
    house = build_house(f"one{uuid.uuid4().hex[:6]}")
    client = post.browser(house)
    form = post.with_key(client, house)
    before = counts()
    assert client.post(post.path(house), form).status_code == 302
    return grown(before, counts())


def double_submit(post: Post, rounds: int) -> None:
    expected = effect_of_one(post)
    for number in range(rounds):
        RateCounter.objects.all().delete()  # fifty houses are built faster than one network may act
        house = build_house(f"r{number}{uuid.uuid4().hex[:6]}")
        client = post.browser(house)
        form = post.with_key(client, house)
        before = counts()
        url = post.path(house)
        answers = send_at_once(client, url, form)
        answers.append(copy_of(client).post(url, deepcopy(form)))  # when all is long done
        assert grown(before, counts()) == expected, f"{post}, round {number}"
        assert {answer.status_code for answer in answers} == {302}
        assert len({answer["Location"] for answer in answers}) == 1


@pytest.mark.parametrize("post", part(WITH_EFFECT, 8), ids=str)
def test_eight_threads_send_the_same_form(post: Post, no_jobs_left: None):
    double_submit(post, ROUNDS)


@pytest.mark.full
@pytest.mark.parametrize("post", WITH_EFFECT, ids=str)
def test_eight_threads_send_the_same_form_fifty_times(post: Post, no_jobs_left: None):
    double_submit(post, ROUNDS_IN_FULL)


@login_not_required
@acts_once
def begin_with_key(request: HttpRequest) -> HttpResponse:
    _read_then_insert()
    return redirect("/done/")


@login_not_required
def begin_naively(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        _read_then_insert()
    return redirect("/done/")


def _read_then_insert() -> None:
    """What every framework's tutorial does: look, then make."""
    if not Person.objects.filter(name="once").exists():
        time.sleep(0.2)  # so that the others look meanwhile
        Person.objects.create(name="once")


begin_naively.acts_once = True  # type: ignore[attr-defined]  # lets the POST through, guards nothing
urlpatterns = [path("naive/", begin_naively), path("guarded/", begin_with_key)]


@pytest.mark.urls("test_forms_once")
@pytest.mark.parametrize(("url", "is_guarded"), [("/naive/", False), ("/guarded/", True)])
def test_the_control_without_a_key_shows_doubles(url: str, is_guarded: bool, no_jobs_left: None):
    """If the control had none, the tests above would prove nothing."""
    doubles = 0
    for _ in range(5):
        client = Client()
        client.cookies["csrftoken"] = uuid.uuid4().hex
        answers = send_at_once(client, url, {"form_key": uuid.uuid4().hex})
        assert {answer.status_code for answer in answers} == {302}
        doubles += Person.objects.filter(name="once").count() > 1
        Person.objects.filter(name="once").delete()
    assert (doubles == 0) if is_guarded else (doubles > 0)


# The rows of T5, on one form that stands for all.


@pytest.fixture
def post() -> Post:
    return next(one for one in POSTS if one.name == "deliberation:answer" and one.role == "visitor")


@pytest.mark.django_db
def test_same_key_same_body_gets_the_stored_answer(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    before = counts()
    first = client.post(post.path(house), form)
    once = grown(before, counts())
    again = client.post(post.path(house), form)
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert grown(before, counts()) == once


@pytest.mark.django_db
def test_same_key_other_body_is_told_so(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    first = client.post(post.path(house), form)
    before = counts()
    other = client.post(post.path(house), {**form, "vote": "disagree"})
    assert other.status_code == 409
    assert first["Location"] in other.content.decode()
    assert grown(before, counts()) == {}


@pytest.mark.django_db
def test_same_key_at_another_address_is_told_so(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    client.post(post.path(house), form)
    elsewhere = client.post(f"/en/conversations/{house.conversation.pk}/write/", form)
    assert elsewhere.status_code == 409


@pytest.mark.django_db
def test_same_key_of_another_browser_is_another_form(post: Post, house: House):
    key = uuid.uuid4().hex
    for _ in range(2):
        client = post.browser(house)
        form = {**post.with_key(client, house), "form_key": key}
        assert client.post(post.path(house), form).status_code == 302
    assert FormKey.objects.filter(key=key).count() == 2
    assert StatementVote.objects.filter(statement=house.statement).count() == 4


@pytest.mark.django_db
def test_a_pruned_key_is_new(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    client.post(post.path(house), form)
    FormKey.objects.update(at=timezone.now() - timedelta(days=KEPT_DAYS, minutes=1))
    assert prune_form_keys() == 1
    assert client.post(post.path(house), form).status_code == 302
    assert FormKey.objects.count() == 1


def test_in_flight_answers_409_with_retry_after(post: Post, no_jobs_left: None, monkeypatch):
    house = build_house("flight")
    client = post.browser(house)
    form = post.with_key(client, house)
    holds, release = threading.Event(), threading.Event()
    _hold_in(monkeypatch, holds, release)
    first: list[Any] = []

    def send_first() -> None:
        copy = Client()
        copy.cookies["csrftoken"] = client.cookies["csrftoken"].value
        try:
            first.append(copy.post(post.path(house), form))
        finally:
            connection.close()

    thread = threading.Thread(target=send_first)
    thread.start()
    assert holds.wait(20)
    began = time.monotonic()
    second = client.post(post.path(house), form)
    waited = time.monotonic() - began
    assert first == [], "the second was answered while the first was held"
    release.set()
    thread.join(20)
    assert second.status_code == 409
    assert second["Retry-After"]
    assert waited > 2
    assert first[0].status_code == 302
    third = client.post(post.path(house), form)
    assert third["Location"] == first[0]["Location"]


def _hold_in(monkeypatch: pytest.MonkeyPatch, holds: threading.Event, release: threading.Event) -> None:
    """The first answer stays in its transaction until the test lets it go."""
    from tequio.ideas.deliberation.views import answering

    plain = answering.answer_statement

    def slow(*args: Any, **kwargs: Any) -> Any:
        vote = plain(*args, **kwargs)
        holds.set()
        release.wait(60)
        return vote

    monkeypatch.setattr(answering, "answer_statement", slow)


@pytest.mark.django_db
def test_the_retry_of_a_browser_that_lost_the_answer_becomes_the_same_guest(post: Post, house: House):
    """The guest's cookie was lost with the answer; only the token's cookie is there."""
    client = post.browser(house)
    form = post.with_key(client, house)
    client.post(post.path(house), form)
    guest = client.session["guest"]
    lost = Client()
    lost.cookies["csrftoken"] = client.cookies["csrftoken"].value
    assert lost.post(post.path(house), form).status_code == 302
    assert lost.session["guest"] == guest


@pytest.mark.django_db
def test_an_invalid_form_keeps_its_key_and_does_not_spend_it(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    wrong = client.post(post.path(house), {**form, "vote": "perhaps"})
    assert wrong.status_code == 422
    assert form["form_key"] in wrong.content.decode()
    assert client.post(post.path(house), form).status_code == 302


@pytest.mark.django_db
def test_an_error_on_the_way_does_not_spend_the_key(post: Post, house: House, monkeypatch):
    from tequio.ideas.deliberation.views import answering

    client = post.browser(house, raise_request_exception=False)
    form = post.with_key(client, house)
    with monkeypatch.context() as patched:
        patched.setattr(answering, "answer_statement", _fail)
        assert client.post(post.path(house), form).status_code == 500
    assert FormKey.objects.count() == 0
    assert client.post(post.path(house), form).status_code == 302


def _fail(*args: object, **kwargs: object) -> None:
    raise RuntimeError("the plug was pulled")
