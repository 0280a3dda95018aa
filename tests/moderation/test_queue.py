"""The queue: what is there, in which order and why, and that its length costs no queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tequio.algorithms.risk import Filling
from tequio.base.actor import SYSTEM
from tequio.discussions.models import Comment
from tequio.discussions.services.moderating import hold_comment
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.moderation.enums import Side
from tequio.moderation.models import Report
from tequio.moderation.permissions import find_thing, places_of
from tequio.moderation.selectors.queue import queue_of
from tequio.moderation.selectors.waiting import reports_to_decide
from tequio.moderation.services.appealing import appeal
from tequio.moderation.types import Thing
from tequio.people.models import Person
from tequio.people.services import grant_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(item, writer):
    """Many comments without the looks and limits of writing."""

    def many(number):
        words = {"en": {"text": "A thought.", "status": "original", "by": ""}}
        rows = [Comment(item=item, author=writer, words=words) for _ in range(number)]
        return Comment.objects.bulk_create(rows)

    return many


def reported(comments, **values):
    rows = [
        Report(comment=one, kind="comment", territory=one.item.territory, rule="spam", **values)
        for one in comments
    ]
    return Report.objects.bulk_create(rows)


def test_only_of_ones_own_places(report_it, mora, charlie, member, guest):
    report_it()
    assert queue_of(mora, None).total == 1
    assert queue_of(charlie, None).total == 0
    assert places_of(member) == places_of(guest) == places_of(None) == []


def test_it_says_why(report_it, mora, member, bob):
    report_it(by=member)
    report_it(by=bob)
    report_it()
    (case,) = queue_of(mora, None).waiting
    assert case.why is not None
    values = {str(part.words): part.value for part in case.why.parts}
    assert values["Somebody may come to harm"] == 1
    assert values["Several people reported it"] == pytest.approx(3 / 5)
    assert values["Everybody can see it now"] == 1
    assert values["A report looks written by a person"] == 1
    assert case.score == pytest.approx(
        2 + 0.6 + 1 + 1 + 0.25, abs=0.01
    )  # and it is the first post of a new account
    assert (case.may_decide, [rule.name for rule in case.rules]) == (True, ["attack"])


def test_the_grave_first_then_what_waited_long(say, mora, item):
    fresh, old, grave = say(3)
    reported([fresh, old])
    Report.objects.filter(comment=old).update(made_at=timezone.now() - timedelta(days=9))
    Report.objects.create(comment=grave, kind="comment", territory=item.territory, rule="hate")
    order = [case.thing.pk for case in queue_of(mora, None).waiting]
    assert order == [grave.pk, old.pk, fresh.pk]


def test_what_a_machine_sent_stands_lower_and_stays(report_it, say, mora, thing):
    report_it(rule="spam", filling=Filling(is_trapped=True))
    (other,) = say(1)
    reported([other])
    assert [case.thing.pk for case in queue_of(mora, None).waiting] == [other.pk, thing.pk]


def test_what_waits_to_be_shown(thing, comment, mora, item):
    hold_comment(comment, by=mora)
    Comment.objects.filter(pk=comment.pk).update(signs={"links": 3.0, "first_post": 1.0})
    (case,) = queue_of(mora, None).waiting
    assert (case.reports, case.thing.is_held, case.since) == ([], True, comment.made_at)
    assert case.why is not None
    assert {str(part.words) for part in case.why.parts if part.value == 1} == {"It has signs of advertising"}


def test_a_statement_is_decided_in_its_own_room(conversation, guest, mora):
    statement = write_statement(conversation, "More lamps.", language="en", by=guest)
    (case,) = queue_of(mora, None).waiting
    assert case.path == reverse("deliberation:decide", args=[statement.pk])


def test_hers_and_what_she_reported_are_for_others(report_it, item, alice, bob, mora):
    report_it(Thing(item))
    report_it(by=mora)
    shown = {case.thing.what: case.may_decide for case in queue_of(alice, None).waiting}
    assert shown == {"item": False, "comment": True}
    shown = {case.thing.what: case.may_decide for case in queue_of(mora, None).waiting}
    assert shown == {"item": True, "comment": False}


def test_one_place(report_it, item, mora, lome, togo, bilbao, browser_of, make_member):
    report_it()
    both = make_member("Both", "moderator", lome)
    grant_role(both, "moderator", bilbao, by=SYSTEM)
    both = Person.objects.get(pk=both.pk)
    assert queue_of(both, bilbao).total == 0
    assert queue_of(both, lome).total == 1
    client = browser_of(both)
    assert "One thing waits" in client.get("/en/moderation/?place=TG-M-lome").content.decode()
    assert "Nothing waits" in client.get("/en/moderation/?place=ES-BI-bilbao").content.decode()
    for query in ("?place=TG", "?place=nowhere", "?after=x", "?after=99999"):
        assert client.get(f"/en/moderation/{query}").status_code == 200


def test_the_next_page(say, mora, browser_of):
    reported(say(25))
    first = queue_of(mora, None)
    assert (len(first.waiting), first.total, first.after) == (20, 25, 20)
    rest = queue_of(mora, None, skip=20)
    assert (len(rest.waiting), rest.after) == (5, None)
    assert not {case.thing.pk for case in first.waiting} & {case.thing.pk for case in rest.waiting}
    assert "?after=20" in browser_of(mora).get("/en/moderation/").content.decode()


@pytest.mark.parametrize("number", [1, 3, 200])
def test_twelve_queries_at_most(say, mora, browser_of, number):
    reported(say(number))
    client = browser_of(mora)
    client.get("/en/moderation/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/en/moderation/")
    assert page.status_code == 200
    assert len(queries) <= 12, [query["sql"][:120] for query in queries]


def test_what_waits_for_a_moderator(report_it, decide_it, mora, bob, member, writer):
    assert list(reports_to_decide(member)) == []
    assert list(reports_to_decide(mora)) == []
    report_it()
    (line,) = reports_to_decide(mora)
    assert line.path == reverse("moderation:queue")
    appeal(decide_it(), Side.AUTHOR, words="No.", language="en", by=writer)
    assert list(reports_to_decide(mora)) == []
    (line,) = reports_to_decide(bob)
    assert line.path.endswith("#appeals")


def test_a_thing_that_is_gone_is_left_out(report_it, mora):
    report_it()
    Comment.objects.all().delete()
    assert queue_of(mora, None).total == 0


def test_the_desk_is_for_moderators_who_are_no_party(
    report_it, browser_of, item, alice, mora, charlie, member
):
    path = f"/en/moderation/item/{item.pk}/"
    assert find_thing(member, "item", item.pk) is not None
    seen = [browser_of(person).get(path).status_code for person in (alice, mora, charlie, member)]
    assert seen == [404, 200, 404, 404]
    report_it(Thing(item), by=mora)
    page = browser_of(mora).get(path).content.decode()
    assert "Somebody else decides" in page
    assert "<textarea" not in page
