"""Opening a conversation: the form, its errors, what comes of it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from forms import send
from tequio.audit.models import Record
from tequio.base.multilingual import original_text
from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.deliberation.permissions import visible_to

pytestmark = pytest.mark.django_db
URL = "/en/conversations/new/"
# The days are in 2086: what a form announces has to be ahead, and that year has the calendar of 2030.


def filled(place, **changes):
    data = {
        "language": "en",
        "question": "How do we get online?",
        "background": "The line is **slow**.",
        "question_es": "¿Cómo nos conectamos?",
        "territory": place.pk,
        "languages": ["fr"],
        "who_may": "members",
        "moderation": "after",
        "takes_statements": "on",
        "opens_day": "2086-03-01",
        "opens_time": "09:00",
        "closes_day": "2086-04-01",
        "closes_time": "20:00",
        "zone": "",
        "answer_due": "2086-06-01",
        "answers_for_it": "Adjoa Lawson",
        "seeds": "Prices on the wall.\n\nRepairs in two days.",
        "do": "publish",
    }
    return {**data, **changes}


def test_a_facilitator_opens_a_conversation(browser_of, alice, lome):
    sent = send(browser_of(alice), URL, filled(lome))
    conversation = Conversation.objects.get()
    item = conversation.item
    assert sent["Location"] == f"/en/conversations/{conversation.pk}/"
    assert original_text(item.title) == "How do we get online?"
    assert item.title["es"]["status"] == "human"
    assert item.title["es"]["by"] == "Alice"
    assert (item.territory, item.languages, item.state, item.author) == (
        lome,
        ["en", "fr"],
        "published",
        alice,
    )
    assert item.opens_at == datetime(2086, 3, 1, 9, tzinfo=UTC)
    assert item.closes_at == datetime(2086, 4, 1, 20, tzinfo=UTC)
    assert (conversation.zone, conversation.who_may, conversation.moderation) == (
        "Africa/Lome",
        "members",
        "after",
    )
    assert (conversation.answer_due, conversation.answers_for_it) == (date(2086, 6, 1), "Adjoa Lawson")
    assert [str(one.words) for one in conversation.statements.all()] == [
        "Prices on the wall.",
        "Repairs in two days.",
    ]
    assert conversation.statements.filter(is_seed=True, item__state="published").count() == 2
    assert Record.objects.filter(act="conversation.open").count() == 1


def test_a_draft_is_seen_by_those_who_look_after_it(browser_of, alice, bob, charlie, lome):
    sent = send(browser_of(alice), URL, filled(lome, do="draft", seeds="", takes_statements=""))
    conversation = Conversation.objects.get()
    assert sent["Location"] == f"/en/conversations/{conversation.pk}/state/"
    assert conversation.item.state == "draft"
    assert visible_to(alice).filter(pk=conversation.pk).exists()
    assert visible_to(bob).filter(pk=conversation.pk).exists()
    assert not visible_to(charlie).filter(pk=conversation.pk).exists()
    assert not visible_to(None).filter(pk=conversation.pk).exists()


def test_a_preview_saves_nothing(browser_of, alice, lome):
    page = send(browser_of(alice), URL, filled(lome, do="preview"))
    body = page.content.decode()
    assert page.status_code == 200
    assert "<strong>slow</strong>" in body
    assert "1 April 2086, 20:00" in body
    assert "Repairs in two days." in body
    assert Conversation.objects.count() == 0


def test_visitors_and_guests_are_asked_to_sign_in(browser_of, guest):
    for person in (None, guest):
        answer = browser_of(person).get(URL)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/en/sign-in/?next=")


def test_members_without_the_role_find_nothing(browser_of, member, mora):
    for person in (member, mora):
        assert browser_of(person).get(URL).status_code == 404
        assert send(browser_of(person), URL, {"question": "?"}).status_code == 404


def test_nobody_opens_one_in_a_place_that_is_not_hers(browser_of, charlie, lome):
    page = send(browser_of(charlie), URL, filled(lome))
    assert page.status_code == 422
    assert Conversation.objects.count() == 0
    assert "Lomé" not in browser_of(charlie).get(URL).content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question": ""}, "<b>Question</b> This field is required."),
        ({"question": "x" * 201}, "at most 200 characters"),
        ({"seeds": "fine\n" + "x" * 281}, "Line 2 has 281 characters; 280 is the most."),
        ({"seeds": "Same\n\nother\nsame"}, "Line 4 says the same as line 1."),
        ({"seeds": "\n".join(f"s{i}" for i in range(101))}, "These are 101 statements"),
        ({"seeds": "\n".join(["x" * 281] * 9)}, "4 more lines are not right."),
        ({"closes_day": "2086-02-01"}, "It has to close after it opens."),
        (
            {"opens_day": "", "opens_time": "", "closes_day": "2020-01-01", "answer_due": ""},
            "This moment has passed.",
        ),
        ({"opens_day": "tomorrow"}, "Write the day like 2026-11-30"),
        ({"opens_day": "", "opens_time": "9 o'clock"}, "Write the time like 18:30."),
        ({"opens_day": "", "opens_time": "09:00"}, "A time needs a day."),
        ({"opens_day": "1999-12-31"}, "Choose a year between 2000 and 2100."),
        ({"zone": "Europe/Bilbao"}, "This is not a time zone we know."),
        ({"answer_due": "2086-03-15"}, "The answer comes after the conversation has closed."),
        ({"background": "", "background_es": "Hola"}, "before translating it"),
        ({"seeds": "", "takes_statements": ""}, "there is nothing to answer"),
        ({"who_may": "nobody"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(browser_of, alice, lome, changes, message):
    page = send(browser_of(alice), URL, filled(lome, **changes))
    body = page.content.decode().replace("&#x27;", "'")
    assert page.status_code == 422
    assert message in body
    assert 'role="alert"' in body
    assert 'value="Adjoa Lawson"' in body, "what was typed is kept"
    assert Conversation.objects.count() == 0


@pytest.mark.parametrize("typed", ["2086-03-31", "31/03/2086", "31.03.2086", "31-03-2086"])
def test_days_are_understood_as_people_write_them(browser_of, alice, lome, typed):
    send(browser_of(alice), URL, filled(lome, closes_day=typed, closes_time="18h30", answer_due=""))
    assert Conversation.objects.get().item.closes_at == datetime(2086, 3, 31, 18, 30, tzinfo=UTC)


def test_without_a_time_days_are_whole(browser_of, alice, lome):
    send(browser_of(alice), URL, filled(lome, opens_time="", closes_time=""))
    item = Conversation.objects.get().item
    assert item.opens_at == datetime(2086, 3, 1, tzinfo=UTC)
    assert item.closes_at == datetime(2086, 4, 1, 23, 59, tzinfo=UTC)


def test_an_hour_the_clock_jumps_over_is_refused(browser_of, alice, lome):
    gap = {"zone": "Europe/Madrid", "opens_day": "2086-03-31", "opens_time": "02:30"}
    body = send(browser_of(alice), URL, filled(lome, **gap)).content.decode()
    assert "the clock in Europe/Madrid jumps over this time. Choose 03:30 instead." in body


def test_an_hour_that_comes_twice_leaves_people_the_longer_time(browser_of, alice, lome):
    twice = {"zone": "Europe/Madrid", "opens_day": "2086-10-27", "opens_time": "02:30"}
    send(
        browser_of(alice),
        URL,
        filled(lome, **twice, closes_day="2086-10-27", closes_time="02:45", answer_due=""),
    )
    item = Conversation.objects.get().item
    assert item.opens_at == datetime(2086, 10, 27, 0, 30, tzinfo=UTC)
    assert item.closes_at == datetime(2086, 10, 27, 1, 45, tzinfo=UTC)


def test_sent_twice_it_opens_once(browser_of, alice, lome):
    client = browser_of(alice)
    client.get(URL)
    data = filled(lome, form_key=uuid.uuid4().hex)
    answers = [client.post(URL, data)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Conversation.objects.count() == 1
    assert Statement.objects.count() == 2


def test_the_place_of_her_role_comes_first(browser_of, make_member, togo, lome):
    steward = make_member("Sita", "steward", togo)
    body = browser_of(steward).get(URL).content.decode()
    assert f'<option value="{togo.pk}" selected>Togo' in body
    assert f'<option value="{lome.pk}">Lomé' in body
