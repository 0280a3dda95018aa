"""Changing a process: words keep their history, dates a public reason, phases their parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from people import words
from processes_at_hand import cooperative, process_of
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import Item, Revision
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.invariants import phases_end_after_they_begin, phases_follow_one_another
from tequio.ideas.processes.models import DateChange, Phase, Process
from tequio.ideas.processes.selectors.organising import version_of
from tequio.ideas.processes.services import PhasePlan, Plan
from tequio.ideas.processes.services.changing import (
    change_process,
    close_process,
    publish_process,
    withdraw_process,
)
from tequio.ideas.processes.services.opening import start_process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
IDEAS = ((Act.CREATE, "idea", ""), (Act.COMMENT, "idea", "members"))


@pytest.fixture
def plan() -> Plan:
    now = timezone.now().replace(microsecond=0)
    return Plan(
        words("Lights"), words("Where it is dark."), words("Forty lamps."),
        [
            PhasePlan(words("Ideas"), now - timedelta(days=2), now + timedelta(days=5), features=IDEAS),
            PhasePlan(words("Answers"), now + timedelta(days=6), now + timedelta(days=9)),
        ],
        languages=["en"],
    )  # fmt: skip


@pytest.fixture
def process(plan: Plan, lome: Territory, alice: Person) -> Process:
    return start_process(plan, territory=lome, by=alice)


def as_it_stands(process: Process, plan: Plan) -> Plan:
    """The plan with the phases' numbers, as the form of a change has it."""
    rows = process.phases.order_by("position")
    return replace(plan, phases=[replace(one, pk=row.pk) for one, row in zip(plan.phases, rows, strict=True)])


def test_its_dates_are_those_of_its_steps_and_its_clock_that_of_the_place(process: Process, plan: Plan):
    item = process.item
    assert (item.opens_at, item.closes_at) == (plan.phases[0].opens_at, plan.phases[1].closes_at)
    assert process.zone == "Africa/Lome"
    assert Record.objects.filter(act="process.open").count() == 1
    without_end = replace(plan, phases=[plan.phases[0], PhasePlan(words("Then"))])
    assert (without_end.opens_at, without_end.closes_at) == (None, None)
    features = process.phases.get(position=0).features.values_list("act", "kind", "who_may")
    assert sorted(features) == [("comment", "idea", "members"), ("create", "idea", "")]


def test_only_facilitators_open_and_only_in_the_name_of_those_they_act_for(
    plan: Plan, lome: Territory, alice: Person, charlie: Person, member: Person
):
    for person in (charlie, member):
        with pytest.raises(Refused, match="Only facilitators"):
            start_process(plan, territory=lome, by=person)
    theirs = cooperative(lome, charlie)
    with pytest.raises(Refused, match="Only those who act"):
        start_process(replace(plan, organisation=theirs), territory=lome, by=alice)
    assert start_process(plan, territory=lome, by=SYSTEM).item.author is None


def test_words_keep_their_history(process: Process, plan: Plan, alice: Person):
    new = replace(as_it_stands(process, plan), title=words("Light for all"))
    change_process(process, new, by=alice)
    change = Revision.objects.get(item=process.pk).changes[0]
    assert (change["before"], change["after"]) == ("Lights", "Light for all")
    assert not DateChange.objects.exists()


def test_dates_change_with_a_reason_only(process: Process, plan: Plan, alice: Person):
    later = timezone.now() + timedelta(days=20)
    new = as_it_stands(process, plan)
    new = replace(new, phases=[replace(new.phases[0], closes_at=later), *new.phases[1:]])
    with pytest.raises(Refused, match="Say why") as refused:
        change_process(process, new, by=alice)
    assert refused.value.code == "reason"
    change_process(process, new, reason="The storm.", by=alice)
    change = DateChange.objects.get()
    assert (change.closed_before, change.closes_at) == (plan.phases[0].closes_at, later)
    assert (change.reason, change.by, change.was_over, change.is_new, change.is_gone) == (
        "The storm.", alice, False, False, False,
    )  # fmt: skip
    assert Item.objects.get(pk=process.pk).closes_at == later


def test_what_was_over_is_not_opened_again_in_silence(process: Process, plan: Plan, alice: Person):
    past = timezone.now() - timedelta(hours=1)
    Phase.objects.filter(process=process, position=0).update(closes_at=past)
    new = as_it_stands(process, plan)
    with pytest.raises(Refused):
        change_process(process, new, by=alice)
    change_process(process, new, reason="Too few had heard of it.", by=alice)
    assert DateChange.objects.get().was_over
    changed = Phase.objects.get(process=process, position=0)
    assert changed.closes_at == plan.phases[0].closes_at


