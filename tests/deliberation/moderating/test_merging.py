"""Saying that one statement says the same as another."""

from __future__ import annotations

import pytest

from forms import send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.ideas.deliberation.models import Statement
from tequio.ideas.deliberation.selectors.taking_part import open_statements
from tequio.ideas.deliberation.services.moderation import (
    decline_statement,
    merge_statement,
    state_seen,
    unmerge_statement,
)

pytestmark = pytest.mark.django_db


def merge(client, statement, **data):
    seen = state_seen(Statement.objects.select_related("item").get(pk=statement.pk))
    return send(client, f"/en/statements/{statement.pk}/merge/", {"seen": seen, **data})


def test_it_is_merged_with_a_close_one_and_its_page_says_where(browser_of, mora, hold, conversation, client):
    twin = hold("Prices have to be on a wall.")
    page = browser_of(mora).get(f"/en/statements/{twin.pk}/merge/").content.decode()
    assert "1. Prices have to be on the wall." in page
    assert merge(browser_of(mora), twin, into="1").status_code == 302
    twin = Statement.objects.select_related("item").get(pk=twin.pk)
    assert (twin.merged_into.number, twin.item.state) == (1, "published")
    assert twin not in open_statements(conversation)
    body = client.get(f"/en/statements/{twin.pk}/").content.decode()
    assert "Prices have to be on the wall." in body
    assert Record.objects.get(act="statement.merge").data["into"] == twin.merged_into_id


def test_any_number_can_be_named_and_the_number_wins(browser_of, mora, held, conversation):
    merge(browser_of(mora), held, number="2")
    assert Statement.objects.get(pk=held.pk).merged_into.number == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose a statement."),
        ({"number": "3"}, "No open statement of this conversation has this number."),
        ({"number": "77"}, "No open statement of this conversation has this number."),
        ({"number": "-1"}, "greater than or equal to 0"),
        ({"number": "9" * 30}, "less than or equal to"),
        ({"number": "two"}, "Enter a whole number."),
        ({"into": "77"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_chosen_is_said(browser_of, mora, held, data, message):
    page = merge(browser_of(mora), held, **data)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert Statement.objects.get(pk=held.pk).merged_into is None


def test_a_statement_of_another_conversation_is_refused(mora, held, alice, conversation, lome):
    from people import words
    from tequio.ideas.deliberation.services.conversations import Plan, open_conversation

    plan = Plan(question=words("Another?"), background={}, languages=["en"])
    other = open_conversation(plan, territory=lome, seeds=[words("Elsewhere.")], by=alice)
    with pytest.raises(Refused):
        merge_statement(held, other.statements.get(), by=mora)
    with pytest.raises(Refused):
        merge_statement(held, held, by=mora)


def test_what_was_merged_here_moves_along(mora, hold, conversation):
    first, second = hold("The first of all."), hold("The second of all.")
    target = conversation.statements.get(number=0)
    merge_statement(first, second_published(second, mora), by=mora)
    merge_statement(second, target, by=mora)
    assert Statement.objects.get(pk=first.pk).merged_into_id == target.pk
    with pytest.raises(Refused):
        merge_statement(target, second, by=mora)


def second_published(statement, mora):
    from tequio.ideas.deliberation.services.moderation import publish_statement

    return publish_statement(statement, by=mora)


def test_undoing_lets_it_stand_alone_again(browser_of, mora, held, conversation):
    target = conversation.statements.get(number=0)
    merge_statement(held, target, by=mora)
    page = browser_of(mora).get(f"/en/statements/{held.pk}/decide/").content.decode()
    assert "Undo the merge" in page
    send(browser_of(mora), f"/en/statements/{held.pk}/decide/", {"do": "unmerge"})
    assert open_statements(conversation).filter(pk=held.pk).exists()
    with pytest.raises(Refused):
        unmerge_statement(held, by=mora)


def test_a_hidden_one_cannot_take_answers(mora, held, conversation):
    target = conversation.statements.get(number=0)
    decline_statement(target, reason="spam", by=mora)
    with pytest.raises(Refused):
        merge_statement(held, target, by=mora)


def test_the_second_of_two_is_told(browser_of, mora, held, conversation):
    decline_statement(held, reason="spam", by=mora)
    page = send(browser_of(mora), f"/en/statements/{held.pk}/merge/", {"number": "0", "seen": "held-0"})
    assert page.status_code == 422
    assert "A colleague decided" in page.content.decode()
