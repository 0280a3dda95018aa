"""Several institutions look after a process together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forms import open_browser
from house import House
from processes_at_hand import cooperative, process_of
from tequio.base.errors import Refused
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import ItemParty
from tequio.ideas.processes.models import Invitation, Process
from tequio.ideas.processes.permissions import can_organise
from tequio.ideas.processes.selectors.team import invitation_by, party_in, team_of
from tequio.ideas.processes.services.team import (
    answer_for_organisation,
    answer_invitation,
    end_party,
    invite_by_letter,
    name_by_code,
    name_organisation,
    prune_invitations,
)
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.people.services.residence import show_code
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(lome: Territory, alice: Person) -> Process:
    return process_of(lome, alice)


def invited(process: Process, email: str, by: Person) -> tuple[Invitation, str]:
    tokens: list[str] = []

    def address_of(token: str) -> str:
        tokens.append(token)
        return f"https://tequio.example/{token}/"

    return invite_by_letter(process, email, address_of=address_of, by=by), tokens[0]


def test_who_shows_her_code_agrees(process: Process, alice: Person, member: Person, mora: Person):
    code = show_code(member).code
    with pytest.raises(Refused, match="Only those who look after"):
        name_by_code(process, code, by=mora)
    for _twice in range(2):
        party = name_by_code(process, code, by=alice)
    assert party.accepted_at
    assert can_organise(member, process)
    with pytest.raises(Refused) as refused:
        name_by_code(process, "00000000", by=alice)
    assert refused.value.code == "code"
    end_party(party, by=member)
    assert not can_organise(member, process)


def test_a_letter_asks_and_only_its_reader_answers(
    process: Process, alice: Person, member: Person, bob: Person
):
    invitation, token = invited(process, "mina@example.org", alice)
    letter = Letter.objects.order_by("-pk")[0]
    assert letter.to == "mina@example.org"
    assert token in letter.text
    assert token not in str(Invitation.objects.values().get())
    assert invitation.hint == "m…@example.org"
    assert invitation_by(token, bob) is None
    with pytest.raises(Refused, match="not good any more"):
        answer_invitation(invitation, accepts=True, by=bob)
    assert invitation_by(token, member) == invitation
    answer_invitation(invitation, accepts=True, by=member)
    assert can_organise(member, process)
    assert invitation_by(token, member) is None
    with pytest.raises(Refused):
        answer_invitation(invitation, accepts=True, by=member)
    assert mail.outbox == []


def test_a_letter_dies_with_age_and_with_its_senders_right(process: Process, alice: Person, member: Person):
    invitation, token = invited(process, "mina@example.org", alice)
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert invitation_by(token, member) is None
    Invitation.objects.update(until=timezone.now() + timedelta(days=1))
    process.item.author = None
    process.item.save(update_fields=["author"])
    alice.roles.update(ended_at=timezone.now())
    assert invitation_by(token, member) is None
    with pytest.raises(Refused):
        answer_invitation(invitation, accepts=True, by=member)
    Invitation.objects.update(until=timezone.now() - timedelta(days=31))
    assert (prune_invitations(), prune_invitations()) == (1, 0)


def test_no_is_an_answer(process: Process, alice: Person, member: Person):
    invitation, token = invited(process, "mina@example.org", alice)
    answer_invitation(invitation, accepts=False, by=member)
    assert not can_organise(member, process)
    assert invitation_by(token, member) is None


def test_an_organisation_stands_named_once_it_says_yes(
    process: Process, alice: Person, charlie: Person, bob: Person, lome: Territory
):
    theirs = cooperative(lome, charlie)
    party = name_organisation(process, theirs, by=alice)
    assert party.accepted_at is None
    assert not can_organise(charlie, process)
    with pytest.raises(Refused, match="Only those who act"):
        answer_for_organisation(party, accepts=True, by=bob)
    answer_for_organisation(party, accepts=True, by=charlie)
    assert can_organise(charlie, process)
    answer_for_organisation(party, accepts=False, by=charlie)  # answered already: it stays
    assert team_of(process).parties == [party]
    end_party(party, by=bob)
    other = name_organisation(process, theirs, by=alice)
    answer_for_organisation(other, accepts=False, by=charlie)
    assert not team_of(process).parties


def test_ones_own_organisation_is_named_at_once(
    process: Process, alice: Person, lome: Territory, mora: Person
):
    party = name_organisation(process, cooperative(lome, alice), by=alice)
    assert party.accepted_at
    with pytest.raises(Refused):
        end_party(party, by=mora)


def test_the_number_of_a_party_is_read_with_care(process: Process, alice: Person):
    for number in ("", "x", "9" * 30, "٣", "4"):
        assert party_in(process, number) is None


def test_pages_of_naming(house: House):
    author, member = house.person("author"), house.person("member")
    assert author
    assert member
    path = f"/en/processes/{house.process.pk}/team/"
    browser = open_browser(author)
    wrong = browser.post(path, {"do": "code", "code-code": "12345678", "form_key": "1" * 32})
    assert wrong.status_code == 422
    assert "Nobody shows this code now" in wrong.content.decode()
    code = show_code(member).code
    assert browser.post(path, {"do": "code", "code-code": code, "form_key": "2" * 32}).status_code == 302
    party = ItemParty.objects.get(item=house.process.pk, person=member)
    assert "Street choir" not in browser.get(path).content.decode()  # it is not verified
    hers = open_browser(member)
    assert "Step back" in hers.get(path).content.decode() or "step back" in hers.get(path).content.decode()
    gone = hers.post(path, {"do": "end", "party": party.pk, "form_key": "3" * 32})
    assert gone["Location"] == "/en/processes/"
    assert hers.get(path).status_code == 404
    runs = open_browser(house.person("colleague"))
    asked = house.notes["asked"]
    answer = f"/en/processes/{house.process.pk}/team/{asked.pk}/"
    assert "is asked to look after" in runs.get(f"/en/processes/{house.process.pk}/").content.decode()
    assert runs.post(answer, {"do": "accept", "form_key": "4" * 32}).status_code == 302
    assert runs.get(answer).status_code == 404
    assert ItemParty.objects.get(pk=asked.pk).role == PartyRole.ORGANISER
    asked_by_letter = hers.get(f"/en/processes/join/process-{house.tag}/")
    assert "asks you" in asked_by_letter.content.decode()
    no = hers.post(f"/en/processes/join/process-{house.tag}/", {"do": "decline", "form_key": "5" * 32})
    assert no["Location"] == "/en/processes/"
