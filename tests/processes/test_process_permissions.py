"""Who may what in a process: every group, age, method and moment against a written table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from people import words
from processes_at_hand import born, cooperative, database_now, live_in, process_of
from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import Bar, PartyRole, WhoMay
from tequio.catalogue.models import Item, ItemParty
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Phase, PhaseFeature, Process
from tequio.ideas.processes.permissions import (
    bar,
    can_act,
    can_change,
    can_open,
    can_organise,
    can_propose,
    can_publish,
    can_set_rule,
    can_sign,
    can_translate,
    is_of_place,
    open_today,
    under_signature,
    visible_to,
)
from tequio.ideas.processes.services import PhasePlan, Plan
from tequio.ideas.processes.services.backing import propose_process, sign_process
from tequio.ideas.processes.services.opening import start_process
from tequio.organisations.models import Organisation
from tequio.organisations.services.memberships import admit
from tequio.people.enums import Method
from tequio.people.models import Person, Residence
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
IDEA = (Act.CREATE, "idea", "")


def wants(person: Person | None, process: Process, act: str = Act.CREATE, kind: str = "idea") -> Bar:
    process.__dict__.pop("_open_today", None)
    return bar(person, act, kind, process=process, territory=process.item.territory)


@pytest.fixture
def resident(make_member: Any, lome: Territory) -> Person:
    person = make_member("Rita")
    live_in(person, lome)
    return person


@pytest.fixture
def listed(make_member: Any, lome: Territory) -> Person:
    person = make_member("Lila")
    live_in(person, lome, Method.LIST)
    return person


@pytest.fixture
def weaver(make_member: Any, lome: Territory, alice: Person) -> Person:
    person = make_member("Wera")
    admit(cooperative(lome, alice), person=person)
    return person


TABLE = {
    # who_may: what keeps visitor, guest, member, resident, resident by list, member of the organisation
    WhoMay.ANYONE: (Bar.NONE, Bar.NONE, Bar.NONE, Bar.NONE, Bar.NONE, Bar.NONE),
    WhoMay.MEMBERS: (Bar.MEMBERS, Bar.MEMBERS, Bar.NONE, Bar.NONE, Bar.NONE, Bar.NONE),
    WhoMay.RESIDENTS: (Bar.MEMBERS, Bar.MEMBERS, Bar.RESIDENTS, Bar.NONE, Bar.NONE, Bar.RESIDENTS),
    WhoMay.ORGANISATION: (
        Bar.MEMBERS,
        Bar.MEMBERS,
        Bar.ORGANISATION,
        Bar.ORGANISATION,
        Bar.ORGANISATION,
        Bar.NONE,
    ),
}


@pytest.mark.parametrize("who_may", WhoMay.values)
def test_who_may_take_part(
    who_may: str, lome: Territory, alice: Person, guest: Person, member: Person, resident: Person, listed: Person,
    weaver: Person,
):  # fmt: skip
    process = process_of(lome, alice, IDEA, who_may=who_may)
    Item.objects.filter(pk=process.pk).update(organisation=Organisation.objects.get())
    process.item.refresh_from_db()
    people = (None, guest, member, resident, listed, weaver)
    assert tuple(wants(person, process) for person in people) == TABLE[WhoMay(who_may)]
    for person, found in zip(people, TABLE[WhoMay(who_may)], strict=True):
        may = can_act(person, Act.CREATE, "idea", process=process, territory=lome)
        assert may is (found == Bar.NONE)


def test_a_feature_may_be_for_fewer_than_the_process(
    lome: Territory, alice: Person, member: Person, resident: Person
):
    process = process_of(
        lome,
        alice,
        (Act.CREATE, "idea", WhoMay.RESIDENTS),
        (Act.SUPPORT, "idea", ""),
        (Act.COMMENT, "idea", "members"),
    )
    assert (wants(member, process), wants(resident, process)) == (Bar.RESIDENTS, Bar.NONE)
    assert wants(None, process, Act.SUPPORT) == Bar.NONE
    assert wants(None, process, Act.COMMENT) == Bar.MEMBERS
    assert wants(member, process, Act.CREATE, "problem") == Bar.NOW


@pytest.mark.parametrize(
    ("methods", "in_person", "by_list"),
    [
        ([], Bar.NONE, Bar.NONE),
        (["in_person"], Bar.NONE, Bar.RESIDENTS),
        (["list", "letter"], Bar.RESIDENTS, Bar.NONE),
        (["letter"], Bar.RESIDENTS, Bar.RESIDENTS),
    ],
)
def test_only_these_methods_count(
    methods: list[str],
    in_person: Bar,
    by_list: Bar,
    lome: Territory,
    alice: Person,
    resident: Person,
    listed: Person,
):
    process = process_of(lome, alice, IDEA, who_may=WhoMay.RESIDENTS, methods=methods)
    assert (wants(resident, process), wants(listed, process)) == (in_person, by_list)


def test_a_proof_that_is_over_or_of_elsewhere_counts_no_more(
    lome: Territory, togo: Territory, bilbao: Territory, alice: Person, make_member: Any
):
    process = process_of(lome, alice, IDEA, who_may=WhoMay.RESIDENTS, methods=["in_person"])
    country = process_of(togo, SYSTEM, IDEA, who_may=WhoMay.RESIDENTS, methods=["in_person"])
    late, elsewhere, near = make_member("Late"), make_member("Elsa"), make_member("Nena")
    live_in(late, lome, days=-1)
    live_in(elsewhere, bilbao)
    live_in(near, lome)
    assert [wants(one, process) for one in (late, elsewhere, near)] == [
        Bar.RESIDENTS,
        Bar.RESIDENTS,
        Bar.NONE,
    ]
    assert wants(near, country) == Bar.NONE
    Residence.objects.filter(person=near).update(ended_at=timezone.now())
    near = Person.objects.get(pk=near.pk)
    assert wants(near, process) == Bar.RESIDENTS
    Person.objects.filter(pk=late.pk).update(is_active=False)
    late.refresh_from_db()
    assert wants(late, process) == Bar.RESIDENTS


@pytest.mark.parametrize(
    ("age", "least", "most", "found"),
    [
        (16, 16, 25, Bar.NONE),
        (25, 16, 25, Bar.NONE),
        (26, 16, 25, Bar.AGES),
        (40, None, 25, Bar.AGES),
        (40, 41, None, Bar.AGES),
        (41, 41, None, Bar.NONE),
        (None, 16, 25, Bar.AGES),
        (None, None, None, Bar.NONE),
    ],
)
def test_ages(
    age: int | None, least: int | None, most: int | None, found: Bar, lome: Territory, alice: Person, member: Person,
    guest: Person,
):  # fmt: skip
    process = process_of(lome, alice, (Act.CREATE, "problem", ""), least_age=least, most_age=most)
    person = member if age is None else born(member, age)
    assert wants(person, process, Act.CREATE, "problem") == found
    without = Bar.NONE if least is None and most is None else Bar.MEMBERS
    assert wants(guest, process, Act.CREATE, "problem") == without
    assert wants(None, process, Act.CREATE, "problem") == without


def test_too_young_for_opinions_but_not_to_say_what_is_wrong(lome: Territory, alice: Person, member: Person):
    process = process_of(lome, alice, IDEA, (Act.CREATE, "problem", ""), (Act.COMMENT, "idea", ""))
    child = born(member, 13)
    Person.objects.filter(pk=child.pk).update(country="TG")
    child.refresh_from_db()
    assert wants(child, process) == Bar.AGE
    assert wants(child, process, Act.COMMENT) == Bar.AGE
    assert wants(child, process, Act.CREATE, "problem") == Bar.NONE
    assert bar(child, Act.SUPPORT, "idea", process=None, territory=lome) == Bar.AGE
    assert bar(None, Act.SUPPORT, "idea", process=None, territory=lome) == Bar.NONE


def test_an_official_answer_asks_only_for_the_time(lome: Territory, alice: Person):
    process = process_of(lome, alice, (Act.ANSWER, "idea", ""), who_may=WhoMay.RESIDENTS, least_age=90)
    assert wants(None, process, Act.ANSWER) == Bar.NONE
    assert wants(None, process, Act.ANSWER, "problem") == Bar.NOW


def test_nobody_acts_in_what_is_not_shown_or_when_she_left(lome: Territory, alice: Person, member: Person):
    process = process_of(lome, alice, IDEA)
    for values in ({"state": "withdrawn"}, {"state": "published", "hidden_by": "decision:1"}):
        Item.objects.filter(pk=process.pk).update(**values)
        process.item.refresh_from_db()
        assert wants(member, process) == Bar.NOW
    Item.objects.filter(pk=process.pk).update(state="published", hidden_by="")
    process.item.refresh_from_db()
    assert can_act(member, Act.CREATE, "idea", process=process, territory=lome)
    member.is_active = False
    assert not can_act(member, Act.CREATE, "idea", process=process, territory=lome)


@pytest.mark.parametrize(
    ("opens", "closes", "found"),
    [
        (None, 3_600, Bar.NONE),
        (None, 0, Bar.NOW),
        (None, -1, Bar.NOW),
        (0, None, Bar.NONE),
        (-1, 3_600, Bar.NONE),
        (3_600, 7_200, Bar.NOW),
    ],
)
def test_before_the_end_counts_and_from_the_end_on_nothing_does(
    opens: int | None, closes: int | None, found: Bar, lome: Territory, alice: Person, member: Person
):
    """By the database's clock, whatever that of the machine says."""
    process, now = process_of(lome, alice, IDEA), database_now()
    Phase.objects.filter(process=process).update(
        opens_at=None if opens is None else now + timedelta(seconds=opens),
        closes_at=None if closes is None else now + timedelta(seconds=closes),
    )
    assert wants(member, process) == found


