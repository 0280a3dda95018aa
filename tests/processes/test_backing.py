"""Ten members of a place open a process there."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from forms import open_browser
from house import House, build_house
from people import words
from tequio.base.errors import Refused
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.ideas.processes.models import Backing, PlaceRule, Process
from tequio.ideas.processes.selectors.backing import signatures_of
from tequio.ideas.processes.selectors.rules import rule_in
from tequio.ideas.processes.services import PhasePlan, Plan
from tequio.ideas.processes.services.backing import propose_process, sign_process, take_signature_back
from tequio.ideas.processes.services.changing import change_process
from tequio.ideas.processes.services.rules import set_rule
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
PLAN = Plan(words("Benches"), words("Where to sit."), {}, [PhasePlan(words("Where"))], languages=["en"])


@pytest.fixture
def neighbour(make_member: Callable[..., Person], lome: Territory) -> Callable[[str], Person]:
    def make(name: str) -> Person:
        person = make_member(name)
        person.home = lome
        person.save(update_fields=["home"])
        return person

    return make


def state_of(process: Process) -> str:
    return Item.objects.get(pk=process.pk).state


def test_with_the_tenth_signature_it_opens(
    lome: Territory, neighbour: Callable[[str], Person], member: Person
):
    rosa = neighbour("Rosa")
    process = propose_process(PLAN, territory=lome, by=rosa)
    for number in range(8):
        assert not sign_process(process, by=neighbour(f"N{number}"))
    assert not sign_process(process, by=rosa)  # once each
    signatures = signatures_of(process, rosa)
    assert (signatures.number, signatures.needed, signatures.missing, signatures.is_hers) == (9, 10, 1, True)
    with pytest.raises(Refused, match="people who live there"):
        sign_process(process, by=member)
    assert state_of(process) == ItemState.DRAFT
    assert sign_process(process, by=neighbour("Last"))
    assert state_of(process) == ItemState.PUBLISHED
    assert Process.objects.get(pk=process.pk).item.author == rosa
    with pytest.raises(Refused):
        sign_process(process, by=neighbour("Late"))


def test_the_nearest_rule_above_says_how_many(
    lome: Territory, togo: Territory, neighbour: Callable[[str], Person], make_member: Any
):
    steward = make_member("Stina", "steward", togo)
    assert rule_in(lome.pk).openers == 10
    set_rule(togo, openers=3, petition_supports=None, petition_days=60, by=steward)
    assert rule_in(lome.pk).territory == togo
    set_rule(lome, openers=2, petition_supports=100, petition_days=30, by=steward)
    assert (rule_in(lome.pk).openers, rule_in(togo.pk).openers) == (2, 3)
    process = propose_process(PLAN, territory=lome, by=neighbour("Rosa"))
    assert sign_process(process, by=neighbour("Two"))
    assert PlaceRule.objects.count() == 2


def test_only_a_steward_sets_the_rule(lome: Territory, alice: Person):
    with pytest.raises(Refused, match="Only a steward"):
        set_rule(lome, openers=2, petition_supports=None, petition_days=60, by=alice)


def test_where_one_is_enough_it_opens_at_once(lome: Territory, neighbour: Callable[[str], Person]):
    PlaceRule.objects.create(territory=lome, openers=1)
    assert state_of(propose_process(PLAN, territory=lome, by=neighbour("Rosa"))) == ItemState.PUBLISHED


def test_a_signature_can_be_taken_back_until_it_opens(lome: Territory, neighbour: Callable[[str], Person]):
    rosa, sam = neighbour("Rosa"), neighbour("Sam")
    process = propose_process(PLAN, territory=lome, by=rosa)
    sign_process(process, by=sam)
    for _twice in range(2):
        take_signature_back(process, by=sam)
        assert Backing.objects.count() == 1
    with pytest.raises(Refused, match="cannot be taken back"):
        take_signature_back(process, by=rosa)


def test_who_left_counts_no_more(lome: Territory, neighbour: Callable[[str], Person]):
    rosa, sam = neighbour("Rosa"), neighbour("Sam")
    process = propose_process(PLAN, territory=lome, by=rosa)
    sign_process(process, by=sam)
    Person.objects.filter(pk=sam.pk).update(is_active=False)
    assert signatures_of(process, None).number == 1


def test_what_others_signed_stays_as_it_is(lome: Territory, neighbour: Callable[[str], Person]):
    rosa = neighbour("Rosa")
    process = propose_process(PLAN, territory=lome, by=rosa)
    change_process(process, PLAN, by=rosa)
    sign_process(process, by=neighbour("Sam"))
    with pytest.raises(Refused) as refused:
        change_process(process, PLAN, by=rosa)
    assert refused.value.code == "signed"


def test_nobody_proposes_where_she_does_not_live_or_all_day_long(
    lome: Territory, bilbao: Territory, neighbour: Callable[[str], Person]
):
    rosa = neighbour("Rosa")
    with pytest.raises(Refused, match="Only people who live"):
        propose_process(PLAN, territory=bilbao, by=rosa)
    for _one in range(3):
        propose_process(PLAN, territory=lome, by=rosa)
    with pytest.raises(Refused) as refused:
        propose_process(PLAN, territory=lome, by=rosa)
    assert refused.value.code == "too_often"


def test_the_page_leads_from_link_to_signature_to_process(house: House):
    process = house.notes["proposed"]
    path = f"/en/processes/sign/{process.signing}/"
    visitor = open_browser(None).get(path).content.decode()
    assert "9 signatures are missing" in visitor
    assert '<form method="post"' not in visitor
    assert "Sign in or join" in visitor
    assert (
        "Signing is for people who live" in open_browser(house.person("stranger")).get(path).content.decode()
    )
    colleague = house.person("colleague")
    assert colleague
    Person.objects.filter(pk=colleague.pk).update(home=house.place)
    browser = open_browser(Person.objects.get(pk=colleague.pk))
    for do, number in (("sign", 2), ("back", 1), ("sign", 2)):
        answer = browser.post(
            path, {"do": do, "form_key": f"0123456789abcdef{do}{number}".encode().hex()[:40]}
        )
        assert answer.status_code == 302 or do == "sign"
    PlaceRule.objects.create(territory=house.place, openers=2)
    steward = house.person("steward")
    Person.objects.filter(pk=steward.pk).update(home=house.place)  # type: ignore[union-attr]
    opened = open_browser(Person.objects.get(pk=steward.pk)).post(  # type: ignore[union-attr]
        path, {"do": "sign", "form_key": "f" * 32}
    )
    assert opened.status_code == 302
    assert open_browser(None).get(path)["Location"] == f"/en/processes/{process.pk}/"


@pytest.mark.django_db(transaction=True)
def test_two_last_signers_at_once_open_it_once():
    house = build_house("accra")
    process, place = house.notes["proposed"], house.place
    PlaceRule.objects.create(territory=place, openers=3)
    people = [house.person(role) for role in ("author", "colleague", "moderator")]
    Person.objects.filter(pk__in=[one.pk for one in people if one]).update(home=place)
    opened: list[bool] = []

    def sign(pk: int) -> None:
        try:
            opened.append(sign_process(process, by=Person.objects.get(pk=pk)))
        except Refused:
            opened.append(False)
        finally:
            connection.close()

    threads = [Thread(target=sign, args=(one.pk,)) for one in people if one]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(opened) == [False, False, True]
    assert state_of(process) == ItemState.PUBLISHED
