"""What the organiser says becomes of a statement."""

from __future__ import annotations

import pytest

from forms import send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.base.multilingual import write_original
from tequio.ideas.deliberation.models import StatementAnswer
from tequio.ideas.deliberation.services.moderation import decline_statement
from tequio.ideas.deliberation.services.uptake import answer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(conversation):
    return conversation.statements.get(number=1)


@pytest.fixture
def url(statement):
    return f"/en/statements/{statement.pk}/uptake/"


def answered(**changes):
    return {
        "uptake": "in_part",
        "language": "en",
        "text": "From March on.",
        "text_fr": "Dès mars.",
        **changes,
    }


def test_an_answer_is_given_changed_and_taken_back(browser_of, alice, bob, statement, url, client):
    assert send(browser_of(alice), url, answered())["Location"] == f"/en/statements/{statement.pk}/"
    answer = StatementAnswer.objects.get()
    assert (answer.uptake, answer.text["fr"]["text"], answer.by) == ("in_part", "Dès mars.", alice)
    assert "From March on." in client.get(f"/en/statements/{statement.pk}/").content.decode()
    send(browser_of(bob), url, answered(uptake="taken_up", text="Done."))
    answer = StatementAnswer.objects.get()
    assert (answer.uptake, answer.text["en"]["text"], answer.by) == ("taken_up", "Done.", bob)
    assert answer.text["fr"]["of"] != answer.text["en"].get("of")
    send(browser_of(alice), url, {"uptake": "", "language": "en"})
    assert not StatementAnswer.objects.exists()
    assert Record.objects.filter(act="statement.uptake").count() == 3


def test_an_answer_needs_words(browser_of, alice, url):
    page = send(browser_of(alice), url, answered(text=""))
    assert page.status_code == 422
    assert "Write why." in page.content.decode()
    assert "Dès mars." in page.content.decode()
    assert not StatementAnswer.objects.exists()


def test_whose_page_it_is(browser_of, url, alice, bob, charlie, mora, member, guest):
    people = [alice, bob, charlie, mora, member, guest, None]
    assert [browser_of(person).get(url).status_code for person in people] == [
        200,
        200,
        404,
        404,
        404,
        302,
        302,
    ]
    assert send(browser_of(charlie), url, answered()).status_code == 404
    assert browser_of(alice).get("/en/statements/999999/uptake/").status_code == 404
    assert not StatementAnswer.objects.exists()


def test_only_shown_statements_are_answered(browser_of, alice, statement, url):
    decline_statement(statement, reason="spam", by=alice)
    assert browser_of(alice).get(url).status_code == 404
    statement.refresh_from_db()
    with pytest.raises(Refused):
        answer_for(statement, "taken_up", write_original("Yes", "en"), by=alice)


def test_the_service_holds_its_own_bounds(statement, alice, charlie):
    with pytest.raises(ValueError, match="unknown uptake"):
        answer_for(statement, "perhaps", {}, by=alice)
    with pytest.raises(Refused):
        answer_for(statement, "taken_up", {}, by=charlie)
