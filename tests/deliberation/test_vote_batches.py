"""Answers are sealed by the batch: what was given can be read again later, whatever honestly became of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tampering import by_force
from tequio.audit import services as audit
from tequio.audit.models import Record
from tequio.ideas.deliberation import invariants
from tequio.ideas.deliberation.models import (
    Conversation,
    Participant,
    StatementVote,
    StatementVoteChange,
    VoteBatch,
)
from tequio.ideas.deliberation.selectors.vote_digests import digests
from tequio.ideas.deliberation.services import answering
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.ideas.deliberation.services.vote_batches import BEGINNING, LOCK, seal_taken_in, seal_votes
from tequio.people.models import Person
from tequio.people.services.merging import merge_guest
from tequio.portal.home.invariants import batches_of_answers_fit_what_is_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the slack of a minute."""
    settled = audit.SETTLED.replace("now() - interval '60 seconds'", "clock_timestamp()")
    monkeypatch.setattr(audit, "SETTLED", settled)


def fits() -> bool:
    return not [
        *batches_of_answers_fit_what_is_stored(),
        *invariants.batches_of_answers_are_those_that_were_recorded(),
    ]


def answers(conversation: Conversation, values: dict[int, int], by: Person) -> None:
    for number, value in values.items():
        answer_statement(conversation.statements.get(number=number), value, by=by)


@pytest.fixture
def sealed(conversation: Conversation, guest: Person, at_once: None) -> VoteBatch:
    answers(conversation, {0: 1, 1: -1, 2: 0}, guest)
    assert seal_votes() == 1
    return VoteBatch.objects.get()


def test_while_another_seals_nothing_is_sealed_twice(
    conversation: Conversation, guest: Person, at_once: None
) -> None:
    answers(conversation, {0: 1}, guest)
    another = connection.copy()
    try:
        with another.cursor() as cursor:
            cursor.execute(LOCK.replace("try_advisory_xact", "advisory"))
            assert seal_votes() == 0
            cursor.execute(LOCK.replace("try_advisory_xact_lock", "advisory_unlock"))
        assert seal_votes() == 1
    finally:
        another.close()


def test_where_nobody_answered_there_is_nothing_to_seal(conversation: Conversation) -> None:
    seal_taken_in(conversation)
    assert not VoteBatch.objects.exists()
    assert not Record.objects.filter(act="conversation.seal_votes").exists()


class TestABatch:
    def test_it_counts_and_is_recorded(self, sealed: VoteBatch, conversation: Conversation) -> None:
        assert (sealed.conversation, sealed.votes, sealed.since) == (conversation, 3, BEGINNING)
        row = Record.objects.get(act="conversation.seal_votes")
        assert (row.object, row.data) == (
            f"deliberation.votebatch:{sealed.pk}",
            {"votes": 3, "digest": sealed.digest},
        )
        assert fits()

    def test_the_next_goes_on_where_it_ended(
        self, sealed: VoteBatch, conversation: Conversation, member: Person
    ) -> None:
        assert seal_votes() == 0
        answers(conversation, {0: 1}, member)
        assert seal_votes() == 1
        second = VoteBatch.objects.latest("pk")
        assert (second.since, second.votes) == (sealed.until, 1)
        assert fits()

    def test_the_last_minute_is_left_for_later(self, conversation: Conversation, guest: Person) -> None:
        answers(conversation, {0: 1}, guest)
        assert seal_votes() == 0
        StatementVote.objects.update(at=timezone.now() - timedelta(seconds=61))
        assert seal_votes() == 1

    def test_a_quiet_conversation_has_none(self, sealed: VoteBatch, conversation: Conversation) -> None:
        later = timezone.now() + timedelta(hours=1)
        assert digests(conversation.pk, [(later, later + timedelta(hours=1))]) == [(0, "")]

    def test_spans_are_told_apart(self, conversation: Conversation, guest: Person, member: Person) -> None:
        answers(conversation, {0: 1, 1: 1}, guest)
        middle = timezone.now()
        answers(conversation, {0: 1}, member)
        end = timezone.now()
        both = digests(conversation.pk, [(BEGINNING, middle), (middle, end)])
        assert [votes for votes, _digest in both] == [2, 1]
        assert both == [
            *digests(conversation.pk, [(BEGINNING, middle)]),
            *digests(conversation.pk, [(middle, end)]),
        ]


