"""Forty answers by Friday: chosen on the desk, written once, read as forty, sent one by one."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from forms import key_of, open_browser, send
from owing import YES, fresh, owe, put_idea
from people import words
from processes_at_hand import process_of
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.ideas.answers.models import Answer, AnswerDue, Batch, BatchLine
from tequio.ideas.answers.services.answering import Said, give_answer
from tequio.ideas.answers.services.bulk import drop_batch, filled, make_batch, run_batch, send_batch
from tequio.ideas.answers.services.templates import delete_template, save_template
from tequio.ideas.processes.models import Entry
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
THANKS = Said(
    "declined", words("Thank you, {name}: “{title}” in {place}.", "Gracias, {name}: {title}."), "roads"
)


@pytest.fixture
def forty(lome: Territory, member: Person) -> list[Item]:
    items = [put_idea(lome, f"Bench number {number}", by=member) for number in range(40)]
    for number, item in enumerate(items):
        owe(item, days=1 + number / 100)
    return items


def test_the_walk_of_forty(forty: list[Item], sena: Person, django_assert_max_num_queries):
    browser = open_browser(sena)
    with django_assert_max_num_queries(12):
        desk = browser.get("/en/answers/")
    chosen = re.findall(r'name="item" value="(\d+)"', desk.content.decode())
    assert chosen == [str(item.pk) for item in forty]
    with django_assert_max_num_queries(12):
        page = browser.get("/en/answers/several/", {"item": chosen})
    answered = send(
        browser, "/en/answers/several/",
        {"item": chosen, "decision": "declined", "language": "en", "words": "Not now, {name}: {title}.",
         "office": "parks", "form_key": key_of(page)},
    )  # fmt: skip
    assert answered.status_code == 302
    with django_assert_max_num_queries(12):
        preview = browser.get(answered["Location"]).content.decode()
    assert preview.count("Not now, Mina: Bench number ") == 40
    assert not Answer.objects.exists()
    assert send(browser, answered["Location"], {"do": "send"}).status_code == 302
    batch = Batch.objects.get()
    running = browser.get(answered["Location"]).content.decode()
    assert "0 of 40 are sent." in running
    assert run_batch(batch.pk) == 40
    assert run_batch(batch.pk) == 0
    assert Answer.objects.filter(office="parks", by=sena).count() == 40
    assert Answer.objects.get(item=forty[7]).words.text == "Not now, Mina: Bench number 7."
    assert not AnswerDue.objects.filter(answered_at=None).exists()
    assert "40 answers were given." in browser.get(answered["Location"]).content.decode()
    assert "Nothing is owed by you." in browser.get("/en/answers/").content.decode()


def test_a_worker_that_was_killed_goes_on(forty: list[Item], sena: Person, monkeypatch: pytest.MonkeyPatch):
    from tequio.ideas.answers.services import bulk

    batch = make_batch(forty[:5], THANKS, by=sena)
    send_batch(batch, by=sena)
    sent: list[int] = []
    whole = bulk._send_line

    def killed(row: Batch, pk: int) -> bool:
        if len(sent) == 2:
            raise KeyboardInterrupt
        sent.append(pk)
        return whole(row, pk)

    monkeypatch.setattr(bulk, "_send_line", killed)
    with pytest.raises(KeyboardInterrupt):
        run_batch(batch.pk)
    monkeypatch.undo()
    assert (Answer.objects.count(), Batch.objects.get().state) == (2, "sending")
    assert run_batch(batch.pk) == 3
    assert (Answer.objects.count(), Batch.objects.get().state) == (5, "done")


def test_what_was_answered_meanwhile_is_left(forty: list[Item], sena: Person, bea: Person):
    batch = make_batch(forty[:3], THANKS, by=sena)
    give_answer(fresh(forty[1].pk), YES, by=sena)
    send_batch(batch, by=sena)
    assert run_batch(batch.pk) == 2
    line = BatchLine.objects.get(item=forty[1])
    assert (line.answer, line.trouble[:29]) == (None, "Somebody else answered meanwh")
    page = open_browser(sena).get(f"/en/answers/several/{batch.uid}/").content.decode()
    assert "2 answers were given." in page
    assert "One could not be given" in page
    assert open_browser(bea).get(f"/en/answers/several/{batch.uid}/").status_code == 404


def test_who_lost_the_office_sends_nothing(forty: list[Item], sena: Person):
    batch = make_batch(forty[:2], THANKS, by=sena)
    send_batch(batch, by=sena)
    sena.roles.update(ended_at=timezone.now())
    assert run_batch(batch.pk) == 0
    Batch.objects.update(state="sending", by=None)
    BatchLine.objects.update(done_at=None)
    assert run_batch(batch.pk) == 0
    assert set(BatchLine.objects.values_list("trouble", flat=True)) == {"Whoever wrote this has left."}
    assert not Answer.objects.exists()


def test_a_draft_is_sent_once_or_dropped(forty: list[Item], sena: Person, alice: Person):
    batch = make_batch(forty[:2], THANKS, by=sena)
    with pytest.raises(Refused):
        send_batch(batch, by=alice)
    with pytest.raises(Refused):
        drop_batch(batch, by=alice)
    assert send_batch(batch, by=sena)
    assert not send_batch(batch, by=sena)
    assert not drop_batch(batch, by=sena)
    other = make_batch(forty[2:3], THANKS, by=sena)
    assert run_batch(other.pk) == 0
    assert drop_batch(other, by=sena)
    assert Batch.objects.count() == 1
    browser = open_browser(sena)
    assert send(browser, f"/en/answers/several/{batch.uid}/", {"do": "drop"}).status_code == 302


def test_only_what_is_hers_and_known_blanks(forty: list[Item], sena: Person, bea: Person):
    with pytest.raises(Refused):
        make_batch(forty[:1], THANKS, by=bea)
    with pytest.raises(ValueError, match="at once"):
        make_batch([], THANKS, by=sena)
    with pytest.raises(ValueError, match="blank"):
        make_batch(forty[:1], Said("declined", words("Dear {nom}")), by=sena)
    browser = open_browser(sena)
    answer = send(
        browser, "/en/answers/several/",
        {"item": forty[0].pk, "decision": "declined", "language": "en", "words": "Dear {nom}"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "We do not know what to fill in for {nom}." in answer.content.decode()
    assert "Dear {nom}" in answer.content.decode()
    assert send(browser, "/en/answers/several/", {"item": "9" * 30}).status_code == 422


def test_blanks_in_each_language_and_without_a_name(lome: Territory, member: Person):
    item = put_idea(lome, "A boat", by=member)
    assert filled(THANKS.reasons, item)["en"]["text"] == "Thank you, Mina: “A boat” in Lomé."
    item.author = None
    assert filled(THANKS.reasons, item)["en"]["text"].startswith("Thank you, all who asked for it:")
    item.author, item.kind = member, "statement"
    assert "Mina" not in filled(THANKS.reasons, item)["en"]["text"]


def test_templates_of_a_place(
    lome: Territory, togo: Territory, forty: list[Item], sena: Person, alice: Person
):
    kept = save_template(lome, name="Thanks", decision="declined", reasons=THANKS.reasons, by=sena)
    with pytest.raises(Refused) as refused:
        save_template(lome, name="Thanks", decision="declined", reasons=THANKS.reasons, by=sena)
    assert refused.value.code == "name"
    with pytest.raises(Refused):
        save_template(lome, name="Other", decision="declined", reasons=THANKS.reasons, by=alice)
    with pytest.raises(ValueError, match="blank"):
        save_template(lome, name="Other", decision="declined", reasons=words("{x}"), by=sena)
    browser = open_browser(sena)
    page = browser.get(f"/en/answers/{forty[0].pk}/write/", {"template": kept.pk}).content.decode()
    assert "Thank you, Mina: “Bench number 0” in Lomé." in page
    several = browser.get("/en/answers/several/", {"item": forty[0].pk, "template": kept.pk}).content.decode()
    assert "Thank you, {name}" in several
    same = send(
        browser, f"/en/answers/templates/{lome.code}/new/",
        {"name": "Thanks", "decision": "accepted", "words": "Yes", "language": "en"},
    )  # fmt: skip
    assert same.status_code == 422
    assert "There is a template with this name here already." in same.content.decode()
    with pytest.raises(Refused):
        delete_template(kept, by=alice)
    delete_template(kept, by=sena)
    assert browser.get(f"/en/answers/template/{kept.pk}/").status_code == 404


def test_what_its_process_does_not_open_yet_is_said(lome: Territory, sena: Person, member: Person):
    one, other = (put_idea(lome, title, by=member) for title in ("A kiosk", "A clock"))
    process = process_of(lome, SYSTEM, ("create", "idea", ""))
    Entry.objects.create(item=one, process=process)
    for item in (one, other):
        owe(item)
    browser = open_browser(sena)
    both = browser.get("/en/answers/several/", {"item": [one.pk, other.pk]}).content.decode()
    assert "Its process opens answers in another step:" in both
    assert f'name="item" value="{other.pk}"' in both
    assert f'name="item" value="{one.pk}"' not in both
    alone = browser.get("/en/answers/several/", {"item": [one.pk]}).content.decode()
    assert "<h1>Not yet</h1>" in alone
    assert "A kiosk" in alone
    assert "<h1>Nothing is chosen</h1>" in browser.get("/en/answers/several/").content.decode()


def test_words_are_changed_before_they_are_sent(forty: list[Item], sena: Person, bea: Person):
    browser = open_browser(sena)
    chosen = [item.pk for item in forty[:3]]
    typed = {"decision": "declined", "language": "en", "words": "Not now, {naem}.", "office": "parks"}
    path = "/en/answers/several/?show=week"
    wrong = send(browser, path, {"offered": chosen, "item": chosen[:2], **typed}).content.decode()
    assert re.findall(r'id="item-(\d+)" checked', wrong) == [str(pk) for pk in chosen[:2]]
    assert f'id="item-{chosen[2]}">' in wrong  # what was unticked can be ticked again
    none = send(browser, path, {"offered": chosen, **typed})
    assert none.status_code == 422
    assert "Tick at least one." in none.content.decode()
    assert "Not now, {naem}." in none.content.decode()
    assert 'href="/en/answers/?show=week"' in none.content.decode()
    sent = send(browser, path, {"offered": chosen, "item": chosen[:2], **typed, "words": "Not now, {name}"})
    old = Batch.objects.get()
    assert f"/en/answers/several/?batch={old.uid}" in browser.get(sent["Location"]).content.decode()
    change = f"/en/answers/several/?batch={old.uid}"
    page = browser.get(change).content.decode()
    assert "Not now, {name}" in page
    assert 'value="parks"' in page
    assert re.findall(r'id="item-(\d+)" checked', page) == [str(pk) for pk in chosen[:2]]
    stranger = open_browser(bea).get(change).content.decode()
    assert "Nothing is chosen" in stranger
    made = send(browser, change, {"item": chosen[:2], **typed, "words": "Not this year, {name}."})
    new = Batch.objects.get()
    assert new.uid != old.uid
    assert made["Location"].endswith(f"/{new.uid}/")
    assert new.lines.count() == 2
    assert "Nothing is chosen" in browser.get("/en/answers/several/?batch=x").content.decode()


def test_a_draft_on_its_way_is_not_replaced(forty: list[Item], sena: Person):
    batch = make_batch(forty[:2], THANKS, by=sena)
    stale = Batch.objects.get(pk=batch.pk)
    send_batch(batch, by=sena)
    with pytest.raises(Refused) as refused:
        make_batch(forty[:2], THANKS, instead_of=stale, by=sena)
    assert refused.value.code == "sent"
    assert Batch.objects.count() == 1


def test_words_changed_after_they_were_sent_from_another_window_make_no_second_draft(
    forty: list[Item], sena: Person
):
    batch = make_batch(forty[:2], THANKS, by=sena)
    browser, path = open_browser(sena), f"/en/answers/several/{batch.uid}/"
    change = f"/en/answers/several/?batch={batch.uid}"
    typed = {
        "item": [one.pk for one in forty[:2]], "decision": "declined", "language": "en", "words": "No, {name}.",
    }  # fmt: skip
    send(browser, path, {"do": "send"})
    for answer in (browser.get(change), send(browser, change, typed)):
        assert answer["Location"] == path
    assert "These answers are on their way already." in browser.get(path).content.decode()
    assert Batch.objects.get() == batch


def test_what_was_answered_while_she_wrote_is_said(forty: list[Item], sena: Person):
    give_answer(fresh(forty[1].pk), YES, by=sena)
    page = (
        open_browser(sena)
        .get("/en/answers/several/", {"item": [one.pk for one in forty[:3]]})
        .content.decode()
    )
    assert "One was answered meanwhile, and is left out." in page
    assert f'id="item-{forty[1].pk}"' not in page
