"""Belonging: joining, answering, roles and classes, leaving; the last administrator stays."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from house_organisations import portrait
from people import words
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.organisations.enums import MembershipRole
from tequio.organisations.models import JoinRequest, MemberClass, Membership, Organisation
from tequio.organisations.permissions import (
    can_act_for,
    can_administer,
    can_end,
    can_translate,
    organisation_ids,
)
from tequio.organisations.selectors.portraits import portrait_of
from tequio.organisations.services.joining import answer_request, ask_to_join, take_request_back
from tequio.organisations.services.memberships import (
    ClassPlan,
    admit,
    change_classes,
    change_membership,
    end_membership,
    show_name,
)
from tequio.organisations.services.organisations import ask_to_be_verified, change_organisation, set_logo
from tequio.organisations.services.translating import translate_organisation
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.people.services.merging import merge_guest
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Make = Callable[..., Organisation]


def again(person: Person) -> Person:
    """The same person in her next request."""
    return Person.objects.get(pk=person.pk)


def test_the_maker_administers_and_acts_for_it(weavers: Organisation, alice: Person, bob: Person) -> None:
    assert can_administer(alice, weavers)
    assert can_act_for(alice, weavers)
    assert not can_act_for(bob, weavers)
    assert organisation_ids(alice) == [weavers.pk]
    assert organisation_ids(None) == []
    assert Record.objects.filter(act="organisation.make").count() == 1


def test_guests_add_nothing(make: Make, guest: Person) -> None:
    with pytest.raises(Refused, match="Only members"):
        make(by=guest)
    assert not Organisation.objects.exists()


def test_only_administrators_change_its_page_and_its_sign_and_ask_for_it(
    weavers: Organisation, bob: Person, member: Person, lome: Territory
) -> None:
    admit(weavers, person=bob, role=MembershipRole.REPRESENTATIVE)
    for change in (
        lambda: change_organisation(weavers, portrait("Bakers", lome), by=bob),
        lambda: set_logo(weavers, None, by=bob),
        lambda: ask_to_be_verified(weavers, by=bob),
    ):
        with pytest.raises(Refused, match="Only administrators"):
            change()
    with pytest.raises(Refused, match="Only translators"):
        translate_organisation(
            weavers, {"name": Typed({"fr": "Tisserandes"}, version_of(weavers.name))}, by=member
        )
    assert Organisation.objects.get().name == weavers.name


def test_groups_without_papers_stand_as_any_other(make: Make, member: Person) -> None:
    for kind in ("informal_group", "self_employed"):
        made = make(f"A {kind}", kind=kind, by=member)
        assert (made.registration, made.registered_in, made.standing) == ("", "", "unverified")
        assert made.asked_at


def test_ids_are_read_once_for_a_request(
    weavers: Organisation, alice: Person, django_assert_num_queries
) -> None:
    person = again(alice)
    with django_assert_num_queries(1):
        for _ in range(3):
            assert organisation_ids(person) == [weavers.pk]
            assert can_act_for(person, weavers)


def test_a_request_is_one_question_until_it_is_answered(
    weavers: Organisation, alice: Person, member: Person
) -> None:
    first = ask_to_join(weavers, words="I weave.", by=member)
    assert ask_to_join(weavers, words="I still weave.", by=member).pk == first.pk
    assert Record.objects.filter(act="membership.ask").count() == 1
    with pytest.raises(Refused, match="reason"):
        answer_request(first, is_accepted=False, by=alice)
    assert answer_request(first, is_accepted=False, reason="We are full.", by=alice) is None
    with pytest.raises(Refused, match="meanwhile"):
        answer_request(first, is_accepted=True, by=alice)
    assert not Membership.objects.filter(person=member).exists()
    second = ask_to_join(weavers, is_shown=True, by=member)
    membership = answer_request(second, is_accepted=True, link="https://tequio.example/1", by=alice)
    assert membership
    assert (membership.role, membership.is_shown) == ("member", True)
    texts = [letter.text for letter in Letter.objects.filter(to="mina@example.org").order_by("id")]
    assert "We are full." in texts[0]
    assert "https://tequio.example/1" in texts[1]
    with pytest.raises(Refused, match="stands already"):
        ask_to_join(weavers, by=member)


def test_only_administrators_answer_and_a_class_is_ones_own(
    weavers: Organisation, make: Make, bob: Person, member: Person
) -> None:
    request = ask_to_join(weavers, by=member)
    for person in (bob, member):
        with pytest.raises(Refused, match="administrators"):
            answer_request(request, is_accepted=True, by=person)
    foreign = MemberClass.objects.filter(organisation=make("Others", by=bob)).first()
    assert foreign
    with pytest.raises(Refused, match="another organisation"):
        ask_to_join(weavers, member_class=foreign, by=bob)


def test_she_takes_her_question_back(weavers: Organisation, member: Person, bob: Person) -> None:
    request = ask_to_join(weavers, by=member)
    take_request_back(request, by=bob)
    assert JoinRequest.objects.count() == 1
    take_request_back(request, by=member)
    assert not JoinRequest.objects.exists()


def test_the_last_administrator_cannot_go(weavers: Organisation, alice: Person, bob: Person) -> None:
    own = Membership.objects.get(person=alice)
    for leave in (
        lambda: end_membership(own, by=alice),
        lambda: change_membership(own, role=MembershipRole.MEMBER, member_class=None, by=alice),
    ):
        with pytest.raises(Refused, match="last administrator") as refused:
            leave()
        assert refused.value.code == "last"
    other = admit(weavers, person=bob, role=MembershipRole.ADMINISTRATOR)
    Person.objects.filter(pk=bob.pk).update(is_active=False)
    with pytest.raises(Refused, match="last administrator"):
        end_membership(own, by=alice)
    Person.objects.filter(pk=bob.pk).update(is_active=True)
    end_membership(own, by=alice)
    own.refresh_from_db()
    assert own.until
    assert not can_act_for(again(alice), weavers)
    assert Membership.objects.get(pk=other.pk).until is None


def test_an_end_by_another_needs_its_reason(
    weavers: Organisation, alice: Person, bob: Person, member: Person
) -> None:
    membership = admit(weavers, person=member)
    with pytest.raises(Refused, match="reason"):
        end_membership(membership, by=alice)
    with pytest.raises(Refused, match="Only she herself"):
        end_membership(membership, reason="I wish so", by=bob)
    end_membership(membership, reason="She moved away.", by=alice)
    with pytest.raises(Refused, match="over already"):
        end_membership(membership, by=member)
    assert ask_to_join(weavers, by=member)


def test_only_she_herself_shows_her_name(weavers: Organisation, alice: Person, member: Person) -> None:
    membership = admit(weavers, person=member)
    with pytest.raises(Refused):
        show_name(membership, is_shown=True, by=alice)
    assert portrait_of(None, weavers).people == []
    show_name(membership, is_shown=True, by=member)
    assert [row.person for row in portrait_of(None, weavers).people] == [member]


@pytest.mark.parametrize(("age", "is_named"), [(None, True), (46, True), (16, False)])
def test_minors_are_counted_and_never_named(weavers: Organisation, member: Person, age, is_named) -> None:
    year = timezone.now().year - age if age else None
    Person.objects.filter(pk=member.pk).update(year_of_birth=year)
    admit(weavers, person=member, is_shown=True)
    shown = portrait_of(None, weavers)
    assert bool(shown.people) is is_named
    assert shown.number == 2


def test_classes_have_their_usual_names_or_own_words(make: Make, alice: Person, member: Person) -> None:
    weavers = make("Weavers")
    worker, *others = MemberClass.objects.filter(organisation=weavers).order_by("position")
    assert [str(row.title) for row in [worker, *others]] == ["Worker", "Consumer", "Producer", "Supporter"]
    membership = admit(weavers, person=member, member_class=others[0])
    kept = change_classes(
        weavers,
        [
            ClassPlan(None, words("Apprentice", "Aprendiz", "Apprentie")),
            ClassPlan(worker.pk, words("Weaver")),
        ],
        by=alice,
    )
    assert [str(row.title) for row in kept] == ["Apprentice", "Weaver"]
    offered = MemberClass.objects.filter(organisation=weavers, is_offered=True)
    assert set(offered) == set(kept)
    membership.refresh_from_db()
    assert membership.member_class == others[0]
    with pytest.raises(Refused, match="another organisation"):
        change_classes(make("Others"), [ClassPlan(worker.pk, {})], by=alice)


def test_one_membership_at_a_time_holds_in_the_database(weavers: Organisation, alice: Person) -> None:
    day = Membership.objects.get(person=alice).since
    for values in ({"person": alice}, {"person": alice, "member": weavers}, {}, {"member": weavers}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(organisation=weavers, since=day, **values)
    Membership.objects.create(organisation=weavers, person=alice, since=day, until=day)


def test_a_guest_who_turns_out_to_be_a_member_leaves_the_membership_alone(
    weavers: Organisation, guest: Person, alice: Person
) -> None:
    merge_guest(guest, alice, by=alice)
    assert Membership.objects.get().person == alice


@pytest.mark.django_db(transaction=True)
def test_two_administrators_leave_at_once_and_one_stays(
    weavers: Organisation, alice: Person, bob: Person
) -> None:
    admit(weavers, person=bob, role=MembershipRole.ADMINISTRATOR)
    rows = {row.person_id: row for row in Membership.objects.all()}
    barrier, refused = threading.Barrier(2), []

    def leave(person: Person) -> None:
        barrier.wait()
        try:
            end_membership(rows[person.pk], by=again(person))
        except Refused as error:
            refused.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[person]) for person in (alice, bob)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert refused == ["last"]
    assert Membership.objects.filter(until=None).count() == 1


def test_who_is_nobody_here_ends_and_translates_nothing(
    weavers: Organisation, alice: Person, guest: Person
) -> None:
    membership = Membership.objects.get(organisation=weavers, person=alice)
    for nobody in (None, guest):
        assert not can_end(nobody, membership)
        assert not can_translate(nobody, weavers)
    weavers.hidden_by = "moderation.decision:1"
    assert not can_translate(again(alice), weavers)
