"""What the worker does for conversations: answers are sealed, taken in, left out and drawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from exports import COMMENTS, SUMMARY, VOTES
from jobs import failed, make_jobs_due, queue, strike, waiting, work
from tequio.audit.models import Record
from tequio.catalogue.models import ItemCount
from tequio.ideas.deliberation.models import (
    Conversation,
    ConversationImport,
    OpinionMap,
    Participant,
    StatementVote,
    VoteBatch,
)
from tequio.ideas.deliberation.services import maps
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.ideas.deliberation.services.importing import ask_for_import
from tequio.ideas.deliberation.services.withdrawing import withdraw_answers
from tequio.people.models import Person
from tequio.people.services.merging import merge_guest
from tequio.territories.models import Territory

__all__ = ["queue"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def answer_all(conversation: Conversation, by: Person) -> None:
    for statement in conversation.statements.all():
        answer_statement(statement, 1, by=by)


def test_answers_are_sealed_once_they_are_settled(conversation: Conversation, guest: Person):
    answer_all(conversation, guest)
    strike("deliberation.seal_votes")
    assert not VoteBatch.objects.exists()
    StatementVote.objects.update(at=timezone.now() - timedelta(minutes=5))
    strike("deliberation.seal_votes")
    batch = VoteBatch.objects.get(conversation=conversation)
    assert batch.votes == 3
    assert Record.objects.get(act="conversation.seal_votes").data == {"votes": 3, "digest": batch.digest}


def test_the_map_of_a_huge_conversation_is_drawn_in_the_long_lane(conversation: Conversation, guest: Person):
    answer_all(conversation, guest)
    ItemCount.objects.filter(item=conversation.pk).update(acts=maps.HUGE)
    (asked,) = waiting("deliberation.recompute")
    make_jobs_due()
    work()
    assert failed() == []
    assert OpinionMap.objects.get().votes == 3
    assert asked.queue_name == "default"
    assert ProcrastinateJob.objects.get(task_name="deliberation.recompute_huge").queue_name == "long"


def test_what_she_took_back_as_a_member_is_left_out_as_a_guest_too(
    conversation: Conversation, guest: Person, member: Person
):
    answer_all(conversation, guest)
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    withdraw_answers(member, by=member)
    merge_guest(guest, member, by=member)
    work()
    assert failed() == []
    assert not Participant.objects.filter(person=member, withdrawn_at=None).exists()


def test_a_folder_is_taken_in(alice: Person, lome: Territory):
    files = [
        ("votes.csv", VOTES.encode()),
        ("comments.csv", COMMENTS.encode()),
        ("summary.csv", SUMMARY.encode()),
    ]
    row = ask_for_import(files, territory=lome, language="en", by=alice)
    assert waiting("deliberation.import_conversation")[0].queue_name == "long"
    work()
    assert failed() == []
    row = ConversationImport.objects.get(pk=row.pk)
    assert row.state == "done"
    assert row.conversation.statements.exists()