def test_steps_come_go_and_change_places(process: Process, plan: Plan, alice: Person):
    first, second = as_it_stands(process, plan).phases
    part = Item.objects.create(kind="conversation", title=words("Talk"), territory=process.item.territory)
    Phase.objects.filter(pk=first.pk).update(part=part)
    new = replace(plan, phases=[second, PhasePlan(words("Between")), first])
    change_process(process, new, reason="Answers first.", by=alice)
    rows = list(process.phases.order_by("position"))
    assert [row.title["en"]["text"] for row in rows] == ["Answers", "Between", "Ideas"]
    assert (rows[2].pk, rows[2].part) == (first.pk, part)
    assert DateChange.objects.get().is_new
    change_process(process, replace(new, phases=[first]), reason="One is enough.", by=alice)
    assert [row.pk for row in process.phases.all()] == [first.pk]
    assert DateChange.objects.filter(is_gone=True).count() == 2
    assert list(phases_follow_one_another()) == list(phases_end_after_they_begin()) == []


def test_a_draft_needs_no_reason(plan: Plan, lome: Territory, alice: Person):
    process = start_process(plan, territory=lome, is_draft=True, by=alice)
    new = as_it_stands(process, plan)
    change_process(process, replace(new, phases=[new.phases[0]]), by=alice)
    assert process.phases.count() == 1
    assert not DateChange.objects.exists()


def test_nobody_saves_over_what_another_changed(process: Process, plan: Plan, alice: Person, bob: Person):
    seen = version_of(process)
    change_process(process, replace(as_it_stands(process, plan), title=words("Lamps")), seen=seen, by=bob)
    process = Process.objects.select_related("item__territory").get(pk=process.pk)
    assert version_of(process) != seen
    with pytest.raises(Refused) as refused:
        change_process(process, as_it_stands(process, plan), seen=seen, by=alice)
    assert refused.value.code == "changed"


def test_who_answers_is_one_or_the_place_itself(process: Process, plan: Plan, alice: Person, lome: Territory):
    organisation = cooperative(lome, alice)
    parties = process.item.parties.filter(role=PartyRole.ANSWERS)
    for _twice in range(2):
        change_process(process, replace(as_it_stands(process, plan), answers=organisation), by=alice)
        assert [party.organisation for party in parties.all()] == [organisation]
    change_process(process, as_it_stands(process, plan), by=alice)
    assert not parties.exists()


def test_closing_ends_the_step_and_takes_the_later_ones_away(process: Process, alice: Person):
    with pytest.raises(Refused, match="Say why"):
        close_process(process, reason="", by=alice)
    before = timezone.now()
    close_process(process, reason="The money is gone.", by=alice)
    item, phase = Item.objects.get(pk=process.pk), Phase.objects.get(process=process)
    assert item.is_over
    assert phase.step == "done"
    assert phase.closes_at
    assert before <= phase.closes_at <= timezone.now()
    assert [(row.words.text, row.is_gone) for row in DateChange.objects.order_by("pk")] == [
        ("Ideas", False), ("Answers", True),
    ]  # fmt: skip


def test_one_that_has_not_begun_can_be_closed(lome: Territory, alice: Person):
    begins = timezone.now() + timedelta(days=2)
    plan = Plan(words("Later"), {}, {}, [PhasePlan(words("Ideas"), begins, begins + timedelta(days=1))])
    process = start_process(plan, territory=lome, by=alice)
    close_process(process, reason="No more.", by=alice)
    item = Item.objects.get(pk=process.pk)
    assert item.is_over
    assert item.opens_at is None
    assert not process.phases.exists()


def test_out_of_sight_and_back(process: Process, alice: Person, member: Person, make_member: Any):
    with pytest.raises(Refused, match="Only those who look after"):
        withdraw_process(process, by=member)
    withdraw_process(process, by=alice)
    assert Item.objects.get(pk=process.pk).state == "withdrawn"
    publish_process(process, by=alice)
    assert Item.objects.get(pk=process.pk).state == "published"


def test_who_was_named_does_not_publish_a_draft_alone(lome: Territory, alice: Person, member: Person):
    plan = Plan(words("Lights"), {}, {}, [PhasePlan(words("Ideas"))])
    process = start_process(plan, territory=lome, is_draft=True, by=alice)
    process.item.parties.create(person=member, role=PartyRole.ORGANISER, accepted_at=timezone.now())
    with pytest.raises(Refused, match="Only facilitators"):
        publish_process(process, by=member)
    publish_process(process, by=alice)
    assert process_of(lome, alice).item.is_shown
