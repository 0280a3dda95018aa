"""Writing statements, the close ones, and what became of them."""

from __future__ import annotations

import time

import pytest
from django.core import signing

from forms import key_of, send
from tequio.audit.models import Record
from tequio.base import trap
from tequio.base.errors import Refused
from tequio.ideas.deliberation.enums import Moderation
from tequio.ideas.deliberation.models import Statement
from tequio.ideas.deliberation.permissions import statements_visible_to
from tequio.ideas.deliberation.selectors.taking_part import near_duplicates
from tequio.ideas.deliberation.services import answering
from tequio.ideas.deliberation.services.answering import write_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(conversation):
    return f"/en/conversations/{conversation.pk}/write/"


def drawn_before(seconds):
    """What a form carries that was drawn so long ago."""
    return signing.Signer(salt=trap.SALT).sign(str(int((time.time() - seconds) * 1000)))


def test_a_statement_waits_for_its_moderator(client, conversation, url, mora):
    sent = send(client, url, {"text": "Masts should be painted by schools.", "language": "en"}, follow=True)
    assert "A moderator has not read it yet" in sent.content.decode()
    statement = Statement.objects.get(number=3)
    assert statement.item.state == "held"
    assert not statements_visible_to(None).filter(pk=statement.pk).exists()
    assert statements_visible_to(mora).filter(pk=statement.pk).exists()
    assert Record.objects.filter(act="statement.write").count() == 1
    assert client.get(f"/en/statements/{statement.pk}/").status_code == 200


def test_moderated_afterwards_it_is_shown_at_once(client, conversation, url):
    conversation.moderation = Moderation.AFTER
    conversation.save()
    sent = {"text": "Masts should be painted by schools.", "language": "en", "began": drawn_before(10)}
    send(client, url, sent)
    assert statements_visible_to(None).filter(number=3).exists()


def test_close_ones_are_shown_before_it_is_sent(client, conversation, url):
    close = {"text": "Prices have to be on a wall!", "language": "en"}
    page = send(client, url, close)
    assert page.status_code == 422
    assert "Prices have to be on the wall." in page.content.decode()
    assert close["text"] in page.content.decode()
    assert Statement.objects.count() == 3
    key = key_of(page)
    sent = client.post(url, {**close, "form_key": key, "close_ones": "seen"})
    assert sent.status_code == 302
    assert Statement.objects.count() == 4


def test_close_ones_are_found_in_any_language(conversation):
    found = near_duplicates(conversation, "una reparacion debe tardar a lo mas dos dias")
    assert [statement.number for statement in found] == [0]
    assert near_duplicates(conversation, "Something else entirely, about buses") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "This field is required."), ("short", "at least 8"), ("x" * 281, "at most 280")],
)
def test_what_was_typed_is_still_there(client, conversation, url, text, message):
    page = send(client, url, {"text": text, "language": "en"})
    assert page.status_code == 422
    assert message in page.content.decode()
    assert text in page.content.decode()
    assert Statement.objects.count() == 3


def test_control_characters_and_directions_are_cleaned(client, conversation, url):
    send(client, url, {"text": "Turn \u202ethis around\u0007 now,\n please", "language": "en"})
    assert Statement.objects.get(number=3).words.text == "Turn this around now, please"


def test_the_service_holds_the_bounds_itself(conversation, guest, monkeypatch):
    with pytest.raises(ValueError, match="1 to 280"):
        write_statement(conversation, "x" * 281, language="en", by=guest)
    monkeypatch.setattr(answering, "STATEMENTS_ON_THE_FIRST_DAY", 1)
    write_statement(conversation, "One thought of mine.", language="en", by=guest)
    with pytest.raises(Refused):
        write_statement(conversation, "One more thought.", language="en", by=guest)


def test_closed_to_statements(client, conversation, url, guest):
    conversation.takes_statements = False
    conversation.save()
    assert client.get(url).status_code == 403
    with pytest.raises(Refused):
        write_statement(conversation, "One thought of mine.", language="en", by=guest)


def test_why_it_is_not_shown(client, conversation, url):
    send(client, url, {"text": "Masts should be painted by schools.", "language": "en"})
    statement = Statement.objects.get(number=3)
    statement.decline_reason, statement.decline_note = "several", "Two thoughts: masts and schools."
    statement.save()
    statement.item.state = "declined"
    statement.item.save()
    page = client.get(f"/en/conversations/{conversation.pk}/mine/").content.decode()
    assert "It says several things at once." in page
    assert "Two thoughts: masts and schools." in page


def test_a_stranger_sees_an_empty_page_of_her_own(client, conversation):
    page = client.get(f"/en/conversations/{conversation.pk}/mine/")
    assert page.status_code == 200
    assert "You have not answered anything here yet." in page.content.decode()
