"""Proposing an idea on one page: as a guest, as a draft, beside similar ones, within limits."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms import key_of, open_browser, send
from house import House
from people import words
from tequio.base.errors import Refused
from tequio.base.trap import SALT
from tequio.catalogue.models import Item, Link, Screening
from tequio.consent.enums import Purpose
from tequio.consent.selectors import has_consent
from tequio.discussions.models import Comment
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.processes.models import Entry, PhaseFeature, Process
from tequio.ideas.proposals.models import Idea, Support
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.proposing import Proposal, propose_idea
from tequio.people.models import Person
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Shade trees along the market road", "what": "Plant forty mango trees.", "why": "It is too hot.",
    "for_whom": "Whoever sells there.", "language": "en", "cost": "1.200", "currency": "xof", "do": "send",
}  # fmt: skip


def a_minute_ago() -> str:
    """As a form says that was drawn then."""
    return signing.Signer(salt=SALT).sign(str(int((time.time() - 60) * 1000)))


def fill(client: Client, path: str, **more: Any) -> Any:
    """Typed on the page as it stands there, not faster than people write."""
    page = client.get(path)
    assert page.status_code == 200
    return send(client, path, {**TYPED, "form_key": key_of(page), "began": a_minute_ago(), **more})


def newest() -> Idea:
    return Idea.objects.select_related("item").latest("pk")


def path_in(house: House) -> str:
    return f"/en/ideas/new/?place={house.place.code}"


def test_a_guest_proposes_on_one_page(house: House, client: Client):
    answer = fill(client, path_in(house))
    idea = newest()
    assert answer.status_code == 302
    assert answer["Location"] == f"/en/ideas/{idea.pk}/"
    assert (idea.item.territory_id, idea.item.languages) == (house.place.pk, ["en"])
    assert (idea.cost, idea.currency) == (1_200, "XOF")
    person = Person.objects.get(pk=client.session["guest"])
    assert idea.item.author == person
    assert has_consent(person, Purpose.IDEAS)
    assert Screening.objects.filter(item=idea.item).exists()
    page = client.get(answer["Location"]).content.decode()
    assert "Plant forty mango trees." in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "title"),
        ({"what": ""}, "what"),
        ({"cost": "lots"}, "cost"),
        ({"cost": "5", "currency": ""}, "currency"),
        ({"cost": "5", "currency": "ZZZ"}, "currency"),
        ({"language": "not a tongue"}, "language"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    wrong: dict[str, str], says: str, house: House, client: Client
):
    before = Idea.objects.count()
    answer = fill(client, path_in(house), **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{says}_error"' in page
    assert "Whoever sells there." in page
    assert Idea.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", 1200),
        ("1 200", 1200),
        ("1.200", 1200),
        ("1,200.50", 1200),
        ("1.234.567,89", 1_234_567),
        ("0", 0),
    ],
)
def test_money_as_people_write_it(typed: str, amount: int, house: House, client: Client):
    fill(client, path_in(house), cost=typed, currency="EUR")
    found = newest().amount
    assert found is not None
    assert int(found) == amount


def test_similar_ones_come_before_it_is_sent(house: House, client: Client):
    before = Idea.objects.count()
    like = {"title": "A boat for our lagoon", "what": "A boat that carries people."}
    answer = fill(client, path_in(house), **like)
    page = answer.content.decode()
    assert (answer.status_code, Idea.objects.count()) == (422, before)
    assert f'value="{house.idea.pk}"' in page
    assert "Whoever sells there." in page
    again = send(client, path_in(house), {**TYPED, **like, "close_ones": "seen"})
    assert again.status_code == 302
    assert Idea.objects.count() == before + 1


def test_joining_the_similar_one_supports_it_and_carries_a_word(house: House, client: Client):
    data = {**TYPED, "join": str(house.idea.pk), "remark": "Ours would also carry goods."}
    answer = send(client, path_in(house), data)
    assert answer["Location"] == f"/en/ideas/{house.idea.pk}/"
    assert Support.objects.filter(idea=house.idea, withdrawn_at=None).count() == 1
    assert Comment.objects.get(item=house.idea.pk).side == "for"
    assert not Idea.objects.filter(item__title__en__text=TYPED["title"]).exists()


def test_a_draft_is_hers_alone_until_she_sends_it(house: House, client: Client):
    fill(client, path_in(house), do="draft")
    idea = newest()
    path = f"/en/ideas/{idea.pk}/"
    assert idea.item.state == "draft"
    assert Client().get(path).status_code == 404
    assert "Only you see this draft" in client.get(path).content.decode()
    assert not has_consent(idea.item.author, Purpose.IDEAS)
    assert client.get(f"{path}send/").status_code == 200
    send(client, f"{path}send/", {"began": a_minute_ago()})
    assert newest().item.state == "published"
    assert Client().get(path).status_code == 200
    assert client.get(f"{path}send/").status_code == 404


def test_three_ideas_on_the_first_day(house: House):
    guest = begin_guest(language="en")
    client = open_browser(guest)
    for number in range(4):
        answer = send(
            client,
            path_in(house),
            {**TYPED, "title": f"Number {number} of all {number * 'x'}", "close_ones": "seen"},
        )
        assert answer.status_code == (302 if number < 3 else 429)
    assert Item.objects.filter(author=guest, kind="idea").count() == 3
    Person.objects.filter(pk=guest.pk).update(began_at=timezone.now() - timedelta(days=2))
    assert send(client, path_in(house), {**TYPED, "close_ones": "seen"}).status_code == 302


def test_a_machine_waits_for_a_moderator_and_is_told(house: House, client: Client):
    answer = fill(
        client,
        path_in(house),
        website="http://pills.example",
        what="http://pills.example buy http://a.example",
    )
    idea = newest()
    assert idea.item.state == "held"
    assert "Somebody looks at it before it is shown" in client.get(answer["Location"]).content.decode()
    assert Client().get(answer["Location"]).status_code == 404


def test_words_from_the_box_and_a_problem_come_along(house: House, client: Client):
    page = client.get(path_in(house) + "&words=A+bridge+for+the+school").content.decode()
    assert "A bridge for the school</textarea>" in page
    assert client.get("/en/ideas/new/?place=XX-none").status_code == 404
    assert client.get("/en/ideas/new/?process=999999").status_code == 404
    assert client.get("/en/ideas/new/").status_code == 200


def test_under_age_is_told_what_to_do(house: House):
    teen = house.people["teen"]
    Person.objects.filter(pk=teen.pk).update(year_of_birth=timezone.now().year - 12, home=house.place)
    answer = open_browser(Person.objects.get(pk=teen.pk)).get(path_in(house))
    assert answer.status_code == 403
    assert reverse("people:ask_guardian") in answer.content.decode()


def test_in_a_process_only_while_a_phase_opens_it(house: House, client: Client):
    PhaseFeature.objects.all().delete()
    phase = house.process.phases.first()
    path = f"/en/ideas/new/?process={house.process.pk}"
    assert client.get(path).status_code == 403
    PhaseFeature.objects.create(phase=phase, act="create", kind="idea")
    house.process.answer_due = timezone.localdate() + timedelta(days=30)
    house.process.save()
    assert fill(client, path).status_code == 302
    idea = newest()
    assert Entry.objects.get(item=idea.item).process_id == house.process.pk
    assert idea.item.comments == "closed"
    due = AnswerDue.objects.get(item=idea.item)
    assert (due.because, due.process_id) == ("process", house.process.pk)
    phase.closes_at = timezone.now()
    phase.save()
    person = Person.objects.get(pk=client.session["guest"])
    late = Proposal(words=Words(title=words("Too late")))
    process = Process.objects.get(pk=house.process.pk)
    with pytest.raises(Refused):
        propose_idea(late, territory=house.place, process=process, by=person)
    assert not Link.objects.filter(source=idea.item).exists()
