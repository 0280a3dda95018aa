"""Joining ideas, undoing it, splitting: everybody counted once, credit kept, a way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forms import open_browser, send
from house import House
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item, ItemCount, ItemParty, Link
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.proposals import invariants
from tequio.ideas.proposals.models import Idea, Support
from tequio.ideas.proposals.permissions import can_merge, can_split, can_unmerge
from tequio.ideas.proposals.services import Words, write_idea
from tequio.ideas.proposals.services.merging import merge_idea, tell_supporters, unmerge_idea
from tequio.ideas.proposals.services.splitting import split_idea
from tequio.ideas.proposals.services.supporting import support_idea, withdraw_support
from tequio.notifications.models import Notice
from tequio.people.models import Person

pytestmark = pytest.mark.django_db


def idea_by(house: House, role: str, title: str) -> Idea:
    said = Words(title=words(title), what=words("Words of it."))
    return write_idea(said, territory=house.place, languages=["en"], by=person(house, role))


def person(house: House, role: str) -> Person:
    found = house.person(role)
    assert found is not None
    return found


def count(idea: Idea) -> int:
    return ItemCount.objects.get(item=idea.pk).supports


def sound() -> bool:
    return not [*invariants.ideas_know_how_many_support_them(), *invariants.joined_ideas_lead_somewhere()]


def test_each_supporter_counts_once_and_it_can_be_undone(house: House):
    one, other = idea_by(house, "colleague", "A ferry"), house.idea
    for role in ("author", "steward", "guest"):
        support_idea(one, by=person(house, role))
    for role in ("steward", "moderator"):
        support_idea(other, by=person(house, role))
    withdraw_support(other, by=person(house, "moderator"))
    support_idea(one, by=person(house, "moderator"))
    merge_idea(one, other, by=person(house, "moderator"))
    assert (count(one), count(other)) == (4, 3)  # she who had taken it back there is not counted over
    assert Link.objects.get(kind="took_in").target_id == one.pk
    assert Item.objects.get(pk=one.pk).comments == "closed"
    with pytest.raises(Refused):
        support_idea(one, by=person(house, "member"))
    assert sound()
    withdraw_support(other, by=person(house, "guest"))
    unmerge_idea(one, by=person(house, "moderator"))
    assert (count(one), count(other)) == (3, 1)
    assert not Link.objects.filter(kind="took_in").exists()
    assert not Support.objects.filter(came_from__isnull=False).exists()
    assert Item.objects.get(pk=one.pk).comments == "two"
    assert sound()


def test_those_joined_before_come_along_and_go_back(house: House):
    first, second, third = (idea_by(house, "member", f"Idea {name}") for name in ("alpha", "beta", "gamma"))
    support_idea(first, by=person(house, "guest"))
    moderator = person(house, "moderator")
    merge_idea(first, second, by=moderator)
    merge_idea(second, third, by=moderator)
    assert Idea.objects.get(pk=first.pk).merged_into_id == third.pk
    assert count(third) == 1
    assert sound()
    unmerge_idea(second, by=moderator)
    assert Idea.objects.get(pk=first.pk).merged_into_id == second.pk
    assert (count(first), count(second), count(third)) == (1, 1, 0)
    assert sound()


def test_who_may_join_and_what_cannot_be(house: House, twin: House):
    hers, other = house.idea, idea_by(house, "author", "A bridge")
    for role, may in (
        ("member", True),
        ("stranger", False),
        ("guest", False),
        ("moderator", True),
        ("steward", True),
    ):
        assert can_merge(house.person(role), hers) == may, role
        assert can_split(house.person(role), hers) == may, role
        assert not can_unmerge(house.person(role), hers)
    assert not can_merge(None, hers)
    with pytest.raises(Refused, match="cannot join"):
        merge_idea(other, hers, by=person(house, "member"))
    with pytest.raises(Refused, match="another idea"):
        merge_idea(hers, hers, by=person(house, "member"))
    with pytest.raises(Refused, match="same place"):
        merge_idea(hers, twin.idea, by=person(house, "member"))
    with pytest.raises(Refused, match="stand for itself"):
        merge_idea(hers, house.idea_draft, by=person(house, "member"))
    with pytest.raises(Refused, match="not joined"):
        unmerge_idea(hers, by=person(house, "moderator"))
    merge_idea(hers, other, by=person(house, "member"))
    with pytest.raises(Refused):
        unmerge_idea(Idea.objects.get(pk=hers.pk), by=person(house, "member"))
    with pytest.raises(Refused):
        split_idea(hers, Words(title=words("x")), by=person(house, "member"))


def test_supporters_and_authors_hear_of_it(house: House):
    other = idea_by(house, "author", "A bridge")
    support_idea(house.idea, by=person(house, "colleague"))
    merge_idea(house.idea, other, by=person(house, "moderator"))
    assert tell_supporters(house.idea.pk) == 1
    assert tell_supporters(house.idea.pk) == 0
    assert Notice.objects.get(announcement__event="joined").person == house.people["colleague"]
    party = ItemParty.objects.get(item=other.pk)
    assert (party.person, party.accepted_at) == (house.people["member"], None)
    assert Notice.objects.filter(announcement__event="invited", person=house.people["member"]).exists()
    page = open_browser().get(f"/en/ideas/{other.pk}/").content.decode()
    assert "From <bdi>Mina</bdi>" in page
    gone = open_browser().get(f"/en/ideas/{house.idea.pk}/").content.decode()
    assert "This idea was joined with another" in gone
    assert f"/en/ideas/{other.pk}/" in gone
    assert tell_supporters(other.pk) == 0


def test_an_answer_that_is_owed_is_owed_to_both(house: House):
    due_at = timezone.now() + timedelta(days=9)
    owe_answer(house.idea.item, due_at=due_at, because="petition", by=SYSTEM)
    other = idea_by(house, "author", "A bridge")
    merge_idea(house.idea, other, by=person(house, "moderator"))
    assert AnswerDue.objects.get().item_id == other.pk
    assert AnswerDue.objects.get().due_at == due_at


def test_a_part_becomes_an_idea_of_the_same_authors(house: House):
    asked = ItemParty.objects.filter(item=house.idea.pk, person=house.people["colleague"])
    assert asked.update(accepted_at=timezone.now()) == 1
    support_idea(house.idea, by=person(house, "guest"))
    part = split_idea(
        house.idea, Words(title=words("Only the pier"), what=words("A pier.")), by=person(house, "moderator")
    )
    item = Item.objects.get(pk=part.pk)
    assert (item.author, item.state, item.territory) == (house.people["member"], "published", house.place)
    assert ItemParty.objects.get(item=item).person == house.people["colleague"]
    link = Link.objects.get(kind="split_from")
    assert (link.source_id, link.target_id) == (part.pk, house.idea.pk)
    assert (count(part), count(house.idea)) == (0, 1)


def test_the_pages_of_joining_and_splitting(house: House):
    other = idea_by(house, "author", "A boat for every lagoon")
    client = open_browser(house.person("moderator"))
    path = f"/en/ideas/{house.idea.pk}/merge/"
    assert "A boat for every lagoon" in client.get(path).content.decode()
    assert send(client, path, {"into": "that one"}).status_code == 422
    assert send(client, path, {"into": "99999999"}).status_code == 422
    assert send(client, path, {"into": str(house.idea.pk)}).status_code == 422
    answer = send(client, path, {"into": f"https://example.org/es/ideas/{other.pk}/?x=1"})
    assert answer["Location"] == f"/en/ideas/{other.pk}/"
    assert "Undo the joining" in client.get(path).content.decode()
    assert open_browser(house.person("member")).get(path).status_code == 404
    send(client, path)
    assert Idea.objects.get(pk=house.idea.pk).merged_into_id is None
    split = f"/en/ideas/{house.idea.pk}/split/"
    assert send(client, split, {"title": "", "what": "x", "language": "en"}).status_code == 422
    made = send(client, split, {"title": "Only the pier", "what": "A pier.", "language": "en"})
    assert made.status_code == 302
    assert "Only the pier" in client.get(made["Location"]).content.decode()
