"""Who answers, prepares, asks, tells of results and judges them; both faces of a rule say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from owing import NO, YES, fresh, owe, put_idea
from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.ideas.answers import permissions
from tequio.ideas.answers.enums import Hindrance
from tequio.ideas.answers.models import Answer, AnswerDue, Result
from tequio.ideas.answers.selectors.desk import chosen_dues
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.answers.services.papers import add_paper
from tequio.ideas.answers.services.templates import save_template
from tequio.ideas.processes.models import Entry, PhaseFeature, Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.ideas.proposals.models import Support
from tequio.notifications.services import follow_item
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.people.services import grant_role
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(lome: Territory) -> Process:
    """Ideas are answered in its second phase, which has not begun."""
    now = timezone.now()
    made = open_process(
        title=words("A call"), summary={}, background={}, territory=lome, languages=["en"], by=SYSTEM,
        phases=[
            PhasePlan(words("Gather"), now - timedelta(days=3), now + timedelta(days=3)),
            PhasePlan(words("Answer"), now + timedelta(days=3), now + timedelta(days=9)),
        ],
    )  # fmt: skip
    gather, answer = made.phases.order_by("position")
    PhaseFeature.objects.create(phase=gather, act="create", kind="idea")
    PhaseFeature.objects.create(phase=answer, act="answer", kind="idea", who_may="residents")
    return made


def move(process: Process, days: int) -> None:
    """The phases as they will stand in so many days."""
    for phase in process.phases.all():
        phase.opens_at -= timedelta(days=days)
        phase.closes_at -= timedelta(days=days)
        phase.save()


def test_stewards_answer_and_nobody_else(
    idea: Item, sena: Person, bea: Person, alice: Person, mora: Person, member: Person, guest: Person
):
    assert permissions.hindrance(sena, idea) == Hindrance.NONE
    for other in (bea, alice, mora, member, guest, None):
        assert permissions.hindrance(other, idea) == Hindrance.OFFICE
        assert not permissions.answers_for(other, idea)
        assert not permissions.can_ask(other, fresh(idea.pk))
    assert permissions.can_ask(sena, idea)


def test_a_steward_of_a_larger_place_answers_too(
    idea: Item, togo: Territory, make_member: Callable[..., Person]
):
    assert permissions.can_answer(make_member("Kofi", "steward", togo), idea)


def test_who_left_answers_nothing(idea: Item, sena: Person):
    sena.is_active = False
    assert permissions.hindrance(sena, idea) == Hindrance.OFFICE
    assert not permissions.dues_visible_to(sena).exists()


def test_what_is_hidden_or_no_idea_is_not_answered(
    idea: Item, sena: Person, process: Process, result: Result
):
    idea.hidden_by = "moderation.decision:1"
    assert permissions.hindrance(sena, idea) == Hindrance.GONE
    for thing in (process.item, result.item):
        assert permissions.hindrance(sena, fresh(thing.pk)) == Hindrance.GONE
        assert not permissions.can_ask(sena, fresh(thing.pk))


def test_who_acts_for_the_organisation_that_owes_it(
    idea: Item, bea: Person, clerk: Person, water: Organisation
):
    assert not permissions.can_answer(bea, fresh(idea.pk))
    due = owe(idea, organisation=water)
    assert permissions.can_answer(bea, fresh(idea.pk))
    assert not permissions.can_answer(clerk, fresh(idea.pk))
    assert permissions.can_prepare(clerk, fresh(idea.pk))
    AnswerDue.objects.filter(pk=due.pk).update(assigned_to=clerk)
    assert permissions.can_answer(clerk, fresh(idea.pk))
    assert not permissions.answers_for(clerk, fresh(idea.pk))


def test_the_addressee_of_a_process(idea: Item, bea: Person, water: Organisation, process: Process):
    Entry.objects.create(item=idea, process=process)
    move(process, 5)
    assert not permissions.can_answer(bea, fresh(idea.pk))
    ItemParty.objects.create(item=process.item, organisation=water, role=PartyRole.ANSWERS)
    assert permissions.can_answer(bea, fresh(idea.pk))
    assert permissions.answering_ids(fresh(idea.pk)) == {water.pk}


def test_the_phase_of_today_opens_answers(idea: Item, sena: Person, process: Process):
    Entry.objects.create(item=idea, process=process)
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NOW
    move(process, 5)  # the officer need not live there, whoever the phase is for
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NONE
    move(process, 10)
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NOW


def test_what_is_late_can_be_answered_before_its_step(idea: Item, sena: Person, process: Process):
    Entry.objects.create(item=idea, process=process)
    owe(idea, days=1, since=5)
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NOW
    AnswerDue.objects.filter(item=idea).update(due_at=timezone.now() - timedelta(seconds=1))
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NONE


def test_what_is_owed_can_be_answered_after_its_step(idea: Item, sena: Person, process: Process):
    """A missed step does not silence the office for ever; what was said can be said better."""
    Entry.objects.create(item=idea, process=process)
    owe(idea, days=30, since=5)
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NOW
    move(process, 20)
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NONE
    given = give_answer(fresh(idea.pk), YES, by=sena)
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NONE
    AnswerDue.objects.filter(item=idea).update(due_at=timezone.now() - timedelta(seconds=1))
    give_answer(fresh(idea.pk), NO, seen=given.pk, by=sena)
    assert Answer.objects.filter(item=idea).count() == 2


def test_a_step_for_other_things_opens_nothing(idea: Item, sena: Person, process: Process):
    Entry.objects.create(item=idea, process=process)
    owe(idea, days=30, since=5)
    move(process, 5)
    PhaseFeature.objects.filter(act="answer").update(kind="problem")
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NOW


def test_a_process_that_is_hidden_opens_nothing_but_what_is_late(idea: Item, sena: Person, process: Process):
    Entry.objects.create(item=idea, process=process)
    owe(idea, days=30, since=5)
    move(process, 5)
    Item.objects.filter(pk=process.pk).update(hidden_by="moderation.decision:1")
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NOW
    AnswerDue.objects.filter(item=idea).update(due_at=timezone.now() - timedelta(seconds=1))
    assert permissions.hindrance(sena, fresh(idea.pk)) == Hindrance.NONE


@pytest.mark.parametrize("days", [0, 5, 20])
@pytest.mark.parametrize("is_late", [True, False])
@pytest.mark.parametrize("is_hidden", [True, False])
def test_rows_are_chosen_as_one_is_asked(
    lome: Territory, member: Person, sena: Person, process: Process, days: int, is_late: bool, is_hidden: bool
):
    """The rule in the database and the rule for one item, before, in and after the step."""
    bare = open_process(
        title=words("Bare"), summary={}, background={}, territory=lome, languages=["en"], phases=[], by=SYSTEM
    )
    move(process, days)
    hidden_by = "moderation.decision:1" if is_hidden else ""
    Item.objects.filter(pk__in=[process.pk, bare.pk]).update(hidden_by=hidden_by)
    items = [put_idea(lome, f"Idea {number}", by=member) for number in range(4)]
    for item, where in zip(items, (process, bare, None, process), strict=True):
        owe(item, days=-1 if is_late else 5, since=9)
        if where is not None:
            Entry.objects.create(item=item, process=where)
    Item.objects.filter(pk=items[3].pk).update(kind="problem")
    together = set(AnswerDue.objects.filter(permissions.answerable(Now())).values_list("pk", flat=True))
    assert together == {item.pk for item in items if permissions.can_answer(sena, fresh(item.pk))}
    assert {items[1].pk, items[2].pk} <= together


def test_a_process_without_phases_bars_nothing(idea: Item, sena: Person, lome: Territory):
    bare = open_process(
        title=words("Bare"), summary={}, background={}, territory=lome, languages=["en"], phases=[], by=SYSTEM
    )
    Entry.objects.create(item=idea, process=bare)
    assert permissions.can_answer(sena, fresh(idea.pk))


def test_both_faces_agree(
    lome: Territory,
    bilbao: Territory,
    member: Person,
    sena: Person,
    bea: Person,
    clerk: Person,
    alice: Person,
    guest: Person,
    water: Organisation,
    process: Process,
):
    items = [
        put_idea(place, f"Idea {number}", by=member)
        for number, place in enumerate((lome, lome, bilbao, lome))
    ]
    owe(items[0])
    owe(items[1], organisation=water)
    owe(items[2])
    owe(items[3])
    AnswerDue.objects.filter(item=items[3]).update(assigned_to=clerk)
    ItemParty.objects.create(item=items[2], organisation=water, role=PartyRole.ANSWERS)
    for person in (sena, bea, clerk, alice, member, guest, None):
        listed = set(permissions.dues_visible_to(person).values_list("pk", flat=True))
        asked = {
            item.pk for item in items
            if permissions.answers_for(person, fresh(item.pk)) or permissions.can_answer(person, fresh(item.pk))
        }  # fmt: skip
        assert listed == asked, person


def test_who_may_prepare(idea: Item, alice: Person, charlie: Person, member: Person, guest: Person):
    owe(idea)
    assert permissions.can_prepare(alice, idea)
    for other in (charlie, member, guest, None):
        assert not permissions.can_prepare(other, idea)


def test_who_hands_on(idea: Item, sena: Person, alice: Person):
    due = owe(idea)
    assert permissions.can_assign(sena, due)
    assert not permissions.can_assign(alice, due)
    due.answered_at = timezone.now()
    assert not permissions.can_assign(sena, due)


def test_a_result_begins_with_a_yes(idea: Item, sena: Person, alice: Person):
    assert not permissions.can_make_result(sena, idea, None)
    assert not permissions.can_make_result(sena, idea, give_answer(idea, NO, by=sena))
    seen = idea.answers.get().pk
    yes = give_answer(fresh(idea.pk), YES, seen=seen, by=sena)
    assert permissions.can_make_result(sena, fresh(idea.pk), yes)
    assert not permissions.can_make_result(alice, fresh(idea.pk), yes)


def test_who_tells_of_a_result(
    result: Result, sena: Person, bea: Person, alice: Person, guest: Person, water: Organisation,
    make_member: Callable[..., Person], lome: Territory,
):  # fmt: skip
    translator = make_member("Tana", "translator", lome)
    assert permissions.can_run(SYSTEM, result)
    assert permissions.can_run(sena, result)
    assert permissions.can_translate(translator, result)
    assert not permissions.can_run(translator, result)
    for other in (bea, alice, guest, None):
        assert not permissions.can_run(other, result)
    for other in (bea, guest, None):
        assert not permissions.can_translate(other, result)
    result.organisation = water
    assert permissions.can_run(bea, result)
    assert permissions.can_add_paper(sena, result.item)
    assert not permissions.can_add_paper(alice, result.item)


def test_documents_beside_an_answer(idea: Item, sena: Person, alice: Person, process: Process):
    assert permissions.can_add_paper(sena, idea)
    assert not permissions.can_add_paper(alice, idea)
    assert not permissions.can_add_paper(sena, process.item)
    with pytest.raises(Exception, match="Only those who answer"):
        add_paper(idea, None, words("x"), by=alice)  # type: ignore[arg-type]


def test_who_translates_an_answer(
    idea: Item, sena: Person, bea: Person, alice: Person, member: Person, guest: Person,
    make_member: Callable[..., Person], lome: Territory,
):  # fmt: skip
    translator = make_member("Tana", "translator", lome)
    first = give_answer(idea, NO, by=sena)
    for person in (sena, alice, translator):
        assert permissions.can_translate_answer(person, first)
    for other in (bea, member, guest, None):
        assert not permissions.can_translate_answer(other, first)
    second = give_answer(fresh(idea.pk), YES, seen=first.pk, by=sena)
    first.refresh_from_db()
    assert not permissions.can_translate_answer(translator, first)  # it is history
    assert permissions.can_translate_answer(translator, second)


def test_templates_and_batches_are_for_officers(lome: Territory, sena: Person, alice: Person, guest: Person):
    assert permissions.can_keep_templates(sena, lome)
    for other in (alice, guest, None):
        assert not permissions.can_keep_templates(other, lome)
    for other in (guest, None):
        assert not permissions.templates_visible_to(other).exists()
        assert not permissions.batches_visible_to(other).exists()


def test_who_asked_for_it_judges(
    result: Result, idea: Item, sena: Person, bea: Person, alice: Person, guest: Person, member: Person
):
    assert permissions.can_judge(sena, result)  # who made it follows it
    assert not permissions.can_judge(None, result)
    assert not permissions.can_judge(guest, result)
    follow_item(result.item, by=guest)
    assert permissions.can_judge(guest, result)
    follow_item(idea, by=alice)
    assert permissions.can_judge(alice, result)
    support = Support.objects.create(idea_id=idea.pk, person=bea)
    assert permissions.can_judge(bea, result)
    support.withdrawn_at = timezone.now()
    support.save()
    assert not permissions.can_judge(bea, result)


def test_opinions_have_their_age(result: Result, member: Person):
    follow_item(result.item, by=member)
    member.year_of_birth = timezone.now().year - 12
    member.country = "ES"
    assert not permissions.can_judge(member, result)


def test_nobody_judges_what_is_hidden(result: Result, sena: Person):
    result.item.hidden_by = "moderation.decision:1"
    assert not permissions.can_judge(sena, result)


def test_drafts_and_their_documents_are_seen_by_nobody(result: Result, guest: Person):
    Item.objects.filter(pk=result.pk).update(state="draft")
    assert not permissions.results_visible_to(guest).exists()
    assert not permissions.papers_visible_to(None).exists()


def test_a_new_role_counts_at_once(idea: Item, lome: Territory, make_member: Callable[..., Person]):
    person = make_member("Nadu")
    grant_role(person, "steward", lome, by=SYSTEM)
    assert permissions.can_answer(Person.objects.get(pk=person.pk), idea)


def test_templates_are_kept_by_their_stewards(lome: Territory, sena: Person, bea: Person):
    kept = save_template(lome, name="Thanks", decision="declined", reasons=words("Thank you."), by=sena)
    assert list(permissions.templates_visible_to(sena)) == [kept]
    assert not permissions.templates_visible_to(bea).exists()


def test_many_are_asked_together(
    lome: Territory, sena: Person, bea: Person, member: Person, water: Organisation, process: Process,
    django_assert_num_queries,
):  # fmt: skip
    """As one by one, in few questions: on the desk of forty."""
    items = [put_idea(lome, f"Idea {number}", by=member) for number in range(4)]
    for number, item in enumerate(items):
        owe(item, days=-1 if number == 0 else 5, since=9)
        if number < 3:
            Entry.objects.create(item=item, process=process)
    ItemParty.objects.create(item=process.item, organisation=water, role=PartyRole.ANSWERS)
    pks = [item.pk for item in items]
    one_by_one = {pk: permissions.hindrance(bea, fresh(pk)) for pk in pks}
    with django_assert_num_queries(3):
        dues = chosen_dues(bea, pks, most=10)
        together = {due.pk: permissions.hindrance(bea, due.item) for due in dues}
    assert together == {pk: one_by_one[pk] for pk in pks[:3]}
    assert one_by_one == {
        pks[0]: Hindrance.NONE, pks[1]: Hindrance.NOW, pks[2]: Hindrance.NOW, pks[3]: Hindrance.OFFICE,
    }  # fmt: skip
    assert {permissions.hindrance(sena, due.item) for due in chosen_dues(sena, pks[3:], most=10)} == {
        Hindrance.NONE
    }


def test_nobody_judges_after_leaving(result: Result, sena: Person):
    sena.is_active = False
    assert not permissions.can_judge(sena, result)
    assert not permissions.asked_for(None, result)
