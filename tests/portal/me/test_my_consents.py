"""Each purpose has its switch; turning it does what it says."""

from __future__ import annotations

import pytest

from forms import open_browser, send
from tequio.consent.models import Consent, ConsentFact
from tequio.consent.selectors import has_consent
from tequio.ideas.deliberation.models import Participant
from tequio.ideas.deliberation.services.answering import answer_statement

pytestmark = pytest.mark.django_db
PAGE = "/en/me/consents/"


def turn(client, purpose: str, do: str):
    return send(client, PAGE, {"purpose": purpose, "do": do})


@pytest.mark.parametrize("who", ["member", "guest"])
def test_withdrawing_takes_answers_out_of_the_map_and_giving_brings_them_back(who, request, conversation):
    person = request.getfixturevalue(who)
    answer_statement(conversation.statements.get(number=0), 1, by=person)
    client = open_browser(person)
    page = client.get(PAGE).content.decode()
    assert "your 1 answer leaves every map" in page
    assert turn(client, "opinions", "withdraw").status_code == 302
    assert Participant.objects.get(person=person).withdrawn_at is not None
    assert not has_consent(person, "opinions")
    page = client.get(PAGE).content.decode()
    assert "Taken back. 1 answer of yours is not counted any more." in page
    assert "If you agree, your 1 answer counts again." in page
    assert turn(client, "opinions", "give").status_code == 302
    assert Participant.objects.get(person=person).withdrawn_at is None


def test_the_other_purposes(member):
    client = open_browser(member)
    for purpose in ("research", "letters", "news"):
        turn(client, purpose, "give")
        row = Consent.objects.get(person=member, purpose=purpose)
        assert (row.is_given, row.language, row.channel) == (True, "en", "web")
        turn(client, purpose, "withdraw")
        assert not has_consent(member, purpose)
    assert ConsentFact.objects.filter(person=member).count() == 6
    history = client.get("/en/me/consents/history/").content.decode()
    assert history.count('<span class="tag">Taken back') == 3
    assert "Researchers may use them." in history


def test_nobody_turns_a_switch_of_nobody(client, member):
    assert turn(client, "news", "give").status_code == 404
    browser = open_browser(member)
    assert turn(browser, "everything", "give").status_code == 422
    assert turn(browser, "news", "perhaps").status_code == 422
    assert not Consent.objects.exists()


def test_history_is_in_the_words_of_its_language_and_ones_own(member, guest):
    client = open_browser(member)
    send(client, "/es/me/consents/", {"purpose": "news", "do": "give"})
    page = client.get("/en/me/consents/history/").content.decode()
    assert 'lang="es"' in page
    assert "has not" not in page
    assert (
        "You have not agreed to anything yet."
        in open_browser(guest).get("/en/me/consents/history/").content.decode()
    )
