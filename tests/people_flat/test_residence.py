"""Proving where somebody lives: by each way, for how long, for which places, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.formats.identifiers import slow_hash
from tequio.outbox.models import Letter
from tequio.people import invariants
from tequio.people.enums import Method, Tried
from tequio.people.models import (
    GuardianConsent,
    IdentifierList,
    ListedIdentifier,
    Person,
    Residence,
    ResidenceLetter,
    ResidenceRule,
    ShownCode,
)
from tequio.people.permissions import can_keep_lists, can_verify
from tequio.people.selectors.residence import is_resident, verifying_in
from tequio.people.services import residence as services
from tequio.people.services.letters import ask_letter, mark_printed, prune_letters, try_letter_code
from tequio.people.services.lists import end_list, hash_list, salt_of, upload_list, verify_by_list
from tequio.people.services.merging import merge_guest
from tequio.people.services.residence import (
    end_residence,
    months_later,
    remind_residents,
    set_rule,
    show_code,
    verify_by_register,
    verify_in_person,
)
from tequio.territories.models import Territory
from tequio.territories.services import rebuild_paths, save_territory

pytestmark = pytest.mark.django_db
Maker = Callable[..., Person]


@pytest.fixture
def steward(make_member: Maker, lome: Territory) -> Person:
    return make_member("Sita", "steward", lome)


@pytest.fixture
def be(lome: Territory) -> Territory:
    """A district of Lomé."""
    district = save_territory(
        code="TG-M-be", kind="district", name=words("Bè"), zone="Africa/Lome", languages=["fr"],
        parents=[lome], by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    return district


@pytest.fixture
def all_ways(lome: Territory) -> ResidenceRule:
    return ResidenceRule.objects.create(territory=lome, methods=list(Method.values), months=12)


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


@pytest.mark.usefixtures("all_ways")
class TestLetter:
    def test_from_the_address_to_the_proof(self, steward: Person, member: Person, lome: Territory) -> None:
        row = ask_letter(member, lome, "Mina\n12 rue des Palmiers")
        code = row.code
        assert len(code) == 10
        assert code not in row.digest
        assert try_letter_code(member, lome, code) == Tried.OVER  # nobody has got it yet
        assert mark_printed(lome, [row.pk], by=steward) == 1
        assert mark_printed(lome, [row.pk], by=steward) == 0
        row.refresh_from_db()
        assert (row.address, row.code) == ("", "")
        assert try_letter_code(member, lome, code) == Tried.RIGHT
        found = Residence.objects.get()
        assert (found.method, found.verified_by) == ("letter", steward.audit_id)
        assert try_letter_code(member, lome, code) == Tried.OVER

    def test_five_tries(self, steward: Person, member: Person, lome: Territory) -> None:
        row = ask_letter(member, lome, "12 rue")
        mark_printed(lome, [row.pk], by=steward)
        tried = [try_letter_code(member, lome, "2222222222") for _number in range(5)]
        assert tried == [Tried.WRONG] * 4 + [Tried.OVER]
        assert try_letter_code(member, lome, row.code) == Tried.OVER
        assert not Residence.objects.exists()

    def test_anothers_code_or_place_is_of_no_use(
        self, steward: Person, member: Person, alice: Person, lome: Territory, bilbao: Territory
    ) -> None:
        row = ask_letter(member, lome, "12 rue")
        mark_printed(lome, [row.pk], by=steward)
        assert try_letter_code(alice, lome, row.code) == Tried.OVER
        assert try_letter_code(member, bilbao, row.code) == Tried.OVER

    def test_sixty_days(self, steward: Person, member: Person, lome: Territory) -> None:
        row = ask_letter(member, lome, "12 rue")
        mark_printed(lome, [row.pk], by=steward)
        ResidenceLetter.objects.update(until=timezone.now())
        assert try_letter_code(member, lome, row.code) == Tried.OVER
        assert prune_letters() == 1
        waiting = ask_letter(member, lome, "never printed")
        ResidenceLetter.objects.filter(pk=waiting.pk).update(until=timezone.now())
        prune_letters()
        waiting.refresh_from_db()
        assert (waiting.address, waiting.code) == ("", "")

    def test_asked_again_before_printing_only_the_address_changes(
        self, member: Person, lome: Territory
    ) -> None:
        assert ask_letter(member, lome, "one").pk == ask_letter(member, lome, "two").pk
        assert ResidenceLetter.objects.get().address == "two"

    def test_three_in_three_months(self, steward: Person, member: Person, lome: Territory) -> None:
        for _number in range(3):
            mark_printed(lome, [ask_letter(member, lome, "12 rue").pk], by=steward)
        with pytest.raises(Refused) as refused:
            ask_letter(member, lome, "12 rue")
        assert refused.value.code == "too_often"
        ResidenceLetter.objects.update(asked_at=timezone.now() - timedelta(days=91))
        assert ask_letter(member, lome, "12 rue").code

    def test_who_may_not(
        self, alice: Person, guest: Person, member: Person, lome: Territory, bilbao: Territory
    ) -> None:
        row = ask_letter(member, lome, "12 rue")
        assert not can_keep_lists(alice, lome)
        with pytest.raises(Refused):
            mark_printed(lome, [row.pk], by=alice)
        with pytest.raises(Refused):
            ask_letter(guest, lome, "x")
        with pytest.raises(Refused) as refused:
            ask_letter(member, bilbao, "x")
        assert refused.value.code == "method"


@pytest.mark.usefixtures("all_ways")
class TestList:
    CSV = b"identifier;year_of_birth\n12.345.678-Z;1985\nab 99 88;1990\n\n"

    def take_in(self, steward: Person, lome: Territory, content: bytes = CSV) -> IdentifierList:
        row = upload_list(lome, name="Roll", content=content, by=steward)
        hash_list(row.pk)
        row.refresh_from_db()
        return row

    def test_a_line_verifies_one_person(
        self, steward: Person, member: Person, alice: Person, lome: Territory
    ) -> None:
        row = self.take_in(steward, lome)
        assert (row.rows, row.done, row.content) == (2, 2, None)
        found = verify_by_list(member, lome, identifier="12345678z", year_of_birth=1985)
        assert found is not None
        assert found.register == f"people.identifierlist:{row.pk}"
        assert verify_by_list(alice, lome, identifier="12345678Z", year_of_birth=1985) is None
        assert verify_by_list(
            member, lome, identifier="12345678Z", year_of_birth=1985
        )  # she asks again later
        assert verify_by_list(alice, lome, identifier="AB9988", year_of_birth=1985) is None  # another's year
        assert Residence.objects.filter(ended_at=None).count() == 1

    def test_what_is_kept_says_nothing(self, steward: Person, lome: Territory) -> None:
        self.take_in(steward, lome)
        kept = set(ListedIdentifier.objects.values_list("digest", flat=True))
        assert slow_hash("12345678Z", 1985, salt_of(lome)) not in kept
        assert all(len(digest) == 64 for digest in kept)

    def test_hashed_beforehand_is_the_same(self, steward: Person, member: Person, lome: Territory) -> None:
        line = slow_hash("12345678Z", 1985, salt_of(lome))
        self.take_in(steward, lome, f"hash\n{line}\n".encode())
        assert verify_by_list(member, lome, identifier="12.345.678-z", year_of_birth=1985)

    def test_the_salt_is_each_places_own(self, lome: Territory, bilbao: Territory) -> None:
        assert salt_of(lome) != salt_of(bilbao)

    def test_a_worker_that_was_killed_goes_on_where_it_stopped(
        self, steward: Person, lome: Territory
    ) -> None:
        row = upload_list(lome, name="Roll", content=self.CSV, by=steward)
        IdentifierList.objects.filter(pk=row.pk).update(done=1)
        hash_list(row.pk)
        assert ListedIdentifier.objects.count() == 1
        hash_list(row.pk)  # done: nothing happens
        assert ListedIdentifier.objects.count() == 1

    def test_five_tries_an_hour(self, member: Person, lome: Territory) -> None:
        for _number in range(5):
            assert verify_by_list(member, lome, identifier="0000", year_of_birth=1990) is None
        with pytest.raises(Refused) as refused:
            verify_by_list(member, lome, identifier="0000", year_of_birth=1990)
        assert refused.value.code == "too_often"

    def test_an_ended_list_is_gone(
        self, steward: Person, alice: Person, member: Person, lome: Territory
    ) -> None:
        row = self.take_in(steward, lome)
        with pytest.raises(Refused):
            end_list(row, by=alice)
        end_list(row, by=steward)
        assert not ListedIdentifier.objects.exists()
        hash_list(row.pk)
        assert verify_by_list(member, lome, identifier="12345678Z", year_of_birth=1985) is None

    def test_who_may_not(self, alice: Person, member: Person, lome: Territory, bilbao: Territory) -> None:
        with pytest.raises(Refused):
            upload_list(lome, name="Roll", content=self.CSV, by=alice)
        with pytest.raises(Refused) as refused:
            verify_by_list(member, bilbao, identifier="1234", year_of_birth=1990)
        assert refused.value.code == "method"


def test_what_should_have_gone_is_named(
    steward: Person, member: Person, guest: Person, lome: Territory, all_ways: ResidenceRule
) -> None:
    now = timezone.now()
    assert list(invariants.nothing_stays_longer_than_it_was_promised()) == []
    letter = ask_letter(member, lome, "12 rue")
    waiting = upload_list(lome, name="Roll", content=TestList.CSV, by=steward)
    consent = GuardianConsent.objects.create(digest="x", name="Kim", until=now)
    assert list(invariants.nothing_stays_longer_than_it_was_promised()) == []
    ResidenceLetter.objects.update(printed_at=now)
    IdentifierList.objects.update(ready_at=now)
    GuardianConsent.objects.update(given_at=now)
    assert list(invariants.nothing_stays_longer_than_it_was_promised()) == [
        f"letter {letter.pk} is printed or over and still has its address",
        f"guardian's consent {consent.pk} is given and still holds what was typed",
        f"list {waiting.pk} is taken in and still has its upload",
    ]
    assert list(invariants.guests_hold_nothing()) == []
    Residence.objects.create(person=guest, territory=lome, method="list", verified_by="x", until=now)
    assert list(invariants.guests_hold_nothing()) == [f"person {guest.pk} is a guest and a verified resident"]


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
