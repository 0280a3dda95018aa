"""Co-authors: asked by code, letter or organisation; named once they say yes; then they may change it."""

from __future__ import annotations

import re

import pytest

from forms import open_browser, send
from house import House
from tequio.base.errors import Refused
from tequio.catalogue.models import ItemParty, Revision
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.permissions import can_edit, can_invite, can_withdraw, is_author, parties_of
from tequio.ideas.proposals.selectors.detail import credit_of
from tequio.ideas.proposals.selectors.mine import ideas_waiting
from tequio.ideas.proposals.services.authors import (
    MOST_AUTHORS,
    answer_invitation,
    invite_by_letter,
    invite_organisation,
    invite_person,
    read_token,
)
from tequio.ideas.proposals.services.supporting import support_idea
from tequio.organisations.models import Organisation
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest
from tequio.people.services.residence import show_code

pytestmark = pytest.mark.django_db


def fresh(idea: Idea) -> Idea:
    return Idea.objects.select_related("item__author", "item__territory").get(pk=idea.pk)


def member(house: House) -> Person:
    person = house.person("member")
    assert person is not None
    return person


def test_asked_by_code_she_says_yes_and_may_change_it(house: House):
    client, asked = open_browser(member(house)), house.people["colleague"]
    path = f"/en/ideas/{house.idea.pk}/authors/"
    assert send(client, path, {"whom": "no such code"}).status_code == 422
    code = show_code(asked).code
    assert send(client, path, {"whom": code}).status_code == 302
    assert credit_of(fresh(house.idea)).others == 0
    assert not can_edit(asked, fresh(house.idea))
    (waiting,) = ideas_waiting(asked)
    other = open_browser(asked)
    assert other.get(waiting.path).status_code == 200
    send(other, waiting.path, {"do": "accept"})
    credit = credit_of(fresh(house.idea))
    assert (credit.first, credit.others, credit.names) == ("Mina", 1, ("Mina", "Yawa"))
    assert can_edit(asked, fresh(house.idea))
    assert not can_withdraw(asked, fresh(house.idea))
    assert "and 1 other" in open_browser().get(f"/en/ideas/{house.idea.pk}/").content.decode()
    send(other, waiting.path, {"do": "decline"})
    assert not is_author(asked, fresh(house.idea))
    assert other.get(waiting.path).status_code == 404


def test_by_letter_only_the_one_it_was_written_to(house: House):
    client = open_browser(member(house))
    address = f"colleague.{house.tag}@example.org"
    assert send(client, f"/en/ideas/{house.idea.pk}/authors/", {"whom": address}).status_code == 302
    letter = Letter.objects.get(to=address)
    path = re.search(r"/en/ideas/\d+/authors/me/\?token=\S+", letter.text)
    assert path
    stranger, asked = open_browser(house.person("stranger")), open_browser(house.person("colleague"))
    assert send(stranger, path[0], {"do": "accept"}).status_code == 404
    assert asked.get(path[0]).status_code == 200
    assert send(asked, path[0], {"do": "accept"}).status_code == 302
    assert is_author(house.person("colleague"), fresh(house.idea))
    assert asked.get(f"/en/ideas/{house.idea.pk}/authors/me/?token=forged").status_code == 200
    assert stranger.get(f"/en/ideas/{house.idea.pk}/authors/me/?token=forged").status_code == 404
    assert read_token("forged") is None


def test_an_organisation_is_named_when_somebody_acting_for_it_says_so(house: House):
    organisation = house.organisations.runs
    party = invite_organisation(fresh(house.idea), organisation, by=member(house))
    acting = [
        one for one in house.people.values() if one and party.accepted_at is None and acts(one, organisation)
    ]
    with pytest.raises(Refused):
        answer_invitation(party, accepts=True, by=house.people["stranger"])
    if party.accepted_at is None:
        answer_invitation(party, accepts=True, by=acting[0])
    assert str(organisation.title) in credit_of(fresh(house.idea)).names
    page = f"/en/ideas/{house.idea.pk}/authors/"
    client = open_browser(member(house))
    assert send(client, page, {"whom": "https://x.example/en/organisations/999999/"}).status_code == 422
    assert send(client, page, {"whom": f"/en/organisations/{organisation.pk}/"}).status_code == 302
    assert ItemParty.objects.filter(item=house.idea.pk, organisation=organisation).count() == 1