class TestWhatHonestlyHappens:
    def test_a_changed_answer_is_read_from_its_history(
        self, sealed: VoteBatch, conversation: Conversation, guest: Person
    ) -> None:
        answers(conversation, {0: -1, 1: -1}, guest)
        assert fits()
        assert seal_votes() == 1
        assert VoteBatch.objects.latest("pk").votes == 1  # the same answer again is none
        answers(conversation, {0: 1}, guest)
        assert fits()

    def test_merging_loses_none(
        self, sealed: VoteBatch, conversation: Conversation, guest: Person, member: Person
    ) -> None:
        answers(conversation, {0: 1, 1: 1}, member)
        assert seal_votes() == 1
        merge_guest(guest, member, by=member)
        assert Participant.objects.count() == 1
        assert fits()

    def test_what_was_taken_in_is_older_and_has_its_own(
        self, sealed: VoteBatch, conversation: Conversation, guest: Person
    ) -> None:
        answers(conversation, {0: -1}, guest)
        seal_taken_in(conversation)
        own = VoteBatch.objects.get(is_taken_in=True)
        assert (own.since, own.votes) == (BEGINNING, 4)
        assert seal_votes() == 1, "the regular ones go on from the last regular one"
        assert fits()


class TestWhatIsFound:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE deliberation_statementvote SET value = -value WHERE value <> 0",
            "UPDATE deliberation_statementvote SET is_important = true",
            "UPDATE deliberation_statementvote SET at = at - interval '1 second'",
            "DELETE FROM deliberation_statementvote WHERE value = 1",
            "INSERT INTO deliberation_statementvote (participant_id, statement_id, value, is_important, at) "
            "SELECT 999999, statement_id, 1, false, at FROM deliberation_statementvote",
            "UPDATE deliberation_votebatch SET votes = 9",
            "UPDATE deliberation_votebatch SET digest = 'x'",
            "DELETE FROM deliberation_votebatch",
        ],
    )
    def test_by_force(self, sealed: VoteBatch, sql: str) -> None:
        by_force(sql)
        assert not fits()
        by_force("DELETE FROM deliberation_statementvote WHERE participant_id = 999999")

    def test_history_changed(self, sealed: VoteBatch, conversation: Conversation, guest: Person) -> None:
        answers(conversation, {0: -1}, guest)
        StatementVoteChange.objects.update(value=0)
        (finding,) = batches_of_answers_fit_what_is_stored()
        assert f"batch {sealed.pk}: 3 sealed, 3 found" in finding


@pytest.mark.django_db(transaction=True)
def test_a_slow_transaction_holds_the_batch_back(
    conversation: Conversation, guest: Person, member: Person, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer was given before the batch would end and is committed after: the batch ends before it."""
    monkeypatch.setattr(answering, "ask_for_map", lambda conversation: None)  # the second asker would wait
    first, second = conversation.statements.order_by("number")[:2]
    answered, go_on = threading.Event(), threading.Event()
    failures: list[Any] = []

    def slow() -> None:
        try:
            with transaction.atomic():
                answer_statement(first, 1, by=guest)
                answered.set()
                if not go_on.wait(10):
                    failures.append("nobody said go on")
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert answered.wait(10)
    answer_statement(second, 1, by=member)
    assert seal_votes() == 0, "the slow one began before the other's answer"
    go_on.set()
    thread.join(10)
    assert not failures
    assert seal_votes() == 1
    assert VoteBatch.objects.get().votes == 2
    assert fits()
