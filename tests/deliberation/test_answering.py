"""Answering statements: the page of a step, the vote, changing it, who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forms import key_of, send
from jobs import waiting
from tequio.base.errors import Refused
from tequio.catalogue.enums import WhoMay
from tequio.ideas.deliberation.models import Participant, StatementVote, StatementVoteChange
from tequio.ideas.deliberation.services import answering
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.people.models import Person

pytestmark = pytest.mark.django_db


def answer_url(conversation, language="en"):
    return f"/{language}/conversations/{conversation.pk}/answer/"


def test_link_to_first_answer_in_two_taps(client, conversation):
    page = client.get(f"/en/conversations/{conversation.pk}/")
    assert reverse("deliberation:answer", args=[conversation.pk]) in page.content.decode()
    step = client.get(answer_url(conversation))
    statement = step.context["statement"]
    answered = send(client, answer_url(conversation), {"statement": statement.pk, "vote": "agree"})
    assert answered.status_code == 302
    vote = StatementVote.objects.get()
    assert (vote.statement_id, vote.value, vote.is_important) == (statement.pk, 1, False)
    assert Person.objects.get(pk=vote.participant.person_id).is_guest
    assert vote.participant.consent == answering.CONSENT


def test_a_visit_makes_nobody(client, conversation):
    before = Person.objects.count()
    client.get(answer_url(conversation))
    assert Person.objects.count() == before
    assert "sessionid" not in client.cookies


def test_leaving_and_resuming(client, conversation):
    for _ in range(2):
        statement = client.get(answer_url(conversation)).context["statement"]
        send(client, answer_url(conversation), {"statement": statement.pk, "vote": "pass"})
    step = client.get(answer_url(conversation))
    assert step.context["progress"].answered == 2
    assert step.context["progress"].left == 1


def test_reloading_shows_the_same_statement(client, conversation):
    draws = {client.get(answer_url(conversation)).context["statement"].pk for _ in range(5)}
    assert len(draws) == 1


def test_everything_answered(client, conversation):
    for _ in range(3):
        statement = client.get(answer_url(conversation)).context["statement"]
        send(client, answer_url(conversation), {"statement": statement.pk, "vote": "agree", "important": "1"})
    done = client.get(answer_url(conversation))
    assert done.context["statement"] is None
    assert "You have answered everything" in done.content.decode()
    assert StatementVote.objects.filter(is_important=True).count() == 3


@pytest.mark.parametrize("data", [{"vote": "perhaps"}, {}, {"vote": "agree", "statement": "x"}])
def test_odd_input_is_said_and_nothing_is_saved(client, conversation, data):
    statement = conversation.statements.first()
    page = send(client, answer_url(conversation), {"statement": statement.pk, **data})
    assert page.status_code == 422
    assert "Please choose one of the three buttons." in page.content.decode()
    assert not StatementVote.objects.exists()


def test_a_statement_of_another_conversation_is_absent(client, conversation, alice, lome):
    from people import words
    from tequio.ideas.deliberation.services.conversations import Plan, open_conversation

    other = open_conversation(
        Plan(question=words("Another?"), background=words("")),
        territory=lome,
        seeds=[words("Other.")],
        by=alice,
    )
    foreign = other.statements.get()
    page = send(client, answer_url(conversation), {"statement": foreign.pk, "vote": "agree"})
    assert page.status_code == 404
    assert not StatementVote.objects.exists()


def test_sent_twice_counts_once(client, conversation):
    step = client.get(answer_url(conversation))
    data = {"form_key": key_of(step), "statement": step.context["statement"].pk, "vote": "agree"}
    first = client.post(answer_url(conversation), data)
    again = client.post(answer_url(conversation), data)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert StatementVote.objects.count() == 1
    assert Participant.objects.get().answers == 1


def test_without_script_the_whole_page_with_it_the_same_main_part(client, conversation):
    whole = client.get(answer_url(conversation)).content.decode()
    part = client.get(answer_url(conversation), HTTP_HX_REQUEST="true").content.decode()
    assert whole.startswith("<!doctype html>")
    assert part.startswith('<main id="main"')
    assert "autofocus" in part
    assert "autofocus" not in whole


def test_changing_an_answer_keeps_what_it_was(client, conversation):
    step = client.get(answer_url(conversation))
    statement = step.context["statement"]
    send(client, answer_url(conversation), {"statement": statement.pk, "vote": "agree"})
    url = f"/en/conversations/{conversation.pk}/mine/{statement.number}/"
    assert "So far: you agree." in client.get(url).content.decode()
    changed = send(client, url, {"statement": statement.pk, "vote": "disagree", "important": "1"})
    assert changed.status_code == 302
    vote = StatementVote.objects.get()
    assert (vote.value, vote.is_important) == (-1, True)
    before = StatementVoteChange.objects.get()
    assert (before.value, before.was_important) == (1, False)
    assert Participant.objects.get().answers == 1


def test_the_same_answer_again_is_no_change(conversation, guest):
    statement = conversation.statements.first()
    answer_statement(statement, 1, by=guest)
    answer_statement(statement, 1, by=guest)
    assert not StatementVoteChange.objects.exists()


def test_only_what_one_has_answered_can_be_changed(client, conversation):
    assert client.get(f"/en/conversations/{conversation.pk}/mine/0/").status_code == 404
    assert client.get(f"/en/conversations/{conversation.pk}/mine/99/").status_code == 404


def test_over_not_begun_and_members_only_say_so(client, conversation, browser_of, member):
    item = conversation.item
    item.closes_at = timezone.now() - timedelta(minutes=1)
    item.save()
    assert "This conversation is over" in client.get(answer_url(conversation)).content.decode()
    item.opens_at, item.closes_at = timezone.now() + timedelta(days=1), None
    item.save()
    page = client.get(answer_url(conversation))
    assert page.status_code == 403
    assert "not open yet" in page.content.decode()
    item.opens_at = None
    item.save()
    conversation.who_may = WhoMay.MEMBERS
    conversation.save()
    assert "for members" in client.get(answer_url(conversation)).content.decode()
    assert browser_of(member).get(answer_url(conversation)).status_code == 200


def test_services_refuse_what_the_pages_do_not_offer(conversation, guest):
    statement = conversation.statements.first()
    with pytest.raises(ValueError, match="a vote is"):
        answer_statement(statement, 2, by=guest)
    statement.item.state = "declined"
    statement.item.save()
    with pytest.raises(Refused):
        answer_statement(statement, 1, by=guest)


def test_a_banned_participant_is_refused(conversation, guest):
    answer_statement(conversation.statements.first(), 1, by=guest)
    Participant.objects.update(is_banned=True)
    with pytest.raises(Refused):
        answer_statement(conversation.statements.last(), 1, by=guest)


def test_votes_an_hour_are_limited(conversation, guest, monkeypatch):
    monkeypatch.setattr(answering, "VOTES_AN_HOUR", 2)
    statement = conversation.statements.first()
    answer_statement(statement, 1, by=guest)
    answer_statement(statement, 0, by=guest)
    with pytest.raises(Refused) as refused:
        answer_statement(statement, -1, by=guest)
    assert refused.value.code == "too_often"


def test_many_votes_ask_for_one_map(conversation, guest):
    for statement in conversation.statements.all():
        answer_statement(statement, 1, by=guest)
    asked = [job.args["pk"] for job in waiting("deliberation.recompute")]
    assert asked.count(conversation.pk) == 1


def test_words_in_the_readers_language_with_the_original_a_tap_away(client, conversation):
    repair = conversation.statements.get(number=0)
    client.get(answer_url(conversation))
    for number in (1, 2):
        other = conversation.statements.get(number=number)
        send(client, answer_url(conversation), {"statement": other.pk, "vote": "pass"})
    page = client.get(answer_url(conversation, "es")).content.decode()
    assert "Una reparación" in page
    assert 'lang="es"' in page
    original = client.get(answer_url(conversation, "es") + "?original=1").content.decode()
    assert repair.item.title["en"]["text"] in original


@pytest.mark.parametrize("statements", [1, 3])
def test_a_step_takes_the_same_few_queries(
    client, conversation, django_assert_num_queries, statements, browser_of, guest
):
    for statement in list(conversation.statements.all())[statements:]:
        statement.item.state = "declined"
        statement.item.save()
    browser = browser_of(guest)
    browser.get(answer_url(conversation))  # each process reads the recipes in use every 15 s
    with django_assert_num_queries(8):
        browser.get(answer_url(conversation))


def test_a_step_weighs_little(client, conversation):
    assert len(client.get(answer_url(conversation)).content) <= 8_000
