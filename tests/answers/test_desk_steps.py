"""What the desk says of steps: which rows can be answered now, which wait for when, what is late for good."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from forms import open_browser, send
from owing import YES, fresh, owe, put_idea
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.moments import say_day
from tequio.catalogue.models import Item
from tequio.ideas.answers.enums import Stage
from tequio.ideas.answers.models import Answer, AnswerDue
from tequio.ideas.answers.selectors.desk import Wanted, desk_of, next_due, note_for, wanted_number
from tequio.ideas.answers.selectors.scoreboard import scoreboard_of
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.answers.types import AnswerStep, StepNote, note_of
from tequio.ideas.processes.models import Entry, Phase, Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANSWERS = (("answer", "idea", ""),)
ANSWER = {"decision": "accepted", "words": "Yes, by May.", "language": "en", "office": "roads"}


def call(place: Territory, title: str, opens: int, closes: int) -> Process:
    """A process whose step for answers lasts from one day to another, counted from today."""
    now = timezone.now()
    return open_process(
        title=words(title), summary={}, background={}, territory=place, languages=["en"], by=SYSTEM,
        phases=[
            PhasePlan(words("Ideas"), None, now + min(opens, closes - 1) * DAY, features=(("create", "idea", ""),)),
            PhasePlan(words("Answers"), now + opens * DAY, now + closes * DAY, features=ANSWERS),
        ],
    )  # fmt: skip


def owed(place: Territory, title: str, process: Process | None, by: Person, **clock: float) -> Item:
    item = put_idea(place, title, by=by)
    if process is not None:
        Entry.objects.create(item=item, process=process)
    owe(item, **clock)
    return fresh(item.pk)


@pytest.fixture
def three(lome: Territory, member: Person) -> list[Item]:
    """In the open hub, in a step that has not begun, in a step that is over."""
    return [
        owed(lome, "In the hub", None, member, days=20),
        owed(lome, "Too early", call(lome, "Next call", 3, 9), member, days=10, since=5),
        owed(lome, "Step over", call(lome, "Last call", -9, -2), member, days=30, since=15),
    ]


def test_a_row_that_waits_says_until_when_and_has_no_box(three: list[Item], sena: Person):
    page = open_browser(sena).get("/en/answers/").content.decode()
    hub, early, over = (item.pk for item in three)
    assert re.findall(r'type="checkbox" name="item" value="(\d+)"', page) == [str(hub), str(over)]
    assert "3 answers are owed" in page
    assert "2 can be answered now. One has to wait for its step." in page
    assert page.count("Not open yet") == 1
    opens = Phase.objects.get(process__entries__item=early, position=1).opens_at
    assert opens is not None
    assert f"Answers open on {say_day(opens, 'Africa/Lome')}." in page
    assert f'href="/en/answers/{early}/write/"' not in page
    assert f'href="{three[1].path}"' in page
    assert 'aria-label="Its steps: “Next call”"' in page


def test_a_step_that_is_over_says_what_can_be_done(three: list[Item], sena: Person):
    browser = open_browser(sena)
    closes = Phase.objects.get(process__entries__item=three[2], position=1).closes_at
    assert closes is not None
    said = f"Its step for answers ended on {say_day(closes, 'Africa/Lome')}. You can still answer it."
    assert said in browser.get("/en/answers/").content.decode()
    assert said in browser.get(f"/en/answers/{three[2].pk}/write/").content.decode()
    assert send(browser, f"/en/answers/{three[2].pk}/write/", ANSWER).status_code == 302
    assert Answer.objects.get().item_id == three[2].pk


def test_the_filters_by_time(three: list[Item], sena: Person, alice: Person):
    def titles(show: str) -> list[str]:
        return [row.item.title["en"]["text"] for row in desk_of(sena, Wanted(show=show)).rows]

    assert titles("now") == ["In the hub", "Step over"]
    assert titles("not_yet") == ["Too early"]
    numbers = desk_of(sena, Wanted()).numbers
    assert (numbers["all"], numbers["now"], numbers["not_yet"]) == (3, 2, 1)
    page = open_browser(sena).get("/en/answers/", {"show": "now"}).content.decode()
    assert "Can be answered now (2)" in page
    assert "Too early" not in page


def test_what_waits_can_be_handed_on_already(three: list[Item], sena: Person, alice: Person):
    browser = open_browser(sena)
    early = three[1].pk
    page = browser.get("/en/answers/", {"show": "not_yet", "chosen": "all"}).content.decode()
    assert re.findall(r'value="(\d+)" id="item-\d+"[^>]* checked', page) == [str(early)]
    assert "Answer those I chose together" not in page
    form = browser.get("/en/answers/assign/", {"show": "not_yet", "item": early}).content.decode()
    assert "Too early" in form
    nobody = send(browser, f"/en/answers/assign/?item={early}", {"item": early, "colleague": ""})
    assert nobody.status_code == 422
    assert "Choose somebody, or nobody in particular." in nobody.content.decode()
    handed = send(
        browser, f"/en/answers/assign/?show=not_yet&item={early}", {"item": early, "colleague": alice.pk}
    )
    assert handed["Location"] == "/en/answers/?show=not_yet"
    assert "Alice prepares 1 answer now." in browser.get(handed["Location"]).content.decode()
    again = send(browser, f"/en/answers/assign/?item={early}", {"item": early, "colleague": alice.pk})
    assert "Nothing changed: it was so already." in browser.get(again["Location"]).content.decode()
    back = send(browser, f"/en/answers/assign/?item={early}", {"item": early, "colleague": "nobody"})
    assert "Nobody in particular prepares 1 answer now." in browser.get(back["Location"]).content.decode()
    assert AnswerDue.objects.get(item=early).assigned_to is None
    AnswerDue.objects.filter(item=early).update(assigned_to=alice)
    hers = open_browser(alice).get("/en/answers/", {"show": "not_yet"}).content.decode()
    assert "Too early" in hers
    assert "Hand them to a colleague" not in hers
    assert 'type="checkbox"' not in hers


def test_choose_all_takes_what_can_be_answered(three: list[Item], sena: Person):
    page = open_browser(sena).get("/en/answers/", {"chosen": "all"}).content.decode()
    chosen = re.findall(r'value="(\d+)" id="item-\d+"[^>]* checked', page)
    assert chosen == [str(three[0].pk), str(three[2].pk)]
    assert "Choose none" in page
    plain = open_browser(sena).get("/en/answers/").content.decode()
    assert "Choose all 2 that can be answered now" in plain
    assert " checked" not in plain


def test_the_next_one_can_be_answered(three: list[Item], sena: Person):
    """From the last that can be given on: never to a page that only says no."""
    assert wanted_number(sena, Wanted()) == 2
    browser = open_browser(sena)
    first = send(browser, f"/en/answers/{three[2].pk}/write/", {**ANSWER, "do": "next"})
    assert first["Location"] == f"/en/answers/{three[0].pk}/write/"
    last = send(browser, first["Location"], {**ANSWER, "do": "next"})
    assert last["Location"] == "/en/answers/"
    page = browser.get("/en/answers/").content.decode()
    assert "That was the last one that can be answered now." in page
    assert "The answer to “In the hub” is published." in page
    assert next_due(sena, Wanted(), after=None) is None


def test_what_she_said_lately_can_be_said_better(three: list[Item], sena: Person):
    browser = open_browser(sena)
    given = give_answer(three[2], YES, by=sena)
    page = browser.get("/en/answers/").content.decode()
    assert "Your last answers" in page
    assert 'aria-label="Answer anew: Step over"' in page
    form = browser.get(f"/en/answers/{three[2].pk}/write/").content.decode()
    assert "Yes, by May." in form
    assert (
        send(
            browser,
            f"/en/answers/{three[2].pk}/write/",
            {**ANSWER, "seen": given.pk, "words": "Yes, by June."},
        ).status_code
        == 302
    )
    assert Answer.objects.get(replaced_at=None).words.text == "Yes, by June."
    assert [one.words.text for one in desk_of(sena, Wanted()).lately] == ["Yes, by June."]


def test_a_missed_step_is_late_in_front_of_everybody(lome: Territory, member: Person, sena: Person):
    item = owed(lome, "Forgotten", call(lome, "Old call", -40, -20), member, days=-3, since=60)
    board = scoreboard_of(lome)
    assert [row.due.item_id for row in board.late] == [item.pk]
    assert "Forgotten" in open_browser().get(f"/en/answers/in/{lome.code}/").content.decode()
    desk = open_browser(sena).get("/en/answers/").content.decode()
    assert "3 days late." in desk
    assert "You can still answer it." in desk
    give_answer(item, YES, by=sena)
    tally = scoreboard_of(lome).tally
    assert (tally.late, tally.answered_late, tally.in_time) == (0, 1, 0)


def test_the_page_that_says_no_says_until_when(three: list[Item], sena: Person):
    page = open_browser(sena).get(f"/en/answers/{three[1].pk}/write/")
    assert page.status_code == 403
    assert "Answers open on " in page.content.decode()
    AnswerDue.objects.filter(item=three[2]).delete()
    assert note_for(sena, fresh(three[2].pk)).stage == Stage.OVER
    over = open_browser(sena).get(f"/en/answers/{three[2].pk}/write/").content.decode()
    assert "and no answer is owed." in over


@pytest.mark.parametrize("number_of_processes", [1, 3])
def test_a_literal_number_of_questions_in_many_processes(
    number_of_processes: int, lome: Territory, sena: Person, member: Person, django_assert_num_queries
):
    for number in range(number_of_processes):
        process = call(lome, f"Call {number}", 5 * (number % 2) - 2, 9)
        owed(lome, f"Idea {number}", process, member)
    desk_of(sena, Wanted())
    with django_assert_num_queries(6):
        desk_of(sena, Wanted())
    browser = open_browser(sena)
    chosen = list(AnswerDue.objects.values_list("pk", flat=True))
    for path, data, number in (("/en/answers/", {}, 9), ("/en/answers/several/", {"item": chosen}, 6)):
        browser.get(path, data)
        with django_assert_num_queries(number):
            browser.get(path, data)


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def step(opens: int | None, closes: int | None, kind: str = "idea", now: int = 10) -> AnswerStep:
    return AnswerStep(
        at(opens) if opens else None, at(closes) if closes else None, frozenset([kind]),
        has_begun=opens is None or opens <= now, has_ended=closes is not None and closes <= now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "due", "note"),
    [
        ([], 20, StepNote(Stage.NO_STEP, None, at(20))),
        ([], None, StepNote(Stage.NO_STEP)),
        ([step(5, 8, "problem")], 20, StepNote(Stage.NO_STEP, None, at(20))),
        ([step(12, 18), step(11, 12)], 20, StepNote(Stage.OPENS, at(11), at(11))),
        ([step(22, 28)], 20, StepNote(Stage.AFTER_DUE, at(22), at(20))),
        ([step(2, 8), step(12, 14)], None, StepNote(Stage.OPENS, at(12), at(12))),
        ([step(2, 8), step(3, 9)], None, StepNote(Stage.OVER, at(9))),
    ],
)
def test_what_is_said_where_it_cannot_be_answered(steps: list[AnswerStep], due: int | None, note: StepNote):
    due_at = at(due) if due else None
    assert note_of(steps, "idea", is_open=False, is_public=True, due_at=due_at) == note
    hidden = note_of(steps, "idea", is_open=False, is_public=False, due_at=due_at)
    assert hidden == StepNote(Stage.HIDDEN, None, due_at)


@pytest.mark.parametrize(
    ("steps", "note"),
    [
        ([], StepNote(Stage.FREE)),
        ([step(2, None)], StepNote(Stage.FREE)),
        ([step(2, 8), step(3, 12)], StepNote(Stage.FREE)),
        ([step(2, 8), step(3, 9), step(15, 20)], StepNote(Stage.ENDED, at(9))),
        ([step(15, 20)], StepNote(Stage.FREE)),
    ],
)
def test_what_is_said_where_it_can(steps: list[AnswerStep], note: StepNote):
    assert note_of(steps, "idea", is_open=True, is_public=True, due_at=at(20)) == note
