"""A guest who turns out to be a member: nothing lost, nothing twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F, UniqueConstraint
from procrastinate.contrib.django.models import ProcrastinateJob

from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import ItemParty
from tequio.ideas.deliberation.models import (
    Conversation,
    Participant,
    StatementVote,
    StatementVoteChange,
)
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.people.services.merging import merge_guest, pointers, stays_with_guest, unique_sets

pytestmark = pytest.mark.django_db


def votes(person: Person) -> dict[int, int]:
    return dict(
        StatementVote.objects.filter(participant__person=person).values_list("statement__number", "value")
    )


def test_guest_rows_move_where_the_member_has_none(
    conversation: Conversation, guest: Person, member: Person
) -> None:
    first = conversation.statements.get(number=0)
    answer_statement(first, 1, by=guest)
    mine = write_statement(conversation, "Let every school share its line.", language="en", by=guest)
    participant = Participant.objects.get(person=guest)

    assert merge_guest(guest, member, by=member) is True

    participant.refresh_from_db()
    mine.refresh_from_db()
    assert participant.person == member
    assert participant.answers == 1
    assert votes(member) == {0: 1}
    assert mine.author == participant
    assert mine.item.author == member
    guest.refresh_from_db()
    assert (guest.merged_into, guest.is_active) == (member, False)


def test_the_later_answer_stays_and_the_earlier_is_history(
    conversation: Conversation, guest: Person, member: Person
) -> None:
    first, second, third = conversation.statements.order_by("number")
    answer_statement(first, 1, by=guest)
    answer_statement(first, -1, by=member)  # the member's is later
    answer_statement(second, 1, by=member)
    answer_statement(second, -1, is_important=True, by=guest)  # the guest's is later
    answer_statement(third, 0, by=guest)  # only the guest's
    old = Participant.objects.get(person=member)

    merge_guest(guest, member, by=member)

    only = Participant.objects.get(conversation=conversation)
    assert only.pk == old.pk
    assert only.person == member
    assert only.answers == 3
    assert votes(member) == {0: -1, 1: -1, 2: 0}
    assert StatementVote.objects.get(statement=second).is_important
    before = StatementVoteChange.objects.filter(participant=only)
    assert set(before.values_list("statement__number", "value")) == {(0, 1), (1, 1)}
    assert not before.filter(changed_at__lt=F("given_at")).exists()


def test_of_equal_answers_the_earlier_is_history_too(
    conversation: Conversation, guest: Person, member: Person
) -> None:
    first = conversation.statements.get(number=0)
    answer_statement(first, 1, by=member)
    answer_statement(first, 1, by=guest)
    merge_guest(guest, member, by=member)
    assert votes(member) == {0: 1}
    assert StatementVoteChange.objects.get().value == 1  # it may be sealed already and must not get lost


def test_statements_and_history_of_a_merged_participant_follow(
    conversation: Conversation, guest: Person, member: Person
) -> None:
    first = conversation.statements.get(number=0)
    answer_statement(first, 1, by=member)
    answer_statement(first, 1, by=guest)
    answer_statement(first, 0, by=guest)
    mine = write_statement(conversation, "A mast on every market.", language="en", by=guest)
    merge_guest(guest, member, by=member)
    only = Participant.objects.get(person=member)
    mine.refresh_from_db()
    assert mine.author == only
    assert set(StatementVoteChange.objects.values_list("participant", flat=True)) == {only.pk}


def test_a_ban_is_not_shaken_off_by_merging(
    conversation: Conversation, guest: Person, member: Person
) -> None:
    first = conversation.statements.get(number=0)
    answer_statement(first, 1, by=guest)
    answer_statement(first, 1, by=member)
    Participant.objects.filter(person=guest).update(is_banned=True)
    merge_guest(guest, member, by=member)
    assert Participant.objects.get(person=member).is_banned


def test_a_new_map_is_asked_for(conversation: Conversation, guest: Person, member: Person) -> None:
    first = conversation.statements.get(number=0)
    for person in (guest, member):
        answer_statement(first, 1, by=person)
    ProcrastinateJob.objects.all()._raw_delete(
        "default"
    )  # the table is procrastinate's and read-only for the ORM
    merge_guest(guest, member, by=member)
    job = ProcrastinateJob.objects.get(task_name="deliberation.recompute")
    assert job.args == {"pk": conversation.pk}


def test_merging_twice_changes_nothing_the_second_time(
    conversation: Conversation, guest: Person, member: Person, make_member: Callable[..., Person]
) -> None:
    answer_statement(conversation.statements.get(number=0), 1, by=guest)
    assert merge_guest(guest, member, by=member)
    assert not merge_guest(guest, member, by=member)
    assert not merge_guest(guest, make_member("Other"), by=member)
    assert votes(member) == {0: 1}
    assert Record.objects.filter(act="person.merge").count() == 1


def test_a_member_is_never_merged_away(member: Person, make_member: Callable[..., Person]) -> None:
    assert not merge_guest(make_member("Other"), member, by=member)


def test_nothing_is_merged_into_a_guest_or_a_closed_account(guest: Person, member: Person) -> None:
    with pytest.raises(ValueError, match="not an active member"):
        merge_guest(guest, begin_guest(language="en"), by=member)
    Person.objects.filter(pk=member.pk).update(is_active=False)
    with pytest.raises(ValueError, match="not an active member"):
        merge_guest(guest, member, by=member)


def test_the_record_names_nobody(guest: Person, member: Person) -> None:
    merge_guest(guest, member, by=member)
    record = Record.objects.get(act="person.merge")
    assert (record.object, record.actor, record.data) == (
        member.audit_id,
        member.audit_id,
        {"guest": guest.pk},
    )


def test_a_unique_row_of_both_stays_once(conversation: Conversation, guest: Person, member: Person) -> None:
    """Without a rule for the later one the member's own stays."""
    for person, position in ((guest, 7), (member, 3)):
        ItemParty.objects.create(
            item=conversation.item, person=person, role=PartyRole.AUTHOR, position=position
        )
    merge_guest(guest, member, by=member)
    both = ItemParty.objects.filter(person__in=[guest, member])
    assert list(both.values_list("person", "position")) == [(member.pk, 3)]