def test_what_is_open_today_is_read_once_and_the_first_step_says_for_whom(
    lome: Territory, alice: Person, django_assert_num_queries: Any
):
    process = process_of(lome, alice, (Act.CREATE, "idea", WhoMay.MEMBERS))
    later = Phase.objects.create(process=process, position=1, title=words("Also"))
    PhaseFeature.objects.create(phase=later, act=Act.CREATE, kind="idea", who_may=WhoMay.RESIDENTS)
    PhaseFeature.objects.create(phase=later, act=Act.SUPPORT, kind="idea")
    with django_assert_num_queries(1):
        assert open_today(process) == {("create", "idea"): "members", ("support", "idea"): "anyone"}
        assert open_today(process)


def test_who_looks_after_it(
    lome: Territory, alice: Person, bob: Person, charlie: Person, mora: Person, member: Person, guest: Person,
    make_member: Any,
):  # fmt: skip
    process = process_of(lome, alice, IDEA)
    organisation = cooperative(lome, charlie)
    named = make_member("Nana")
    assert [can_organise(one, process) for one in (alice, bob, charlie, mora, member, guest, None, named)] == [
        True, True, False, False, False, False, False, False,
    ]  # fmt: skip
    person = ItemParty.objects.create(item=process.item, person=named, role=PartyRole.ORGANISER)
    group = ItemParty.objects.create(item=process.item, organisation=organisation, role=PartyRole.ORGANISER)
    assert not can_organise(named, process)
    ItemParty.objects.filter(pk__in=[person.pk, group.pk]).update(accepted_at=timezone.now())
    assert can_organise(named, process)
    assert can_organise(charlie, process)
    assert not can_organise(named, process, named=False)
    named.is_active = False
    assert not can_organise(named, process)
    assert can_organise(alice, process, named=False)


