"""Proving where somebody lives by letters and lists, and what must be gone afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tequio.base.errors import Refused
from tequio.formats.identifiers import slow_hash
from tequio.people import invariants
from tequio.people.enums import Tried
from tequio.people.models import (
    GuardianConsent,
    IdentifierList,
    ListedIdentifier,
    Person,
    Residence,
    ResidenceLetter,
    ResidenceRule,
)
from tequio.people.permissions import can_keep_lists
from tequio.people.services.letters import ask_letter, mark_printed, prune_letters, try_letter_code
from tequio.people.services.lists import end_list, hash_list, salt_of, upload_list, verify_by_list
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Maker = Callable[..., Person]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


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
