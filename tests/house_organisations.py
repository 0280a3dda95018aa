"""The organisations of a house: one that is verified and runs, one that waits, and all that goes with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from people import words
from tequio.files.models import Block, Rendition, StoredFile
from tequio.organisations.enums import MembershipRole
from tequio.organisations.models import Invitation, JoinRequest, Membership, Organisation
from tequio.organisations.services.inviting import invite
from tequio.organisations.services.joining import answer_request, ask_to_join
from tequio.organisations.services.memberships import admit
from tequio.organisations.services.organisations import Portrait, make_organisation, set_logo
from tequio.organisations.services.verifying import allow_register, verify
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest
from tequio.territories.models import Territory

# Two by two points, as a browser reads them.
WEBP = bytes.fromhex("524946461e000000574542505650384c110000002f014000000750bc2297a2ff8188e87f0000")


@dataclass
class Organisations:
    """`token`: what stands in the letter of the open invitation, written to the house's member."""

    runs: Organisation
    waits: Organisation
    alliance: Organisation
    colleague: Membership
    member: Membership
    in_alliance: Membership
    request: JoinRequest
    invitation: Invitation
    token: str


def portrait(name: str, place: Territory, kind: str = "cooperative", **values: Any) -> Portrait:
    return Portrait(kind=kind, name=words(name), territory=place, languages=["en"], **values)


def small_picture(by: Person) -> StoredFile:
    """Without the process that makes one smaller: a house is built often."""
    stored = StoredFile.objects.create(kind="picture", name="sign.webp", by=by)
    copy = Rendition.objects.create(
        file=stored, type="image/webp", width=2, height=2, size=len(WEBP), digest=sha256(WEBP).hexdigest()
    )
    Block.objects.create(rendition=copy, number=0, content=WEBP)
    return stored


def invited(organisation: Organisation, email: str, *, by: Person, **values: Any) -> tuple[Invitation, str]:
    """An invitation and the token of its letter."""
    tokens: list[str] = []

    def address_of(token: str) -> str:
        tokens.append(token)
        return f"https://tequio.example/{token}/"

    return invite(organisation, email=email, by=by, address_of=address_of, **values), tokens[0]


def joined(organisation: Organisation, member: Organisation, *, by: Person, says_yes: Person) -> Membership:
    """`member`, asked for by its administrator, is in the alliance."""
    request = ask_to_join(organisation, applicant=member, by=by)
    membership = answer_request(request, is_accepted=True, by=says_yes)
    assert membership
    return membership


def furnish(tag: str, place: Territory, people: dict[str, Person | None]) -> Organisations:
    """The author runs one; Sefa runs the two others, of which one waits for the steward."""
    author, colleague, member = people["author"], people["colleague"], people["member"]
    stranger, steward = people["stranger"], people["steward"]
    assert author
    assert colleague
    assert member
    assert stranger
    assert steward
    sefa = become_member(begin_guest(language="en"), email=f"sefa.{tag}@example.org", name="Sefa")
    runs = make_organisation(
        portrait(f"Weavers {tag}", place, description=words("We weave."), website="https://weave.example"),
        by=author,
    )
    waits = make_organisation(portrait(f"Street choir {tag}", place, kind="informal_group"), by=sefa)
    alliance = make_organisation(portrait(f"All weavers {tag}", place, kind="federation"), by=sefa)
    verify(runs, method="papers", checked_on=date(2026, 1, 5), evidence="Statutes seen.", by=steward)
    allow_register(runs, place, by=steward)
    set_logo(runs, small_picture(author), by=author)
    as_colleague = admit(runs, person=colleague, role=MembershipRole.REPRESENTATIVE, is_shown=True)
    as_member = admit(runs, person=member)
    in_alliance = joined(alliance, runs, by=author, says_yes=sefa)
    request = ask_to_join(runs, words="I weave too.", by=stranger)
    _waiting, token = invited(waits, f"member.{tag}@example.org", by=sefa)
    mine, _token = invited(runs, f"new.{tag}@example.org", by=author)
    return Organisations(runs, waits, alliance, as_colleague, as_member, in_alliance, request, mine, token)


def _of(which: Callable[[Organisations], Any], name: str = "pk") -> Callable[[Any], dict[str, Any]]:
    return lambda house: {name: which(house.organisations)}


ORGANISATION_PATHS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            "home:organisation_detail",
            "organisations:edit",
            "organisations:change_logo",
            "organisations:members",
            "organisations:classes",
            "organisations:join",
            "organisations:invite",
            "organisations:register",
            "notifications:follow_organisation",
        ),
        _of(lambda one: one.runs.pk),
    ),
    "organisations:logo": lambda house: {"pk": house.organisations.runs.pk, "width": 2},
    "organisations:verify": _of(lambda one: one.waits.pk),
    "organisations:change_member": _of(lambda one: one.member.pk),
    "organisations:my_membership": _of(lambda one: one.colleague.pk),
    "organisations:answer_request": _of(lambda one: one.request.pk),
    "organisations:withdraw": _of(lambda one: one.invitation.pk),
    "organisations:invitation": _of(lambda one: one.token, "token"),
}
