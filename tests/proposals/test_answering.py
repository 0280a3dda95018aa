"""Saying in the form of an idea which problems it answers: found, ticked, removed, told in its history."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from forms import key_of, open_browser, send
from house import House
from people import words
from tequio.audit.models import Record
from tequio.catalogue.models import Item, ItemCount, Link
from tequio.guards.middleware import STORE
from tequio.ideas.processes.models import Entry
from tequio.ideas.proposals.forms.answering import MOST_PROBLEMS
from tequio.ideas.proposals.models import Idea, Problem
from tequio.ideas.proposals.selectors.problems import problems_to_choose
from tequio.ideas.proposals.services.problems import ProblemWords, write_problem
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Mend it together on Saturdays", "what": "Who can holds a tool.", "why": "It is ours.",
    "language": "en", "cost": "90", "currency": "XOF", "place_name": "By the mill", "do": "send",
}  # fmt: skip


def problem(house: House, title: str, people: int = 0) -> Problem:
    author = house.people["author"]
    assert author
    made = write_problem(ProblemWords(title=words(title)), territory=house.place, by=author)
    ItemCount.objects.filter(item=made.pk).update(people=people)
    return made


def new_in(house: House) -> str:
    return f"/en/ideas/new/?place={house.place.code}"


def offered(page: Any) -> list[int]:
    return [item.pk for item in page.context["others"]]


def ticked(page: Any) -> list[int]:
    found = re.findall(r'name="answers" value="(\d+)" checked', page.content.decode())
    return [int(pk) for pk in found]


def answered(idea: Idea) -> set[int]:
    return set(Link.objects.filter(source=idea.pk, kind="answers").values_list("target_id", flat=True))


def test_those_that_most_people_have_are_offered_first(house: House, twin: House, client: Client):
    own = house.notes["problem"]
    many = [problem(house, f"The pump number {number} is broken", people=number) for number in (7, 9, 8)]
    problem(twin, "The pump of the other place is broken", people=99)
    page = client.get(new_in(house))
    assert offered(page) == [many[1].pk, many[2].pk, many[0].pk]
    assert own.pk not in offered(page)
    assert ticked(page) == []
    Entry.objects.create(item=own.item, process=house.process)
    assert problems_to_choose(None, house.place, house.process)[0].pk == own.pk
    assert problems_to_choose(None, house.place)[0].pk == many[1].pk


def test_a_place_without_problems_is_not_asked(house: House, client: Client):
    Item.objects.filter(kind="problem").update(state="withdrawn")
    page = client.get(new_in(house)).content.decode()
    assert 'name="find"' not in page
    assert "Which problem does it answer?" not in page


def test_looking_draws_the_form_again_and_keeps_what_was_typed(house: House, twin: House, client: Client):
    pumps = [problem(house, f"A pump is broken in quarter {number}", people=number) for number in range(1, 8)]
    there = problem(twin, "A pump is broken there")
    before = Idea.objects.count()
    asked = {**TYPED, "do": "find", "find": "broken pump", "answers": str(house.notes["problem"].pk)}
    page = send(client, new_in(house), asked)
    assert (page.status_code, Idea.objects.count()) == (422, before)
    for text in ("Mend it together on Saturdays", "Who can holds a tool.", "By the mill", "broken pump"):
        assert text in page.content.decode()
    assert 'id="errs"' not in page.content.decode()
    assert ticked(page) == [house.notes["problem"].pk]
    assert len(offered(page)) == 5
    assert set(offered(page)) <= {one.pk for one in pumps}
    assert there.pk not in offered(page)
    none = send(client, new_in(house), {**asked, "find": "zebra"})
    assert "No problem here fits" in none.content.decode()
    assert not Item.objects.filter(author=None, kind="idea", title__en__text=TYPED["title"]).exists()


def test_words_that_are_not_all_there_find_what_has_most_of_them(house: House):
    near = problem(house, "The lamps of the old bridge are dark at night")
    found = problems_to_choose(None, house.place, words="dark lamps on the old bridge tonight")
    assert [item.pk for item in found] == [near.pk]
    assert problems_to_choose(None, house.place, words="dark lamps bridge", without=[near.pk]) == []


def test_many_words_find_what_shares_two_of_them_and_else_what_shares_one(house: House):
    lamps = problem(house, "The lamps of the old bridge are dark at night")
    bridge = problem(
        house, "The railing of the old bridge came off in the storm of March and nobody came to mend it"
    )
    long = "no lamps on the bridge and it is so dark that my mother fell"
    assert [item.pk for item in problems_to_choose(None, house.place, words=long)] == [lamps.pk]
    one = problems_to_choose(None, house.place, words="an elephant ate the railing")
    assert [item.pk for item in one] == [bridge.pk]


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "' & | ! :* ( )", "%" * 300, "\u202e a", "😀", "a:*b <-> c", "\\"],
)
def test_any_words_can_be_looked_for(typed: str, house: House, client: Client):
    page = send(client, new_in(house), {**TYPED, "do": "find", "find": typed})
    assert page.status_code == 422
    assert "<script>alert" not in page.content.decode()
    assert client.get(new_in(house), {"place": house.place.code, "find": typed}).status_code == 200


def test_enter_looks_while_words_stand_in_the_box_and_sends_otherwise(house: House, client: Client):
    lamps = problem(house, "The lamps of the bridge are dark")
    before = Idea.objects.count()
    page = send(client, new_in(house), {**TYPED, "do": "enter", "find": "lamps"})
    assert (page.status_code, offered(page), Idea.objects.count()) == (422, [lamps.pk], before)
    sent = send(client, new_in(house), {**TYPED, "do": "enter", "find": " ", "answers": str(lamps.pk)})
    assert sent.status_code == 302
    assert answered(Idea.objects.latest("pk")) == {lamps.pk}


def test_a_guest_sends_an_idea_from_one_page_with_the_problem_it_answers(house: House, client: Client):
    own = house.notes["problem"]
    path = f"{new_in(house)}&answers={own.pk}"
    page = client.get(path)
    assert ticked(page) == [own.pk]
    assert "It answers:" in page.content.decode()
    data = {**TYPED, "form_key": key_of(page), "close_ones": "seen"}
    without = send(client, path, data)
    assert without.status_code == 302
    assert answered(Idea.objects.latest("pk")) == set(), "she took the tick away"
    send(client, path, {**TYPED, "title": "Another one for it", "close_ones": "seen", "answers": str(own.pk)})
    idea = Idea.objects.latest("pk")
    assert answered(idea) == {own.pk}
    assert f"/en/ideas/{idea.pk}/" in client.get(f"/en/problems/{own.pk}/").content.decode()


def test_what_she_may_not_see_is_neither_found_nor_linked(house: House, client: Client):
    shown, hidden = problem(house, "A visible pump is broken"), problem(house, "A hidden pump is broken")
    Item.objects.filter(pk=hidden.pk).update(hidden_by="decision:1", hidden_reason="personal")
    withdrawn = house.notes["withdrawn"]
    for role in ("visitor", "moderator", "author"):
        found = problems_to_choose(house.person(role), house.place, words="pump")
        assert [item.pk for item in found] == [shown.pk], role
    asked = [str(hidden.pk), str(withdrawn.pk), str(house.idea.pk), "x", "-1", "9" * 30]
    send(client, new_in(house), {**TYPED, "answers": [*asked, str(shown.pk)]})
    assert answered(Idea.objects.latest("pk")) == {shown.pk}


def test_five_at_most_and_nothing_is_lost(house: House, client: Client):
    many = [problem(house, f"Broken thing number {number}") for number in range(MOST_PROBLEMS + 1)]
    page = send(client, new_in(house), {**TYPED, "answers": [str(one.pk) for one in many]})
    assert page.status_code == 422
    assert "Choose 5 problems at most." in page.content.decode()
    assert len(ticked(page)) == MOST_PROBLEMS + 1


def test_programs_ask_for_this_part_alone_while_she_types(house: House, client: Client):
    lamps = problem(house, "The lamps of the bridge are dark")
    path = f"{new_in(house)}&find=lamps&answers={house.notes['problem'].pk}"
    part = client.get(path, headers={"HX-Request": "true"})
    assert "<form" not in part.content.decode()
    assert (ticked(part), offered(part)) == ([house.notes["problem"].pk], [lamps.pk])
    assert "<form" in client.get(path).content.decode()
    edit = f"/en/ideas/{house.idea.pk}/edit/?find=lamps"
    member = open_browser(house.person("member"))
    assert offered(member.get(edit, headers={"HX-Request": "true"})) == [lamps.pk]
    assert client.get(edit, headers={"HX-Request": "true"}).status_code == 404


def test_its_author_adds_changes_and_removes_it(house: House):
    client = open_browser(house.person("member"))
    edit, own = f"/en/ideas/{house.idea.pk}/edit/", house.notes["problem"]
    lamps = problem(house, "The lamps of the bridge are dark")
    said = {"title": "A boat for our lagoon", "what": "A boat.", "do": "save"}
    assert ticked(client.get(edit)) == []
    for answers, wanted in (([own], {own.pk}), ([own, lamps], {own.pk, lamps.pk}), ([lamps], {lamps.pk})):
        before = Record.objects.count()
        sent = send(client, edit, {**said, "answers": [str(one.pk) for one in answers]})
        assert sent.status_code == 302
        assert answered(house.idea) == wanted
        record = Record.objects.latest("pk")
        assert (record.act, set(record.data["problems"])) == ("idea.edit", wanted)
        assert Record.objects.count() == before + 1
        assert set(ticked(client.get(edit))) == wanted
    send(client, edit, said)
    assert answered(house.idea) == set()
    revisions = Item.objects.get(pk=house.idea.pk).revisions.order_by("-pk")
    part = next(one for one in revisions[0].changes if one["part"] == "problems")
    assert (part["before"], part["after"]) == (str(lamps.pk), "")
    assert revisions[0].kind == "edit"


def test_the_history_names_problems_only_as_long_as_they_are_shown(house: House):
    client, own = open_browser(house.person("member")), house.notes["problem"]
    send(
        client,
        f"/en/ideas/{house.idea.pk}/edit/",
        {"title": "A boat for our lagoon", "what": "A boat.", "answers": str(own.pk)},
    )
    with translation.override("en"):
        path = reverse("catalogue:history", args=[house.idea.pk])
    page = open_browser().get(path).content.decode()
    assert "The problem it answers · new" in " ".join(page.split())
    assert "did not change" not in page
    assert "The drain of the market overflows." in page
    Item.objects.filter(pk=own.pk).update(hidden_by="decision:1", hidden_reason="personal")
    page = open_browser(house.person("stranger")).get(path).content.decode()
    assert "The drain of the market overflows." not in page
    assert "Something that is not shown" in page


def test_a_problem_that_is_hidden_meanwhile_stays_linked(house: House):
    """The form does not name it: sending it does not mean to remove it."""
    own = house.notes["problem"]
    Link.objects.create(source=house.idea.item, target=own.item, kind="answers")
    Item.objects.filter(pk=own.pk).update(hidden_by="decision:1", hidden_reason="personal")
    client, edit = open_browser(house.person("member")), f"/en/ideas/{house.idea.pk}/edit/"
    assert ticked(client.get(edit)) == []
    send(client, edit, {"title": "A boat for our lagoon", "what": "A boat."})
    assert answered(house.idea) == {own.pk}


ROLES = ["visitor", "guest", "member", "stranger", "moderator", "colleague", "steward"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("role", ROLES)
def test_both_directions_in_few_queries(
    role: str, number: int, house: House, django_assert_max_num_queries: Any
):
    """The idea shows its problems, the problem its ideas: as many queries with one as with three."""
    problems = [house.notes["problem"], *(problem(house, f"Broken thing {n}", people=n) for n in (1, 2))]
    for one in problems[:number]:
        Link.objects.create(source=house.idea.item, target=one.item, kind="answers")
    client = open_browser(house.person(role))
    client.get(f"/en/ideas/{house.idea.pk}/")
    STORE.clear()
    with django_assert_max_num_queries(12):
        page = client.get(f"/en/ideas/{house.idea.pk}/").content.decode()
    for one in problems[:number]:
        assert f'href="/en/problems/{one.pk}/"' in page
    assert ("The problems it answers" in page) == (number == 3)


@pytest.mark.parametrize("number", [1, 3])
def test_the_problem_shows_the_ideas_against_it(
    number: int, house: House, client: Client, django_assert_max_num_queries: Any
):
    ideas = [house.idea, Idea.objects.get(pk=house.notes["pier"])]
    send(client, new_in(house), {**TYPED, "close_ones": "seen"})
    ideas.append(Idea.objects.select_related("item").latest("pk"))
    Item.objects.filter(pk=ideas[2].pk).update(state="published", published_at=timezone.now())
    own = house.notes["problem"]
    for idea in ideas[:number]:
        Link.objects.create(source=idea.item, target=own.item, kind="answers")
    path = f"/en/problems/{own.pk}/"
    open_browser().get(path)
    STORE.clear()
    with django_assert_max_num_queries(12):
        page = open_browser().get(path).content.decode()
    assert [f"/en/ideas/{idea.pk}/" in page for idea in ideas] == [number > place for place in range(3)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_in_few_queries(number: int, house: House, django_assert_max_num_queries: Any):
    for one in range(number):
        problem(house, f"A pump is broken in quarter {one}")
    client = open_browser(begin_guest(language="en"))
    data = {**TYPED, "do": "find", "find": "pump", "answers": str(house.notes["problem"].pk)}
    client.get(new_in(house))
    with django_assert_max_num_queries(12):
        client.get(new_in(house))
    assert send(client, new_in(house), data).status_code == 422
