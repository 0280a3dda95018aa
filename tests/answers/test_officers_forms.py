"""The other forms of an officer, sent as a browser does, and what programs read."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forms import open_browser, send
from owing import YES, fresh, owe, put_idea
from people import words
from tequio.catalogue.models import Item
from tequio.ideas.answers import tasks
from tequio.ideas.answers.models import Answer, AnswerTemplate, Milestone, Paper, Result
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.answers.services.results import spend_on
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


def test_templates_from_the_first_to_none(lome: Territory, sena: Person):
    browser, path = open_browser(sena), f"/en/answers/templates/{lome.code}/"
    assert "There is none yet." in browser.get(path).content.decode()
    new = {"name": "Thanks", "decision": "declined", "words": "Thank you, {name}.", "language": "en"}
    assert send(browser, f"{path}new/", {**new, "words": "{nom}"}).status_code == 422
    assert send(browser, f"{path}new/", new)["Location"] == path
    kept = AnswerTemplate.objects.get()
    assert "Thank you, {name}." in browser.get(path).content.decode()
    changed = {**new, "words": "Many thanks, {name}.", "do": "save"}
    assert send(browser, f"/en/answers/template/{kept.pk}/", changed).status_code == 302
    kept.refresh_from_db()
    assert kept.reasons["en"]["text"] == "Many thanks, {name}."
    assert send(browser, f"/en/answers/template/{kept.pk}/", {"do": "delete"}).status_code == 302
    assert not AnswerTemplate.objects.exists()


def test_taking_back_by_form(idea: Item, sena: Person):
    give_answer(idea, YES, by=sena)
    browser, path = open_browser(sena), f"/en/answers/{idea.pk}/take-back/"
    assert "Yes, by May." in browser.get(path).content.decode()
    assert send(browser, path).status_code == 302
    assert Answer.objects.get().is_taken_back
    assert browser.get(path).status_code == 404


def test_a_result_is_run_by_forms(result: Result, sena: Person):
    browser, base = open_browser(sena), f"/en/results/{result.pk}/"
    edited = {
        "title": "The new boat", "language": "en", "planned": "600", "currency": "eur", "why": "It has a name.",
    }  # fmt: skip
    assert send(browser, f"{base}edit/", edited).status_code == 302
    result.refresh_from_db()
    assert (result.planned, result.currency, result.body) == (60_000, "EUR", {})
    assert send(browser, f"{base}steps/", {"title": "Painted", "language": "en"}).status_code == 302
    assert send(browser, f"{base}steps/", {"title": "", "language": "en"}).status_code == 422
    Milestone.objects.update(state="done")
    assert send(browser, f"{base}end/", {"do": "finish"}).status_code == 302
    assert "Finished on" in open_browser().get(base).content.decode()
    assert send(browser, f"{base}end/", {"do": "go_on"}).status_code == 302
    upload = {"file": SimpleUploadedFile("plan.txt", b"A plan"), "name": "Plan", "language": "en"}
    assert send(browser, f"/en/answers/{result.pk}/papers/", upload).status_code == 302
    assert Paper.objects.get().item_id == result.pk


def test_too_many_steps_are_said_at_the_form(result: Result, sena: Person):
    Milestone.objects.bulk_create(
        Milestone(result=result, position=position, title=words("x")) for position in range(2, 50)
    )
    answer = send(
        open_browser(sena), f"/en/results/{result.pk}/steps/", {"title": "One more", "language": "en"}
    )
    assert answer.status_code == 422
    assert "A result has at most 50 steps." in answer.content.decode()


def test_jobs_call_their_services(idea: Item, sena: Person):
    owe(idea, days=3)
    tasks.remind(timestamp=0)
    tasks.send_batch(pk=12)
    assert sena.notices.count() == 1


def test_what_programs_read(idea: Item, lome: Territory, result: Result, sena: Person, member: Person):
    spend_on(result, on=date(2026, 1, 5), amount=1_250, what=words("Wood"), by=sena)
    late = put_idea(lome, "Late", by=member)
    owe(late, days=-3)
    owe(put_idea(lome, "Waits", by=member), days=3)
    browser = open_browser()
    answers = browser.get(f"/api/v1/items/{idea.pk}/answers").json()
    assert (answers["answers"][0]["decision"], answers["due"]) == ("accepted", None)
    assert browser.get(f"/api/v1/items/{late.pk}/answers").json()["due"]["is_late"] is True
    whole = browser.get(f"/api/v1/results/{result.pk}").json()
    assert (whole["planned"], whole["spendings"][0]["amount"]) == ("500.00", "12.50")
    assert [step["state"] for step in whole["milestones"]] == ["planned", "planned"]
    assert whole["judged"] == {}
    assert [one["id"] for one in browser.get("/api/v1/results").json()["results"]] == [result.pk]
    board = browser.get(f"/api/v1/territories/{lome.code}/answers").json()
    assert (board["tally"]["late"], board["tally"]["waiting"], len(board["late"])) == (1, 1, 1)
    first = browser.get("/api/v1/answers/due", {"limit": 1, "territory": lome.code}).json()
    assert first["due"][0]["item"]["id"] == late.pk
    second = browser.get("/api/v1/answers/due", {"limit": 1, "cursor": first["next"]}).json()
    assert second["due"][0]["item"]["title"]["text"] == "Waits"
    assert second["next"] is None
    only_late = browser.get("/api/v1/answers/due", {"late": "true"}).json()
    assert [row["item"]["id"] for row in only_late["due"]] == [late.pk]


def test_rows_say_what_they_are(idea: Item, result: Result, sena: Person):
    owe(fresh(idea.pk))
    step = result.milestones.first()
    assert (str(result), str(step)) == (f"result {result.pk}", f"{result.pk}/0")
    assert str(Answer.objects.get()) == f"{idea.pk}: accepted"
