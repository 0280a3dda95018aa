"""A translating machine behind a real web server: asked by a button, marked everywhere, away without harm."""

from __future__ import annotations

import json

import pytest

from forms import key_of
from post import as_drawn
from tequio.base.multilingual import add_translation, read, version_of
from tequio.catalogue.models import Item
from tequio.portal.translations.adapters import machine as adapter
from tequio.portal.translations.adapters.machine import Machine, NoAnswer, machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(conversation):
    return conversation.statements.select_related("item").get(number=1)


def title_of(statement):
    return Item.objects.get(pk=statement.pk).title


def url_of(statement) -> str:
    return f"/en/translations/statement/{statement.pk}/"


def ask(client, statement, **typed: str):
    """Press the button of Spanish on the page as it is drawn."""
    page = client.get(url_of(statement))
    drawn = as_drawn(page.content.decode(), {"text_es", "text_fr"})
    return client.post(url_of(statement), {**drawn, **typed, "do": "suggest:text:es"})


def test_without_a_machine_there_is_no_button(browser_of, tika, statement, settings):
    assert machine() is None
    page = browser_of(tika).get(url_of(statement)).content.decode()
    assert "machine" not in page.lower().replace('_machine"', "")
    answer = ask(browser_of(tika), statement, text_fr="Au mur.")
    assert "does not answer now" in answer.content.decode()


def test_the_button_fills_the_field_and_saves_nothing(browser_of, tika, statement, engine):
    answer = ask(browser_of(tika), statement, text_fr="Au mur.")
    assert answer.status_code == 200
    drawn = as_drawn(answer.content.decode(), {"text_es", "text_fr"})
    assert (drawn["text_es"], drawn["text_fr"]) == ("Los precios, en la pared.", "Au mur.")
    assert "A machine wrote this." in answer.content.decode()
    assert set(title_of(statement)) == {"en"}
    (asked,) = engine.asked
    assert (asked.method, asked.path) == ("POST", "/translate")
    assert json.loads(asked.body) == {
        "q": "Prices have to be on the wall.", "source": "en", "target": "es", "format": "text",
        "api_key": "opensesame",
    }  # fmt: skip


def test_saved_as_it_is_it_is_marked_wherever_it_is_read(browser_of, tika, statement, conversation, engine):
    client = browser_of(tika)
    answer = ask(client, statement)
    drawn = as_drawn(answer.content.decode(), {"text_es", "text_fr"})
    assert client.post(url_of(statement), {**drawn, "form_key": key_of(answer)}).status_code == 302
    reading = read(title_of(statement), "es")
    assert (reading.text, reading.status, reading.translator) == ("Los precios, en la pared.", "machine", "")
    page = browser_of(None).get(f"/en/statements/{statement.pk}/").content.decode()
    assert "translated by a machine" in page
    again = browser_of(tika).get(url_of(statement)).content.decode()
    assert "Translated by a machine. Please look at it." in again
    assert "I read it beside the original: it is right" in again


def test_read_by_a_person_at_once_it_is_hers(browser_of, tika, statement, engine):
    client = browser_of(tika)
    drawn = as_drawn(ask(client, statement).content.decode(), {"text_es", "text_fr"})
    client.post(url_of(statement), {**drawn, "text_es_right": "on"})
    assert (read(title_of(statement), "es").status, read(title_of(statement), "es").translator) == (
        "human",
        "Tika",
    )


def test_mended_it_is_hers(browser_of, tika, statement, engine):
    client = browser_of(tika)
    drawn = as_drawn(ask(client, statement).content.decode(), {"text_es", "text_fr"})
    client.post(url_of(statement), {**drawn, "text_es": "Los precios van en la pared."})
    reading = read(title_of(statement), "es")
    assert (reading.text, reading.status) == ("Los precios van en la pared.", "human")


@pytest.mark.parametrize(
    ("tick", "status", "name"), [({}, "machine", ""), ({"text_es_right": "on"}, "human", "Tika")]
)
def test_what_a_machine_wrote_before_is_approved_by_a_person(browser_of, tika, statement, tick, status, name):
    field = add_translation(title_of(statement), "es", "En la pared.", machine=True)
    Item.objects.filter(pk=statement.pk).update(title=field)
    client = browser_of(tika)
    drawn = as_drawn(client.get(url_of(statement)).content.decode(), {"text_es", "text_fr"})
    assert client.post(url_of(statement), {**drawn, **tick}).status_code == 302
    reading = read(title_of(statement), "es")
    assert (reading.text, reading.status, reading.translator) == ("En la pared.", status, name)


