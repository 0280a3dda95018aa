"""“Me too, here”: counted once however it is sent, where people are, and what they add."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from forms import open_browser, send
from house import House, build_house
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import ItemCount
from tequio.discussions.models import Comment
from tequio.discussions.services.moderating import hide_comment, release_comment
from tequio.ideas.proposals.invariants import people_of_problems_are_counted_right
from tequio.ideas.proposals.models import Confirmation, Problem
from tequio.ideas.proposals.permissions import can_confirm
from tequio.ideas.proposals.selectors.having import places_to_confirm, who_has
from tequio.ideas.proposals.services.confirming import (
    confirm_problem,
    forget_confirmations,
    take_confirmation_back,
)
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.people.services.merging import merge_guest
from tequio.territories.services import rebuild_paths, save_territory

pytestmark = pytest.mark.django_db


def people(problem: Problem) -> int:
    return ItemCount.objects.get(pk=problem.pk).people


def path(house: House, what: str = "confirm/") -> str:
    return f"/en/problems/{house.notes['problem'].pk}/{what}"


def test_two_taps_as_a_guest(house: House):
    client = open_browser()
    assert f'href="{path(house)}"' in client.get(path(house, "")).content.decode()
    assert client.get(path(house)).status_code == 200
    assert send(client, path(house)).status_code == 302
    problem = house.notes["problem"]
    assert people(problem) == 2
    page = client.get(path(house, "")).content.decode()
    assert "2 other people have this problem." in page
    assert "You are one of them." in page
    assert Confirmation.objects.latest("pk").person.is_guest


def test_saying_it_again_counts_once_and_changes_the_place(house: House):
    problem, member = house.notes["problem"], house.person("member")
    ward = save_territory(
        code="TG-ward", kind="district", name=words("Ward"), zone="Africa/Lome", languages=["fr"],
        parents=[house.place], by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    assert not confirm_problem(problem, territory=ward, place_name="Kiosk", by=member)
    row = Confirmation.objects.get(problem=problem, person=member)
    assert (row.territory, row.place_name, people(problem)) == (ward, "Kiosk", 1)
    assert [place.code for place in places_to_confirm(problem)] == [house.place.code, "TG-ward"]
    assert [(place.code, number) for place, number in who_has(problem).places] == [("TG-ward", 1)]


def test_what_is_added_is_a_comment_that_can_be_moderated(house: House):
    client = open_browser(house.person("colleague"))
    said = {"territory": house.place.code, "text": "In our street too.", "language": "en", "began": ""}
    assert send(client, path(house), said).status_code == 302
    comment = Comment.objects.latest("pk")
    assert comment.item_id == house.notes["problem"].pk
    assert Confirmation.objects.get(comment=comment).person == house.person("colleague")
    assert comment.state == "held"  # by somebody new, and without its moment it was sent in no time
    assert "In our street too." not in open_browser().get(path(house, "")).content.decode()
    release_comment(comment, by=house.person("moderator"))
    reader = open_browser(house.person("member"))
    assert "In our street too." in reader.get(path(house, "")).content.decode()
    hide_comment(comment, reason="spam", by=house.person("moderator"))
    assert "In our street too." not in reader.get(path(house, "")).content.decode()
    assert send(client, path(house), {"do": "stop"}).status_code == 302
    comment.refresh_from_db()
    assert comment.state == "withdrawn"
    assert people(house.notes["problem"]) == 1


def test_a_name_is_shown_from_two_people_on(house: House):
    problem = house.notes["problem"]
    assert who_has(problem).names == []
    confirm_problem(problem, territory=house.place, place_name="RUE  du lac", by=begin_guest(language="en"))
    confirm_problem(problem, territory=house.place, place_name="My door", by=begin_guest(language="en"))
    having = who_has(problem)
    assert having.names == [("Rue du Lac", 2)]
    page = open_browser().get(path(house, "")).content.decode()
    assert "Rue du Lac" in page
    assert "My door" not in page


def test_who_may_not(house: House, twin: House):
    problem = house.notes["problem"]
    assert not can_confirm(house.person("guest"), problem)  # she reported it
    with pytest.raises(Refused):
        confirm_problem(problem, territory=house.place, by=house.person("guest"))
    with pytest.raises(ValueError, match="does not lie"):
        confirm_problem(problem, territory=twin.place, by=house.person("author"))
    with pytest.raises(ValueError, match="at most 500"):
        confirm_problem(problem, territory=house.place, text="x" * 501, by=house.person("author"))
    client = open_browser(house.person("author"))
    assert send(client, path(house), {"territory": twin.place.code}).status_code == 422
    assert send(client, path(house), {"territory": house.place.code, "text": "x" * 501}).status_code == 422
    problem.item.state = "withdrawn"
    assert not can_confirm(None, problem)


def test_taking_back_what_is_not_there(house: House):
    assert not take_confirmation_back(house.notes["problem"], by=house.person("author"))
    assert send(open_browser(), path(house), {"do": "stop"}).status_code == 302
    assert people(house.notes["problem"]) == 1


def test_a_guest_who_turns_out_to_be_a_member_is_one_person(house: House):
    problem, guest, member = house.notes["problem"], begin_guest(language="en"), house.person("member")
    confirm_problem(problem, territory=house.place, by=guest)
    assert people(problem) == 2
    assert merge_guest(guest, member, by=SYSTEM)
    assert people(problem) == 1 == Confirmation.objects.filter(problem=problem).count()


def test_whoever_leaves_is_counted_no_more(house: House):
    problem, member = house.notes["problem"], house.person("member")
    assert forget_confirmations(Confirmation.objects.filter(person=member), by=SYSTEM) == 1
    assert people(problem) == 0
    assert forget_confirmations(Confirmation.objects.filter(person=member), by=SYSTEM) == 0


def test_a_wrong_number_is_found(house: House):
    problem = house.notes["problem"]
    assert list(people_of_problems_are_counted_right()) == []
    ItemCount.objects.filter(pk=problem.pk).update(people=7)
    assert list(people_of_problems_are_counted_right()) == [
        f"problem {problem.pk} says 7 people, and there are 1"
    ]


def test_my_own_place_stands_in_the_form(house: House):
    client = open_browser(house.person("member"))
    page = client.get(path(house)).content.decode()
    assert 'value="Rue du Lac"' in page
    assert "Save my place" in page


@pytest.mark.django_db(transaction=True)
def test_the_number_is_right_under_eight_at_once():
    house = build_house("crowd")
    problem = house.notes["problem"]
    guests = [begin_guest(language="en").pk for _number in range(8)]

    def act(pk: int) -> None:
        person = Person.objects.get(pk=pk)
        try:
            for _round in range(3):
                confirm_problem(problem, territory=house.place, by=person)
            if pk % 2:
                take_confirmation_back(problem, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, [pk for pk in guests for _twice in range(2)]))
    assert people(problem) == Confirmation.objects.filter(problem=problem).count()