def test_a_condition_of_a_constraint_is_respected(guest: Person, member: Person, lome: Any) -> None:
    """Two ended roles may stand side by side; only running ones exclude one another."""
    from django.utils import timezone

    from tequio.people.models import Role

    for person in (guest, member):
        Role.objects.create(person=person, role="moderator", territory=lome, ended_at=timezone.now())
        Role.objects.create(person=person, role="translator", territory=lome)
    merge_guest(guest, member, by=member)
    assert member.roles.filter(role="moderator").count() == 2
    assert member.roles.filter(role="translator").count() == 1


def test_rows_that_stay_with_the_guest_stay(
    conversation: Conversation, guest: Person, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the mark of a sealed ballot would: the row it hangs on stays too, and nothing breaks."""
    from tequio.base.privacy import Rule

    first = conversation.statements.get(number=0)
    answer_statement(first, 1, by=guest)
    answer_statement(first, -1, by=member)
    rule = Rule(person="participant", erase="keep", merge="keep", why="a sealed vote is not found again")
    monkeypatch.setattr(StatementVote, "privacy", rule)
    assert merge_guest(guest, member, by=member)
    assert votes(guest) == {0: 1}
    assert votes(member) == {0: -1}


def test_number_of_queries_does_not_grow_with_the_votes(
    conversation: Conversation, make_member: Callable[..., Person], django_assert_max_num_queries: Any
) -> None:
    statements = list(conversation.statements.order_by("number"))
    for count in (1, 3):
        member, guest = make_member(f"M{count}"), begin_guest(language="en")
        for statement in statements[:count]:
            answer_statement(statement, 1, by=guest)
            answer_statement(statement, 1, by=member)
        with django_assert_max_num_queries(120) as counted:
            merge_guest(guest, member, by=member)
        if count == 1:
            one = len(counted)
    assert len(counted) == one


def test_no_table_has_a_unique_rule_that_merging_cannot_read() -> None:
    """Over expressions, or with nulls that count as equal: merging would have to be taught those."""
    seen = 0
    for model in apps.get_models():
        if model is not Person and not any(pointing is model for pointing, _column in pointers(Person)):
            continue
        for rule in model._meta.constraints:
            if isinstance(rule, UniqueConstraint):
                seen += 1
                assert not rule.expressions, f"{model.__name__}: {rule.name}"
                assert rule.nulls_distinct is not False, f"{model.__name__}: {rule.name}"
    assert seen >= 3


def test_the_walk_finds_every_table_that_points_at_people() -> None:
    found = {f"{model.__name__}.{column}" for model, column in pointers(Person)}
    assert {"Participant.person_id", "Item.author_id", "Role.person_id", "EmailAddress.user_id"} <= found
    assert [others for others, _condition in unique_sets(Participant, "person_id")] == [["conversation"]]
    assert stays_with_guest(Person)
    assert not stays_with_guest(Participant)


@pytest.mark.django_db(transaction=True)
def test_two_browsers_merge_at_once(conversation: Conversation, make_member: Callable[..., Person]) -> None:
    """Two guests, one member, and each merge asked for twice at the same moment."""
    member = make_member("Twice")
    guests = [begin_guest(language="en") for _ in range(2)]
    statements = list(conversation.statements.order_by("number"))
    for guest in guests:
        for statement in statements:
            answer_statement(statement, 1, by=guest)
    results: list[bool] = []
    gate = threading.Barrier(4)

    def run(guest: Person) -> None:
        gate.wait(10)
        try:
            results.append(merge_guest(guest, member, by=member))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(guest,)) for guest in guests * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == [False, False, True, True]
    only = Participant.objects.get(conversation=conversation)
    assert (only.person, only.answers, only.votes.count()) == (member, 3, 3)


@pytest.mark.django_db(transaction=True)
def test_an_answer_at_the_same_moment_is_kept_or_refused_but_never_lost(
    conversation: Conversation, make_member: Callable[..., Person]
) -> None:
    """Another tab answers as the guest while she is being merged."""
    statements = list(conversation.statements.order_by("number"))
    refused = kept = 0
    for turn in range(12):
        member, guest = make_member(f"Turn{turn}"), begin_guest(language="en")
        gate, said = threading.Barrier(2), []
        if turn % 2:
            answer_statement(statements[0], 1, by=guest)

        def act(gate: threading.Barrier = gate, guest: Person = guest, said: list[str] = said) -> None:
            gate.wait(10)
            try:
                answer_statement(statements[1], -1, by=guest)
                said.append("kept")
            except Refused:
                said.append("refused")
            finally:
                connection.close()

        thread = threading.Thread(target=act)
        thread.start()
        gate.wait(10)
        time.sleep(0.002 * (turn // 2))
        merge_guest(guest, member, by=member)
        thread.join(30)
        assert not Participant.objects.filter(person=guest).exists()
        assert (1 in votes(member)) == (said == ["kept"])
        kept += said == ["kept"]
        refused += said == ["refused"]
    assert kept + refused == 12