BROKEN = [
    b"no json", b"[]", b"{}", b'{"translatedText": ""}', b'{"translatedText": 7}', b"\xff\xfe", b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_an_answer_that_is_no_translation_is_no_error_of_ours(browser_of, tika, statement, engine, body):
    engine.body = body
    answer = ask(browser_of(tika), statement, text_fr="Au mur.")
    assert answer.status_code == 200
    assert "does not answer now. Nothing is lost" in answer.content.decode()
    assert as_drawn(answer.content.decode(), {"text_fr", "text_es"})["text_fr"] == "Au mur."


@pytest.mark.parametrize("status", [302, 403, 429, 500])
def test_a_machine_that_refuses(browser_of, tika, statement, engine, status):
    engine.status, engine.headers = status, {"Location": "http://127.0.0.1:1/"}
    assert "does not answer now" in ask(browser_of(tika), statement).content.decode()
    assert len(engine.asked) == 1, "redirections are not followed"


def test_a_machine_that_is_away_or_slow(browser_of, tika, statement, engine, monkeypatch):
    monkeypatch.setattr(adapter, "SECONDS", 0.4)
    engine.drip_seconds = 0.2
    assert "does not answer now" in ask(browser_of(tika), statement).content.decode()
    engine.drip_seconds, engine.is_hanging_up = 0, True
    assert "does not answer now" in ask(browser_of(tika), statement).content.decode()


def test_nothing_listens_there():
    with pytest.raises(NoAnswer):
        Machine("http://127.0.0.1:1").translate("x", source="en", target="fr")
    with pytest.raises(NoAnswer):
        Machine("http://127.0.0.1:1024").translate("x", source="en", target="fr")


@pytest.mark.parametrize(
    "what", ["suggest:text:en", "suggest:nothing:es", "suggest:text:xx", "suggest:", "suggest"]
)
def test_there_is_no_suggestion_for_what_is_not_asked_for(browser_of, tika, statement, engine, what):
    client = browser_of(tika)
    drawn = as_drawn(client.get(url_of(statement)).content.decode(), {"text_es", "text_fr"})
    assert client.post(url_of(statement), {**drawn, "do": what}).status_code == 404
    assert engine.asked == []


def test_not_too_often(browser_of, tika, statement, engine, monkeypatch):
    monkeypatch.setattr("tequio.portal.translations.services.SUGGESTIONS_AN_HOUR", 2)
    answers = [ask(browser_of(tika), statement).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert len(engine.asked) == 2


def test_a_forged_mark_makes_nobodys_words_a_machines(browser_of, tika, statement):
    """The mark counts only where the text is the one it was made for."""
    data = {"text_seen": version_of(title_of(statement)), "text_es": "Mío.", "text_es_machine": "0" * 16}
    client = browser_of(tika)
    client.post(url_of(statement), {**data, "form_key": key_of(client.get(url_of(statement)))})
    assert read(title_of(statement), "es").status == "human"


def test_every_list_and_page_marks_what_nobody_has_read(browser_of, conversation, lome):
    """The question on its own page, on the place's, on the results, in the way home, on the thread."""
    item = Item.objects.get(pk=conversation.pk)
    item.title = add_translation(item.title, "fr", "Comment se relier ?", machine=True)
    item.save()
    for path in (
        f"conversations/{item.pk}/results/",
        f"conversations/{item.pk}/hall/",
        "places/TG-M-lome/",
        "doors/ideas/",
    ):
        page = browser_of(None).get(f"/fr/{path}").content.decode()
        _before, _mark, after = page.partition("Comment se relier ?")
        assert after, path
        marked = page.count('<span class="tag">traduction automatique</span>')
        assert marked, path
    english = browser_of(None).get("/en/places/TG-M-lome/").content.decode()
    assert '<span class="tag">by a machine</span>' not in english
