"""A vote and a statement are decided by a light look at the conversation: the same rules as its pages, fewer queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forms import send
from people import words
from processes_at_hand import live_in, process_of
from tequio.catalogue.models import Item
from tequio.catalogue.services import make_item
from tequio.ideas.deliberation.models import Conversation, StatementVote
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.processes.models import Entry
from tequio.organisations.models import Organisation

pytestmark = pytest.mark.django_db
A_MINUTE_AGO = timezone.now() - timedelta(minutes=1)


def answer_url(conversation):
    return f"/en/conversations/{conversation.pk}/answer/"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": "declined"}, 404),
        ({"hidden_by": "decision:1"}, 404),
        ({}, 302),
    ],
)
def test_only_open_statements_are_answered(browser_of, guest, conversation, change, expected):
    statement = conversation.statements.first()
    Item.objects.filter(pk=statement.pk).update(**change)
    sent = send(browser_of(guest), answer_url(conversation), {"statement": statement.pk, "vote": "agree"})
    assert sent.status_code == expected


@pytest.mark.parametrize(
    ("change", "of", "expected"),
    [
        ({"state": "draft"}, "itself", 404),
        ({"state": "draft"}, "its whole", 404),
        ({"audience": "organisation"}, "itself", 404),
        ({"closes_at": A_MINUTE_AGO}, "itself", 403),
        ({}, "its whole", 302),
    ],
)
def test_a_vote_sees_the_conversation_as_its_page_does(
    browser_of, guest, conversation, lome, alice, change, of, expected
):
    whole = make_item(kind="process", by=alice, title=words("A plan"), territory=lome, state="published")
    Item.objects.filter(pk=conversation.pk).update(part_of=whole)
    if change.get("audience"):
        change = {**change, "organisation": Organisation.objects.create(territory=lome, sort_name="")}
    Item.objects.filter(pk=conversation.pk if of == "itself" else whole.pk).update(**change)
    browser, statement = browser_of(guest), conversation.statements.first()
    assert browser.get(answer_url(conversation)).status_code == (200 if expected == 302 else expected)
    said = {"statement": statement.pk, "vote": "agree"}
    assert send(browser, answer_url(conversation), said).status_code == expected
    text = {"text": "Mend the old masts first.", "language": "en"}
    written = send(browser, answer_url(conversation).replace("answer", "write"), text)
    assert written.status_code == expected
    assert StatementVote.objects.exists() == (expected == 302)


def test_a_conversation_that_is_not_there_takes_no_vote(browser_of, guest, conversation):
    gone, statement = conversation.pk + 1_000_000, conversation.statements.first()
    path = answer_url(conversation).replace(str(conversation.pk), str(gone))
    sent = send(browser_of(guest), path, {"statement": statement.pk, "vote": "agree"})
    assert sent.status_code == 404


@pytest.mark.parametrize(("methods", "expected"), [(["in_person"], 302), (["register"], 403)])
def test_a_vote_in_a_process_needs_the_proof_of_the_process(
    browser_of, member, conversation, lome, alice, methods, expected
):
    Entry.objects.create(item=conversation.item, process=process_of(lome, alice, methods=methods))
    Conversation.objects.filter(pk=conversation.pk).update(who_may="residents")
    live_in(member, lome)
    browser, statement = browser_of(member), conversation.statements.first()
    assert browser.get(answer_url(conversation)).status_code == (200 if expected == 302 else expected)
    said = {"statement": statement.pk, "vote": "agree"}
    assert send(browser, answer_url(conversation), said).status_code == expected
    assert StatementVote.objects.exists() == (expected == 302)


def test_a_statement_of_another_conversation_is_absent(browser_of, guest, conversation, lome, alice):
    other = open_conversation(
        Plan(question=words("What else?"), background={}), territory=lome, seeds=[words("This.")], by=alice
    )
    said = {"statement": other.statements.get().pk, "vote": "agree"}
    assert send(browser_of(guest), answer_url(conversation), said).status_code == 404
    assert not StatementVote.objects.exists()


def test_a_vote_and_a_statement_take_few_queries(
    browser_of, guest, conversation, django_assert_max_num_queries
):
    browser, url = browser_of(guest), answer_url(conversation)
    first, second, _third = conversation.statements.all()
    send(browser, url, {"statement": first.pk, "vote": "agree"})  # agrees, and asks for the map
    with django_assert_max_num_queries(18):
        send(browser, url, {"statement": second.pk, "vote": "agree"})
    with django_assert_max_num_queries(27):
        text = {"text": "Mend the old masts first.", "language": "en"}
        send(browser, url.replace("answer", "write"), text)
