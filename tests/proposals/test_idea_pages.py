"""Ideas as people read them: every part in the reader's language, where it comes from, a list by place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from forms import open_browser
from house import House
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.base.money import currencies, minor_digits
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.permissions import can_bring, visible_to
from tequio.ideas.proposals.services import Brought, Words, bring_ideas, write_idea

pytestmark = pytest.mark.django_db


def test_every_part_in_the_readers_language(house: House, client: Client):
    said = Words(title=words("A well", "Un pozo"), what=words("Deep.", "Hondo."), why=words("Dry.", "Seco."))
    idea = write_idea(said, territory=house.place, languages=["en", "es"], by=house.person("member"))
    page = client.get(f"/es/ideas/{idea.pk}/").content.decode()
    for text in ("Un pozo", "Hondo.", "Seco."):
        assert text in page
    original = client.get(f"/es/ideas/{idea.pk}/?original=1").content.decode()
    assert "A well" in original
    assert "Deep." in original


def test_the_cost_is_said_as_the_reader_writes_money(house: House, client: Client):
    for language, shown in (("en", "900,000"), ("fr", "900\u202f000"), ("es", "900.000")):
        assert shown in client.get(f"/{language}/ideas/{house.idea.pk}/").content.decode()
    assert (house.idea.cost, minor_digits("XOF"), minor_digits("EUR"), minor_digits("")) == (900_000, 0, 2, 0)
    assert {"EUR", "MXN", "XOF", "CAD"} <= currencies()
    with translation.override("en"):
        assert Idea(cost=None).cost_words == ""
        assert Idea(cost=120_000, currency="EUR").cost_words == "€1,200"
        assert Idea(cost=1_200, currency="XOF").cost_words == "F\u202fCFA\u00a01,200"


def test_what_was_brought_says_from_where(house: House, client: Client):
    row = Brought("7", Words(title=words("A bench")), house.place, url="https://example.org/7", supports=31)
    assert bring_ideas([row], source="Elsewhere", licence="CC BY 4.0", by=SYSTEM) == 1
    idea = Idea.objects.get(external_id="7")
    page = client.get(f"/en/ideas/{idea.pk}/").content.decode()
    for text in ("Elsewhere", "CC BY 4.0", "https://example.org/7", "31"):
        assert text in page


def test_a_list_by_place(house: House, twin: House, client: Client):
    everywhere = client.get("/en/ideas/").content.decode()
    assert f"/en/ideas/{house.idea.pk}/" in everywhere
    assert f"/en/ideas/{twin.idea.pk}/" in everywhere
    here = client.get(f"/en/ideas/?place={house.place.code}").content.decode()
    assert f"/en/ideas/{house.idea.pk}/" in here
    assert f"/en/ideas/{twin.idea.pk}/" not in here
    assert house.secret not in everywhere
    assert client.get("/en/ideas/?place=XX&before=x&after=y").status_code == 200


def test_who_sees_a_draft_and_who_brings(house: House):
    for role, sees in (
        ("visitor", False),
        ("guest", False),
        ("stranger", False),
        ("author", True),
        ("moderator", True),
    ):
        person = house.person(role)
        assert visible_to(person).filter(pk=house.idea_draft.pk).exists() == sees, role
        status = open_browser(person).get(f"/en/ideas/{house.idea_draft.pk}/").status_code
        assert status == (200 if sees else 404)
    assert can_bring(house.person("author"), house.place)
    assert not can_bring(house.person("member"), house.place)
    assert not can_bring(None, house.place)
    row = Brought("1", Words(title=words("A tap")), house.place)
    with pytest.raises(Refused):
        bring_ideas([row], source="Own", by=house.person("member"))
    assert bring_ideas([row], source="Own", by=house.person("author")) == 1


def test_an_idea_is_found_by_its_words_and_talked_about(house: House, client: Client):
    page = client.get("/en/search/?q=lagoon").content.decode()
    assert "A boat for the <mark>lagoon</mark>." in page
    assert client.get(f"/en/discussions/{house.idea.pk}/").status_code == 200
    assert client.get(f"/en/discussions/{house.idea.pk}/write/").status_code == 200


@pytest.mark.parametrize("values", [{"cost": 5}, {"currency": "EUR"}, {"external_id": "7"}])
def test_half_of_a_thing_is_refused_by_the_database(values: dict, house: House):
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=house.idea.pk).update(**{"cost": None, "currency": "", **values})


def test_money_keeps_its_coins(house: House):
    said = Words(title=words("Coins"), cost=Decimal("1200.50"), currency="EUR")
    idea = write_idea(said, territory=house.place, languages=["en"], by=house.person("member"))
    assert (idea.cost, idea.amount) == (120_050, Decimal("1200.50"))
