"""Words of a process that members open together: read before anybody signs them, when it begins and when they change."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from forms import send
from people import words
from processes_at_hand import send as send_page
from processes_at_hand import typed_process
from tequio.base.errors import Refused
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item, Screening
from tequio.catalogue.permissions import visible_to
from tequio.ideas.processes.models import Backing, PlaceRule, Process
from tequio.ideas.processes.permissions import (
    can_change,
    can_publish,
    can_read,
    can_sign,
    can_withdraw,
    path_by_link,
    under_signature,
)
from tequio.ideas.processes.selectors.lists import drafts_of
from tequio.ideas.processes.services import PhasePlan, Plan
from tequio.ideas.processes.services.backing import propose_process, sign_process, take_signature_back
from tequio.ideas.processes.services.changing import change_process, publish_process, withdraw_process
from tequio.ideas.processes.services.opening import start_process
from tequio.ideas.processes.services.translating import translate_process, translate_step
from tequio.moderation.models import Decision, Report
from tequio.moderation.permissions import can_report, find_thing
from tequio.moderation.selectors.queue import queue_of
from tequio.moderation.services.deciding import decide
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
ADVERT = "Cheap shoes at https://shoes.example and https://boots.example today."
Neighbour = Callable[[str], Person]


def plan(summary: str = "Where to sit.", step: str = "Where") -> Plan:
    return Plan(words("Benches"), words(summary), {}, [PhasePlan(words(step))], languages=["en"])


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def neighbour(make_member: Callable[..., Person], lome: Territory) -> Neighbour:
    def make(name: str) -> Person:
        person = make_member(name)
        Person.objects.filter(pk=person.pk).update(home=lome)
        return Person.objects.get(pk=person.pk)

    return make


@pytest.fixture
def rosa(neighbour: Neighbour) -> Person:
    return neighbour("Rosa")


@pytest.fixture
def risky(lome: Territory, rosa: Person) -> Process:
    return propose_process(plan(ADVERT), territory=lome, by=rosa)


@pytest.fixture
def plain(lome: Territory, rosa: Person) -> Process:
    return propose_process(plan(), territory=lome, by=rosa)


def fresh(process: Process) -> Process:
    return Process.objects.select_related("item__territory").get(pk=process.pk)


def state_of(process: Process) -> str:
    return Item.objects.get(pk=process.pk).state


def decide_on(process: Process, measure: str, by: Person) -> Decision:
    thing = find_thing(by, "item", process.pk)
    assert thing is not None
    seen = Decision.objects.filter(item=process.pk).order_by("-pk").values_list("pk", flat=True).first() or 0
    return decide(thing, measure=measure, rule="spam", facts="Read.", language="en", seen=seen, by=by)


def path_of(process: Process) -> str:
    return f"/en/processes/sign/{process.signing}/"


def test_plain_words_are_signed_at_once_and_their_signs_kept(plain: Process, neighbour: Neighbour):
    assert (state_of(plain), Screening.objects.get(item=plain.pk).is_held) == (ItemState.DRAFT, False)
    assert not fresh(plain).waits_for_reading
    sign_process(plain, by=neighbour("Sam"))
    assert Backing.objects.filter(process=plain).count() == 2


def test_risky_words_wait_and_nobody_signs_them(risky: Process, rosa: Person, neighbour: Neighbour):
    assert state_of(risky) == ItemState.HELD
    assert fresh(risky).waits_for_reading
    sam = neighbour("Sam")
    assert not can_sign(sam, fresh(risky))
    with pytest.raises(Refused, match="cannot sign"):
        sign_process(risky, by=sam)
    assert not visible_to(sam).filter(pk=risky.pk).exists()
    assert [item.pk for item in drafts_of(rosa)] == [risky.pk]


def test_enough_signatures_do_not_open_what_waits(lome: Territory, rosa: Person):
    PlaceRule.objects.create(territory=lome, openers=1)
    assert state_of(propose_process(plan(ADVERT), territory=lome, by=rosa)) == ItemState.HELD


def test_the_name_of_a_step_is_read_too(lome: Territory, rosa: Person):
    assert state_of(propose_process(plan(step=ADVERT), territory=lome, by=rosa)) == ItemState.HELD


def test_let_through_it_is_signed_and_not_open(risky: Process, mora: Person, neighbour: Neighbour):
    case = queue_of(mora, None).waiting[0]
    assert (case.thing.pk, case.thing.is_change) == (risky.pk, False)
    decide_on(risky, "show", mora)
    item = Item.objects.get(pk=risky.pk)
    assert (item.state, item.published_at) == (ItemState.DRAFT, None)
    assert fresh(risky).is_gathering
    assert not sign_process(risky, by=neighbour("Sam"))
    assert queue_of(mora, None).total == 0


def test_hidden_it_is_not_read_by_the_link_and_shown_again_it_is(risky: Process, mora: Person, rosa: Person):
    decide_on(risky, "hide", mora)
    assert not under_signature(risky.signing).exists()
    assert not fresh(risky).waits_for_reading
    decide_on(risky, "show", mora)
    assert fresh(risky).is_gathering


def test_a_change_is_read_and_no_way_out_of_waiting(plain: Process, rosa: Person, mora: Person):
    change_process(plain, plan("Where to sit in the shade."), by=rosa)
    assert state_of(plain) == ItemState.DRAFT
    change_process(plain, plan(ADVERT), by=rosa)
    assert state_of(plain) == ItemState.HELD
    assert fresh(plain).waits_for_reading
    change_process(plain, plan("Where to sit."), by=rosa)
    assert state_of(plain) == ItemState.HELD
    decide_on(plain, "show", mora)
    assert fresh(plain).is_gathering


def test_a_translation_is_read_while_others_have_signed(
    plain: Process, rosa: Person, neighbour: Neighbour, alice: Person
):
    sam = neighbour("Sam")
    sign_process(plain, by=sam)
    row = fresh(plain)
    typed = {"summary": Typed({"fr": ADVERT}, version_of(row.item.summary))}
    translate_process(row, typed, by=alice)  # her office
    assert state_of(plain) == ItemState.DRAFT
    phase = row.phases.get()
    step = {"title": Typed({"fr": "Voir https://hats.example et www.caps.example"}, version_of(phase.title))}
    translate_step(phase, step, by=rosa)
    assert state_of(plain) == ItemState.HELD
    assert not can_change(rosa, fresh(plain))
    take_signature_back(plain, by=sam)
    assert can_change(rosa, fresh(plain))


def test_what_facilitators_open_is_not_looked_at(lome: Territory, alice: Person):
    process = start_process(plan(ADVERT), territory=lome, by=alice)
    change_process(process, plan(ADVERT + " https://hats.example"), reason="Rain.", by=alice)
    assert state_of(process) == ItemState.PUBLISHED
    assert not Screening.objects.filter(item=process.pk).exists()


def opened(process: Process, place: Territory, by: Person) -> Process:
    PlaceRule.objects.create(territory=place, openers=2)
    assert sign_process(process, by=by)
    return fresh(process)


def test_once_open_its_words_are_still_read_and_it_does_not_come_back_unread(
    plain: Process, lome: Territory, rosa: Person, neighbour: Neighbour, mora: Person
):
    process = opened(plain, lome, neighbour("Sam"))
    change_process(process, plan(ADVERT), reason="Rain.", by=rosa)
    process = fresh(plain)
    assert (process.item.state, process.waits_for_reading) == (ItemState.HELD, False)
    assert process.item.published_at is not None
    assert not can_publish(rosa, process)
    assert not can_withdraw(rosa, process)
    with pytest.raises(Refused):
        publish_process(process, by=rosa)
    with pytest.raises(Refused, match="after the decision"):
        withdraw_process(process, by=rosa)
    decide_on(process, "show", mora)
    assert state_of(process) == ItemState.PUBLISHED


def test_the_reason_for_other_dates_is_read_too(
    plain: Process, lome: Territory, rosa: Person, neighbour: Neighbour
):
    process = opened(plain, lome, neighbour("Sam"))
    change_process(process, plan(), reason=ADVERT, by=rosa)
    assert state_of(process) == ItemState.HELD


def test_what_changed_while_it_was_withdrawn_is_read_when_it_comes_back(
    plain: Process, lome: Territory, rosa: Person, neighbour: Neighbour
):
    process = opened(plain, lome, neighbour("Sam"))
    withdraw_process(process, by=rosa)
    change_process(process, plan(ADVERT), by=rosa)
    assert state_of(process) == ItemState.WITHDRAWN
    publish_process(process, by=rosa)
    assert state_of(process) == ItemState.HELD


def test_who_reads_and_withdraws_what_waits(
    risky: Process, plain: Process, rosa: Person, mora: Person, neighbour: Neighbour, guest: Person, alice: Person
):  # fmt: skip
    waiting, open_one, sam = fresh(risky), fresh(plain), neighbour("Sam")
    readers = {name: can_read(one, waiting) for name, one in
               {"visitor": None, "guest": guest, "sam": sam, "rosa": rosa, "mora": mora, "alice": alice}.items()}  # fmt: skip
    assert readers == {
        "visitor": False, "guest": False, "sam": False, "rosa": True, "mora": True, "alice": True
    }  # fmt: skip
    assert can_read(None, open_one)
    rosa.is_active = False
    assert not can_read(rosa, waiting)
    rosa.is_active = True
    assert [can_withdraw(one, waiting) for one in (rosa, sam, None)] == [True, False, False]
    withdraw_process(waiting, by=rosa)
    assert not under_signature(risky.signing).exists()
    assert not can_publish(rosa, fresh(risky))


def test_the_page_of_the_link_says_that_it_waits(
    risky: Process, rosa: Person, mora: Person, neighbour: Neighbour, browser_of: Callable[..., Client]
):
    path = path_of(risky)
    for reader in (None, begin_guest(language="en"), neighbour("Sam")):
        answer = browser_of(reader).get(path)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "A moderator reads this first" in page
        assert "Please come back later with the same link." in page
        assert 'content="noindex"' in page
        assert "shoes.example" not in page
        assert "Benches" not in page
        assert '<form method="post"' not in page
    for reader in (rosa, mora):
        assert "shoes.example" in browser_of(reader).get(path).content.decode()
    assert "You need do nothing." in browser_of(rosa).get(path).content.decode()
    sam = browser_of(neighbour("Sid"))
    assert send(sam, path, {"do": "sign"}).status_code == 302
    assert "Nobody can sign it before." in sam.get(path).content.decode()
    assert Backing.objects.filter(process=risky).count() == 1
    assert browser_of(None).get(f"/en/processes/{risky.pk}/").status_code == 404


def test_author_and_moderator_go_through_it_by_their_pages(
    lome: Territory, rosa: Person, mora: Person, browser_of: Callable[..., Client]
):
    author, moderator = browser_of(rosa), browser_of(mora)
    typed = typed_process(lome, summary=ADVERT, do="propose")
    answer = send_page(author, "/en/processes/new/form/", typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    process = Process.objects.select_related("item").latest("pk")
    assert answer["Location"] == path_of(process)
    assert "It is kept. A moderator reads it before others can sign it." in author.get(path_of(process)).content.decode()  # fmt: skip
    state = author.get(f"/en/processes/{process.pk}/state/").content.decode()
    assert "A moderator reads it before others can sign it." in state
    assert "?do=withdraw" in state
    assert "?do=publish" not in state
    queue = moderator.get("/en/moderation/").content.decode()
    desk = f"/en/moderation/item/{process.pk}/"
    assert desk in queue
    page = moderator.get(desk).content.decode()
    assert f"/en/processes/{process.pk}/" in page
    assert "shoes.example" in moderator.get(f"/en/processes/{process.pk}/").content.decode()
    decided: dict[str, Any] = {"rule": "spam", "facts": "It sells shoes.", "language": "en"}
    assert send_page(moderator, desk, {**decided, "measure": "hide"}).status_code == 302
    for reader in (None, rosa, mora):
        assert browser_of(reader).get(path_of(process)).status_code == 404
    assert "It sells shoes." in author.get(f"/en/processes/{process.pk}/").content.decode()


def test_a_reader_of_the_link_reports_it(
    plain: Process, rosa: Person, mora: Person, neighbour: Neighbour, browser_of: Callable[..., Client]
):
    report = f"/en/report/item/{plain.pk}/"
    by_link = f"{report}?link={plain.signing}"
    visitor = browser_of(None)
    page = visitor.get(path_of(plain)).content.decode()
    assert by_link.partition("/en")[2] in page
    for wrong in (report, f"{report}?link=", f"{report}?link=x", f"{report}?link={uuid.uuid4()}"):
        assert visitor.get(wrong).status_code == 404
    assert browser_of(rosa).get(by_link).status_code == 404
    assert by_link not in browser_of(rosa).get(path_of(plain)).content.decode()
    form = visitor.get(by_link).content.decode()
    assert "Benches" in form
    assert path_of(plain) in form
    told = send(visitor, by_link, {"rule": "spam", "words": "It sells.", "email": "", "language": "en"})
    assert told.status_code == 302
    assert Report.objects.get().item_id == plain.pk
    receipt = visitor.get(told["Location"])
    assert receipt.status_code == 200
    assert "Benches" not in receipt.content.decode()
    assert send(browser_of(neighbour("Sam")), by_link, {"rule": "spam"}).status_code == 302
    assert queue_of(mora, None).waiting[0].thing.pk == plain.pk
    decide_on(plain, "hide", mora)
    for path in (path_of(plain), by_link):
        assert visitor.get(path).status_code == 404


def test_the_link_opens_only_its_own_draft_to_reports(plain: Process, risky: Process, rosa: Person):
    link = str(plain.signing)
    assert path_by_link(plain.pk, link) == path_of(plain)
    assert [path_by_link(risky.pk, one) for one in (link, str(risky.signing), "", "no")] == ["", "", "", ""]
    thing = find_thing(None, "item", plain.pk, link=link)
    assert thing is not None
    assert (can_report(None, thing), can_report(rosa, thing)) == (True, False)
    Item.objects.filter(pk=plain.pk).update(hidden_by="moderation.decision:1")
    thing.row.refresh_from_db()
    assert not can_report(None, thing)
    assert find_thing(None, "item", plain.pk, link=link) is None
    assert find_thing(None, "item", 10**9, link=link) is None
    assert find_thing(None, "comment", plain.pk, link=link) is None


def test_a_link_opens_no_other_kind(conversation: Any):
    assert find_thing(None, "item", conversation.pk, link="x") is None
