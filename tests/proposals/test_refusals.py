"""What the services of ideas refuse, whoever asks them, and lists whose question cannot be answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from house import House, some_picture
from people import words
from tequio.base.errors import Refused
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Item
from tequio.ideas.proposals.models import Idea, Illustration
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.editing import edit_idea, revised, withdraw_idea
from tequio.ideas.proposals.services.illustrating import MOST_PICTURES, Shown, show_pictures
from tequio.ideas.proposals.services.proposing import Proposal
from tequio.ideas.proposals.services.translating import translate_idea
from tequio.people.models import Person

pytestmark = pytest.mark.django_db
OTHER = Proposal(words=Words(title=words("A bridge instead.")))


def _translate(idea: Idea, by: Person) -> None:
    translate_idea(idea, {"title": Typed({"fr": "Un bateau."}, version_of(idea.item.title))}, by=by)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda idea, by: edit_idea(idea, OTHER, by=by), "cannot be changed now"),
        (lambda idea, by: withdraw_idea(idea, by=by), "Only whoever wrote an idea"),
        (_translate, "Only translators of this place"),
    ],
    ids=["edit", "withdraw", "translate"],
)
def test_a_stranger_changes_nothing(act: Callable[[Idea, Person], Any], said: str, house: House):
    stranger = house.person("stranger")
    assert stranger
    with pytest.raises(Refused, match=said):
        act(house.idea, stranger)
    item = Item.objects.get(pk=house.idea.pk)
    assert (item.title, item.state) == (house.idea.item.title, "published")


def test_pictures_are_few_and_each_says_what_it_shows(house: House):
    author = house.person("member")
    assert author
    before = list(Illustration.objects.filter(item=house.idea.item).values_list("file", flat=True))
    one = Shown(some_picture(author), words("A pier."))
    for pictures in ([one] * (MOST_PICTURES + 1), [Shown(one.file, {})]):
        with pytest.raises(ValueError, match="picture"):
            show_pictures(house.idea.item, pictures, by=author)
    assert list(Illustration.objects.filter(item=house.idea.item).values_list("file", flat=True)) == before


def test_words_are_kept_changed_or_begun_anew():
    before = words("A pier.", "Un muelle.")
    assert revised(before, "", "en", "Mina") == {}
    assert revised(before, "A pier.", "en", "Mina") is before
    told = {tag: entry["text"] for tag, entry in revised(before, "A bridge.", "en", "Mina").items()}
    assert told == {"en": "A bridge.", "es": "Un muelle."}
    for old in ({}, before):
        new = revised(old, "Une jetée.", "fr", "Mina")
        assert {tag: (entry["text"], entry["status"], entry["by"]) for tag, entry in new.items()} == {
            "fr": ("Une jetée.", "original", "Mina")
        }


class TestListsForPrograms:
    def listed(self, client: Client, query: str) -> list[int]:
        return [row["id"] for row in client.get(f"/api/v1/ideas?limit=100&{query}").json()["ideas"]]

    def test_open_and_over(self, house: House, client: Client):
        Item.objects.filter(pk=house.idea.pk).update(closes_at=timezone.now() - timedelta(hours=1))
        for state, is_there in (("all", True), ("open", False), ("over", True)):
            found = self.listed(client, f"state={state}")
            assert (house.idea.pk in found) is is_there, state
            assert (house.notes["pier"] in found) is (state != "over"), state

    def test_best_without_words_is_newest(self, house: House, client: Client):
        newest = self.listed(client, "order=newest")
        assert house.idea.pk in newest
        assert self.listed(client, "order=best") == newest

    @pytest.mark.parametrize(
        ("query", "place"),
        [
            ("order=turns&cursor=12", "query.cursor"),
            ("order=turns&cursor=x.y", "query.cursor"),
            ("order=near", "query.at"),
            ("process=999999999", "query.process"),
        ],
    )
    def test_what_cannot_be_is_said_with_its_parameter(
        self, house: House, client: Client, query: str, place: str
    ):
        answer = client.get(f"/api/v1/ideas?{query}")
        assert answer.status_code == 422
        assert place in answer.content.decode()
