"""Other words of a comment are looked at like its first ones, her own translations of it included."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from forms import send
from tequio.algorithms.risk import Filling
from tequio.base.errors import Refused
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Item
from tequio.catalogue.services.screening import CHANGES_A_DAY
from tequio.discussions.models import Comment
from tequio.discussions.services.moderating import release_comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.translating import translate_comment
from tequio.discussions.services.writing import edit_comment
from tequio.moderation.permissions import find_thing
from tequio.moderation.selectors.desk import desk_of
from tequio.people.models import Person

pytestmark = pytest.mark.django_db
ADVERT = "Cheap shoes at https://shoes.example and https://boots.example today."
Say = Callable[..., Comment]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_the_first_comment_of_a_new_account_waits_with_one_link(item: Item, say: Say, member: Person):
    comment = edit_comment(say(item), "It is far: https://shoes.example", by=member)
    assert (comment.state, comment.signs["first_post"], comment.signs["links"]) == ("held", 1.0, 1.0)


def test_a_later_one_and_a_slip_pass(item: Item, say: Say, member: Person):
    say(item)
    later = say(item, "It is near.")
    later = edit_comment(later, "It is very near: https://map.example", by=member)
    assert (later.state, later.signs["first_post"]) == ("published", 0.0)


def test_what_waits_goes_on_waiting_with_its_signs(item: Item, say: Say, member: Person):
    comment = edit_comment(say(item), ADVERT, by=member)
    comment = edit_comment(comment, "It is far.", by=member)
    assert (comment.state, comment.signs["links"]) == ("held", 2.0)


def test_what_a_moderator_let_through_is_mended_without_waiting_again(
    item: Item, say: Say, member: Person, mora: Person
):
    comment = edit_comment(say(item), ADVERT, by=member)
    release_comment(comment, by=mora)
    assert edit_comment(comment, ADVERT + " Now.", by=member).state == "published"
    assert edit_comment(comment, ADVERT.replace("shoes", "hats"), by=member).state == "held"


def test_where_comments_are_read_first_changes_are_too(
    item: Item, say: Say, alice: Person, member: Person, mora: Person
):
    comment = say(item)
    set_discussion(item, comments="one", reads_first=True, by=alice)
    assert edit_comment(comment, "It is very far.", by=member).state == "held"


def test_a_filled_trap_waits(item: Item, say: Say, member: Person):
    comment = edit_comment(say(item), "It is very far.", filling=Filling(is_trapped=True), by=member)
    assert comment.state == "held"


def test_a_translation_of_her_own_is_looked_at_and_a_translators_is_not(
    item: Item, say: Say, member: Person, alice: Person
):
    def typed(comment: Comment, text: str) -> dict[str, Typed]:
        return {"words": Typed({"fr": text}, version_of(comment.words))}

    comment = say(item)
    comment = translate_comment(comment, typed(comment, "C’est loin."), by=member)
    assert comment.state == "published"
    assert translate_comment(comment, typed(comment, ADVERT), by=member).state == "held"
    other = say(item, "It is near.")
    assert translate_comment(other, typed(other, ADVERT), by=alice).state == "published"


def test_changes_have_a_limit(item: Item, say: Say, member: Person):
    comment = say(item)
    for number in range(CHANGES_A_DAY):
        comment = edit_comment(comment, f"It is {number} steps.", by=member)
    with pytest.raises(Refused) as refused:
        edit_comment(comment, "It is far.", by=member)
    assert refused.value.code == "too_often"


def test_its_author_is_told_and_the_moderator_reads_what_changed(
    item: Item, say: Say, member: Person, mora: Person, browser_of: Callable[..., Client]
):
    comment = say(item)
    author = browser_of(member)
    answer = send(author, f"/en/comments/{comment.pk}/edit/", {"text": ADVERT})
    assert answer.status_code == 302
    assert "Your change is kept and waits." in author.get(answer["Location"]).content.decode()
    thing = find_thing(mora, "comment", comment.pk)
    assert thing is not None
    desk = desk_of(thing)
    assert (thing.is_change, len(desk.changes)) == (True, 1)
    assert desk.words > 0
    page = browser_of(mora).get(f"/en/moderation/comment/{comment.pk}/").content.decode()
    assert "It was shown before. This change of its words made it wait." in page
    assert "shoes.example" in page
