"""Other numbers tried on the lists they order: every rule can be tried, and only on what she may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from brigades import hall, puppets
from forms import open_browser
from house import House
from owing import put_idea
from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Screening
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.crowds import VoteArrays, take_in_participants, take_in_votes
from tequio.ideas.proposals.selectors import listing
from tequio.moderation.services.reporting import send_report
from tequio.moderation.types import Thing
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.services import propose_version
from tequio.recipes.types import DECLARED
from tequio.territories.models import Territory
from tequio.transparency.selectors.previews import preview
from tequio.transparency.types import Preview

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of ideas changes with the hour: here it is one and the same."""
    monkeypatch.setattr(listing, "turn_now", lambda: 494_321)


@pytest.fixture
def steward(make_member: Callable[..., Person], lome: Territory) -> Person:
    return make_member("Enyonam", "steward", lome)


def try_out(person: Person, name: str, place: Territory | None, **numbers: float) -> Preview:
    """What these numbers change, and all others stay as they are in the code."""
    in_use = active(name, None)
    tried = replace(
        in_use,
        weights={key: numbers.get(key, value) for key, value in in_use.weights.items()},
        parameters={key: numbers.get(key, value) for key, value in in_use.parameters.items()},
    )
    assert tried != in_use or not numbers
    return preview(person, in_use, tried, place)


def shown(places: object) -> list[str]:
    return [str(place.words.text) for place in places]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_rule_can_be_tried_proposed_and_decided(name: str, house: House):
    steward = house.people["steward"]
    assert steward
    for place in (house.place, None):
        same = try_out(steward, name, place)
        assert same.moved == 0
        assert [one.pk for one in same.before] == [one.pk for one in same.after]
    made = propose_version(
        name, territory=house.place, weights=active(name, None).weights,
        parameters=active(name, None).parameters, reason=words("Why not."), by=steward,
    )  # fmt: skip
    assert open_browser(steward).get(f"/en/how/{name}/versions/{made.pk}/").status_code == 200


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_where_there_is_nothing_it_says_so(name: str, steward: Person, lome: Territory):
    assert try_out(steward, name, lome).is_empty


def test_similar_ideas(steward: Person, member: Person, lome: Territory, bilbao: Territory):
    first = put_idea(lome, "Shade trees on the market square", by=member)
    put_idea(bilbao, "Shade trees on the market square", by=member)
    put_idea(lome, "Shade trees on our market square", by=member)
    put_idea(lome, "A library for the harbour", by=member)
    strict = try_out(steward, "similar-ideas", lome, least=20.0)
    assert strict.says == "What is shown as similar to “Shade trees on our market square”"
    assert ([one.pk for one in strict.before], strict.after, strict.moved) == ([first.pk], [], 1)


def test_statements_of_the_conversation_with_most_people(
    steward: Person, guest: Person, alice: Person, lome: Territory, conversation: Conversation
):
    found = try_out(steward, "statement-routing", lome)
    assert "How should our neighbourhoods get online?" in str(found.says)
    assert shown(found.before)[0] == "A repair must take at most two days."
    assert len(found.after) == 3


def test_posts_that_would_have_waited(
    steward: Person, member: Person, lome: Territory, bilbao: Territory, conversation: Conversation
):
    write_statement(conversation, "Mend the old masts first.", language="en", by=member)
    assert Screening.objects.get().values["first_post"] == 1.0
    found = try_out(steward, "screening", lome, first_post=9.0)
    assert (shown(found.before), found.moved) == ([], 1)
    assert shown(found.after) == ["Mend the old masts first."]
    assert try_out(steward, "screening", bilbao, first_post=9.0).is_empty


def test_what_waits_for_moderators_of_her_own_places_alone(
    mora: Person, charlie: Person, member: Person, bob: Person, conversation: Conversation, lome: Territory
):
    first, second = conversation.statements.select_related("item__territory").order_by("number")[:2]
    for one, rule in ((first, "spam"), (second, "spam")):
        send_report(Thing(one.item), rule=rule, language="en", sender="10.0.0.0", by=None)
    send_report(Thing(second.item), rule="spam", language="en", sender="10.0.0.1", by=member)
    send_report(Thing(second.item), rule="spam", language="en", sender="10.0.0.2", by=bob)
    for place in (lome, None):
        found = try_out(mora, "report-queue", place, reports=0.0)
        assert shown(found.before) == [
            "Prices have to be on the wall.",
            "A repair must take at most two days.",
        ]
        assert [one.was for one in found.after] == [2, 1]
        assert found.moved == 2
    assert try_out(charlie, "report-queue", lome).is_empty


def test_conversations_in_which_somebody_would_be_set_aside(
    steward: Person, alice: Person, lome: Territory, bilbao: Territory
):
    plan = Plan(question=words("How do we light our streets?"), background={}, languages=["en"])
    seeds = [words(f"Street number {number} needs a lamp of its own.") for number in range(15)]
    talk = open_conversation(plan, territory=lome, seeds=seeds, by=alice)
    begin = timezone.now() - timedelta(days=30)
    arrivals = [begin + timedelta(hours=8 * n) for n in range(60)]
    arrivals += [begin + timedelta(days=25, seconds=5 * n) for n in range(60)]
    table = np.concatenate([hall(60, 15), puppets(60, 15, noise=0, answered=1)])
    people = take_in_participants(talk, arrivals, by=SYSTEM)
    statements = np.array(talk.statements.order_by("number").values_list("pk", flat=True), np.int64)
    row, column = np.nonzero(table != 2)
    take_in_votes(
        talk,
        VoteArrays(
            np.array(people, np.int64)[row], statements[column], table[row, column].astype(np.int8),
            np.zeros(len(row), bool), np.full(len(row), int(begin.timestamp() * 1e6), np.int64),
        ),
        by=SYSTEM,
    )  # fmt: skip
    found = try_out(steward, "bursts", lome, fewest=100.0)
    assert (shown(found.before), shown(found.after)) == (["How do we light our streets?"], [])
    assert found.moved == 1
    assert try_out(steward, "bursts", bilbao).is_empty


def test_a_search_for_the_longest_word_of_the_newest(
    steward: Person, lome: Territory, conversation: Conversation
):
    found = try_out(steward, "search-order", lome)
    assert found.says == "A search for “neighbourhoods”"
    assert shown(found.before) == ["How should our neighbourhoods get online?"]


def test_ideas_in_their_turn(steward: Person, member: Person, lome: Territory, bilbao: Territory):
    ideas = {put_idea(lome, f"Idea number {number}", by=member).pk for number in range(3)}
    put_idea(bilbao, "Elsewhere", by=member)
    found = try_out(steward, "idea-order", lome)
    assert {one.pk for one in found.before} == ideas
    assert found.moved == 0
