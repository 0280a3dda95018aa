"""Lists and pages of processes as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import open_browser
from house import ROLES, House
from markup import read_page
from people import words
from processes_at_hand import process_of
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.catalogue.services import make_items
from tequio.guards.middleware import STORE
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import DateChange, Entry, Process
from tequio.ideas.processes.services import PhasePlan, Plan, open_process
from tequio.ideas.processes.services.changing import close_process
from tequio.ideas.processes.services.opening import start_process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
NEW = "/en/processes/new/form/"


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
