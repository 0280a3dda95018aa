"""T38: a real conversation, and a thousand puppets within ten minutes; and a full hall that is none of that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from brigades import hall, puppets
from forms import send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.ideas.deliberation.models import Cohort, Participant, StatementVote
from tequio.ideas.deliberation.selectors.exporting import ExportFolder
from tequio.ideas.deliberation.selectors.results import results_page
from tequio.ideas.deliberation.selectors.vote_reading import read_votes
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.ideas.deliberation.services.cohorts import decide_cohort
from tequio.ideas.deliberation.services.maps import recompute_map

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def shared_numbers(talk):
    return [said.words.number for said in results_page(talk, None).shared[:5]]


@pytest.mark.real_data
def test_a_thousand_puppets_change_nothing(real_talk, come):
    talk = real_talk
    before = recompute_map(talk.pk)
    first = shared_numbers(talk)
    assert len(first) == 5
    assert not Cohort.objects.exists()  # 1,921 real people, and nobody of them is set aside
    votes = StatementVote.objects.count()
    statements = talk.statements.count()
    people = come(talk, puppets(1_000, statements), Participant.objects.earliest("began_at").began_at)
    recompute_map(talk.pk)
    cohort = Cohort.objects.get()
    members = set(cohort.members.values_list("pk", flat=True))
    assert len(members & set(people)) >= 990
    assert len(members - set(people)) <= 2
    assert shared_numbers(talk) == first
    assert abs(results_page(talk, None).people - before.participants) <= 10
    assert StatementVote.objects.count() > votes + 50_000  # nothing is deleted


@pytest.mark.real_data
def test_without_it_they_would_change_the_shared_ground(real_talk, come):
    """The test above would be worth nothing if the puppets did no harm."""
    talk = real_talk
    recompute_map(talk.pk)
    first = shared_numbers(talk)
    come(talk, puppets(1_000, talk.statements.count()), AT)
    recompute_map(talk.pk)
    cohort = Cohort.objects.get()
    Cohort.objects.update(state="released")
    recompute_map(talk.pk)
    assert shared_numbers(talk) != first
    cohort.refresh_from_db()
    assert cohort.state == "released"  # and nobody is set aside a second time


def test_a_full_hall_is_not_set_aside(talk, come):
    come(talk, hall(200, talk.statements.count()), AT)
    recompute_map(talk.pk)
    assert not Cohort.objects.exists()
    assert len(read_votes(talk).persons) == 200


@pytest.fixture
def brigade(talk, come):
    """A hall that differs, and forty alike a day later."""
    come(talk, hall(120, talk.statements.count()), AT, minutes=600)
    come(talk, puppets(40, talk.statements.count(), noise=0, answered=1), AT + timedelta(days=1))
    recompute_map(talk.pk)
    return Cohort.objects.select_related("conversation__item__territory").get()


def test_what_is_kept_of_it(brigade):
    assert (brigade.state, brigade.burst) == ("aside", 40)
    assert brigade.people == 40
    assert brigade.people == brigade.members.count()
    assert brigade.likeness == 1
    assert Record.objects.filter(act="cohort.set_aside", actor="system").count() == 1


def test_map_and_export_leave_out_the_same(brigade, talk):
    counted = read_votes(talk)
    folder = ExportFolder(talk)
    agree = sum(agree for agree, _disagree in folder.tallies.values())
    disagree = sum(disagree for _agree, disagree in folder.tallies.values())
    passes = int((counted.votes.vote == 0).sum())
    assert agree + disagree == len(counted.votes) - passes
    assert len(counted.persons) == Participant.objects.filter(cohort=None).count()


def test_a_cohort_that_grows_stays_one(brigade, talk, come):
    come(talk, puppets(60, talk.statements.count(), noise=0, answered=1), AT + timedelta(days=1, minutes=3))
    recompute_map(talk.pk)
    brigade.refresh_from_db()
    assert Cohort.objects.count() == 1
    assert brigade.people == brigade.members.count() == 100


def test_the_organiser_releases_and_confirms(brigade, talk, browser_of, alice, guest):
    path = f"/en/conversations/{talk.pk}/set-aside/"
    page = browser_of(None).get(f"/en/conversations/{talk.pk}/results/").content.decode()
    assert f"The answers of {brigade.people} people are set aside." in page
    assert "Set aside until an organiser decides" in browser_of(None).get(path).content.decode()
    client = browser_of(alice)
    form = f"{path}{brigade.pk}/"
    assert send(client, form, {"do": "released", "reason": ""}).status_code == 422
    answer = send(client, form, {"do": "released", "reason": "The youth club met that evening."})
    assert answer["Location"] == path
    recompute_map(talk.pk)
    assert len(read_votes(talk).persons) == 160
    assert "The youth club met that evening." in client.get(path).content.decode()
    assert "set aside." not in client.get(f"/en/conversations/{talk.pk}/results/").content.decode()
    assert Cohort.objects.get().state == "released"
    send(client, form, {"do": "confirmed", "reason": "There was no meeting after all."})
    assert len(read_votes(talk).persons) == 160 - brigade.people


def test_who_decides(brigade, talk, browser_of, alice, bob, mora, charlie, member, guest):
    form = f"/en/conversations/{talk.pk}/set-aside/{brigade.pk}/"
    for person, status in (
        (alice, 200),
        (bob, 200),
        (mora, 200),
        (charlie, 404),
        (member, 404),
        (guest, 302),
    ):
        assert browser_of(person).get(form).status_code == status
    answer_statement(talk.statements.select_related("item", "conversation__item")[0], 1, by=mora)
    Participant.objects.filter(person=mora).update(cohort=brigade)
    assert browser_of(mora).get(form).status_code == 404
    with pytest.raises(Refused):
        decide_cohort(brigade, state="released", reason="I like them.", by=mora)


@pytest.mark.parametrize(
    ("state", "reason"), [("aside", "x"), ("gone", "x"), ("released", ""), ("released", "x" * 301)]
)
def test_bad_decisions_are_mistakes_of_the_caller(brigade, alice, state, reason):
    with pytest.raises(ValueError, match=r"decision|reason"):
        decide_cohort(brigade, state=state, reason=reason, by=alice)
