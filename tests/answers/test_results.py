"""Results step by step: their plan, moved days with reasons, money beside its plan, the end, and the verdicts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from forms import open_browser, send
from owing import YES, fresh, put_idea
from people import words
from post import as_drawn
from tequio.base.errors import Refused
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Item, Link, Revision
from tequio.consent.selectors import has_consent
from tequio.ideas.answers.models import Judgement, Milestone, Paper, Result
from tequio.ideas.answers.selectors.results import judged, result_page
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.answers.services.judging import judge
from tequio.ideas.answers.services.papers import add_paper
from tequio.ideas.answers.services.results import (
    Plan,
    Step,
    add_step,
    change_step,
    edit_result,
    finish,
    go_on,
    make_result,
    spend_on,
)
from tequio.ideas.answers.services.translating import translate_milestone, translate_result
from tequio.notifications.models import Announcement, Follow
from tequio.notifications.services import follow_item, unfollow
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
PLAN = Plan(title=words("The boat"), body=words("It sails."), planned=50_000, currency="EUR")


def steps(result: Result) -> list[Milestone]:
    return list(
        Milestone.objects.filter(result=result).select_related("result__item__territory").order_by("position")
    )


def occasions(event: str) -> list[str]:
    return list(Announcement.objects.filter(event=event).order_by("pk").values_list("occasion", flat=True))


def test_a_result_grows_out_of_an_accepted_idea(idea: Item, sena: Person, alice: Person, guest: Person):
    follow_item(idea, by=alice)
    follow_item(idea, by=guest)
    with pytest.raises(Refused):
        make_result(idea, PLAN, by=sena)
    give_answer(idea, YES, by=sena)
    made = make_result(fresh(idea.pk), PLAN, steps=[Step(words("Built"), date(2086, 1, 5))], by=sena)
    assert Link.objects.get(source=idea).target_id == made.pk
    followers = set(Follow.objects.filter(item=made.item).values_list("person", flat=True))
    assert {alice.pk, guest.pk, sena.pk} == followers
    assert steps(made)[0].first_due == date(2086, 1, 5)
    assert Announcement.objects.filter(event="opened", item=made.item).exists()


def test_who_follows_once_follows_once(idea: Item, result: Result, sena: Person, alice: Person):
    """Those who joined the idea after the result began follow the idea alone; a follow that is there stays single."""
    follow_item(result.item, by=alice)
    follow_item(idea, by=alice)
    other = make_result(fresh(idea.pk), PLAN, by=sena)
    assert Follow.objects.filter(person=alice, item=other.item).count() == 1
    unfollow(f"item:{other.pk}", by=alice)
    assert not Follow.objects.filter(person=alice, item=other.item).exists()


def test_another_day_needs_its_reason_and_the_first_stays(result: Result, sena: Person):
    step = steps(result)[1]
    first = step.due
    later = first + timedelta(days=21)
    with pytest.raises(Refused) as refused:
        change_step(step, state="planned", due=later, delay={}, by=sena)
    assert refused.value.code == "delay"
    moved = change_step(step, state="under_way", due=later, delay=words("The wood came late."), by=sena)
    assert (moved.first_due, moved.due) == (first, later)
    assert occasions("progress") == [f"under_way {later}"]
    told = Announcement.objects.get(event="progress").words["en"]["text"]
    assert told == "Sails: Under way\nThe wood came late."
    change_step(steps(result)[1], state="under_way", due=later, delay=words("The wood came late."), by=sena)
    assert len(occasions("progress")) == 1
    page = open_browser().get(f"/en/results/{result.pk}/").content.decode()
    assert "The wood came late." in page
    assert "First said:" in page


def test_a_first_day_needs_no_reason_and_giving_up_does(result: Result, sena: Person):
    step = steps(result)[0]
    dated = change_step(step, state="planned", due=date(2086, 1, 1), delay={}, by=sena)
    assert dated.first_due == date(2086, 1, 1)
    with pytest.raises(Refused):
        change_step(steps(result)[0], state="dropped", due=date(2086, 1, 1), delay={}, by=sena)
    with pytest.raises(ValueError, match="state"):
        change_step(steps(result)[0], state="lost", due=None, delay={}, by=sena)


def test_done_and_undone(result: Result, sena: Person):
    step = change_step(steps(result)[0], state="done", due=None, delay={}, by=sena)
    assert step.done_at
    again = change_step(steps(result)[0], state="under_way", due=None, delay={}, by=sena)
    assert again.done_at is None


def test_steps_have_their_place_and_their_bound(result: Result, sena: Person, alice: Person):
    assert add_step(result, Step(words("Painted")), by=sena).position == 2
    with pytest.raises(Refused):
        add_step(result, Step(words("Painted")), by=alice)
    Milestone.objects.bulk_create(
        Milestone(result=result, position=position, title=words("x")) for position in range(3, 50)
    )
    with pytest.raises(Refused, match="50"):
        add_step(result, Step(words("One more")), by=sena)
    answer = send(
        open_browser(sena), f"/en/results/{result.pk}/steps/", {"title": "One more", "language": "en"}
    )
    assert answer.status_code == 422
    assert "at most 50 steps" in answer.content.decode()


def test_money_beside_its_plan(result: Result, sena: Person):
    spend_on(result, on=date(2026, 1, 5), amount=20_050, what=words("Wood"), by=sena)
    spend_on(result, on=date(2026, 1, 6), amount=-50, what=words("Counted twice"), by=sena)
    with pytest.raises(Refused) as refused:
        spend_on(result, on=date(2026, 1, 7), amount=-20_001, what=words("Too much"), by=sena)
    assert refused.value.code == "minus"
    with pytest.raises(ValueError, match="nothing"):
        spend_on(result, on=date(2026, 1, 7), amount=0, what=words("Nothing"), by=sena)
    shown = result_page(result, None)
    assert (shown.balance.spent, shown.balance.share) == (20_000, 40)
    page = open_browser().get(f"/en/results/{result.pk}/").content.decode()
    assert "Spent: €200.00 of €500.00." in page
    assert "-€0.50" in page.replace("\u2212", "-")


def test_money_needs_a_currency_that_stays(result: Result, sena: Person):
    spend_on(result, on=date(2026, 1, 5), amount=100, what=words("Wood"), by=sena)
    with pytest.raises(Refused) as refused:
        edit_result(result, Plan(title=PLAN.title, planned=5, currency="USD"), by=sena)
    assert refused.value.code == "currency"
    with pytest.raises(ValueError, match="currency"):
        edit_result(result, Plan(title=PLAN.title, planned=5), by=sena)
    Result.objects.filter(pk=result.pk).update(currency="", planned=None)
    with pytest.raises(Refused):
        spend_on(result, on=date(2026, 1, 5), amount=100, what=words("Wood"), by=sena)
    answer = open_browser(sena).get(f"/en/results/{result.pk}/money/")
    assert answer["Location"] == f"/en/results/{result.pk}/edit/"


def test_what_it_said_before_stays(result: Result, sena: Person, alice: Person, water: Organisation):
    changed = Plan(title=words("The new boat"), body=words("It flies."), planned=60_000, currency="EUR")
    edit_result(result, changed, why="It has a name.", by=sena)
    kept = Revision.objects.get(item=result.pk)
    assert {one["before"] for one in kept.changes} == {"The boat", "It sails."}
    assert kept.why == "It has a name."
    with pytest.raises(Refused):
        edit_result(result, changed, by=alice)
    with pytest.raises(Refused, match="speak"):
        edit_result(result, Plan(title=PLAN.title, organisation=water), by=sena)


def test_it_keeps_its_organisation_whoever_looks_after_it(result: Result, sena: Person, water: Organisation):
    Result.objects.filter(pk=result.pk).update(organisation=water)
    browser, path = open_browser(sena), f"/en/results/{result.pk}/edit/"
    drawn = as_drawn(browser.get(path).content.decode(), {"title", "body"})
    assert drawn["behalf"] == str(water.pk)
    assert browser.post(path, {**drawn, "title": "The big boat"}).status_code == 302
    now = Result.objects.select_related("item").get()
    assert (now.organisation, now.item.title["en"]["text"]) == (water, "The big boat")


def test_it_ends_when_every_step_has_ended(result: Result, sena: Person):
    with pytest.raises(Refused) as refused:
        finish(result, by=sena)
    assert refused.value.code == "open"
    browser = open_browser(sena)
    assert send(browser, f"/en/results/{result.pk}/end/").status_code == 422
    first, second = steps(result)
    change_step(first, state="done", due=None, delay={}, by=sena)
    change_step(second, state="dropped", due=second.due, delay=words("No wood."), by=sena)
    ended = finish(result, by=sena)
    assert finish(result, by=sena).finished_at == ended.finished_at
    assert occasions("progress")[-1].startswith("finished")
    assert go_on(result, by=sena).finished_at is None
    assert go_on(result, by=sena).finished_at is None


def test_a_late_step_is_drawn_as_late(result: Result, sena: Person):
    Milestone.objects.filter(result=result, position=1).update(due=timezone.now().date() - timedelta(days=2))
    assert [step.shape for step in result_page(result, None).steps] == ["next", "late"]
    assert "Later than said" in open_browser().get(f"/en/results/{result.pk}/").content.decode()


def test_documents_lie_beside(result: Result, idea: Item, sena: Person):
    upload = SimpleUploadedFile("costs.txt", b"Wood: 200")
    paper = add_paper(result.item, upload, words("Cost sheet"), by=sena)
    page = open_browser().get(f"/en/results/{result.pk}/").content.decode()
    assert f"/en/papers/{paper.pk}/" in page
    file = open_browser().get(f"/en/papers/{paper.pk}/")
    assert (b"".join(file.streaming_content) if file.streaming else file.content) == b"Wood: 200"
    assert file["Content-Disposition"].startswith("attachment")
    Item.objects.filter(pk=result.pk).update(state="withdrawn")
    assert open_browser().get(f"/en/papers/{paper.pk}/").status_code == 404
    Paper.objects.bulk_create(Paper(item=idea, name=words("x"), file=paper.file) for _number in range(30))
    with pytest.raises(Refused, match="30"):
        add_paper(idea, upload, words("Cost sheet"), by=sena)


def test_a_program_is_no_document(idea: Item, sena: Person):
    answer = send(
        open_browser(sena), f"/en/answers/{idea.pk}/papers/",
        {"file": SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>"), "name": "Plan", "language": "en"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert not Paper.objects.exists()


def test_verdicts_are_one_each_and_shown_from_five_on(result: Result):
    for number, verdict in enumerate(("yes", "yes", "partly", "no")):
        person = begin_guest(language="en")
        follow_item(result.item, by=person)
        judge(result, verdict, words=f"Word {number}", by=person)
        judge(result, verdict, words="Another word", by=person)
        assert has_consent(person, "opinions")
    assert (judged(result, person).number, judged(result, person).own, judged(result, None).shares) == (
        4,
        "No",
        [],
    )
    last = begin_guest(language="en")
    follow_item(result.item, by=last)
    judge(result, "no", by=last)
    shown = judged(result, None)
    assert [(share.verdict, share.number) for share in shown.shares] == [("yes", 2), ("partly", 1), ("no", 2)]
    assert sum(share.width for share in shown.shares) == pytest.approx(100)
    judge(result, "yes", by=last)
    assert Judgement.objects.filter(person=last).get().verdict == "yes"
    page = open_browser().get(f"/en/results/{result.pk}/").content.decode()
    assert "Another word" not in page


def test_words_are_for_who_looks_after_it(result: Result, sena: Person, guest: Person, alice: Person):
    follow_item(result.item, by=guest)
    answer = send(
        open_browser(guest),
        f"/en/results/{result.pk}/asked/",
        {"verdict": "partly", "words": "It has no roof."},
    )
    assert answer.status_code == 302
    assert "It has no roof." in open_browser(sena).get(f"/en/results/{result.pk}/words/").content.decode()
    assert open_browser(alice).get(f"/en/results/{result.pk}/words/").status_code == 404
    assert "You said: Partly." in open_browser(guest).get(f"/en/results/{result.pk}/").content.decode()


def test_who_did_not_ask_is_told_for_whom_it_is(result: Result, alice: Person):
    with pytest.raises(Refused):
        judge(result, "yes", by=alice)
    with pytest.raises(ValueError, match="verdict"):
        judge(result, "perhaps", by=alice)
    page = open_browser().get(f"/en/results/{result.pk}/asked/")
    assert page.status_code == 403
    assert "For those who asked for it" in page.content.decode()


def test_translators_write_the_words_anew(result: Result, sena: Person, lome: Territory, make_member):
    translator = make_member("Tana", "translator", lome)
    typed = {"title": Typed({"es": "La barca"}, version_of(result.item.title))}
    assert translate_result(result, typed, by=translator).item.title["es"]["text"] == "La barca"
    step = steps(result)[0]
    typed = {"title": Typed({"es": "Hecha"}, version_of(step.title))}
    assert translate_milestone(step, typed, by=translator).title["es"]["text"] == "Hecha"
    with pytest.raises(Refused):
        translate_milestone(step, typed, by=make_member("Nobody"))


def test_the_page_of_a_result_asks_few_questions(
    result: Result,
    sena: Person,
    guest: Person,
    lome: Territory,
    member: Person,
    django_assert_max_num_queries,
):
    for number in range(5):
        add_step(result, Step(words(f"Step {number}")), by=sena)
        spend_on(result, on=date(2026, 1, 5), amount=100, what=words("Wood"), by=sena)
    for person in (None, guest, member, sena):
        browser = open_browser(person)
        browser.get(f"/en/results/{result.pk}/")
        with django_assert_max_num_queries(12):
            assert browser.get(f"/en/results/{result.pk}/").status_code == 200


def test_a_form_keeps_what_was_typed(idea: Item, sena: Person):
    give_answer(idea, YES, by=sena)
    path = f"/en/results/new/{idea.pk}/"
    wrong = {
        "title": "A boat", "language": "en", "planned": "12.345", "currency": "EUR",
        "steps": "2026-02-31 Never", "body": "Ten places",
    }  # fmt: skip
    answer = send(open_browser(sena), path, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "begins with a day that is none" in page
    assert "no smaller coins" in page
    assert "Ten places" in page
    for field, value, said in (
        ("currency", "XXZ", "three letters of a currency"), ("currency", "", "Money needs its currency"),
        ("planned", "a lot", "Write an amount"), ("steps", "x" * 161, "longer than 160"),
        ("steps", "x\n" * 51, "at most 50 steps"),
    ):  # fmt: skip
        answer = send(open_browser(sena), path, {**wrong, "planned": "12", "steps": "Built", field: value})
        assert said in answer.content.decode(), field
    fine = {**wrong, "planned": "12,50", "steps": "2086-01-05: Built\n\nSails"}
    assert send(open_browser(sena), path, fine).status_code == 302
    made = Result.objects.get()
    assert (made.planned, made.currency) == (1_250, "EUR")
    assert [(step.words.text, step.due) for step in steps(made)] == [
        ("Built", date(2086, 1, 5)),
        ("Sails", None),
    ]


def test_forms_of_steps_and_money_say_what_is_wrong(result: Result, sena: Person):
    browser = open_browser(sena)
    step = steps(result)[1]
    moved = {"state": "planned", "due": "2087-01-01", "language": "en"}
    answer = send(browser, f"/en/results/steps/{step.pk}/", moved)
    assert answer.status_code == 422
    assert "Say why." in answer.content.decode()
    assert send(browser, f"/en/results/steps/{step.pk}/", {**moved, "delay": "Rain."}).status_code == 302
    path = f"/en/results/{result.pk}/money/"
    money = {"on": "2026-01-05", "amount": "10", "what": "Wood", "language": "en"}
    for field, value, said in (
        ("amount", "0", "Write an amount"), ("amount", "1.005", "no smaller coins"), ("amount", "-5", "takes back more"),
        ("on", "2099-01-05", "Choose an earlier day"),
    ):  # fmt: skip
        answer = send(browser, path, {**money, field: value})
        assert answer.status_code == 422
        assert said in answer.content.decode(), value
    assert send(browser, path, money).status_code == 302
    assert send(browser, f"/en/results/{result.pk}/edit/", {
        "title": "The boat", "language": "en", "currency": "USD", "planned": "3",
    }).status_code == 422  # fmt: skip


def test_results_of_what_only_members_see_are_theirs(
    lome: Territory, member: Person, sena: Person, guest: Person
):
    item = put_idea(lome, "Ours", by=member)
    give_answer(item, YES, by=sena)
    made = make_result(fresh(item.pk), PLAN, by=sena)
    Item.objects.filter(pk=made.pk).update(hidden_by="moderation.decision:1")
    assert open_browser(guest).get(f"/en/results/{made.pk}/").status_code == 404
    assert open_browser(sena).get(f"/en/results/{made.pk}/").status_code == 200
