"""The officer's desk and the form for one answer: filters, pages, the next one, what was typed."""

from __future__ import annotations

import re

import pytest

from forms import open_browser, send
from owing import YES, fresh, owe, put_idea
from people import words
from tequio.catalogue.models import Item
from tequio.ideas.answers.models import Answer, AnswerDue
from tequio.ideas.answers.selectors.desk import PAGE, Wanted, desk_of, next_due
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.processes.models import Entry
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
ANSWER = {"decision": "accepted", "words": "Yes, by May.", "language": "en", "office": "roads"}


@pytest.fixture
def three(lome: Territory, member: Person) -> list[Item]:
    """Late, due within a week, due later."""
    items = [put_idea(lome, title, by=member) for title in ("Late one", "Soon one", "Later one")]
    for item, days in zip(items, (-2, 3, 30), strict=True):
        owe(item, days=days, since=60)
    return items


def shown(person: Person | None, **wanted: object) -> list[str]:
    return [str(row.item.title["en"]["text"]) for row in desk_of(person, Wanted(**wanted)).rows]  # type: ignore[arg-type]


def test_filters(
    three: list[Item], sena: Person, alice: Person, bea: Person, lome: Territory, bilbao: Territory
):
    AnswerDue.objects.filter(item=three[2]).update(assigned_to=alice)
    assert shown(sena) == ["Late one", "Soon one", "Later one"]
    assert shown(sena, show="late") == ["Late one"]
    assert shown(sena, show="week") == ["Soon one"]
    assert shown(sena, show="unassigned") == ["Late one", "Soon one"]
    assert shown(sena, show="mine") == []
    assert shown(alice) == ["Later one"]
    assert shown(alice, show="mine") == ["Later one"]
    assert shown(bea) == []
    assert shown(sena, place=lome) == shown(sena)
    assert shown(sena, place=bilbao) == []
    numbers = desk_of(sena, Wanted()).numbers
    assert numbers == {"all": 3, "now": 3, "not_yet": 0, "week": 1, "late": 1, "mine": 0, "unassigned": 2}


def test_the_filter_of_a_process(three: list[Item], sena: Person, lome: Territory):
    from tequio.base.actor import SYSTEM
    from tequio.ideas.processes.services import open_process

    process = open_process(
        title=words("A call"),
        summary={},
        background={},
        territory=lome,
        languages=["en"],
        phases=[],
        by=SYSTEM,
    )
    Entry.objects.create(item=three[1], process=process)
    assert shown(sena, process=process.pk) == ["Soon one"]
    page = open_browser(sena).get("/en/answers/", {"process": process.pk}).content.decode()
    assert "A call" in page
    assert "Late one" not in page
    nothing = (
        open_browser(sena)
        .get("/en/answers/", {"show": "mine", "process": "x", "place": "?"})
        .content.decode()
    )
    assert "Nothing here fits." in nothing


@pytest.mark.parametrize("number_of_ideas", [1, 3])
def test_a_literal_number_of_questions(
    number_of_ideas: int, lome: Territory, sena: Person, member: Person, django_assert_num_queries
):
    for number in range(number_of_ideas):
        owe(put_idea(lome, f"Idea {number}", by=member))
    desk_of(sena, Wanted())
    with django_assert_num_queries(5):
        desk_of(sena, Wanted())


def test_pages_by_key(lome: Territory, sena: Person, member: Person):
    for number in range(PAGE + 3):
        owe(put_idea(lome, f"Idea {number}", by=member))
    AnswerDue.objects.update(due_at=AnswerDue.objects.first().due_at)  # type: ignore[union-attr]
    first = desk_of(sena, Wanted())
    second = desk_of(sena, Wanted(), after=first.after)
    seen = [row.item.pk for row in (*first.rows, *second.rows)]
    assert len(seen) == len(set(seen)) == PAGE + 3
    assert second.after == ""
    for odd in ("x", "2026-01-01_5", "2026-01-01T00:00:00+00:00_-1"):
        assert len(desk_of(sena, Wanted(), after=odd).rows) == PAGE


def test_save_and_next(three: list[Item], sena: Person):
    browser = open_browser(sena)
    path = f"/en/answers/{three[0].pk}/write/"
    answer = send(browser, path, {**ANSWER, "do": "next"})
    assert answer["Location"] == f"/en/answers/{three[1].pk}/write/"
    page = browser.get(answer["Location"]).content.decode()
    assert 'value="roads"' in page  # her office is remembered
    assert "2 answers stand on your list." in page
    assert send(browser, answer["Location"], {**ANSWER, "do": "next"})["Location"].endswith(
        f"{three[2].pk}/write/"
    )
    last = send(browser, f"/en/answers/{three[2].pk}/write/?show=late", {**ANSWER, "do": "next"})
    assert last["Location"] == "/en/answers/?show=late"


