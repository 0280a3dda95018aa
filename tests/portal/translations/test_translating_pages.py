"""Translators: of statements, of the question, and beside one another."""

from __future__ import annotations

import pytest

from forms import key_of, send
from post import as_drawn
from tequio.base.errors import Refused
from tequio.base.multilingual import change_original, read, version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import search, search_parts
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.translating import translate_conversation, translate_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def tika(make_member, lome):
    """Translator of Lomé."""
    return make_member("Tika", "translator", lome)


@pytest.fixture
def statement(conversation):
    return conversation.statements.select_related("item").get(number=1)


def drawn_of(page):
    """What the form on the page would send as it stands."""
    return as_drawn(page.content.decode(), {"text_es", "text_fr"})


def hidden_of(page):
    return {name: value for name, value in drawn_of(page).items() if name in ("text_seen", "form_key")}


def title_of(thing):
    return Item.objects.get(pk=thing.pk).title


def test_a_translator_translates_a_shown_statement(browser_of, tika, statement):
    url = f"/en/translations/statement/{statement.pk}/"
    page = browser_of(tika).get(url).content.decode()
    assert "Prices have to be on the wall." in page
    assert "No translation yet." in page
    seen = version_of(title_of(statement))
    sent = send(
        browser_of(tika), url, {"text_seen": seen, "text_es": "Los precios, en la pared.", "text_fr": ""}
    )
    assert sent["Location"] == f"/en/statements/{statement.pk}/"
    reading = read(title_of(statement), "es")
    assert (reading.text, reading.status, reading.translator) == (
        "Los precios, en la pared.",
        "human",
        "Tika",
    )
    assert set(title_of(statement)) == {"en", "es"}
    assert Item.objects.get(pk=statement.pk).languages == ["en", "es"]


def test_a_translator_sees_nothing_that_waits(browser_of, tika, conversation, guest):
    held = write_statement(conversation, "Masts should be painted by schools.", language="en", by=guest)
    assert browser_of(tika).get(f"/en/translations/statement/{held.pk}/").status_code == 404
    assert browser_of(tika).get(f"/en/statements/{held.pk}/decide/").status_code == 404


def test_emptying_takes_a_translation_away(browser_of, tika, conversation):
    statement = conversation.statements.get(number=0)
    seen = version_of(title_of(statement))
    send(browser_of(tika), f"/en/translations/statement/{statement.pk}/", {"text_seen": seen, "text_es": ""})
    assert set(title_of(statement)) == {"en"}


def test_who_started_from_an_older_text_is_told(browser_of, tika, statement):
    """The original was changed while she wrote: she sees the new one beside her words."""
    url = f"/en/translations/statement/{statement.pk}/"
    seen = version_of(title_of(statement))
    Item.objects.filter(pk=statement.pk).update(
        title=change_original(title_of(statement), "Prices on every wall.")
    )
    page = send(browser_of(tika), url, {"text_seen": seen, "text_es": "En la pared."})
    body = page.content.decode()
    assert page.status_code == 422
    assert "The original changed while you were writing." in body
    assert "Prices on every wall." in body
    assert "En la pared." in body
    assert "es" not in title_of(statement)
    again = {
        "text_seen": version_of(title_of(statement)),
        "text_es": "En cada pared.",
        "form_key": key_of(page),
    }
    assert browser_of(tika).post(url, again).status_code == 302
    assert not read(title_of(statement), "es").is_stale


def test_the_second_of_two_translators_is_told(browser_of, tika, bob, statement):
    url = f"/en/translations/statement/{statement.pk}/"
    seen = version_of(title_of(statement))
    send(browser_of(tika), url, {"text_seen": seen, "text_es": "Primera."})
    page = send(browser_of(bob), url, {"text_seen": seen, "text_es": "Segunda."})
    assert page.status_code == 422
    body = page.content.decode()
    assert "Saved at the moment, by Tika:" in body
    assert "Primera." in body
    assert "Segunda." in body
    assert read(title_of(statement), "es").text == "Primera."
    fields = {**hidden_of(page), "text_es": "Segunda."}
    assert browser_of(bob).post(url, fields).status_code == 302
    assert read(title_of(statement), "es").text == "Segunda."


def test_two_who_translate_into_different_languages_do_not_meet(browser_of, tika, bob, statement):
    """The form of each has an empty field where the other wrote; that takes nothing away."""
    url = f"/en/translations/statement/{statement.pk}/"
    seen = version_of(title_of(statement))
    send(browser_of(tika), url, {"text_seen": seen, "text_es": "En la pared.", "text_fr": ""})
    sent = send(browser_of(bob), url, {"text_seen": seen, "text_es": "", "text_fr": "Au mur."})
    assert sent.status_code == 302
    assert {tag: one["text"] for tag, one in title_of(statement).items()} == {
        "en": "Prices have to be on the wall.", "es": "En la pared.", "fr": "Au mur.",
    }  # fmt: skip


