"""Votes come out of the database as a plain reading of the tables would give them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.algorithms.opinion_map import Votes, input_digest
from tequio.catalogue.enums import ItemState
from tequio.formats.polis import Source
from tequio.formats.polis_votes import read_votes as read_file
from tequio.ideas.deliberation.models import Participant, StatementVote
from tequio.ideas.deliberation.selectors import vote_reading
from tequio.ideas.deliberation.selectors.exporting import ExportFolder
from tequio.ideas.deliberation.selectors.vote_reading import read_votes
from tequio.ideas.deliberation.services.moderation import merge_statement

pytestmark = pytest.mark.django_db


def as_table(votes: Votes) -> dict[tuple[int, int], int]:
    return {
        (person, statement): value
        for person, statement, value in zip(
            votes.participants[votes.row].tolist(), votes.statements[votes.column].tolist(), votes.vote.tolist(),
            strict=True,
        )
    }  # fmt: skip


def test_as_the_tables_have_it(town, fill):
    people = fill()
    reading = read_votes(town)
    number = {person: index for index, person in enumerate(sorted(people))}
    expected = {
        (number[vote.participant_id], vote.statement.number): vote.value
        for vote in StatementVote.objects.select_related("statement")
    }
    assert as_table(reading.votes) == expected
    assert reading.persons.tolist() == sorted(people)
    assert (reading.zeroed, reading.meta) == ([], [])


def test_it_is_canonical(town, fill):
    """The same arrays as the algorithm's own sorting makes of the same votes."""
    fill()
    votes = read_votes(town).votes
    again = Votes.from_arrays(votes.participants[votes.row], votes.statements[votes.column], votes.vote)
    for name in ("participants", "statements", "row_start", "column", "vote"):
        ours, theirs = getattr(votes, name), getattr(again, name)
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()


def test_nobody_answered(town):
    reading = read_votes(town)
    assert len(reading.votes) == 0
    assert reading.persons.tolist() == []


def test_a_conversation_without_statements(conversation):
    conversation.statements.all().delete()
    assert len(read_votes(conversation).votes) == 0


def test_banned_people_do_not_count(town, fill):
    people = fill()
    Participant.objects.filter(pk=people[0]).update(is_banned=True)
    reading = read_votes(town)
    assert people[0] not in reading.persons
    assert len(reading.persons) == len(people) - 1


def test_what_is_declined_hidden_or_about_the_people_is_zeroed(town, fill):
    fill()
    declined, hidden, meta, withdrawn = town.statements.select_related("item").order_by("number")[:4]
    declined.item.state = ItemState.DECLINED
    hidden.item.hidden_by = "decision:1"
    withdrawn.item.state = ItemState.WITHDRAWN
    for one in (declined, hidden, withdrawn):
        one.item.save()
    meta.is_meta = True
    meta.save()
    reading = read_votes(town)
    assert reading.zeroed == [declined.number, hidden.number, meta.number]
    assert reading.meta == [meta.number]
    assert withdrawn.number not in reading.votes.statements


def test_an_answer_to_a_merged_statement_counts_for_the_other_one(town, fill, alice):
    """Unless she answered that one herself."""
    people = fill(camps=(3, 0), barely=0)
    source, target = town.statements.order_by("number")[3:5]
    StatementVote.objects.filter(participant=people[0], statement=target).delete()
    merge_statement(source, target, by=alice)
    votes = as_table(read_votes(town).votes)
    assert votes[0, target.number] == -1  # what she said to the merged one
    assert votes[1, target.number] == 1  # her own answer
    assert source.number not in {statement for _person, statement in votes}


def test_imported_people_keep_their_numbers_and_others_count_on(town, fill):
    people = fill(camps=(4, 0), barely=0)
    for person, source in zip(people[:3], (30, 7, 12), strict=True):
        Participant.objects.filter(pk=person).update(source=source)
    reading = read_votes(town)
    assert reading.votes.participants.tolist() == [7, 12, 30, 31]
    assert reading.persons.tolist() == [people[1], people[2], people[0], people[3]]
    changed = StatementVote.objects.filter(participant=people[1], statement__number=5)
    assert as_table(reading.votes)[7, 5] == changed.get().value


def test_an_export_has_the_same_fingerprint(town, fill, alice):
    people = fill()
    Participant.objects.filter(pk=people[2]).update(source=900)
    Participant.objects.filter(pk=people[4]).update(is_banned=True)
    merge_statement(*town.statements.order_by("number")[6:8], by=alice)
    out = io.BytesIO()
    ExportFolder(town).write_file("votes.csv", out)
    log = read_file(Source("votes.csv", lambda: io.BytesIO(out.getvalue())))
    exported = Votes.from_log(log.participant, log.statement, log.vote, log.timestamp)
    assert input_digest(exported) == input_digest(read_votes(town).votes)


def test_as_many_queries_for_many_votes_as_for_few(town, fill):
    with CaptureQueriesContext(connection) as few:
        fill(camps=(2, 1), barely=0)
        read_votes(town)
    del few
    with CaptureQueriesContext(connection) as one:
        read_votes(town)
    fill(camps=(60, 40))
    with CaptureQueriesContext(connection) as many:
        read_votes(town)
    assert len(one) == len(many)


def test_a_stream_that_is_no_copy_is_refused():
    with pytest.raises(ValueError, match="no binary COPY"):
        list(vote_reading._read_rows([b"something else entirely"]))
    row = vote_reading.COPY_HEADER + vote_reading.ROW.pack(2, 8, 5, 7) + bytes(7)
    with pytest.raises(ValueError, match="row 0 of the votes"):
        list(vote_reading._read_rows([row]))


@pytest.mark.parametrize("spread", [1, 10**9])
@settings(max_examples=40, deadline=None)
@given(
    answers=st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 5)), st.integers(-1, 1), min_size=1)
)
def test_any_votes_sort_as_the_algorithm_sorts_them(spread, answers):
    """By a table where ids lie close, by search where they lie far apart."""
    packed = {
        statement: np.array(
            [
                person * spread * 4 + value + 1
                for (person, topic), value in answers.items()
                if topic == statement
            ],
            ">i8",
        )
        for statement in {topic for _person, topic in answers}
    }
    votes = vote_reading._as_votes(packed, {statement: statement * 10 for statement in packed})
    assert as_table(votes) == {(person * spread, topic * 10): v for (person, topic), v in answers.items()}
