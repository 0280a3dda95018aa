"""My page: what waits, what became of it, for members, guests and visitors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forms import open_browser
from people import words
from tequio.catalogue.models import Item
from tequio.consent.models import Consent
from tequio.ideas.deliberation.models import Conversation, ConversationImport, Statement
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.ideas.deliberation.services.moderation import (
    decline_statement,
    merge_statement,
    publish_statement,
)
from tequio.ideas.deliberation.services.uptake import answer_for
from tequio.portal.me.selectors.mine import my_page

pytestmark = pytest.mark.django_db
PAGE = "/en/me/"


def text_of(person, path: str = PAGE) -> str:
    page = open_browser(person).get(path)
    assert page.status_code == 200
    return page.content.decode()


def closes_in(conversation: Conversation, **span: int) -> None:
    now = timezone.now()
    Item.objects.filter(pk=conversation.pk).update(
        opens_at=now - timedelta(days=30), closes_at=now + timedelta(**span)
    )


def kinds(person) -> list[str]:
    return [one.kind for one in my_page(person).waiting]


def test_statements_wait_for_those_who_moderate_there_and_nobody_else(
    conversation, alice, bob, mora, charlie, member, guest
):
    assert kinds(mora) == []
    write_statement(conversation, "Old telephones should be mended.", language="en", by=guest)
    for person in (alice, bob, mora):
        assert kinds(person) == ["Statements to read"], person.name
    for person in (charlie, member, guest):
        assert "Statements to read" not in kinds(person)
    page = text_of(mora)
    assert "1 statement waits" in page
    assert f"/conversations/{conversation.pk}/moderate/" in page
    assert "One thing waits for you." in page


def test_what_closes_soon_waits_where_answers_are_missing(conversation, member, guest):
    first, second, third = conversation.statements.order_by("number")
    answer_statement(first, 1, by=member)
    closes_in(conversation, days=40)
    assert kinds(member) == []
    closes_in(conversation, days=3)
    assert kinds(member) == ["Closing soon"]
    assert "2 statements wait for your answer" in my_page(member).waiting[0].why
    assert kinds(guest) == []
    for statement in (second, third):
        answer_statement(statement, 0, by=member)
    assert kinds(member) == []
    closes_in(conversation, days=-1)
    assert kinds(member) == []


def test_an_answer_that_was_promised_waits_until_it_is_given(conversation, alice, bob):
    conversation.answer_due = timezone.now().date() + timedelta(days=3)
    conversation.save()
    assert kinds(alice) == []
    closes_in(conversation, days=-1)
    assert kinds(alice) == ["An answer you promised"]
    assert kinds(bob) == []
    answer_for(conversation.statements.get(number=0), "taken_up", words("Yes."), by=alice)
    assert kinds(alice) == []


def test_imports_that_ended_or_ask(lome, alice, bob):
    row = ConversationImport.objects.create(territory=lome, by=alice, state="done", ended_at=timezone.now())
    assert kinds(alice) == ["Your import"]
    assert kinds(bob) == []
    ConversationImport.objects.filter(pk=row.pk).update(ended_at=timezone.now() - timedelta(days=8))
    assert kinds(alice) == []
    ConversationImport.objects.filter(pk=row.pk).update(state="waiting", trouble={"same_as": 1})
    assert kinds(alice) == ["Your import"]


def test_older_words_wait_to_be_read_again(conversation, member):
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    Consent.objects.filter(person=member).update(version="opinions-0")
    assert kinds(member) == ["My answers on the opinion map"]
    assert "The words you agreed to have changed." in text_of(member)


def test_what_became_of_what_she_wrote(conversation, alice, member):
    _held, shown, refused, joined = [
        write_statement(conversation, text, language="en", by=member)
        for text in ("Mend the road.", "Mend the well.", "Sell it all.", "Prices on every wall.")
    ]
    publish_statement(shown, by=alice)
    decline_statement(refused, reason="off_topic", note="Sell what?", by=alice)
    merge_statement(joined, conversation.statements.get(number=1), by=alice)
    answer_for(Statement.objects.get(pk=shown.pk), "taken_up", words("By May."), by=alice)
    page = text_of(member)
    for said in (
        "A moderator has not read it yet", "Others answer it", "It is about something else", "Sell what?",
        "Joined with another", "Taken up", "By May.", "Mend the road.",
    ):  # fmt: skip
        assert said in page, said
    assert "Mend the road." not in text_of(alice)


def test_opened_roles_and_answers(conversation, alice, member):
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    page = text_of(alice)
    assert "Conversations I opened" in page
    assert "Facilitator" in page
    mine = text_of(member)
    assert "My answer: 1" in mine
    assert f"/conversations/{conversation.pk}/mine/" in mine
    assert "My roles" not in mine


def test_a_guest_sees_what_her_browser_did_and_how_to_keep_it(conversation, guest):
    answer_statement(conversation.statements.get(number=0), 1, by=guest)
    page = text_of(guest)
    assert "All this hangs on this browser." in page
    assert "My answer: 1" in page
    assert "Sign in or join" in page
    assert "/account/" not in page


def test_a_visitor_is_told_what_the_page_is_for(client):
    page = client.get(PAGE)
    assert "Nothing of yours is here yet." in page.content.decode()
    assert "no-cache" in page["Cache-Control"] or "no-store" in page["Cache-Control"]


def test_the_menu_leads_here(member, guest, client):
    assert 'href="/en/me/"' in text_of(member, "/en/rules/")
    assert 'href="/en/me/"' in text_of(guest, "/en/rules/")
    assert 'href="/en/me/"' not in client.get("/en/rules/").content.decode()
