"""Consent for opinions: agreed to by the first answer, taken back, given again."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from forms import send
from jobs import waiting
from people import words
from tequio.base.errors import Refused
from tequio.consent.enums import Purpose
from tequio.consent.models import Consent, ConsentFact
from tequio.consent.selectors import has_consent
from tequio.ideas.deliberation.invariants import nobody_is_counted_who_took_it_back
from tequio.ideas.deliberation.models import Participant, StatementVote
from tequio.ideas.deliberation.selectors.taking_part import asks_consent, participant_of, withdrawn_answers
from tequio.ideas.deliberation.selectors.vote_reading import read_votes
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.maps import recompute_map
from tequio.ideas.deliberation.services.withdrawing import follow_consent, restore_answers, withdraw_answers
from tequio.people.models import Person
from tequio.people.services.merging import merge_guest

pytestmark = pytest.mark.django_db
WORDS = "By sending it you agree."


def url(conversation):
    return f"/es/conversations/{conversation.pk}/answer/"


@pytest.fixture
def answered(conversation, guest):
    for statement in conversation.statements.all():
        answer_statement(statement, 1, by=guest)
    return conversation


def test_the_first_answer_agrees_in_the_language_of_the_page(client, conversation):
    page = client.get(url(conversation))
    assert page.context["consent"].version == "opinions-1"
    send(client, url(conversation), {"statement": page.context["statement"].pk, "vote": "agree"})
    fact = ConsentFact.objects.get()
    assert (fact.version, fact.is_given, fact.language, fact.channel) == ("opinions-1", True, "es", "web")
    assert fact.person == Participant.objects.get().person
    assert fact.digest == page.context["consent"].digest("es")
    again = client.get(url(conversation))
    assert again.context["consent"] is None
    send(client, url(conversation), {"statement": again.context["statement"].pk, "vote": "agree"})
    assert ConsentFact.objects.count() == 1


def test_a_statement_as_the_first_act_agrees_too(client, conversation):
    address = f"/en/conversations/{conversation.pk}/write/"
    assert WORDS in client.get(address).content.decode()
    send(client, address, {"text": "Mend the old masts first.", "language": "en"})
    assert Consent.objects.get().version == "opinions-1"
    assert WORDS not in client.get(address).content.decode()


def test_only_the_first_answer_costs_more(conversation, guest, django_assert_num_queries):
    first, second, third = conversation.statements.select_related(
        "item", "conversation__item__territory", "conversation__item__entry__process"
    )
    answer_statement(first, 1, by=guest)
    answer_statement(second, 1, by=guest)  # the map has been asked for
    with django_assert_num_queries(6) as counted:
        answer_statement(third, 1, by=guest)
    assert not any("consent_" in query["sql"] for query in counted.captured_queries)


def test_taking_it_back_empties_the_next_map(answered, guest, member):
    for statement in answered.statements.all():
        answer_statement(statement, -1, by=member)
    drawn = recompute_map(answered.pk)
    assert (drawn.participants, drawn.votes) == (2, 6)
    assert withdraw_answers(guest, by=guest) == 3
    assert not has_consent(guest, Purpose.OPINIONS)
    assert withdrawn_answers(guest) == 3
    assert {"pk": answered.pk} in [job.args for job in waiting("deliberation.recompute")]
    drawn = recompute_map(answered.pk)
    assert (drawn.participants, drawn.votes) == (1, 3)
    assert StatementVote.objects.count() == 6
    assert withdraw_answers(guest, by=guest) == 0


def test_everybody_taking_it_back_leaves_an_empty_map(answered, guest):
    recompute_map(answered.pk)
    withdraw_answers(guest, by=guest)
    assert recompute_map(answered.pk).participants == 0


def test_the_export_has_none_of_it(client, answered, guest):
    address = f"/en/conversations/{answered.pk}/export/votes.csv"
    rows = b"".join(client.get(address)).decode().splitlines()
    assert len(rows) == 4
    withdraw_answers(guest, by=guest)
    assert len(b"".join(client.get(address)).decode().splitlines()) == 1


def test_giving_it_again_brings_all_back(answered, guest):
    withdraw_answers(guest, by=guest)
    assert restore_answers(guest, by=guest) == 3
    assert withdrawn_answers(guest) == withdrawn_answers(None) == 0
    assert len(read_votes(answered).votes) == 3
    assert has_consent(guest, Purpose.OPINIONS)
    assert [fact.is_given for fact in ConsentFact.objects.order_by("id")] == [True, False, True]


def test_nobody_takes_back_for_another(answered, guest, member, alice):
    for other in (member, alice):
        with pytest.raises(Refused):
            withdraw_answers(guest, by=other)
    assert len(read_votes(answered).votes) == 3


def test_a_page_of_before_does_not_agree_for_her(answered, guest, browser_of):
    statement = answered.statements.first()
    browser = browser_of(guest)
    withdraw_answers(guest, by=guest)
    told = send(browser, url(answered), {"statement": statement.pk, "vote": "disagree"})
    assert told.status_code == 302
    assert not has_consent(guest, Purpose.OPINIONS)
    assert StatementVote.objects.get(statement=statement).value == 1
    address = f"/en/conversations/{answered.pk}/mine/{statement.number}/"
    assert send(browser, address, {"statement": statement.pk, "vote": "disagree"})["Location"] == address
    page = browser.get(address).content.decode()
    assert WORDS in page
    assert "Your earlier answers here then count again." in page
    assert 'name="agreed"' in page
    send(browser, address, {"statement": statement.pk, "vote": "disagree", "agreed": "1"})
    assert has_consent(guest, Purpose.OPINIONS)
    assert StatementVote.objects.get(statement=statement).value == -1
    assert not asks_consent(participant_of(answered, guest))
    assert len(read_votes(answered).votes) == 3


def test_a_statement_of_hers_waits_for_her_word(answered, guest, browser_of):
    withdraw_answers(guest, by=guest)
    browser, address = browser_of(guest), f"/en/conversations/{answered.pk}/write/"
    form = {"text": "Mend the old masts first.", "language": "en"}
    told = send(browser, address, form)
    assert told.status_code == 422
    assert "Please read what you agree to" in told.content.decode()
    assert "Mend the old masts first." in told.content.decode()
    assert send(browser, address, {**form, "agreed": "1"}).status_code == 302
    assert has_consent(guest, Purpose.OPINIONS)


def test_new_words_ask_those_who_agreed_to_old_ones(answered, guest):
    Participant.objects.update(consent="opinions-0")
    with pytest.raises(Refused) as refused:
        write_statement(answered, "Another thought.", language="en", by=guest)
    assert refused.value.code == "asks_consent"
    answer_statement(answered.statements.first(), 0, agrees=True, by=guest)
    assert Participant.objects.get().consent == "opinions-1"


def test_another_refusal_is_not_taken_for_a_question(answered, guest, browser_of):
    Participant.objects.update(is_banned=True)
    statement = answered.statements.first()
    assert (
        send(browser_of(guest), url(answered), {"statement": statement.pk, "vote": "pass"}).status_code == 403
    )
    form = {"text": "Mend the old masts first.", "language": "en"}
    address = f"/en/conversations/{answered.pk}/write/"
    assert send(browser_of(guest), address, form).status_code == 403


def test_two_rows_of_one_person_follow_the_later_word(answered, guest, member, lome, alice):
    """She answered as a guest, here and elsewhere, then took back as a member what she had agreed to."""
    other = open_conversation(
        Plan(question=words("Which market?"), background=words("")),
        territory=lome, seeds=[words("By the sea.")], by=alice,
    )  # fmt: skip
    answer_statement(other.statements.get(), 1, by=guest)
    answer_statement(answered.statements.first(), 1, by=member)
    withdraw_answers(member, by=member)
    merge_guest(guest, member, by=member)
    job = ProcrastinateJob.objects.get(task_name="deliberation.follow_consent")
    assert job.args == {"pk": member.pk}
    assert len(list(nobody_is_counted_who_took_it_back())) == 1
    assert follow_consent(**job.args) == 1
    assert not list(nobody_is_counted_who_took_it_back())
    assert follow_consent(pk=0) == 0


def test_agreeing_later_needs_no_following(answered, guest, member):
    answer_statement(answered.statements.first(), 1, by=member)
    withdraw_answers(member, by=member)
    withdraw_answers(guest, by=guest)
    restore_answers(guest, by=guest)
    merge_guest(guest, member, by=member)
    assert not ProcrastinateJob.objects.filter(task_name="deliberation.follow_consent").exists()
    assert follow_consent(pk=member.pk) == 0
    assert has_consent(member, Purpose.OPINIONS)
    assert asks_consent(participant_of(answered, member)), "what she took back counts when she says so again"


def test_verify_names_who_is_counted_without_consent(answered, guest):
    assert not list(nobody_is_counted_who_took_it_back())
    withdraw_answers(guest, by=guest)
    assert not list(nobody_is_counted_who_took_it_back())
    Participant.objects.update(withdrawn_at=None)
    assert len(list(nobody_is_counted_who_took_it_back())) == 1
    assert Person.objects.filter(pk=guest.pk).exists()
