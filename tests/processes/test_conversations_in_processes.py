"""A conversation as the part of a step, and for the members of its organisation."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from forms import open_browser
from house import House
from processes_at_hand import process_of, send
from tequio.catalogue.models import Link
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.processes.models import Entry, Phase
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


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
