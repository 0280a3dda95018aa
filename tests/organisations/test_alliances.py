"""Organisations in organisations: asked for, answered, never in a circle."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from house_organisations import joined
from tequio.base.errors import Refused
from tequio.organisations.invariants import no_alliance_is_a_circle
from tequio.organisations.models import Membership, Organisation, today
from tequio.organisations.selectors.alliances import depth_of, stands_above
from tequio.organisations.selectors.portraits import portrait_of
from tequio.organisations.services.joining import answer_request, ask_to_join
from tequio.organisations.services.memberships import change_membership, end_membership
from tequio.organisations.services.organisations import set_hidden
from tequio.people.models import Person

pytestmark = pytest.mark.django_db
Make = Callable[..., Organisation]


@pytest.fixture
def chain(make: Make, alice: Person) -> list[Organisation]:
    """Village in region in world."""
    village, region, world = (make(name) for name in ("Village", "Region", "World"))
    joined(region, village, by=alice, says_yes=alice)
    joined(world, region, by=alice, says_yes=alice)
    return [village, region, world]


def test_depth_and_both_ways(chain: list[Organisation]) -> None:
    village, region, world = chain
    assert depth_of(world) == (2, 2)
    assert depth_of(region) == (1, 1)
    assert depth_of(village) == (0, 0)
    shown = portrait_of(None, region)
    assert [row.organisation for row in shown.alliances] == [world]
    assert [row.member for row in shown.members] == [village]
    assert (portrait_of(None, world).levels, portrait_of(None, world).in_all) == (2, 2)


def test_no_circle_at_any_depth(chain: list[Organisation], alice: Person) -> None:
    for below, above in itertools.combinations(chain, 2):
        assert stands_above(above, below)
        assert not stands_above(below, above)
        with pytest.raises(Refused) as refused:
            ask_to_join(below, applicant=above, by=alice)
        assert refused.value.code == "circle"
    with pytest.raises(Refused):
        ask_to_join(chain[0], applicant=chain[0], by=alice)
    assert list(no_alliance_is_a_circle()) == []


def test_a_circle_that_closed_while_the_question_waited_is_refused(make: Make, alice: Person) -> None:
    one, other = make("One"), make("Other")
    waiting = ask_to_join(one, applicant=other, by=alice)
    joined(other, one, by=alice, says_yes=alice)
    with pytest.raises(Refused, match="circle"):
        answer_request(waiting, is_accepted=True, by=alice)


def test_the_invariant_finds_a_circle_made_by_hand(chain: list[Organisation]) -> None:
    Membership.objects.create(organisation=chain[0], member=chain[2], since=today())
    assert len(list(no_alliance_is_a_circle())) == 3
    assert depth_of(chain[0])[0] >= 2


def test_a_diamond_is_no_circle(make: Make, alice: Person) -> None:
    top, left, right, low = (make(name) for name in ("Top", "Left", "Right", "Low"))
    for above, below in ((top, left), (top, right), (left, low), (right, low)):
        joined(above, below, by=alice, says_yes=alice)
    assert depth_of(top) == (2, 3)
    assert list(no_alliance_is_a_circle()) == []


def test_only_its_administrator_asks_in_its_name(make: Make, alice: Person, bob: Person) -> None:
    village, world = make("Village"), make("World", by=bob)
    with pytest.raises(Refused, match="in its name"):
        ask_to_join(world, applicant=village, by=bob)
    membership = joined(world, village, by=alice, says_yes=bob)
    change_membership(membership, role="administrator", member_class=None, by=bob)
    membership.refresh_from_db()
    assert membership.role == "member"
    end_membership(membership, by=Person.objects.get(pk=alice.pk))
    assert portrait_of(None, world).members == []


def test_what_is_hidden_is_in_no_alliance_that_is_shown(chain: list[Organisation], alice: Person) -> None:
    set_hidden(chain[1], "decision:1", by=alice)
    assert portrait_of(None, chain[2]).members == []
    assert portrait_of(None, chain[0]).alliances == []


@pytest.mark.django_db(transaction=True)
def test_two_that_take_one_another_in_at_once_make_no_circle(make: Make, alice: Person) -> None:
    one, other = make("One"), make("Other")
    requests = [ask_to_join(one, applicant=other, by=alice), ask_to_join(other, applicant=one, by=alice)]
    barrier, refused = threading.Barrier(2), []

    def say_yes(request) -> None:
        barrier.wait()
        try:
            answer_request(request, is_accepted=True, by=Person.objects.get(pk=alice.pk))
        except Refused as error:
            refused.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=say_yes, args=[request]) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert refused == ["circle"]
    assert list(no_alliance_is_a_circle()) == []
