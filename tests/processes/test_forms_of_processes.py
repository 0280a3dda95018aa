"""The form of a process as people fill it in."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from forms import open_browser
from post import as_drawn
from processes_at_hand import process_of, send, typed_process
from tequio.catalogue.models import Item
from tequio.ideas.blueprints.selectors import READY
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import DateChange, Phase, Process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
NEW = "/en/processes/new/form/"
# The days are in 2083: what a form announces has to be ahead, and that year has the calendar of 2027.


def test_a_process_by_form_with_a_step_more_and_one_less(lome: Territory, alice: Person):
    browser = open_browser(alice)
    typed = typed_process(lome, title_es="¿Qué será del molino?", least_age="16", most_age="12", do="add")
    page = send(browser, NEW, typed)
    assert page.status_code == 200
    drawn = as_drawn(page.content.decode(), set(typed))
    assert drawn["steps"] == "2"
    assert (drawn["title"], drawn["title_es"], drawn["step_0_title"]) == (
        typed["title"], typed["title_es"], "Ideas",
    )  # fmt: skip
    assert drawn["step_0_features"] == ["create:idea", "support:idea"]
    assert "below the youngest" not in page.content.decode()
    more = {**drawn, "step_1_title": "Answers", "most_age": "25", "form_key": uuid.uuid4().hex}
    again = browser.post(NEW, {**more, "do": "remove_1"})
    less = as_drawn(again.content.decode(), set(more))
    assert (less["steps"], less["step_0_title"]) == ("1", "Answers")
    assert "step_1_title" not in less
    assert browser.post(NEW, {**more, "do": "publish", "form_key": uuid.uuid4().hex}).status_code == 302
    process = Process.objects.get()
    assert (process.least_age, process.most_age, process.item.state) == (16, 25, "published")
    assert process.item.title["es"]["text"] == "¿Qué será del molino?"
    assert [row.title["en"]["text"] for row in process.phases.all()] == ["Ideas", "Answers"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(lome: Territory, alice: Person):
    browser = open_browser(alice)
    typed = typed_process(
        lome, least_age="30", most_age="20", who_may="ours", step_0_opens_day="2083-05-02",
        step_0_closes_day="2083-05-01", answer_due="2083-04-01", background_fr="Un moulin.", zone="Mars/Base",
        step_0_closes_time="25:00", do="publish",
    )  # fmt: skip
    page = send(browser, NEW, typed)
    assert page.status_code == 422
    text = page.content.decode()
    for said in (
        "below the youngest", "Choose the organisation that opens it", "Write the time like 18:30",
        "not a time zone we know", "before translating it", "after the process has begun",
    ):  # fmt: skip
        assert said in text, said
    drawn = as_drawn(text, set(typed))
    for name in ("title", "step_0_opens_day", "step_0_closes_day", "background_fr", "zone"):
        assert drawn[name] == typed[name]
    assert not Process.objects.exists()
    clock = send(browser, NEW, typed_process(lome, step_0_opens_time="10:00", do="publish")).content.decode()
    assert "A time needs a day" in clock
    ends = send(
        browser,
        NEW,
        typed_process(lome, step_0_opens_day="2083-05-02", step_0_closes_day="2083-05-01", do="draft"),
    )
    assert "It has to end after it begins" in ends.content.decode()
    past = send(browser, NEW, typed_process(lome, step_0_closes_day="2024-05-01", do="publish"))
    assert "This moment has passed" in past.content.decode()


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        (
            "Europe/Madrid",
            "2083-10-31",
            "02:30",
            "2083-10-31T01:30:00+00:00",
        ),  # comes twice: the later one ends it
        ("Europe/Madrid", "2083-07-01", "12:00", "2083-07-01T10:00:00+00:00"),
        ("Europe/Madrid", "2083-12-01", "", "2083-12-01T22:59:00+00:00"),
        (
            "America/Mexico_City",
            "2083-07-01",
            "12:00",
            "2083-07-01T18:00:00+00:00",
        ),  # no summer time since 2022
        ("America/Mexico_City", "2083-12-01", "12:00", "2083-12-01T18:00:00+00:00"),
        ("", "2083-07-01", "12:00", "2083-07-01T12:00:00+00:00"),  # the clock of Lomé
    ],
)
def test_an_end_by_the_clock_of_its_zone(
    zone: str, day: str, clock: str, moment: str, lome: Territory, alice: Person
):
    typed = typed_process(lome, zone=zone, step_0_closes_day=day, step_0_closes_time=clock, do="publish")
    assert send(open_browser(alice), NEW, typed).status_code == 302
    assert Phase.objects.get().closes_at == datetime.fromisoformat(moment)
    process = Process.objects.get()
    there = Phase.objects.get().closes_at.astimezone(ZoneInfo(process.zone))
    page = open_browser(alice).get(f"/en/processes/{process.pk}/edit/").content.decode()
    drawn = as_drawn(page, {"step_0_closes_day"})
    assert (drawn["step_0_closes_day"], drawn["step_0_closes_time"]) == (
        f"{there:%Y-%m-%d}",
        f"{there:%H:%M}",
    )


def test_an_hour_that_the_clock_jumps_over_is_no_time(lome: Territory, alice: Person):
    typed = typed_process(
        lome, zone="Europe/Madrid", step_0_closes_day="2083-03-28", step_0_closes_time="02:30", do="publish"
    )
    page = send(open_browser(alice), NEW, typed)
    assert page.status_code == 422
    assert "Choose 03:30 instead" in page.content.decode()


def test_changing_dates_by_form_asks_why(lome: Territory, alice: Person):
    process = process_of(lome, alice, (Act.CREATE, "idea", "members"))
    browser, path = open_browser(alice), f"/en/processes/{process.pk}/edit/"
    same = send(browser, path, {"title": "More light", "do": "save"})
    assert same.status_code == 302
    assert not DateChange.objects.exists()
    feature = Phase.objects.get(process=process).features.get()
    assert (feature.act, feature.who_may) == ("create", "members")
    typed = {"step_0_closes_day": "2083-06-01", "do": "save"}
    asked = send(browser, path, typed)
    assert asked.status_code == 422
    assert "Say why the dates change" in asked.content.decode()
    assert send(browser, path, {**typed, "reason": "The school is closed."}).status_code == 302
    assert "The school is closed." in Client().get(f"/en/processes/{process.pk}/").content.decode()


def test_two_organisers_do_not_save_over_one_another(lome: Territory, alice: Person, bob: Person):
    process = process_of(lome, alice)
    path = f"/en/processes/{process.pk}/edit/"
    hers, his = open_browser(alice), open_browser(bob)
    drawn = as_drawn(his.get(path).content.decode(), {"title"})
    assert send(hers, path, {"title": "Hers", "do": "save"}).status_code == 302
    late = his.post(path, {**drawn, "title": "His", "do": "save", "form_key": uuid.uuid4().hex})
    assert late.status_code == 422
    assert "Somebody changed this process" in late.content.decode()
    again = as_drawn(late.content.decode(), {"title"})
    assert again["title"] == "His"
    assert his.post(path, {**again, "do": "save", "form_key": uuid.uuid4().hex}).status_code == 302
    assert Item.objects.get(pk=process.pk).title["en"]["text"] == "His"


@pytest.mark.parametrize("name", [name for name in READY if name != "own"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_blueprint_fills_the_form_and_its_words_stay_in_all_languages(
    name: str, language: str, lome: Territory, alice: Person
):
    browser, ready = open_browser(alice), READY[name]
    assert (
        f"/{language}/processes/new/form/?blueprint={name}"
        in browser.get(f"/{language}/processes/new/").content.decode()
    )
    typed = {
        "title": "A mill",
        "summary": "Empty.",
        "territory": lome.pk,
        "language": language,
        "do": "publish",
    }
    path, page = f"/{language}/processes/new/form/", f"?blueprint={name}"
    if ready.who_may == "ours":
        assert send(browser, path, typed, page=page).status_code == 422
        typed["who_may"] = "members"
    assert send(browser, path, typed, page=page).status_code == 302
    process = Process.objects.get()
    assert process.blueprint == name
    assert [phase.title[tag]["text"] for phase in process.phases.all() for tag in ("en", "es", "fr")] == [
        step.title[tag] for step in ready.steps for tag in ("en", "es", "fr")
    ]
    opened = [
        f"{row.act}:{row.kind}" for phase in process.phases.all() for row in phase.features.order_by("id")
    ]
    assert sorted(opened) == sorted(one for step in ready.steps for one in step.features)
    first, second = process.phases.order_by("position")[:2]
    assert first.step == "now"
    assert second.opens_at - first.closes_at == timedelta(minutes=1)


def test_another_blueprint_is_an_empty_form(alice: Person):
    page = open_browser(alice).get(f"{NEW}?blueprint=other").content.decode()
    assert as_drawn(page, {"title"})["step_0_title"] == ""


def test_preview_draft_and_publish(lome: Territory, alice: Person):
    browser = open_browser(alice)
    preview = send(browser, NEW, typed_process(lome, background="**Old**", do="preview"))
    assert preview.status_code == 200
    assert "nothing is saved yet" in preview.content.decode()
    assert not Process.objects.exists()
    assert send(browser, NEW, typed_process(lome, do="draft")).status_code == 302
    process = Process.objects.get()
    path = f"/en/processes/{process.pk}/state/"
    assert f"{path}" in browser.get("/en/processes/").content.decode()
    assert Client().get(f"/en/processes/{process.pk}/").status_code == 404
    assert send(browser, path, {"do": "publish"}, page="?do=publish").status_code == 302
    assert Client().get(f"/en/processes/{process.pk}/").status_code == 200
    without = send(browser, path, {"do": "close", "reason": ""}, page="?do=close")
    assert without.status_code == 422
    assert send(browser, path, {"do": "close", "reason": "Done."}, page="?do=close").status_code == 302
    assert "This process is over" in browser.get(f"/en/processes/{process.pk}/").content.decode()
    assert "Close now" not in browser.get(path).content.decode()
    browser.post(path, {"do": "close", "form_key": uuid.uuid4().hex})
    assert "That was not possible any more" in browser.get(path).content.decode()


def test_members_gather_signatures_and_facilitators_elsewhere_do_too(
    lome: Territory, bilbao: Territory, alice: Person, member: Person
):
    assert "Where do you live" in open_browser(member).get(NEW).content.decode()
    Person.objects.filter(pk__in=[member.pk, alice.pk]).update(home=bilbao)
    hers = open_browser(Person.objects.get(pk=member.pk))
    form = hers.get(NEW).content.decode()
    assert 'value="propose"' in form
    assert 'value="publish"' not in form
    done = send(hers, NEW, typed_process(bilbao, do="propose"))
    assert done["Location"] == f"/en/processes/sign/{Process.objects.get().signing}/"
    assert send(hers, NEW, typed_process(bilbao, do="publish")).status_code == 422
    both = open_browser(Person.objects.get(pk=alice.pk))
    page = send(both, NEW, typed_process(lome, do="propose"))
    assert "You do not live there" in page.content.decode()
    page = send(both, NEW, typed_process(bilbao, do="publish"))
    assert "Gather signatures instead" in page.content.decode()
