"""Changing a conversation, and its way from draft to withdrawn."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from forms import key_of, send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.base.multilingual import read
from tequio.guards.models import FormKey
from tequio.ideas.deliberation.forms.conversation import initial_of
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.permissions import visible_to
from tequio.ideas.deliberation.selectors.organising import version_of
from tequio.ideas.deliberation.services import conversations as services

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(conversation):
    return f"/en/conversations/{conversation.pk}/edit/"


def as_sent(conversation, **changes):
    """The form as the browser would send it back unchanged."""
    initial = {key: "" if value is None else value for key, value in initial_of(conversation).items()}
    for name in ("opens_time", "closes_time"):
        initial[name] = f"{initial[name]:%H:%M}" if initial[name] else ""
    if initial["takes_statements"] is False:
        del initial["takes_statements"]
    return {**initial, "seen": version_of(conversation), "do": "save", **changes}


def fresh(conversation):
    return Conversation.objects.select_related("item").get(pk=conversation.pk)


def test_saving_unchanged_changes_nothing(browser_of, alice, conversation, url):
    before = version_of(fresh(conversation))
    assert send(browser_of(alice), url, as_sent(conversation)).status_code == 302
    assert version_of(fresh(conversation)) == before


def test_a_changed_question_makes_its_translations_stale(browser_of, bob, conversation, url):
    send(browser_of(bob), url, as_sent(conversation, question="How should all of us get online?"))
    title = fresh(conversation).item.title
    assert title["en"]["text"] == "How should all of us get online?"
    assert read(title, "es").is_stale
    assert Record.objects.filter(act="conversation.change").count() == 1
    send(browser_of(bob), url, as_sent(fresh(conversation), question_es="¿Cómo nos conectamos todos?"))
    assert not read(fresh(conversation).item.title, "es").is_stale


def test_statements_can_be_added(browser_of, alice, conversation, url):
    send(browser_of(alice), url, as_sent(conversation, seeds="One more.\nAnd another."))
    numbers = conversation.statements.filter(is_seed=True).values_list("number", flat=True)
    assert list(numbers) == [0, 1, 2, 3, 4]


def test_two_who_change_at_once_notice_each_other(browser_of, alice, bob, conversation, url):
    mine, hers = as_sent(conversation, answers_for_it="Ama"), as_sent(conversation, answers_for_it="Yao")
    assert send(browser_of(alice), url, mine).status_code == 302
    page = send(browser_of(bob), url, hers)
    assert page.status_code == 422
    assert "Somebody changed this conversation while you were writing." in page.content.decode()
    assert 'value="Yao"' in page.content.decode()
    assert fresh(conversation).answers_for_it == "Ama"
    again = {**hers, "seen": version_of(fresh(conversation)), "form_key": key_of(page)}
    assert browser_of(bob).post(url, again).status_code == 302
    assert fresh(conversation).answers_for_it == "Yao"


def test_the_place_of_a_conversation_stays(browser_of, alice, conversation, url, bilbao):
    send(browser_of(alice), url, as_sent(conversation, territory=bilbao.pk))
    assert fresh(conversation).item.territory_id == conversation.item.territory_id


def test_a_conversation_that_is_over_can_be_edited_and_opened_again(browser_of, alice, conversation, url):
    services.close_conversation(conversation, by=alice)
    closed = fresh(conversation)
    assert send(browser_of(alice), url, as_sent(closed, answers_for_it="Ama")).status_code == 302
    assert (
        send(browser_of(alice), url, as_sent(fresh(conversation), closes_day="2040-01-01")).status_code == 302
    )
    assert fresh(conversation).item.is_open


@pytest.mark.parametrize("page", ["edit", "state"])
def test_whose_page_it_is(browser_of, conversation, page, alice, bob, charlie, mora, member, guest):
    path = f"/en/conversations/{conversation.pk}/{page}/"
    seen = {
        name: browser_of(person).get(path).status_code
        for name, person in {
            "author": alice, "colleague": bob, "stranger": charlie, "moderator": mora, "member": member,
            "guest": guest, "visitor": None,
        }.items()
    }  # fmt: skip
    assert seen == {
        "author": 200, "colleague": 200, "stranger": 404, "moderator": 404, "member": 404, "guest": 302,
        "visitor": 302,
    }  # fmt: skip
    assert browser_of(alice).get(f"/en/conversations/999999/{page}/").status_code == 404
    assert send(browser_of(charlie), path, as_sent(conversation, do="withdraw")).status_code == 404
    assert fresh(conversation).item.state == "published"


def test_a_stranger_is_refused_by_the_services_too(charlie, conversation):
    for service in (
        services.publish_conversation,
        services.close_conversation,
        services.withdraw_conversation,
    ):
        with pytest.raises(Refused):
            service(conversation, by=charlie)


def test_from_open_to_closed_to_withdrawn_and_back(browser_of, alice, conversation):
    path = f"/en/conversations/{conversation.pk}/state/"
    client = browser_of(alice)
    for do in ("close", "withdraw"):
        page = client.get(path, {"do": do})
        assert page.status_code == 200
        assert fresh(conversation).item.state == "published", "looking changes nothing"
        assert client.post(path, {"do": do, "form_key": key_of(page)}).status_code == 302
    assert fresh(conversation).item.state == "withdrawn"
    assert fresh(conversation).item.closes_at <= timezone.now()
    assert not visible_to(None).filter(pk=conversation.pk).exists()
    assert send(client, path, {"do": "publish"}).status_code == 302
    assert visible_to(None).filter(pk=conversation.pk).exists()


def test_a_step_that_is_not_possible_is_told(browser_of, alice, conversation):
    path = f"/en/conversations/{conversation.pk}/state/"
    for do in ("publish", "nonsense", ""):
        page = send(browser_of(alice), path, {"do": do}, follow=True)
        assert "That was not possible any more." in page.content.decode()
    assert Record.objects.filter(act__in=["conversation.publish", "conversation.close"]).count() == 0


def test_closing_sent_twice_happens_once(browser_of, alice, conversation):
    client, path = browser_of(alice), f"/en/conversations/{conversation.pk}/state/"
    client.get(path)
    data = {"do": "close", "form_key": uuid.uuid4().hex}
    assert [client.post(path, data).status_code for _ in range(2)] == [302, 302]
    assert Record.objects.filter(act="conversation.close").count() == 1
    assert FormKey.objects.filter(key=data["form_key"]).count() == 1


def test_pages_stay_within_their_queries(browser_of, alice, conversation, django_assert_max_num_queries):
    client = browser_of(alice)
    pages = [f"conversations/{conversation.pk}/{page}" for page in ("edit", "state", "moderate")]
    for page in (*pages, f"translations/conversation/{conversation.pk}"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/en/{page}/").status_code == 200
