"""Proving where somebody lives: by each way, for how long, for which places, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.base.moments import months_later
from tequio.outbox.models import Letter
from tequio.people.enums import Method
from tequio.people.models import (
    Person,
    Residence,
    ResidenceRule,
    ShownCode,
)
from tequio.people.permissions import can_verify
from tequio.people.selectors.residence import is_resident, verifying_in
from tequio.people.services import residence as services
from tequio.people.services.merging import merge_guest
from tequio.people.services.residence import (
    end_residence,
    remind_residents,
    set_rule,
    show_code,
    verify_by_register,
    verify_in_person,
)
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Maker = Callable[..., Person]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


class TestInPerson:
    def test_the_code_leads_to_her_once(self, alice: Person, member: Person, lome: Territory) -> None:
        code = show_code(member).code
        row = verify_in_person(code, lome, by=alice)
        assert (row.person, row.method, row.verified_by) == (member, Method.IN_PERSON, alice.audit_id)
        assert is_resident(member, lome)
        assert not ShownCode.objects.exists()
        assert Record.objects.get(act="residence.verify").data == {
            "method": "in_person",
            "territory": lome.pk,
        }
        with pytest.raises(Refused) as refused:
            verify_in_person(code, lome, by=alice)
        assert refused.value.code == "over"

    def test_a_new_code_ends_the_one_before_and_time_ends_it_too(
        self, alice: Person, member: Person, lome: Territory
    ) -> None:
        first, second = show_code(member).code, show_code(member).code
        assert ShownCode.objects.get().code == second
        ShownCode.objects.update(until=timezone.now())
        for code in (first, second):
            with pytest.raises(Refused):
                verify_in_person(code, lome, by=alice)

    def test_only_those_who_look_after_the_place_and_nobody_herself(
        self, alice: Person, mora: Person, charlie: Person, member: Person, guest: Person, lome: Territory
    ) -> None:
        code = show_code(member).code
        for other in (mora, charlie, member):
            assert not can_verify(other, lome)
            with pytest.raises(Refused):
                verify_in_person(code, lome, by=other)
        with pytest.raises(Refused) as refused:
            verify_in_person(show_code(alice).code, lome, by=alice)
        assert refused.value.code == "oneself"
        with pytest.raises(Refused):
            show_code(guest)
        assert not Residence.objects.exists()

    def test_a_way_the_place_does_not_use(self, alice: Person, member: Person, lome: Territory) -> None:
        ResidenceRule.objects.create(territory=lome, methods=["letter"])
        with pytest.raises(Refused) as refused:
            verify_in_person(show_code(member).code, lome, by=alice)
        assert refused.value.code == "method"

    def test_a_code_that_somebody_shows_already_is_drawn_anew(
        self, member: Person, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        signs = iter("AAAAAAAAAAAABBBBBB")
        monkeypatch.setattr(services.secrets, "choice", lambda _signs: next(signs))
        assert show_code(alice).code == "AAAAAA"
        assert show_code(member).code == "BBBBBB"
        monkeypatch.setattr(services.secrets, "choice", lambda _signs: "B")
        with pytest.raises(Refused):
            show_code(alice)


class TestWhere:
    def test_a_district_counts_for_the_city_above_and_not_the_other_way(
        self,
        alice: Person,
        member: Person,
        lome: Territory,
        be: Territory,
        togo: Territory,
        bilbao: Territory,
    ) -> None:
        verify_in_person(show_code(member).code, be, by=alice)
        member = fresh(member)
        assert [is_resident(member, place) for place in (be, lome, togo, bilbao)] == [True, True, True, False]
        other = fresh(alice)
        Residence.objects.create(
            person=other,
            territory=lome,
            method="letter",
            verified_by="x",
            until=timezone.now() + timedelta(1),
        )
        assert is_resident(other, lome)
        assert not is_resident(other, be)

    def test_nobody_who_is_not_an_active_member(self, guest: Person, member: Person, lome: Territory) -> None:
        for person in (guest, member):
            Residence.objects.create(
                person=person, territory=lome, method="list", verified_by="x",
                until=timezone.now() + timedelta(days=1),
            )  # fmt: skip
        assert is_resident(member, lome)
        assert not is_resident(guest, lome)
        assert not is_resident(None, lome)
        member.is_active = False
        assert not is_resident(member, lome)

    def test_on_a_day_of_the_past(self, member: Person, lome: Territory) -> None:
        now = timezone.now()
        row = Residence.objects.create(
            person=member, territory=lome, method="list", verified_by="x",
            verified_at=now - timedelta(days=40), until=now - timedelta(days=10),
        )  # fmt: skip
        assert not is_resident(member, lome)
        for days, expected in ((50, False), (39, True), (11, True), (9, False)):
            assert is_resident(member, lome, on=now - timedelta(days=days)) == expected
        Residence.objects.filter(pk=row.pk).update(ended_at=now - timedelta(days=20))
        assert is_resident(member, lome, on=now - timedelta(days=21))
        assert not is_resident(member, lome, on=now - timedelta(days=19))

    def test_the_rule_of_the_nearest_place_holds(
        self, steward: Person, alice: Person, lome: Territory, be: Territory, togo: Territory
    ) -> None:
        assert verifying_in(be).methods == ("in_person",)
        ResidenceRule.objects.create(territory=togo, methods=["register"], months=48)
        set_rule(lome, methods=["letter"], months=6, by=steward)
        rule = verifying_in(be)
        assert (rule.methods, rule.months, rule.of) == (("letter",), 6, lome)
        set_rule(be, methods=["list", "letter"], months=12, by=steward)
        assert verifying_in(be).of == be
        assert verifying_in(togo).months == 48
        with pytest.raises(Refused):
            set_rule(lome, methods=["list"], months=6, by=alice)
        assert Record.objects.filter(act="residence.rule").count() == 2


class TestHowLong:
    @pytest.mark.parametrize(
        ("begin", "months", "end"),
        [
            ((2026, 1, 31), 1, (2026, 2, 28)), ((2024, 2, 29), 12, (2025, 2, 28)),
            ((2026, 11, 22), 24, (2028, 11, 22)), ((2026, 12, 31), 6, (2027, 6, 30)),
        ],
    )  # fmt: skip
    def test_months(self, begin: tuple[int, int, int], months: int, end: tuple[int, int, int]) -> None:
        assert months_later(datetime(*begin, tzinfo=UTC), months) == datetime(*end, tzinfo=UTC)

    def test_again_is_a_new_row_and_the_old_one_ends(
        self, alice: Person, member: Person, lome: Territory, all_ways: ResidenceRule
    ) -> None:
        first = verify_in_person(show_code(member).code, lome, by=alice)
        second = verify_by_register(member, lome, register="organisations.organisation:3", by=alice)
        first.refresh_from_db()
        assert first.ended_at is not None
        assert second.until == months_later(second.verified_at, 12)
        assert (second.register, second.method) == ("organisations.organisation:3", "register")
        assert Residence.objects.filter(ended_at=None).count() == 1

    def test_it_is_over_by_itself(self, alice: Person, member: Person, lome: Territory) -> None:
        verify_in_person(show_code(member).code, lome, by=alice)
        Residence.objects.update(until=timezone.now())
        assert not is_resident(fresh(member), lome)

    def test_she_ends_it_or_a_steward_says_why(
        self, alice: Person, steward: Person, member: Person, lome: Territory
    ) -> None:
        row = verify_in_person(show_code(member).code, lome, by=alice)
        with pytest.raises(Refused):
            end_residence(row, by=alice, reason="I think so")
        with pytest.raises(Refused):
            end_residence(row, by=steward)
        end_residence(row, by=member)
        assert not is_resident(member, lome)
        again = verify_in_person(show_code(member).code, lome, by=alice)
        end_residence(again, by=steward, reason="The paper was not hers.")
        again.refresh_from_db()
        assert again.end_reason == "The paper was not hers."

    def test_a_letter_fourteen_days_before_once(self, member: Person, lome: Territory, guest: Person) -> None:
        now = timezone.now()
        for person, days in ((member, 13), (guest, 13)):
            Residence.objects.create(
                person=person,
                territory=lome,
                method="list",
                verified_by="x",
                until=now + timedelta(days=days),
            )
        assert remind_residents() == 1
        assert remind_residents() == 0
        letter = Letter.objects.get()
        assert letter.to == "mina@example.org"
        assert "Do you still live in Lomé?" in letter.subject
        assert "/en/places/TG-M-lome/residence/" in letter.text

    def test_nobody_is_reminded_too_early_or_too_late(self, member: Person, lome: Territory) -> None:
        now = timezone.now()
        row = Residence.objects.create(
            person=member, territory=lome, method="list", verified_by="x", until=now + timedelta(days=15)
        )
        assert remind_residents() == 0
        Residence.objects.filter(pk=row.pk).update(until=now - timedelta(days=1))
        assert remind_residents() == 0

    def test_of_two_proofs_the_later_stays_when_accounts_merge(
        self, guest: Person, member: Person, lome: Territory
    ) -> None:
        now = timezone.now()
        for person, days in ((member, 20), (guest, 3)):
            Residence.objects.create(
                person=person, territory=lome, method="list", verified_by=f"by {days}",
                verified_at=now - timedelta(days=days), until=now + timedelta(days=90 - days),
            )  # fmt: skip
        merge_guest(guest, member, by=member)
        row = Residence.objects.get()
        assert (row.person, row.verified_by) == (member, "by 3")


class TestRegister:
    def test_somebody_else_says_it(
        self, alice: Person, member: Person, guest: Person, lome: Territory, all_ways: ResidenceRule
    ) -> None:
        row = verify_by_register(member, lome, register="organisations.organisation:7", by=alice)
        assert (row.verified_by, row.register) == (alice.audit_id, "organisations.organisation:7")
        for person, by in ((member, member), (guest, alice)):
            with pytest.raises(Refused):
                verify_by_register(person, lome, register="organisations.organisation:7", by=by)

    def test_only_where_the_place_takes_registers(
        self, alice: Person, member: Person, lome: Territory
    ) -> None:
        with pytest.raises(Refused) as refused:
            verify_by_register(member, lome, register="organisations.organisation:7", by=alice)
        assert refused.value.code == "method"
