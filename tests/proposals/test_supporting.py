"""Supporting: two taps, counted once, right under many at once, and an answer owed at the promised number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from forms import key_of, open_browser, send
from house import House
from people import words
from tequio.audit import services as audit
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import ItemCount
from tequio.consent.enums import Purpose
from tequio.consent.selectors import has_consent
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.processes.models import Entry, PhaseFeature, PlaceRule, Process
from tequio.ideas.proposals import invariants
from tequio.ideas.proposals.models import Idea, Support, SupportAct, SupportBatch
from tequio.ideas.proposals.selectors.thresholds import SupportBar, promised_moment, support_bar
from tequio.ideas.proposals.services import Words, write_idea
from tequio.ideas.proposals.services.promising import owe_promised
from tequio.ideas.proposals.services.sealing import LOCK, seal_supports
from tequio.ideas.proposals.services.supporting import support_idea, withdraw_support
from tequio.notifications.models import Announcement
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.people.services.merging import merge_guest
from tequio.portal.me.services.agreeing import turn_consent
from tequio.territories.models import Territory

HERE = pytest.mark.django_db


def supports(idea: Idea) -> int:
    return ItemCount.objects.get(item=idea.pk).supports


def faults() -> list[str]:
    return [
        *invariants.ideas_know_how_many_support_them(),
        *invariants.joined_ideas_lead_somewhere(),
        *invariants.batches_of_supports_are_those_that_were_recorded(),
    ]


@HERE
def test_a_visitor_supports_with_two_taps(house: House, client: Client):
    page = client.get(f"/en/ideas/{house.idea.pk}/")
    path = f"/en/ideas/{house.idea.pk}/support/"
    assert path in page.content.decode()
    assert 'method="post"' not in page.content.decode()
    acting = client.get(path)
    assert "By sending it you agree." in acting.content.decode()
    answer = send(client, path, {"form_key": key_of(acting), "do": "support", "follow": "1"})
    assert answer["Location"] == f"/en/ideas/{house.idea.pk}/"
    person = Person.objects.get(pk=client.session["guest"])
    assert has_consent(person, Purpose.IDEAS)
    assert supports(house.idea) == 1
    assert person.follows.filter(item=house.idea.pk).exists()
    page = client.get(answer["Location"]).content.decode()
    assert "1 person supports this idea" in page
    assert "Take my support back" in page
    send(client, path, {"do": "withdraw"})
    row = Support.objects.get(idea=house.idea, person=person)
    assert row.withdrawn_at is not None
    assert supports(house.idea) == 0
    assert send(client, path, {"do": "nothing"}).status_code == 422
    assert faults() == []


@HERE
def test_once_each_and_as_often_as_she_changes_her_mind(house: House):
    person = house.people["member"]
    assert [support_idea(house.idea, by=person), support_idea(house.idea, by=person)] == [True, False]
    assert [withdraw_support(house.idea, by=person), withdraw_support(house.idea, by=person)] == [True, False]
    assert support_idea(house.idea, by=person)
    assert supports(house.idea) == 1
    assert list(SupportAct.objects.order_by("pk").values_list("step", flat=True)) == [1, -1, 1]
    assert Support.objects.filter(idea=house.idea).count() == 1
    assert faults() == []


@HERE
def test_what_does_not_stand_takes_none(house: House):
    with pytest.raises(Refused):
        support_idea(house.idea_draft, by=house.people["author"])
    PhaseFeature.objects.all().delete()
    idea = house.idea
    Entry.objects.create(item=idea.item, process=house.process)
    with pytest.raises(Refused):
        support_idea(idea, by=house.people["member"])
    assert open_browser().get(f"/en/ideas/{idea.pk}/support/").status_code == 403
    phase = house.process.phases.first()
    feature = PhaseFeature.objects.create(phase=phase, act="support", kind="idea", who_may="members")
    page = open_browser().get(f"/en/ideas/{idea.pk}/support/")
    assert page.status_code == 403
    assert "This is for members" in page.content.decode()
    assert support_idea(idea, by=house.people["member"])
    phase.closes_at = timezone.now() + timedelta(hours=1)
    phase.save()
    assert support_idea(idea, by=house.people["colleague"])
    phase.closes_at = timezone.now()
    phase.save()
    with pytest.raises(Refused):
        support_idea(idea, by=house.people["steward"])
    assert withdraw_support(idea, by=house.people["member"])
    assert feature.act == "support"
    assert faults() == []


@HERE
def test_consent_taken_back_takes_the_supports_back(house: House):
    person = house.people["member"]
    support_idea(house.idea, by=person)
    turn_consent(person, Purpose.IDEAS, is_given=False, by=person)
    assert supports(house.idea) == 0
    assert not has_consent(person, Purpose.IDEAS)
    turn_consent(person, Purpose.IDEAS, is_given=True, by=person)
    assert supports(house.idea) == 0
    assert faults() == []


@HERE
@pytest.mark.parametrize("who", ["guest", "member", "both", "both, guest took it back"])
def test_a_guest_who_signs_in_counts_once(who: str, house: House):
    guest, member = begin_guest(language="en"), house.people["member"]
    for person, name in ((member, "member"), (guest, "guest")):
        if who.startswith((name, "both")):
            support_idea(house.idea, by=person)
    if "took" in who:
        withdraw_support(house.idea, by=guest)
    merge_guest(guest, member, by=member)
    standing = Support.objects.filter(idea=house.idea, withdrawn_at=None)
    assert supports(house.idea) == standing.count()
    assert not Support.objects.filter(person=guest).exists()
    assert faults() == []


@HERE
def test_whoever_leaves_counts_no_more(house: House):
    from tequio.ideas.proposals.services.supporting import forget_supports

    for name in ("member", "colleague"):
        support_idea(house.idea, by=house.people[name])
    assert forget_supports(Support.objects.filter(person=house.people["member"]), by=SYSTEM) == 1
    assert supports(house.idea) == 1
    assert faults() == []


@HERE
def test_at_the_promised_number_an_answer_is_owed_once(house: House):
    AnswerDue.objects.filter(item=house.idea.pk).delete()
    PlaceRule.objects.filter(territory=house.place).delete()
    PlaceRule.objects.create(territory=house.place, petition_supports=2, petition_days=60)
    for name in ("member", "colleague", "steward"):
        support_idea(house.idea, by=house.people[name])
    due = AnswerDue.objects.get(item=house.idea.pk)
    assert due.because == "petition"
    assert abs(due.due_at - timezone.now() - timedelta(days=60)) < timedelta(minutes=1)
    assert Announcement.objects.filter(event="reached", item=house.idea.pk).count() == 1
    withdraw_support(house.idea, by=house.people["member"])
    withdraw_support(house.idea, by=house.people["steward"])
    support_idea(house.idea, by=house.people["member"])
    assert AnswerDue.objects.filter(item=house.idea.pk).count() == 1
    assert Announcement.objects.filter(event="reached", item=house.idea.pk).count() == 1
    page = open_browser().get(f"/en/ideas/{house.idea.pk}/").content.decode()
    assert "2 were needed for an official answer" in page


@HERE
def test_the_rule_of_the_nearest_place(lome: Territory, togo: Territory):
    assert support_bar(3, lome.pk, is_in_process=False) == SupportBar(3)
    PlaceRule.objects.create(territory=togo, petition_supports=500)
    cache.clear()
    assert support_bar(3, lome.pk, is_in_process=False) == SupportBar(3, 500, 60)
    PlaceRule.objects.create(territory=lome, petition_supports=20, petition_days=30)
    cache.clear()
    bar = support_bar(30, lome.pk, is_in_process=False)
    assert (bar.is_reached, bar.missing, bar.filled, round(bar.mark)) == (True, 0, 100.0, 67)
    assert support_bar(5, lome.pk, is_in_process=False).filled == 25
    assert support_bar(5, lome.pk, is_in_process=True) == SupportBar(5)
    assert SupportBar(5, 20).missing == 15


@HERE
@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        ("Africa/Lome", "2027-02-28", "2027-03-01T00:00:00+00:00"),
        ("Europe/Madrid", "2027-03-28", "2027-03-29T00:00:00+02:00"),
        ("America/Mexico_City", "2028-02-29", "2028-03-01T00:00:00-06:00"),
        ("Pacific/Kiritimati", "2027-01-01", "2027-01-02T00:00:00+14:00"),
        ("Etc/GMT+12", "2027-01-01", "2027-01-02T00:00:00-12:00"),
    ],
)
def test_an_announced_day_ends_by_the_clock_of_the_process(zone: str, day: str, ends: str, house: House):
    process = house.process
    process.zone, process.answer_due = zone, date.fromisoformat(day)
    moment = promised_moment(process)
    assert moment is not None
    assert moment.isoformat() == ends
    process.answer_due = None
    assert promised_moment(process) is None


@HERE
def test_ideas_of_a_process_get_their_clock_afterwards_too(house: House):
    AnswerDue.objects.all().delete()
    Entry.objects.create(item=house.idea.item, process=house.process)
    assert owe_promised() == 0
    house.process.answer_due = timezone.localdate() + timedelta(days=5)
    house.process.save()
    assert [owe_promised(), owe_promised()] == [1, 0]
    assert AnswerDue.objects.get(item=house.idea.pk).process_id == house.process.pk


@HERE
@pytest.mark.parametrize(("zone", "owed"), [("Pacific/Kiritimati", 0), ("Etc/GMT+12", 1)])
def test_a_day_that_is_over_by_the_clock_of_its_process_starts_none(
    zone: str, owed: int, house: House, monkeypatch: pytest.MonkeyPatch
):
    AnswerDue.objects.all().delete()
    Entry.objects.create(item=house.idea.item, process=house.process)
    noon = timezone.now().replace(hour=12, minute=0)
    Process.objects.filter(pk=house.process.pk).update(zone=zone, answer_due=noon.date())
    monkeypatch.setattr(timezone, "now", lambda: noon)
    assert owe_promised() == owed


@HERE
def test_while_another_seals_nothing_is_sealed_twice(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit, "settled_moment", lambda: timezone.now() + timedelta(seconds=1))
    support_idea(house.idea, by=house.people["member"])
    another = connection.copy()
    try:
        with another.cursor() as cursor:
            cursor.execute(LOCK.replace("try_advisory_xact", "advisory"))
            assert seal_supports() == 0
            cursor.execute(LOCK.replace("try_advisory_xact_lock", "advisory_unlock"))
        assert seal_supports() == 1
    finally:
        another.close()


@HERE
def test_what_was_counted_is_sealed_and_a_change_shows(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit, "settled_moment", lambda: timezone.now() + timedelta(seconds=1))
    support_idea(house.idea, by=house.people["member"])
    support_idea(house.idea, by=house.people["colleague"])
    assert [seal_supports(), seal_supports()] == [2, 0]
    assert faults() == []
    act = SupportAct.objects.order_by("pk").first()
    assert act is not None
    SupportAct.objects.filter(pk=act.pk).update(step=7)
    assert any("changed afterwards" in fault for fault in faults())
    assert any("supports" in fault for fault in faults())
    batch = SupportBatch.objects.get()
    SupportBatch.objects.update(acts=9)
    assert any("not the one that was recorded" in fault for fault in faults())
    batch.delete()
    assert any("was removed" in fault for fault in faults())


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_each_counted_and_one_crosses(lome: Territory, make_member: Callable[..., Person]):
    """T4: eight people, then one person eight times; the number, the acts and the rows agree, one answer is owed."""
    PlaceRule.objects.create(territory=lome, petition_supports=5)
    said = Words(title=words("A well"), what=words("Deep."))
    idea = write_idea(said, territory=lome, languages=["en"], by=make_member("Ama"))
    people = [begin_guest(language="en") for _number in range(8)]
    at_once([lambda person=person: support_idea(idea, by=person) for person in people])
    assert (supports(idea), AnswerDue.objects.count()) == (8, 1)
    at_once([lambda: support_idea(idea, by=people[0])] * 8)
    assert supports(idea) == 8
    at_once([lambda: withdraw_support(idea, by=people[0])] * 8)
    assert supports(idea) == 7
    assert faults() == []


def at_once(acts: list[Callable[[], object]]) -> None:
    """Each in a thread and with a connection of its own, begun together; what one raises, all raise."""
    gate, troubles = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            act()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert troubles == []
