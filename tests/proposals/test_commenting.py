"""Who may comment on what stands in a process: from its first moment, as the process says, told in words."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms import open_browser
from people import words
from processes_at_hand import born, cooperative, live_in, process_of
from tequio.base.errors import Refused
from tequio.catalogue.enums import Bar, Comments, WhoMay
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.discussions.permissions import can_comment, commenting_bar
from tequio.discussions.selectors.reading import talk_of
from tequio.discussions.services.writing import write_comment
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services.turning import turn
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.problems import ProblemWords, report_problem
from tequio.ideas.proposals.services.proposing import Proposal, propose_idea
from tequio.ideas.proposals.services.splitting import split_idea
from tequio.ideas.proposals.types.places import Whereabouts
from tequio.people.enums import Method
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
FEATURES = ((Act.CREATE, "idea", "anyone"), (Act.CREATE, "problem", "anyone"))
COMMENTS = ((Act.COMMENT, "idea", ""), (Act.COMMENT, "problem", ""))


def idea_in(process: Process, by: Person) -> Idea:
    proposal = Proposal(Words(title=words("Lamps on the quay"), what=words("Twelve lamps.")))
    return propose_idea(proposal, territory=process.item.territory, process=process, by=by)


def item_of(thing: Any) -> Item:
    """As a page reads it."""
    return Item.objects.select_related("territory", "discussion", "part_of").get(pk=thing.pk)


def test_who_may_holds_before_any_job_ran(lome: Territory, alice: Person, member: Person, guest: Person):
    process = process_of(lome, alice, *FEATURES, *COMMENTS, who_may=WhoMay.RESIDENTS)
    item = item_of(idea_in(process, alice))
    assert item.comments == Comments.FOR_AND_AGAINST
    assert [commenting_bar(person, item) for person in (None, guest, member)] == [
        Bar.MEMBERS, Bar.MEMBERS, Bar.RESIDENTS,
    ]  # fmt: skip
    with pytest.raises(Refused, match="does not take comments"):
        write_comment(item, "I pass there.", language="en", side="for", by=member)
    live_in(member, lome)
    assert write_comment(item, "I pass there.", language="en", side="for", by=member).pk


def test_only_methods_that_count(lome: Territory, alice: Person, member: Person):
    process = process_of(
        lome, alice, *FEATURES, *COMMENTS, who_may=WhoMay.RESIDENTS, methods=[Method.IN_PERSON]
    )
    item = item_of(idea_in(process, alice))
    proof = live_in(member, lome, Method.LETTER)
    assert commenting_bar(member, item) == Bar.RESIDENTS
    proof.delete()
    del member.current_residences
    live_in(member, lome, Method.IN_PERSON)
    assert commenting_bar(member, item) == Bar.NONE


@pytest.mark.parametrize(("age", "found"), [(19, Bar.AGES), (20, Bar.NONE), (25, Bar.NONE), (26, Bar.AGES)])
def test_ages_of_the_process(
    age: int, found: Bar, lome: Territory, alice: Person, member: Person, guest: Person
):
    process = process_of(lome, alice, *FEATURES, *COMMENTS)
    item = idea_in(process, alice).item
    Process.objects.filter(pk=process.pk).update(least_age=20, most_age=25)
    turn([process.pk])
    person = born(member, age)
    Person.objects.filter(pk=person.pk).update(country="ES", home=None)
    person.refresh_from_db()
    assert commenting_bar(person, item_of(item)) == found
    assert commenting_bar(guest, item_of(item)) == Bar.MEMBERS


def test_members_of_the_processes_organisation_and_nobody_else(
    lome: Territory, alice: Person, member: Person
):
    process = process_of(lome, alice, *FEATURES, *COMMENTS, who_may=WhoMay.ORGANISATION)
    Item.objects.filter(pk=process.pk).update(organisation=cooperative(lome, alice))
    process = Process.objects.select_related("item__territory").get(pk=process.pk)
    item = item_of(idea_in(process, member))
    assert commenting_bar(member, item) == Bar.ORGANISATION
    assert commenting_bar(alice, item) == Bar.NONE


def test_without_comments_in_this_step_new_things_are_closed(lome: Territory, alice: Person):
    process = process_of(lome, alice, *FEATURES)
    problem = report_problem(
        ProblemWords(title=words("Dark quay"), what=words("One falls."), where=Whereabouts()),
        territory=lome, process=process, by=alice,
    )  # fmt: skip
    for thing in (idea_in(process, alice), problem):
        assert item_of(thing).comments == Comments.CLOSED
        assert not can_comment(alice, item_of(thing))


def test_a_problem_that_opens_again_has_one_column(lome: Territory, alice: Person, guest: Person):
    process = process_of(lome, alice, *FEATURES)
    problem = report_problem(
        ProblemWords(title=words("Dark quay"), what=words("One falls."), where=Whereabouts()),
        territory=lome, process=process, by=alice,
    )  # fmt: skip
    process.phases.get().features.create(act=Act.COMMENT, kind="problem", who_may="")
    turn([process.pk])
    item = item_of(problem)
    assert item.comments == Comments.ONE_COLUMN
    assert can_comment(guest, item)


def test_a_part_that_is_split_off_keeps_the_rule(lome: Territory, alice: Person, guest: Person):
    process = process_of(lome, alice, *FEATURES, *COMMENTS, who_may=WhoMay.MEMBERS)
    part = split_idea(
        idea_in(process, alice), Words(title=words("Lamps at school"), what=words("Three.")), by=alice
    )
    assert commenting_bar(guest, item_of(part)) == Bar.MEMBERS


def test_too_young_to_comment_an_idea_but_not_to_add_to_a_problem(
    lome: Territory, alice: Person, member: Person
):
    process = process_of(lome, alice, *FEATURES, *COMMENTS)
    child = born(member, 13)
    Person.objects.filter(pk=child.pk).update(country="TG", home=None)
    child.refresh_from_db()
    idea = idea_in(process, alice)
    problem = report_problem(
        ProblemWords(title=words("Dark quay"), what=words("One falls."), where=Whereabouts()),
        territory=lome, process=process, by=alice,
    )  # fmt: skip
    assert commenting_bar(child, item_of(idea)) == Bar.AGE
    assert commenting_bar(child, item_of(problem)) == Bar.NONE
    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "says", "leads"),
    [
        ({"who_may": "members"}, "Comments here are for members", ">Sign in or join</a>"),
        (
            {"who_may": "residents"},
            "This is for verified residents of Lomé",
            "/en/places/TG-M-lome/residence/",
        ),
        (
            {"who_may": "ours"},
            "This is for members of the organisation",
            '/join/">Ask to join the organisation</a>',
        ),
        ({"least_age": 60}, "From 60 years on, by the year of birth.", '/profile/">Look at my profile</a>'),
    ],
)
def test_the_page_says_what_keeps_her_and_what_to_do(
    values: dict[str, Any],
    says: str,
    leads: str,
    lome: Territory,
    alice: Person,
    member: Person,
    client: Client,
):
    process = process_of(lome, alice, *FEATURES, *COMMENTS, **values)
    if values.get("who_may") == "ours":
        Item.objects.filter(pk=process.pk).update(organisation=cooperative(lome, alice))
        process = Process.objects.select_related("item__territory").get(pk=process.pk)
    idea = idea_in(process, alice) if "least_age" not in values else idea_in(process_open(process), alice)
    turn([process.pk])
    browser = client if values.get("who_may") == "members" else open_browser(born(member, 30))
    path = f"/en/discussions/{idea.pk}/write/"
    page = browser.get(path)
    assert page.status_code == 403
    assert says in page.content.decode()
    assert leads in page.content.decode()
    sent = browser.post(
        path, {"text": "Me too.", "side": "for", "language": "en", "form_key": uuid.uuid4().hex}
    )
    assert sent.status_code == 403
    assert not Comment.objects.exists()
    there = browser.get(f"/en/ideas/{idea.pk}/").content.decode()
    assert "Speak for it" not in there
    assert leads in there


@pytest.mark.parametrize(
    ("who_may", "values", "says", "leads"),
    [
        ("members", {}, "This is for members", ">Sign in or join</a>"),
        ("residents", {}, "This is for verified residents of Lomé", "/en/places/TG-M-lome/residence/"),
        ("ours", {}, "This is for members of the organisation", '/join/">Ask to join the organisation</a>'),
        (
            "anyone",
            {"most_age": 25},
            "Up to 25 years old, by the year of birth.",
            '/profile/">Look at my profile</a>',
        ),
    ],
)
def test_whoever_may_not_propose_reads_why_and_what_to_do(
    who_may: str,
    values: dict[str, Any],
    says: str,
    leads: str,
    lome: Territory,
    alice: Person,
    member: Person,
):
    process = process_of(lome, alice, (Act.CREATE, "idea", who_may), who_may=who_may, **values)
    Item.objects.filter(pk=process.pk).update(organisation=cooperative(lome, alice))
    browser = open_browser() if who_may == "members" else open_browser(born(member, 40))
    page = browser.get(f"/en/ideas/new/?process={process.pk}")
    text = page.content.decode()
    assert page.status_code == 403
    assert says in text
    assert leads in text


def process_open(process: Process) -> Process:
    """The same one as it was before it had ages, to put something into it."""
    process.least_age = None
    return process


def test_a_whole_discussion_asks_once_where_she_lives(lome: Territory, alice: Person, member: Person):
    process = process_of(
        lome, alice, *FEATURES, *COMMENTS, who_may=WhoMay.RESIDENTS, methods=[Method.IN_PERSON]
    )
    item = item_of(idea_in(process, alice))
    for person in (alice, member):
        live_in(person, lome)
    for number in range(3):
        write_comment(item, f"I pass there at {number}.", language="en", side="for", by=alice)
    member = Person.objects.get(pk=member.pk)
    with CaptureQueriesContext(connection) as asked:
        talk = talk_of(item, member)
    assert talk is not None
    assert talk.may_comment
    assert talk.number == 3
    assert len([one for one in asked if "people_residence" in one["sql"]]) == 1
