"""Answering, answering anew, taking back, asking, handing on; what followers read; eight officers at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from owing import NO, YES, fresh, owe, put_idea
from people import words
from processes_at_hand import process_of
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item, ItemParty
from tequio.ideas.answers.models import Answer, AnswerDue
from tequio.ideas.answers.selectors.standing import former_answers, standing_of
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.answers.services.answering import Said, ask_for_answer, assign, give_answer, take_back
from tequio.notifications.models import Announcement, Notice
from tequio.notifications.services import follow_item
from tequio.notifications.services.telling import tell_followers
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import acting_ids
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest, grant_role
from tequio.territories.models import Territory
from tequio.territories.services import rebuild_paths, save_territory


@pytest.mark.django_db
def test_an_answer_stops_the_clock_and_is_recorded(idea: Item, sena: Person):
    owe(idea)
    answer = give_answer(idea, YES, by=sena)
    due = AnswerDue.objects.get(item=idea)
    assert due.answered_at == answer.at
    standing = standing_of(idea)
    assert (standing.answer, standing.former, standing.is_empty) == (answer, 0, False)
    assert standing.clock
    assert standing.clock.is_over
    record = Record.objects.filter(act="answer.give").get()
    assert record.data == {"item": idea.pk, "decision": "accepted", "before": 0}


@pytest.mark.django_db
def test_a_new_answer_leaves_the_former_readable(idea: Item, sena: Person):
    first = give_answer(idea, NO, by=sena)
    second = give_answer(idea, YES, seen=first.pk, by=sena)
    first.refresh_from_db()
    assert first.replaced_at == second.at
    assert [row.note for row in former_answers(idea)] == ["In force", "Replaced"]
    assert standing_of(idea).former == 1


@pytest.mark.django_db
def test_who_wrote_on_an_older_page_is_told(idea: Item, sena: Person):
    give_answer(idea, NO, by=sena)
    with pytest.raises(Refused) as refused:
        give_answer(idea, YES, seen=0, by=sena)
    assert refused.value.code == "changed"
    assert Answer.objects.count() == 1


@pytest.mark.django_db
def test_taking_back_never_deletes_and_the_clock_runs_again(idea: Item, sena: Person, alice: Person):
    owe(idea)
    give_answer(idea, YES, by=sena)
    with pytest.raises(Refused):
        take_back(idea, by=alice)
    assert take_back(idea, by=sena)
    assert not take_back(idea, by=sena)
    assert AnswerDue.objects.get(item=idea).answered_at is None
    standing = standing_of(fresh(idea.pk))
    assert (standing.answer, standing.former) == (None, 1)
    assert [row.note for row in former_answers(idea)] == ["Taken back"]
    assert Announcement.objects.get(event="answered").withdrawn_at is not None


@pytest.mark.django_db
def test_followers_read_decision_and_reasons_in_their_language(idea: Item, sena: Person, alice: Person):
    follow_item(idea, by=alice)
    answer = give_answer(idea, YES, by=sena)
    row = Announcement.objects.get(event="answered")
    assert row.words["en"]["text"] == "Accepted.\nYes, by May."
    assert "Sí, para mayo." in row.words["es"]["text"]
    tell_followers(row.pk)
    tell_followers(row.pk)
    assert Notice.objects.filter(person=alice, announcement=row).count() == 1
    give_answer(idea, NO, seen=answer.pk, by=sena)
    row.refresh_from_db()
    assert row.withdrawn_at is not None


@pytest.mark.django_db
def test_nobody_speaks_for_an_organisation_that_is_not_hers(
    idea: Item, sena: Person, bea: Person, water: Organisation
):
    said = Said("accepted", words("Yes."), "water", water)
    with pytest.raises(Refused, match="cannot speak"):
        give_answer(idea, said, by=sena)
    owe(idea, organisation=water)
    give_answer(fresh(idea.pk), said, by=bea)
    standing = standing_of(fresh(idea.pk))
    assert str(standing.speaks) == "Water works"
    assert str(standing.owes) == "Water works"


@pytest.mark.django_db
@pytest.mark.parametrize("said", [Said("maybe", words("Hm.")), Said("accepted", {})])
def test_an_answer_is_whole(idea: Item, sena: Person, said: Said):
    with pytest.raises(ValueError, match=r"decision|reasons"):
        give_answer(idea, said, by=sena)


@pytest.mark.django_db
def test_strangers_are_refused(idea: Item, bea: Person):
    with pytest.raises(Refused, match="Only those who answer"):
        give_answer(idea, YES, by=bea)


@pytest.mark.django_db
def test_a_promise_is_made_once(idea: Item, lome: Territory):
    now = timezone.now()
    assert owe_answer(idea, due_at=now + timedelta(days=60), because="petition", by=SYSTEM)
    assert not owe_answer(idea, due_at=now + timedelta(days=5), because="asked", by=SYSTEM)
    assert AnswerDue.objects.get().because == "petition"


@pytest.mark.django_db
def test_whom_the_process_names_owes_the_answer(idea: Item, lome: Territory, water: Organisation):
    process = process_of(lome, SYSTEM)
    due_at = timezone.now() + timedelta(days=20)
    ItemParty.objects.create(item=process.item, organisation=water, role="answers")
    owe_answer(idea, due_at=due_at, because="process", process=process, by=SYSTEM)
    assert AnswerDue.objects.get().organisation == water


@pytest.mark.django_db
def test_stewards_ask_once_and_for_later(idea: Item, sena: Person, alice: Person):
    later = timezone.now() + timedelta(days=3)
    with pytest.raises(Refused):
        ask_for_answer(idea, due_at=later, by=alice)
    with pytest.raises(Refused, match="passed"):
        ask_for_answer(idea, due_at=timezone.now(), by=sena)
    ask_for_answer(idea, due_at=later, by=sena)
    assert AnswerDue.objects.get().because == "asked"
    with pytest.raises(Refused):
        ask_for_answer(fresh(idea.pk), due_at=later, by=sena)


@pytest.mark.django_db
def test_handing_on(
    idea: Item, lome: Territory, sena: Person, alice: Person, charlie: Person, member: Person
):
    dues = [owe(idea), owe(put_idea(lome, "A well", by=member))]
    with pytest.raises(Refused) as refused:
        assign(dues, charlie, by=sena)
    assert refused.value.code == "colleague"
    with pytest.raises(Refused):
        assign(dues, alice, by=alice)
    assert assign(dues, alice, by=sena) == 2
    assert assign(dues, alice, by=sena) == 0
    notice = Notice.objects.get(person=alice, announcement__event="answer_due")
    assert notice.announcement.words["en"]["text"] == "2 answers were handed to you."
    assert Record.objects.filter(act="answer.assign").count() == 1
    assert assign(dues, None, by=sena) == 2
    assert not AnswerDue.objects.exclude(assigned_to=None).exists()
    with pytest.raises(ValueError, match="at most"):
        assign(dues * 251, None, by=sena)


@pytest.mark.django_db
def test_a_page_without_office_asks_few_questions(
    idea: Item, sena: Person, member: Person, django_assert_num_queries
):
    owe(idea)
    give_answer(idea, YES, by=sena)
    idea = fresh(idea.pk)
    with django_assert_num_queries(3):
        standing_of(fresh_without_query(idea), None)
    assert member.role_places("steward") == []  # read along with her row in a request, as her organisations
    assert acting_ids(member) == []
    with django_assert_num_queries(3):
        standing = standing_of(fresh_without_query(idea), member)
    assert not standing.may_answer


def fresh_without_query(item: Item) -> Item:
    """As a view hands it over: nothing kept but the place."""
    for name in ("_due", "_process"):
        item.__dict__.pop(name, None)
    return item


@pytest.mark.django_db
def test_nothing_is_shown_where_nothing_is_owed(idea: Item):
    standing = standing_of(idea)
    assert standing.is_empty
    assert standing.because == ""


@pytest.mark.django_db(transaction=True)
def test_of_eight_officers_at_once_one_answers():
    place = save_territory(code="TG-X", kind="city", name=words("X"), zone="UTC", languages=["en"], by=SYSTEM)
    rebuild_paths(by=SYSTEM)
    officers = []
    for number in range(8):
        person = become_member(begin_guest(language="en"), email=f"o{number}@example.org", name=f"O{number}")
        grant_role(person, "steward", place, by=SYSTEM)
        officers.append(person)
    idea = put_idea(place, "A bridge", by=officers[0])
    owe(idea)
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def send(officer: Person) -> None:
        start.wait()
        try:
            give_answer(fresh(idea.pk), YES, by=officer)
            outcomes.append("given")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["changed"] * 7 + ["given"]
    assert Answer.objects.filter(replaced_at=None).count() == 1