def test_after_the_last_comes_the_first_that_was_left(three: list[Item], sena: Person):
    last = AnswerDue.objects.get(item=three[2])
    found = next_due(sena, Wanted(), after=last)
    assert found
    assert found.item_id == three[0].pk


def test_what_was_typed_stays(three: list[Item], sena: Person):
    answer = send(open_browser(sena), f"/en/answers/{three[0].pk}/write/", {"words": "Because of rain."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one of the three." in page
    assert "Because of rain." in page
    assert not Answer.objects.exists()


def test_who_was_slower_reads_the_other_answer_first(
    three: list[Item], sena: Person, make_member, lome: Territory
):
    other = make_member("Ola", "steward", lome)
    browser = open_browser(sena)
    path = f"/en/answers/{three[0].pk}/write/"
    give_answer(fresh(three[0].pk), YES, by=other)
    answer = send(browser, path, {**ANSWER, "seen": "0", "words": "No, never."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else answered meanwhile." in page
    assert "No, never." in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    assert send(browser, path, {**ANSWER, "seen": seen[1]}).status_code == 302
    assert Answer.objects.count() == 2


def test_reasons_in_the_languages_of_the_place(three: list[Item], sena: Person, lome: Territory):
    assert lome.languages == ["fr", "ee"]
    browser = open_browser(sena)
    page = browser.get(f"/en/answers/{three[0].pk}/write/").content.decode()
    assert 'name="words_ee"' in page
    send(browser, f"/en/answers/{three[0].pk}/write/", {
        **ANSWER, "language": "ee", "words": "Ɛ̃.", "words_fr": "Oui.", "words_es": "Sí.", "do": "send",
    })  # fmt: skip
    reasons = Answer.objects.get().reasons
    assert {tag: one["status"] for tag, one in reasons.items()} == {
        "ee": "original",
        "fr": "human",
        "es": "human",
    }
    public = open_browser().get(f"/fr/answers/{three[0].pk}/").content.decode()
    assert "Ɛ̃." in public


def test_asking_and_handing_on_by_form(
    lome: Territory, sena: Person, alice: Person, bea: Person, member: Person, water: Organisation
):
    item = put_idea(lome, "A well", by=member)
    browser = open_browser(sena)
    past = send(browser, f"/en/answers/{item.pk}/ask/", {"due": "2020-01-01"})
    assert "This moment has passed." in past.content.decode()
    assert send(browser, f"/en/answers/{item.pk}/ask/", {"due": "2099-01-05"}).status_code == 302
    due = AnswerDue.objects.get()
    assert due.due_at.isoformat() == "2099-01-05T23:59:00+00:00"
    assert browser.get(f"/en/answers/{item.pk}/ask/").status_code == 404
    handed = send(browser, "/en/answers/assign/", {"item": item.pk, "colleague": alice.pk})
    assert handed.status_code == 302
    assert shown(alice) == ["A well"]
    none = send(open_browser(bea), "/en/answers/assign/", {"item": item.pk, "colleague": alice.pk})
    assert none.status_code == 422
    wrong = send(browser, "/en/answers/assign/", {"item": item.pk, "colleague": bea.pk})
    assert wrong.status_code == 422
    assert open_browser(alice).get(f"/en/answers/{item.pk}/write/").status_code == 200
    refused = send(open_browser(alice), "/en/answers/assign/", {"item": item.pk, "colleague": alice.pk})
    assert refused.status_code == 403


def test_where_no_phase_opens_answers_she_reads_why(lome: Territory, sena: Person, member: Person):
    from tequio.base.actor import SYSTEM
    from tequio.ideas.processes.services import PhasePlan, open_process

    process = open_process(
        title=words("A call"), summary={}, background={}, territory=lome, languages=["en"],
        phases=[PhasePlan(words("Gather"))], by=SYSTEM,
    )  # fmt: skip
    item = put_idea(lome, "A well", by=member)
    Entry.objects.create(item=item, process=process)
    page = open_browser(sena).get(f"/en/answers/{item.pk}/write/")
    assert page.status_code == 403
    assert "Answers are not open now" in page.content.decode()


def test_the_form_asks_few_questions(three: list[Item], sena: Person, django_assert_max_num_queries):
    browser = open_browser(sena)
    path = f"/en/answers/{three[0].pk}/write/"
    browser.get(path)
    with django_assert_max_num_queries(12):
        browser.get(path)