def test_who_sees_a_draft(
    lome: Territory, alice: Person, mora: Person, charlie: Person, member: Person, guest: Person
):
    plan = Plan(words("Lights"), {}, {}, [PhasePlan(words("Ideas"))])
    process = start_process(plan, territory=lome, is_draft=True, by=alice)
    assert [process in visible_to(one) for one in (alice, mora, charlie, member, guest, None)] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    ItemParty.objects.create(item=process.item, person=member, role=PartyRole.ORGANISER)
    assert process in visible_to(member)
    assert visible_to(member).filter(pk=process.pk).count() == 1


def test_who_opens_translates_and_sets_rules(
    lome: Territory,
    alice: Person,
    bob: Person,
    charlie: Person,
    member: Person,
    guest: Person,
    make_member: Any,
):
    steward, translator = make_member("Stina", "steward", lome), make_member("Tona", "translator", lome)
    process = process_of(lome, alice, IDEA)
    people = (alice, bob, charlie, steward, translator, member, guest, None)
    assert [can_open(one, lome) for one in people] == [True, True, False, True, False, False, False, False]
    assert [can_translate(one, process) for one in people] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [can_set_rule(one, lome) for one in people] == [
        False,
        False,
        False,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [can_publish(one, process) for one in people] == [
        True,
        True,
        False,
        True,
        False,
        False,
        False,
        False,
    ]


def test_who_is_of_a_place(
    lome: Territory, togo: Territory, bilbao: Territory, resident: Person, make_member: Any, guest: Person
):
    at_home, away = make_member("Homa"), make_member("Awa")
    at_home.home, away.home = lome, bilbao
    people = (resident, at_home, away, guest, None)
    for place in (lome, togo):
        assert [is_of_place(one, place) for one in people] == [True, True, False, False, False]
        assert [can_propose(one, place) for one in people] == [True, True, False, False, False]
    at_home.is_active = False
    assert not is_of_place(at_home, lome)


def test_who_signs_and_changes_what_waits(
    lome: Territory, resident: Person, listed: Person, alice: Person, member: Person, guest: Person
):
    plan = Plan(words("Benches"), {}, {}, [PhasePlan(words("Where"))], zone="Africa/Lome")
    process = propose_process(plan, territory=lome, by=resident)
    assert [can_sign(one, process) for one in (resident, listed, member, guest, None)] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert [can_change(one, process) for one in (resident, listed, alice)] == [True, False, False]
    assert under_signature(process.signing).get() == process
    assert [can_publish(one, process) for one in (resident, alice)] == [False, True]
    sign_process(process, by=listed)
    assert not can_change(resident, process)
    Item.objects.filter(pk=process.pk).update(hidden_by="decision:1")
    process.item.refresh_from_db()
    assert not can_sign(listed, process)
    assert not under_signature(process.signing).exists()
