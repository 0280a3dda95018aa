"""Conversations for verified residents: who is let in, what the others are told, what they typed is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forms import send
from tequio.base.errors import Refused
from tequio.catalogue.enums import Bar, WhoMay
from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.deliberation.permissions import bar, can_answer
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.people.models import Person, Residence
from tequio.people.services.residence import show_code, verify_in_person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
THOUGHT = "The well needs a second pump before summer."


@pytest.fixture
def talk(conversation: Conversation) -> Conversation:
    conversation.who_may = WhoMay.RESIDENTS
    conversation.save()
    return conversation


def test_what_bars_whom(
    talk: Conversation, guest: Person, member: Person, alice: Person, lome: Territory
) -> None:
    assert [bar(person, talk) for person in (None, guest, member)] == [
        Bar.MEMBERS,
        Bar.MEMBERS,
        Bar.RESIDENTS,
    ]
    verify_in_person(show_code(member).code, lome, by=alice)
    member = Person.objects.get(pk=member.pk)
    assert bar(member, talk) == Bar.NONE
    member.year_of_birth = timezone.now().year - 10
    assert bar(member, talk) == Bar.AGE


def test_the_service_asks_too(talk: Conversation, member: Person, alice: Person, lome: Territory) -> None:
    statement = talk.statements.select_related("item", "conversation__item").get(number=0)
    with pytest.raises(Refused):
        answer_statement(statement, 1, by=member)
    verify_in_person(show_code(member).code, lome, by=alice)
    assert answer_statement(statement, 1, by=Person.objects.get(pk=member.pk)).value == 1


def test_each_is_told_what_to_do(talk: Conversation, browser_of: Browser, member: Person) -> None:
    for person, says, leads in (
        (None, "for verified residents", "/en/sign-in/"),
        (member, "for verified residents of Lomé", "/en/places/TG-M-lome/residence/"),
    ):
        for page in ("answer/", "write/"):
            answer = browser_of(person).get(talk.item.path + page)
            assert answer.status_code == 403
            assert says in answer.content.decode()
            assert leads in answer.content.decode()
        detail = browser_of(person).get(talk.item.path).content.decode()
        assert "For verified residents" in detail
        assert leads in detail


def test_what_she_typed_waits_until_she_may_send_it(
    talk: Conversation, browser_of: Browser, member: Person, alice: Person, lome: Territory
) -> None:
    browser = browser_of(member)
    refused = send(browser, talk.item.path + "write/", {"text": THOUGHT, "language": "en"})
    assert refused.status_code == 403
    assert THOUGHT in refused.content.decode()
    assert not Statement.objects.filter(conversation=talk, is_seed=False).exists()
    verify_in_person(show_code(member).code, lome, by=alice)
    form = browser.get(talk.item.path + "write/")
    assert form.status_code == 200
    assert THOUGHT in form.content.decode()
    assert send(browser, talk.item.path + "write/", {"text": THOUGHT, "language": "en"}).status_code == 302
    assert THOUGHT not in browser.get(talk.item.path + "write/").content.decode()


def test_words_for_one_conversation_stand_in_no_other(
    talk: Conversation, browser_of: Browser, member: Person, alice: Person
) -> None:
    from people import words
    from tequio.ideas.deliberation.services.conversations import Plan, open_conversation

    browser = browser_of(member)
    send(browser, talk.item.path + "write/", {"text": THOUGHT, "language": "en"})
    plan = Plan(question=words("Another?"), background=words("Why."), languages=["en"])
    other = open_conversation(plan, territory=talk.item.territory, seeds=[words("One.")], by=alice)
    assert THOUGHT not in browser.get(other.item.path + "write/").content.decode()


def test_a_proof_that_ended_shuts_the_door_at_once(
    talk: Conversation, browser_of: Browser, member: Person, alice: Person, lome: Territory
) -> None:
    """T24: with the session she has."""
    row = verify_in_person(show_code(member).code, lome, by=alice)
    browser = browser_of(member)
    assert browser.get(talk.item.path + "answer/").status_code == 200
    Residence.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert browser.get(talk.item.path + "answer/").status_code == 403


def test_organisers_choose_it(alice: Person, browser_of: Browser, lome: Territory) -> None:
    page = browser_of(alice).get("/en/conversations/new/").content.decode()
    assert 'value="residents"' in page
    assert "Verified residents of the place" in page


def test_a_closed_conversation_says_closed_and_not_for_residents(
    talk: Conversation, browser_of: Browser, member: Person
) -> None:
    talk.item.closes_at = timezone.now() - timedelta(days=1)
    talk.item.save()
    assert not can_answer(member, talk)
    assert "This conversation is over" in browser_of(member).get(talk.item.path + "answer/").content.decode()


def test_the_list_says_for_whom(talk: Conversation, browser_of: Browser) -> None:
    assert "For verified residents." in browser_of().get("/en/doors/ideas/").content.decode()
