"""First posts that wait: by the form, with their reasons, told to author and moderator; nothing is lost."""

from __future__ import annotations

import re
import time

import pytest
from django.core import signing

from forms import send
from tequio.algorithms.risk import Filling
from tequio.audit.models import Record
from tequio.base import trap
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item, Screening
from tequio.catalogue.permissions import visible_to
from tequio.ideas.deliberation.enums import Moderation
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.people.models import Person
from tequio.recipes.services import activate_version, propose_version

pytestmark = pytest.mark.django_db
THOUGHT = "Masts should be painted by the schools."


@pytest.fixture
def url(conversation):
    conversation.moderation = Moderation.AFTER
    conversation.save()
    return f"/en/conversations/{conversation.pk}/write/"


def slowly(**data):
    began = signing.Signer(salt=trap.SALT).sign(str(int((time.time() - 20) * 1000)))
    return {"text": THOUGHT, "language": "en", "began": began, **data}


def newest():
    return Item.objects.filter(kind="statement").order_by("-pk").first()


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_an_honest_first_post_is_shown_at_once(client, url):
    send(client, url, slowly())
    assert newest().state == "published"
    kept = Screening.objects.get(item=newest())
    assert (kept.is_held, kept.values["first_post"], kept.score) == (False, 1.0, 1.0)


@pytest.mark.parametrize(
    ("data", "sign"),
    [
        ({"website": "http://shoes.example"}, "A field was filled that people do not see"),
        ({"began": ""}, "It came faster than anybody writes"),
        ({"text": "Look at https://shoes.example for this."}, "It has links"),
        ({"text": "THE SCHOOLS SHOULD PAINT THE MASTS NOW"}, "It shouts"),
    ],
)
def test_signs_of_machines_wait_and_everybody_is_told_plainly(
    client, browser_of, mora, conversation, url, data, sign
):
    said = send(client, url, slowly(**data), follow=True)
    item = newest()
    assert (item.state, item.published_at) == ("held", None)
    assert "It will be shown after somebody has looked at it." in text_of(said)
    assert not visible_to(None).filter(pk=item.pk).exists()
    queue = text_of(browser_of(mora).get(f"/en/conversations/{conversation.pk}/moderate/"))
    assert "Signs to look at" in queue
    assert sign in queue
    assert sign in text_of(browser_of(mora).get(f"/en/statements/{item.pk}/decide/"))
    send(browser_of(mora), f"/en/statements/{item.pk}/decide/", {"do": "publish"})
    item.refresh_from_db()
    assert item.state == "published"
    act = Record.objects.get(act="item.hold")
    assert act.object == f"catalogue.item:{item.pk}"


def test_the_form_carries_the_field_and_the_moment(client, url):
    page = client.get(url).content.decode()
    assert 'name="website"' in page
    assert trap.read_began(re.search(r'name="began" value="([^"]+)"', page)[1]) is not None


def test_who_mends_a_mistake_is_not_too_fast(client, url):
    """The form drawn again keeps the moment at which it was first drawn."""
    sent = slowly(text="short")
    page = send(client, url, sent)
    assert page.status_code == 422
    assert sent["began"] in page.content.decode()
    forged = send(client, url, slowly(text="short", began="1:forged"))
    assert "1:forged" not in forged.content.decode()


def test_what_was_sent_lately_counts_as_a_copy(conversation, url, guest, make_member):
    conversation.refresh_from_db()
    text = "Come to the feast of the well on Sunday with all your friends"
    write_statement(conversation, text, language="en", by=guest)
    again = write_statement(conversation, text.upper() + ".", language="en", by=make_member("Nuevo"))
    assert Screening.objects.get(item=again.pk).values["copy"] == 1.0
    assert again.item.state == "held"


def test_only_the_first_post_of_a_new_account_is_a_first_one(conversation, url, member):
    conversation.refresh_from_db()
    first = write_statement(conversation, THOUGHT, language="en", filling=Filling(seconds=30), by=member)
    second = write_statement(conversation, "Trams should run at night.", language="en", by=member)
    Person.objects.filter(pk=member.pk).update(began_at="2020-01-01T00:00:00Z")
    assert [Screening.objects.get(item=one.pk).values["first_post"] for one in (first, second)] == [1.0, 0.0]


def test_a_place_may_weigh_otherwise(client, conversation, url, lome):
    recipe = propose_version("screening", territory=lome, weights={"first_post": 2.0}, reason={}, by=SYSTEM)
    activate_version(recipe, decided_by="Council", by=SYSTEM)
    from django.core.cache import cache

    cache.clear()
    send(client, url, slowly())
    assert newest().state == "held"
    assert Screening.objects.get(item=newest()).version == recipe.number


def test_the_rule_has_its_public_page(client):
    page = client.get("/en/how/screening/")
    assert page.status_code == 200
    assert "A field was filled that people do not see" in text_of(page)
    assert "Nothing is refused or deleted by this rule" in text_of(page)
