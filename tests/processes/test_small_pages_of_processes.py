"""Rules of a place, letters and organisations by form, jobs, entries, and what programs read."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forms import open_browser
from house import House
from people import words
from processes_at_hand import process_of, send
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.services import make_items
from tequio.guards.middleware import STORE
from tequio.ideas.processes import tasks
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.invariants import (
    parts_lie_in_the_place_of_the_process,
    phases_end_after_they_begin,
    phases_follow_one_another,
)
from tequio.ideas.processes.models import Entry, Invitation, Phase, PlaceRule
from tequio.ideas.processes.services.backing import sign_process
from tequio.ideas.processes.services.entering import enter_process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


def some_item(place: Territory, kind: str = "idea") -> Item:
    row = {"title": words("A lamp"), "territory": place, "state": "published", "published_at": timezone.now()}
    return make_items(kind, [row])[0]


def test_rules_are_read_by_all_and_changed_by_a_steward(house: House):
    path = f"/en/places/{house.place.code}/ideas/rules/"
    before = Client().get(path).content.decode()
    assert "this is what holds everywhere" in before
    assert "10 people of the place" in before
    steward = open_browser(house.person("steward"))
    assert "Change the rules" in steward.get(path).content.decode()
    wrong = send(steward, f"{path}change/", {"openers": "1", "petition_days": "0"})
    assert wrong.status_code == 422
    right = {"openers": "12", "petition_supports": "300", "petition_days": "60"}
    assert send(steward, f"{path}change/", right)["Location"] == path
    rule = PlaceRule.objects.get()
    assert (rule.openers, rule.petition_supports, rule.petition_days) == (12, 300, 60)
    after = steward.get(path).content.decode()
    for text in ("12 people of the place", "from 300 supports on", "within 60 days"):
        assert text in after
    assert open_browser(house.person("author")).get(f"{path}change/").status_code == 404
    assert Client().get("/en/places/XX/ideas/rules/").status_code == 404


def test_an_item_stands_in_one_process(lome: Territory, alice: Person):
    process, other = process_of(lome, alice), process_of(lome, alice)
    item, phase = some_item(lome), other.phases.get()
    for _twice in range(2):
        assert enter_process(item, process, by=SYSTEM).process_id == process.pk
    with pytest.raises(Refused, match="another process"):
        enter_process(item, other, by=SYSTEM)
    with pytest.raises(ValueError, match="belongs to process"):
        enter_process(item, process, phase=phase, by=SYSTEM)
    talk = some_item(lome, "conversation")
    enter_process(talk, other, phase=phase, by=SYSTEM)
    with pytest.raises(Refused, match="its own conversation"):
        enter_process(some_item(lome, "conversation"), other, phase=phase, by=SYSTEM)
    assert Phase.objects.get(pk=phase.pk).part == talk


def test_a_letter_and_an_organisation_by_form(house: House):
    browser, path = open_browser(house.person("author")), f"/en/processes/{house.process.pk}/team/"
    Invitation.objects.all().delete()
    typed = {"letter-email": "ama@example.org", "do": "letter"}
    assert send(browser, path, typed).status_code == 302
    assert "a…@example.org" in browser.get(path).content.decode()
    assert send(browser, path, {**typed, "letter-email": "ama"}).status_code == 422
    ItemParty.objects.filter(pk=house.notes["asked"].pk).delete()
    runs = house.organisations.runs
    assert (
        send(browser, path, {"organisation-organisation": runs.pk, "do": "organisation"}).status_code == 302
    )
    party = ItemParty.objects.get(item=house.process.pk, organisation=runs)
    assert party.accepted_at  # the author acts for it
    gone = browser.post(path, {"do": "end", "party": party.pk, "form_key": uuid.uuid4().hex})
    assert gone["Location"] == path
    assert browser.post(path, {"do": "end", "party": "0", "form_key": uuid.uuid4().hex}).status_code == 422


def test_yes_to_a_letter_leads_to_the_process(house: House):
    member, path = house.person("member"), f"/en/processes/join/process-{house.tag}/"
    done = send(open_browser(member), path, {"do": "accept"})
    assert done["Location"] == f"/en/processes/{house.process.pk}/state/"
    assert open_browser(member).get(done["Location"]).status_code == 200
    assert Client().get(path)["Location"].startswith("/en/sign-in/")


def test_what_others_signed_is_not_changed_by_form(house: House):
    member, colleague = house.person("member"), house.person("colleague")
    assert colleague
    process = house.notes["proposed"]
    path = f"/en/processes/{process.pk}/edit/"
    assert open_browser(member).get(path).status_code == 200
    Person.objects.filter(pk=colleague.pk).update(home=house.place)
    sign_process(process, by=Person.objects.get(pk=colleague.pk))
    assert open_browser(member).get(path)["Location"] == f"/en/processes/{process.pk}/state/"
    state = open_browser(member)
    assert "Others have signed it" in state.get(f"/en/processes/{process.pk}/state/").content.decode()
    gone = send(state, f"/en/processes/{process.pk}/state/", {"do": "withdraw"}, page="?do=withdraw")
    assert gone.status_code == 302
    assert Client().get(f"/en/processes/sign/{process.signing}/").status_code == 404


def test_jobs_do_what_their_names_say(lome: Territory, alice: Person):
    process = process_of(lome, alice, (Act.COMMENT, "idea", ""))
    item = some_item(lome)
    Entry.objects.create(item=item, process=process)
    tasks.turn_one(process.pk)
    assert Item.objects.get(pk=item.pk).comments == "two"
    Item.objects.filter(pk=item.pk).update(comments="off")
    tasks.turn(0)
    assert Item.objects.get(pk=item.pk).comments == "two"
    Invitation.objects.create(
        process=process,
        digest="x",
        address="y",
        hint="z",
        by=alice,
        until=timezone.now() - timedelta(days=31),
    )
    tasks.prune(0)
    assert not Invitation.objects.exists()


def test_what_verify_complains_of(lome: Territory, bilbao: Territory, alice: Person):
    process, now = process_of(lome, alice), timezone.now()
    checks = (phases_follow_one_another, phases_end_after_they_begin, parts_lie_in_the_place_of_the_process)
    assert [list(check()) for check in checks] == [[], [], []]
    process.phases.update(position=3, opens_at=now, closes_at=now, part=some_item(bilbao))
    assert [len(list(check())) for check in checks] == [1, 1, 1]


def test_what_programs_read(house: House):
    process = house.process
    Entry.objects.create(item=some_item(house.place), process=process)
    whole = Client().get(f"/api/v1/processes/{process.pk}").json()
    assert whole["open_today"] == [{"act": "create", "kind": "idea", "who_may": "anyone"}]
    assert whole["counts"] == [{"kind": "idea", "number": 1}]
    assert [phase["position"] for phase in whole["phases"]] == [0, 1]
    assert whole["phases"][0]["features"] == whole["open_today"]
    assert whole["phases"][0]["part"]["id"] == house.conversation.pk
    assert (whole["step"], whole["steps"], whole["answers"], whole["organisers"]) == (1, 2, None, [])
    assert Client().get(f"/api/v1/processes/{process.pk}/open").json()["open_today"] == whole["open_today"]
    listed = Client().get("/api/v1/processes?state=open").json()["processes"]
    assert [(row["id"], row["step"], row["steps"]) for row in listed] == [(process.pk, 1, 2)]
    Item.objects.filter(pk=process.pk).update(state="withdrawn")
    STORE.clear()
    assert Client().get(f"/api/v1/processes/{process.pk}/open").status_code == 404