def acts(person: Person, organisation: Organisation) -> bool:
    from tequio.organisations.permissions import acting_ids

    return organisation.pk in acting_ids(person)


def test_who_may_ask_and_whom(house: House):
    assert can_invite(member(house), house.idea)
    for role in ("visitor", "guest", "stranger", "moderator"):
        assert not can_invite(house.person(role), house.idea)
    with pytest.raises(Refused):
        invite_person(house.idea, house.people["colleague"], by=house.people["stranger"])
    with pytest.raises(Refused, match="wrote it herself"):
        invite_person(house.idea, member(house), by=member(house))
    with pytest.raises(Refused):
        invite_by_letter(house.idea_draft, "x@example.org", address_of=str, by=house.people["author"])
    party = invite_person(house.idea, house.people["colleague"], by=member(house))
    ItemParty.objects.filter(pk=party.pk).delete()
    with pytest.raises(Refused, match="taken back"):
        answer_invitation(party, accepts=True, by=house.people["colleague"])


def test_whoever_cannot_be_asked_is_said_at_the_field(house: House):
    client, path = open_browser(member(house)), f"/en/ideas/{house.idea.pk}/authors/"
    tried = {
        show_code(member(house)).code: "She wrote it herself.",
        "https://tequio.example/en/organisations/0/": "There is no such organisation.",
    }
    for whom, said in tried.items():
        answer = send(client, path, {"whom": whom})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    for number in range(MOST_AUTHORS - len(parties_of(house.idea))):
        asked = become_member(begin_guest(language="en"), email=f"asked{number}@example.org", name="Ama")
        invite_person(house.idea, asked, by=member(house))
    answer = send(client, path, {"whom": show_code(house.people["stranger"]).code})
    assert answer.status_code == 422
    assert "An idea has at most 20 co-authors." in answer.content.decode()


def test_a_change_is_kept_with_its_reason_and_later_supporters_see_it(house: House):
    support_idea(house.idea, by=house.people["guest"])
    client = open_browser(member(house))
    path = f"/en/ideas/{house.idea.pk}/edit/"
    page = client.get(path).content.decode()
    assert "A boat for the lagoon." in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    typed = {
        "title": "Two boats for the lagoon.",
        "what": "A boat, and one more.",
        "why": "",
        "seen": seen[1],
        "reason": "One is not enough",
    }
    assert send(client, path, typed).status_code == 302
    idea = fresh(house.idea)
    assert idea.what["en"]["text"] == "A boat, and one more."
    assert (idea.why, idea.cost, idea.supports_when_changed) == ({}, None, 1)
    revision = Revision.objects.filter(item=idea.pk).latest("pk")
    assert revision.why == "One is not enough"
    assert {change["part"] for change in revision.changes} == {"title", "what", "why", "for_whom"}
    shown = open_browser().get(f"/en/ideas/{idea.pk}/").content.decode()
    assert "after 1 person supported it" in shown
    again = send(client, path, {**typed, "title": "Three boats"})
    assert again.status_code == 422
    assert "Another author changed this idea meanwhile" in again.content.decode()
    assert send(client, path, {**typed, "title": ""}).status_code == 422
    for role in ("visitor", "guest", "stranger", "moderator"):
        assert open_browser(house.person(role)).get(path).status_code == 404


def test_taking_back_and_my_ideas(house: House):
    client = open_browser(member(house))
    support_idea(house.idea, by=member(house))
    page = client.get("/en/ideas/mine/").content.decode()
    assert page.count("A boat for the lagoon.") == 2
    author = open_browser(house.person("author"))
    assert f"A draft about {house.secret}." in author.get("/en/ideas/mine/").content.decode()
    (draft,) = ideas_waiting(house.people["author"])
    assert draft.path.endswith(f"/ideas/{house.idea_draft.pk}/")
    assert "nothing here yet" in open_browser().get("/en/ideas/mine/").content.decode()
    path = f"/en/ideas/{house.idea.pk}/withdraw/"
    assert open_browser(house.person("stranger")).get(path).status_code == 404
    send(client, path)
    assert open_browser().get(f"/en/ideas/{house.idea.pk}/").status_code == 404
    assert client.get(path).status_code == 404
