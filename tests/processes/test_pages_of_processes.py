"""Pages and forms of processes as people use them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import open_browser
from house import ROLES, House
from markup import read_page
from people import words
from post import as_drawn
from processes_at_hand import process_of
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item, Link
from tequio.catalogue.services import make_items
from tequio.guards.middleware import STORE
from tequio.ideas.blueprints.selectors import READY
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import DateChange, Entry, Phase, Process
from tequio.ideas.processes.services import PhasePlan, Plan, open_process
from tequio.ideas.processes.services.changing import close_process
from tequio.ideas.processes.services.opening import start_process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
NEW = "/en/processes/new/form/"


def send(client: Client, path: str, typed: dict[str, Any], *, page: str = "") -> Any:
    """The form of the page with `typed` over what it drew."""
    drawn = as_drawn(client.get(path + page).content.decode(), set(typed))
    return client.post(path + page, {**drawn, "form_key": uuid.uuid4().hex, **typed})


def typed_process(place: Territory, **values: Any) -> dict[str, Any]:
    return {
        "title": "What becomes of the mill?", "summary": "It stands empty.", "territory": place.pk,
        "language": "en", "step_0_title": "Ideas", "step_0_features": ["create:idea", "support:idea"], **values,
    }  # fmt: skip


def many(number: int, place: Territory) -> list[Process]:
    return [
        open_process(
            title=words(f"Process {n}"), summary=words("Short."), background={}, territory=place,
            phases=[PhasePlan(words("Now"), closes_at=timezone.now() + timedelta(days=number - n))], languages=["en"],
            by=SYSTEM,
        )
        for n in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_list_takes_the_same_queries_however_long(number: int, lome: Territory):
    many(number, lome)
    STORE.clear()
    with CaptureQueriesContext(connection) as asked:
        page = Client().get("/en/processes/").content.decode()
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 5
    assert page.count("<h3") == min(number, 20)


@pytest.mark.parametrize("order", ["newest", "closing"])
def test_every_process_stands_on_one_page_of_the_list(order: str, lome: Territory):
    made = {process.pk for process in many(45, lome)}
    Item.objects.filter(pk=min(made)).update(closes_at=None)
    Item.objects.filter(pk__in=sorted(made)[5:9]).update(closes_at=timezone.now() + timedelta(days=30))
    seen: list[int] = []
    path: str | None = f"/en/processes/?state=all&order={order}"
    for _page in range(5):
        if path is None:
            break
        root, _wrong = read_page(Client().get(path).content.decode())
        links = [one.attributes.get("href", "") for one in root.all("a")]
        seen += [
            int(link.split("/")[3])
            for link in links
            if link.startswith("/en/processes/") and link.count("/") == 4 and link.split("/")[3].isdecimal()
        ]
        further = [link for link in links if link.startswith("?") and "before=" in link]
        path = f"/en/processes/{further[0]}" if further else None
    assert len(seen) == len(set(seen)) == 45
    assert set(seen) == made


def test_the_list_by_place_state_and_order(
    lome: Territory, bilbao: Territory, togo: Territory, alice: Person
):
    soon, late = many(2, lome)
    (elsewhere,) = many(1, bilbao)
    close_process(late, reason="Enough.", by=alice)
    browser = Client()

    def shown(query: str) -> set[int]:
        page = browser.get(f"/en/processes/?{query}").content.decode()
        return {one.pk for one in (soon, late, elsewhere) if f"/en/processes/{one.pk}/" in page}

    assert shown("") == {soon.pk, elsewhere.pk}
    assert shown("state=over") == {late.pk}
    assert shown("state=all&place=TG") == {soon.pk, late.pk}
    assert shown("place=ES-BI-bilbao&order=closing") == {elsewhere.pk}
    for query in ("place=nowhere", "state=x&order=y", "before=never_9&order=closing", "before=x&after=y"):
        assert browser.get(f"/en/processes/?{query}").status_code == 200
    assert (
        "There is no process here yet"
        in browser.get("/en/processes/?place=ES-BI-bilbao&state=over").content.decode()
    )


def test_the_page_takes_at_most_twelve_queries_for_everybody(house: House):
    process = house.process
    rows = [
        {
            "title": words("A lamp"),
            "territory": house.place,
            "state": "published",
            "published_at": timezone.now(),
        }
    ] * 30
    Entry.objects.bulk_create(Entry(item=item, process=process) for item in make_items("idea", rows))
    DateChange.objects.create(process=process, title=words("Talking"), reason="The rain.")
    numbers = {}
    for role in ROLES:
        browser = open_browser(house.person(role))
        browser.get("/en/about/")
        STORE.clear()
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"/en/processes/{process.pk}/").content.decode()
        numbers[role] = len([one for one in asked if "SAVEPOINT" not in one["sql"]])
        assert "The rain." in page
        assert ">30<" in page
    assert max(numbers.values()) <= 12, numbers


def test_the_page_says_what_is_open_and_who_keeps_one_out(lome: Territory, alice: Person, member: Person):
    process = process_of(
        lome, alice, (Act.CREATE, "idea", "residents"), (Act.SUPPORT, "idea", ""), least_age=16, most_age=25,
        answer_due=timezone.localdate() + timedelta(days=9), blueprint="youth_council",
    )  # fmt: skip
    page = open_browser(member).get(f"/en/processes/{process.pk}/").content.decode()
    for text in (
        "Propose ideas", "Support ideas", "From 16 to 25 years old", "You show once that you live there",
        "Your year of birth is missing", "The answer is promised by", "Nothing yet", "through its stewards",
    ):  # fmt: skip
        assert text in page, text
    assert (
        "For some of what is open you need an account"
        in Client().get(f"/en/processes/{process.pk}/").content.decode()
    )


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
        lome, least_age="30", most_age="20", who_may="ours", step_0_opens_day="2027-05-02",
        step_0_closes_day="2027-05-01", answer_due="2027-04-01", background_fr="Un moulin.", zone="Mars/Base",
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
        typed_process(lome, step_0_opens_day="2027-05-02", step_0_closes_day="2027-05-01", do="draft"),
    )
    assert "It has to end after it begins" in ends.content.decode()
    past = send(browser, NEW, typed_process(lome, step_0_closes_day="2024-05-01", do="publish"))
    assert "This moment has passed" in past.content.decode()


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        (
            "Europe/Madrid",
            "2027-10-31",
            "02:30",
            "2027-10-31T01:30:00+00:00",
        ),  # comes twice: the later one ends it
        ("Europe/Madrid", "2027-07-01", "12:00", "2027-07-01T10:00:00+00:00"),
        ("Europe/Madrid", "2027-12-01", "", "2027-12-01T22:59:00+00:00"),
        (
            "America/Mexico_City",
            "2027-07-01",
            "12:00",
            "2027-07-01T18:00:00+00:00",
        ),  # no summer time since 2022
        ("America/Mexico_City", "2027-12-01", "12:00", "2027-12-01T18:00:00+00:00"),
        ("", "2027-07-01", "12:00", "2027-07-01T12:00:00+00:00"),  # the clock of Lomé
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
        lome, zone="Europe/Madrid", step_0_closes_day="2027-03-28", step_0_closes_time="02:30", do="publish"
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
    typed = {"step_0_closes_day": "2027-06-01", "do": "save"}
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


def test_a_conversation_becomes_the_part_of_a_step(lome: Territory, alice: Person, member: Person):
    process = process_of(lome, alice)
    browser = open_browser(alice)
    page = f"?process={process.pk}"
    assert page in browser.get(f"/en/processes/{process.pk}/").content.decode()
    Phase.objects.filter(process=process).update(closes_at=timezone.now() + timedelta(days=3))
    form = browser.get(f"/en/conversations/new/{page}").content.decode()
    assert "It belongs to the process" in form
    ends = Phase.objects.get(process=process).closes_at
    assert f'value="{ends.astimezone(ZoneInfo("Africa/Lome")):%Y-%m-%d}"' in form
    typed = {"question": "What should the mill become?", "seeds": "A school.", "do": "publish"}
    assert send(browser, "/en/conversations/new/", typed, page=page).status_code == 302
    item = Conversation.objects.get().item
    assert Phase.objects.get(process=process).part == item
    assert Entry.objects.get(item=item).process == process
    assert Link.objects.get(source=item).target_id == process.pk
    assert Link.objects.get(source=item).kind == "discusses"
    named = open_browser(member)
    assert named.get(f"/en/conversations/new/{page}").status_code == 404
    for wrong in ("?process=0", "?process=x", f"?process={process.pk}&phase=x"):
        assert browser.get(f"/en/conversations/new/{wrong}").status_code == 200


def test_who_was_named_opens_conversations_in_the_process_alone(
    lome: Territory, alice: Person, member: Person
):
    process = process_of(lome, alice)
    process.item.parties.create(person=member, role="organiser", accepted_at=timezone.now())
    browser = open_browser(member)
    typed = {"question": "What should the mill become?", "seeds": "A school.", "do": "publish"}
    page = f"?process={process.pk}"
    assert send(browser, "/en/conversations/new/", typed, page=page).status_code == 302
    assert browser.get("/en/conversations/new/").status_code == 404
    assert send(browser, "/en/conversations/new/", typed, page=page).status_code == 302
    assert Conversation.objects.count() == 2
    assert Phase.objects.filter(part__isnull=False).count() == 1


def test_a_conversation_for_the_members_of_its_organisation(house: House):
    author = house.person("author")
    browser = open_browser(author)
    typed = {
        "question": "Shall we buy the loom?", "seeds": "Yes, now.", "who_may": "ours", "territory": house.place.pk,
        "comments": "two", "do": "publish",
    }  # fmt: skip
    wrong = send(browser, "/en/conversations/new/", typed)
    assert wrong.status_code == 422
    assert "Choose the organisation that opens it" in wrong.content.decode()
    runs = house.organisations.runs.pk
    done = send(browser, "/en/conversations/new/", {**typed, "behalf": runs})
    assert done.status_code == 302
    path = done["Location"]
    assert "Members of Weavers" in open_browser(house.person("stranger")).get(path).content.decode()
    assert "Answer statements" in open_browser(house.person("member")).get(path).content.decode()
    stranger = open_browser(house.person("stranger")).get(f"{path}answer/").content.decode()
    assert "for members of the organisation" in stranger


def test_the_timeline_says_where_today_is(lome: Territory, alice: Person):
    now = timezone.now()
    plan = Plan(
        words("Lights"), {}, {},
        [
            PhasePlan(words("One"), now - timedelta(days=10), now - timedelta(days=5)),
            PhasePlan(words("Two"), now - timedelta(days=5), now + timedelta(days=5)),
            PhasePlan(words("Three"), now + timedelta(days=5), now + timedelta(days=10)),
        ],
    )  # fmt: skip
    process = start_process(plan, territory=lome, by=alice)
    page = Client().get(f"/en/processes/{process.pk}/").content.decode()
    assert "The steps in time" in page
    assert "The upright line is today" in page
    for x, width in ((24, 84), (108, 168), (276, 84)):
        assert f'd="M{x} ' in page
        assert f"h{width}v12h-{width}z" in page
    assert page.count("M192 0V") == 1
