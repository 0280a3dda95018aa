"""The desk for rules: trying numbers, proposing, deciding, going back; who may, and what is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forms import send
from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item, Screening
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.recipes.models import Recipe
from tequio.recipes.selectors import active
from tequio.recipes.services import propose_version
from tequio.recipes.types import DECLARED

pytestmark = pytest.mark.django_db
PATH = "/en/how/open-now/propose/TG-M-lome/"


@pytest.fixture
def steward(make_member, lome):
    return make_member("Enyonam", "steward", lome)


@pytest.fixture
def operator(make_member):
    person = make_member("Olu")
    person.is_operator = True
    person.save()
    return person


@pytest.fixture
def two(alice, lome, conversation):
    """A conversation of long ago that closes tomorrow, and a new one that closes in a month."""
    now = timezone.now()

    def open_one(question, closes, published):
        plan = Plan(
            question=words(question), background={}, languages=["en"], closes_at=now + timedelta(days=closes)
        )
        made = open_conversation(plan, territory=lome, seeds=[words(question + " Yes.")], by=alice)
        Item.objects.filter(pk=made.pk).update(published_at=now - timedelta(days=published))
        return made

    Item.objects.filter(pk=conversation.pk).update(state="withdrawn")
    return open_one("What of the old well?", 1, 60), open_one("What of the new tram?", 30, 0)


def numbers(name="open-now", **typed):
    declared = DECLARED[name]
    filled = {f"weight_{key}": value for key, value in declared.weights.items()}
    filled |= {
        f"number_{key}": int(value) if value == int(value) else value
        for key, value in declared.defaults.items()
    }
    return {**filled, "do": "preview", "reason": "", "language": "en", **typed}


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_form_says_each_number_in_plain_words(browser_of, steward):
    body = text_of(browser_of(steward).get(PATH))
    assert "It closes soon" in body
    assert "In use: 1. From 0 to 10." in body


def test_trying_shows_before_and_after_and_saves_nothing(browser_of, steward, two):
    page = send(browser_of(steward), PATH, numbers(weight_closing="0", weight_fresh="1"))
    body = text_of(page)
    assert page.status_code == 200
    assert "2 lines stand elsewhere." in body
    assert (
        body.index("What of the old well?")
        < body.index("What of the new tram?")
        < body.rindex("What of the old well?")
    )
    assert "now at 2" in body
    assert 'value="0"' in page.content.decode(), "what was typed stays"
    assert not Recipe.objects.exists()
    same = send(browser_of(steward), PATH, numbers())
    assert "Nothing changes today." in text_of(same)


def test_proposing_deciding_and_going_back(browser_of, client, steward, lome, two):
    typed = numbers(weight_fresh="2", do="propose", reason="New things go unseen.")
    sent = send(browser_of(steward), PATH, typed)
    row = Recipe.objects.get()
    assert sent["Location"] == f"/en/how/open-now/versions/{row.pk}/"
    assert (row.status, row.weights["fresh"], row.territory) == ("proposed", 2.0, lome)
    assert active("open-now", lome.pk).number == 0, "proposed is not in use"
    assert "New things go unseen." in text_of(client.get("/en/how/open-now/?place=TG-M-lome")), (
        "everybody reads it"
    )
    page = browser_of(steward).get(sent["Location"])
    assert "Numbers that differ" in text_of(page)
    assert send(browser_of(steward), sent["Location"], {"do": "activate"}).status_code == 422
    send(browser_of(steward), sent["Location"], {"do": "activate", "decided_by": "Assembly of 3 May"})
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("active", "Assembly of 3 May")
    from django.core.cache import cache

    cache.clear()
    assert active("open-now", lome.pk).weights["fresh"] == 2.0
    send(browser_of(steward), sent["Location"], {"do": "end"})
    row.refresh_from_db()
    cache.clear()
    assert (row.status, active("open-now", lome.pk).number) == ("old", 0)
    assert "Take it up again" in text_of(browser_of(steward).get(sent["Location"]))
    send(browser_of(steward), sent["Location"], {"do": "activate", "decided_by": "Assembly of 9 June"})
    row.refresh_from_db()
    assert row.status == "active"
    acts = list(Record.objects.filter(act__startswith="recipe.").order_by("pk").values_list("act", flat=True))
    assert acts == ["recipe.propose", "recipe.activate", "recipe.end", "recipe.activate"]


@pytest.mark.parametrize("wrong", ["", "abc", "-1", "11", "nan", "inf", "1e400"])
def test_numbers_out_of_bounds_are_said(browser_of, steward, wrong):
    page = send(browser_of(steward), PATH, numbers(weight_fresh=wrong, do="propose", reason="Why not"))
    assert page.status_code == 422
    assert not Recipe.objects.exists()


def test_a_reason_is_needed(browser_of, steward):
    page = send(browser_of(steward), PATH, numbers(do="propose"))
    assert page.status_code == 422
    assert "Say why these numbers are better." in page.content.decode()


def test_who_may(browser_of, steward, operator, alice, charlie, member, guest, lome, bilbao):
    row = propose_version("open-now", territory=lome, weights={"fresh": 1.0}, reason=words("Why"), by=SYSTEM)
    version = f"/en/how/open-now/versions/{row.pk}/"
    for path in (PATH, version):
        answers = [
            browser_of(one).get(path).status_code
            for one in (None, guest, member, alice, charlie, steward, operator)
        ]
        assert answers == [302, 302, 404, 404, 404, 200, 200]
    everywhere = "/en/how/open-now/propose/all/"
    assert browser_of(steward).get(everywhere).status_code == 404
    assert browser_of(operator).get(everywhere).status_code == 200
    assert browser_of(steward).get("/en/how/open-now/propose/ES-BI-bilbao/").status_code == 404
    assert browser_of(operator).get("/en/how/nothing/propose/all/").status_code == 404
    assert browser_of(operator).get(f"/en/how/screening/versions/{row.pk}/").status_code == 404


def test_the_public_page_leads_stewards_to_the_desk(browser_of, steward, member):
    path = "/en/how/open-now/?place=TG-M-lome"
    assert PATH in browser_of(steward).get(path).content.decode()
    assert "propose" not in browser_of(member).get(path).content.decode()


def test_routing_is_tried_on_the_busiest_conversation(browser_of, steward, conversation):
    path = "/en/how/statement-routing/propose/TG-M-lome/"
    page = send(browser_of(steward), path, numbers("statement-routing", weight_new="0"))
    assert page.status_code == 200
    assert "Statements of “How should our neighbourhoods get online?”" in text_of(page)


def test_screening_is_tried_on_what_was_sent(browser_of, steward, conversation, guest):
    made = write_statement(
        conversation, "Read all of it at https://example.org now.", language="en", by=guest
    )
    assert Screening.objects.get(item=made.pk).is_held
    path = "/en/how/screening/propose/TG-M-lome/"
    body = text_of(send(browser_of(steward), path, numbers("screening", weight_links="0")))
    assert "Of the last 1 posts, those that wait. One line stands elsewhere." in body


def test_nothing_to_try_it_on(browser_of, steward):
    assert "There is nothing here today" in text_of(
        send(browser_of(steward), PATH, numbers(weight_fresh="3"))
    )
