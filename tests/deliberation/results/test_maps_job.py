"""The map from an answer to the kept row, through a real worker; what is stored, what is thrown away."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

import jobs
from tequio.algorithms.opinion_map import VERSION, Parameters
from tequio.audit.models import Record
from tequio.catalogue.models import ItemCount
from tequio.ideas.deliberation.models import OpinionMap, Participant, StatementVote
from tequio.ideas.deliberation.selectors.people_arrays import unpack
from tequio.ideas.deliberation.services import maps
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.ideas.deliberation.services.conversations import close_conversation
from tequio.ideas.deliberation.services.maps import MAP_SECONDS, recompute_map

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_answers_become_a_map_by_one_job(queue, town, fill, guest):
    fill()
    before = timezone.now()
    for statement in town.statements.order_by("number")[:3]:
        answer_statement(statement, 1, by=guest)
    (job,) = jobs.waiting("deliberation.recompute")
    assert job.scheduled_at >= before + timedelta(seconds=MAP_SECONDS)
    jobs.make_jobs_due()
    jobs.work()
    made = OpinionMap.objects.get(conversation=town)
    assert (made.participants, made.votes, made.groups) == (36, 32 * 10 + 3 * 2 + 3, 2)
    assert (made.version, made.parameters) == (VERSION, Parameters().as_dict())
    assert not ProcrastinateJob.objects.filter(status="failed").exists()
    count = ItemCount.objects.get(item=town.pk)
    assert (count.people, count.acts, count.parts) == (36, made.votes, 10)
    assert Record.objects.filter(act="map.draw", data__digest=made.digest).count() == 1


def test_the_camps_are_the_groups(town, fill):
    people = fill()
    made = recompute_map(town.pk)
    assert [group["size"] for group in made.result["groups"]] == [20, 12]
    where = unpack(made.people)
    groups = {int(where.group[where.find(person)]) for person in people[:20]}
    assert groups == {0}
    assert {int(where.group[where.find(person)]) for person in people[20:32]} == {1}
    assert {int(where.group[where.find(person)]) for person in people[32:]} == {-1}
    assert where.find(10**9) is None


def test_what_is_stored_says_how_to_recompute_it(town, fill):
    fill()
    made = recompute_map(town.pk)
    assert made.result["algorithm"]["input_sha256"] == made.digest
    assert len(made.digest) == 64
    assert set(made.result["shared"]["agree"]) == {0, 1, 2}
    assert made.result["shared"]["disagree"] == [3]
    assert "positions" not in made.result
    assert all("members" not in group for group in made.result["groups"])
    assert made.result["counts"]["0"] == [sum(one) for one in zip(
        *(group["counts"]["0"] for group in made.result["groups"]), [0, 0, 3], strict=True
    )]  # fmt: skip


def test_nothing_new_no_new_row(town, fill):
    people = fill()
    assert recompute_map(town.pk) is not None
    assert recompute_map(town.pk) is None
    StatementVote.objects.filter(participant=people[0], statement__number=0).update(is_important=True)
    assert recompute_map(town.pk) is None
    StatementVote.objects.filter(participant=people[0], statement__number=0).update(value=-1)
    assert recompute_map(town.pk) is not None
    assert OpinionMap.objects.filter(conversation=town).count() == 2


def test_a_statement_left_out_makes_a_new_map(town, fill):
    fill()
    recompute_map(town.pk)
    town.statements.filter(number=8).update(is_meta=True)
    made = recompute_map(town.pk)
    assert (made.result["zeroed"], made.result["meta"]) == ([8], [8])


def test_no_answers_no_map(town):
    assert recompute_map(town.pk) is None
    assert recompute_map(10**9) is None
    assert not OpinionMap.objects.exists()


def test_only_the_newest_row_knows_who_stands_where(town, fill):
    people = fill()
    recompute_map(town.pk)
    Participant.objects.filter(pk=people[0]).update(is_banned=True)
    newest = recompute_map(town.pk)
    assert list(OpinionMap.objects.exclude(people=None).values_list("pk", flat=True)) == [newest.pk]
    assert unpack(newest.people).find(people[0]) is None


def test_once_on_the_map_always_on_the_map(town, fill):
    """Also with fewer answers than are needed now; the day she came stays."""
    people = fill()
    first = unpack(recompute_map(town.pk).people)
    since = int(first.since[first.find(people[0])]) - 1000
    changed = first.since.copy()
    changed[first.find(people[0])] = since
    OpinionMap.objects.update(
        people=maps.pack(type(first)(first.person, first.x, first.y, first.group, changed))
    )
    StatementVote.objects.filter(participant=people[0], statement__number__gte=3).delete()
    second = unpack(recompute_map(town.pk).people)
    index = second.find(people[0])
    assert second.is_placed[index]
    assert int(second.since[index]) == since
    late = second.find(people[-1])
    assert not second.is_placed[late]


def test_groups_keep_their_letters_when_their_sizes_change_places(town, fill):
    people = fill(camps=(20, 12))
    before = recompute_map(town.pk).result["groups"]
    assert [group["letter"] for group in before] == ["A", "B"]
    Participant.objects.filter(pk__in=people[:10]).update(is_banned=True)
    after = recompute_map(town.pk).result["groups"]
    assert [(group["letter"], group["size"]) for group in after] == [("B", 12), ("A", 10)]


def test_the_picture_is_not_mirrored_from_one_map_to_the_next(town, fill):
    people = fill()
    first = unpack(recompute_map(town.pk).people)
    StatementVote.objects.filter(participant=people[3], statement__number=4).update(value=0)
    second = unpack(recompute_map(town.pk).people)
    both = [(first.x[first.find(one)], second.x[second.find(one)]) for one in people[:32]]
    assert np.corrcoef(np.array(both).T)[0, 1] > 0.95


def test_history_is_thinned(town, fill, monkeypatch):
    fill()
    monkeypatch.setattr(maps, "_is_same", lambda *anything: False)
    now = timezone.now().replace(minute=0, second=30)
    ages = [
        timedelta(days=3, minutes=50), timedelta(days=3, minutes=30), timedelta(days=3, minutes=1),
        timedelta(hours=5, minutes=9), timedelta(hours=5, minutes=8), timedelta(hours=5, minutes=1),
    ]  # fmt: skip
    rows = []
    for age in ages:
        row = recompute_map(town.pk)
        OpinionMap.objects.filter(pk=row.pk).update(made_at=now - age)
        rows.append(row.pk)
    newest = recompute_map(town.pk).pk
    # The first of all stays, of the later hour's others the last, of the ten minutes the last.
    assert set(OpinionMap.objects.values_list("pk", flat=True)) == {rows[0], rows[2], rows[5], newest}


def test_closing_asks_for_a_last_map(town, fill, alice):
    fill()
    close_conversation(town, by=alice)
    jobs = ProcrastinateJob.objects.filter(task_name="deliberation.recompute", args={"pk": town.pk})
    assert jobs.count() == 1