def test_what_she_did_not_touch_is_not_lost_when_she_is_told(browser_of, tika, bob, statement):
    url = f"/en/translations/statement/{statement.pk}/"
    seen = version_of(title_of(statement))
    send(browser_of(tika), url, {"text_seen": seen, "text_es": "Uno.", "text_fr": "Un."})
    page = send(browser_of(bob), url, {"text_seen": seen, "text_es": "Otro.", "text_fr": ""})
    assert page.status_code == 422
    fields = drawn_of(page)
    assert fields["text_es"] == "Otro."
    assert fields["text_fr"] == "Un.", "she never saw it, so sending again must not take it away"


def test_a_stale_translation_that_is_still_right(browser_of, tika, conversation):
    statement = conversation.statements.get(number=0)
    field = change_original(title_of(statement), "A repair must take two days at most.")
    Item.objects.filter(pk=statement.pk).update(title=field)
    url = f"/en/translations/statement/{statement.pk}/"
    same = {"text_seen": version_of(field), "text_es": field["es"]["text"]}
    send(browser_of(tika), url, same)
    assert read(title_of(statement), "es").is_stale, "only looking at it does not say that it is right"
    send(browser_of(tika), url, {**same, "text_es_right": "on"})
    assert not read(title_of(statement), "es").is_stale


def test_into_a_language_of_the_place(browser_of, tika, statement):
    """Lomé speaks Ewe: its translators are offered it, and readers of no interface language lose nothing."""
    url = f"/en/translations/statement/{statement.pk}/"
    page = browser_of(tika).get(url).content.decode()
    assert 'name="text_ee"' in page
    assert 'lang="ee"' in page
    send(browser_of(tika), url, {"text_seen": version_of(title_of(statement)), "text_ee": "Asi nanɔ gli ŋu."})
    assert title_of(statement)["ee"]["text"] == "Asi nanɔ gli ŋu."
    assert [one.pk for one in search_parts(None, "gli nano")] == [statement.pk]


def test_the_page_of_the_statement_says_that_a_translation_is_stale(browser_of, conversation):
    statement = conversation.statements.get(number=0)
    Item.objects.filter(pk=statement.pk).update(
        title=change_original(title_of(statement), "One day is enough.")
    )
    page = browser_of(None).get(f"/es/statements/{statement.pk}/").content.decode()
    assert 'href="#original"' in page
    assert 'id="original"' in page
    assert "One day is enough." in page


def test_a_stale_translation_is_named(browser_of, tika, conversation):
    statement = conversation.statements.get(number=0)
    Item.objects.filter(pk=statement.pk).update(
        title=change_original(title_of(statement), "A repair takes one day.")
    )
    body = browser_of(tika).get(f"/en/translations/statement/{statement.pk}/").content.decode()
    assert "The original has changed since. Please look at it again." in body


def test_the_question_and_its_background(browser_of, tika, conversation):
    url = f"/en/translations/conversation/{conversation.pk}/"
    seen = {
        "question_seen": version_of(title_of(conversation)),
        "background_seen": version_of(conversation.background),
    }
    data = {**seen, "question_es": "¿Cómo nos conectamos?", "question_fr": "Comment se connecter ?"}
    sent = send(browser_of(tika), url, {**data, "background_fr": "La ligne est chère."})
    assert sent["Location"] == f"/en/conversations/{conversation.pk}/"
    fresh = Conversation.objects.select_related("item").get(pk=conversation.pk)
    assert fresh.item.title["fr"]["text"] == "Comment se connecter ?"
    assert fresh.background["fr"]["text"] == "La ligne est chère."
    assert [item.pk for item in search(None, "chère")] == [conversation.pk]
    page = send(browser_of(tika), url, {**data, "question_fr": "Autre ?"})
    assert page.status_code == 422
    assert "Autre ?" in page.content.decode()


def test_too_long_is_said(browser_of, tika, statement):
    seen = version_of(title_of(statement))
    url = f"/en/translations/statement/{statement.pk}/"
    assert send(browser_of(tika), url, {"text_seen": seen, "text_es": "x" * 401}).status_code == 422
    assert "es" not in title_of(statement)


def test_strangers_are_refused_by_page_and_service(
    browser_of, charlie, member, guest, conversation, statement
):
    url = f"/en/translations/conversation/{conversation.pk}/"
    assert [browser_of(one).get(url).status_code for one in (charlie, member, guest)] == [404, 404, 302]
    typed = {"text": Typed({"es": "x"}, version_of(title_of(statement)))}
    with pytest.raises(Refused):
        translate_statement(statement, typed, by=charlie)
    with pytest.raises(Refused):
        translate_conversation(conversation, {}, by=charlie)
