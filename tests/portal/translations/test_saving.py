"""One text or all of them; two at once, with threads; long words; who hears of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from forms import key_of, send
from people import words
from post import as_drawn
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.base.multilingual import change_original, read, version_of
from tequio.base.translatable import TRANSLATABLE, Typed
from tequio.catalogue.models import Item, Revision
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.moderation import publish_statement
from tequio.notifications.models import Announcement, Notice
from tequio.organisations.services.organisations import Portrait, make_organisation
from tequio.people.services import become_member, begin_guest, grant_role
from tequio.portal.translations.services import translate
from tequio.territories.services import rebuild_paths, save_territory

CONVERSATION, STATEMENT = TRANSLATABLE["conversation"], TRANSLATABLE["statement"]
pytestmark = pytest.mark.django_db


def fresh(conversation):
    return Conversation.objects.select_related("item").get(pk=conversation.pk)


def seen_of(conversation) -> dict[str, str]:
    now = fresh(conversation)
    return {"question_seen": version_of(now.item.title), "background_seen": version_of(now.background)}


def url_of(conversation) -> str:
    return f"/en/translations/conversation/{conversation.pk}/"


def test_all_is_saved_together(browser_of, tika, conversation):
    data = {**seen_of(conversation), "question_fr": "Comment ?", "background_fr": "La ligne."}
    assert send(browser_of(tika), url_of(conversation), data).status_code == 302
    now = fresh(conversation)
    assert (now.item.title["fr"]["text"], now.background["fr"]["text"]) == ("Comment ?", "La ligne.")
    assert Revision.objects.get(item=conversation.pk).kind == "translation"
    assert Record.objects.filter(act="conversation.translate").count() == 1


def test_one_text_is_saved_and_the_others_stay_as_they_were_typed(browser_of, tika, conversation):
    client = browser_of(tika)
    data = {**seen_of(conversation), "question_fr": "Comment ?", "background_fr": "Pas encore"}
    answer = send(client, url_of(conversation), {**data, "do": "save:question"})
    assert answer["Location"] == url_of(conversation)
    assert fresh(conversation).item.title["fr"]["text"] == "Comment ?"
    assert "fr" not in fresh(conversation).background
    page = client.get(url_of(conversation))
    drawn = as_drawn(page.content.decode(), {"question_fr", "background_fr"})
    assert (drawn["question_fr"], drawn["background_fr"]) == ("Comment ?", "Pas encore")
    assert send(client, url_of(conversation), {**drawn, "do": "save"}).status_code == 302
    assert fresh(conversation).background["fr"]["text"] == "Pas encore"
    assert "Pas encore" in client.get(url_of(conversation)).content.decode()
    assert "not saved" not in client.get(url_of(conversation)).content.decode()


def test_one_text_alone_leads_on_when_nothing_else_was_typed(browser_of, tika, conversation):
    data = {**seen_of(conversation), "background_fr": "La ligne.", "do": "save:background"}
    sent = send(browser_of(tika), url_of(conversation), as_if_drawn(browser_of(tika), conversation, data))
    assert sent["Location"] == f"/en/conversations/{conversation.pk}/"


def as_if_drawn(client, conversation, data):
    drawn = as_drawn(client.get(url_of(conversation)).content.decode(), {"question_fr", "background_fr"})
    return {**{name: value for name, value in drawn.items() if name != "form_key"}, **data}


def test_what_was_kept_belongs_to_one_thing(browser_of, tika, conversation):
    client = browser_of(tika)
    data = {**seen_of(conversation), "question_fr": "Comment ?", "background_fr": "Pas encore"}
    send(client, url_of(conversation), {**data, "do": "save:question"})
    seed = conversation.statements.get(number=1)
    assert "Pas encore" not in client.get(f"/en/translations/statement/{seed.pk}/").content.decode()


def test_from_the_queue_back_to_the_queue(browser_of, tika, conversation):
    data = {**seen_of(conversation), "question_fr": "Comment ?"}
    assert send(browser_of(tika), url_of(conversation) + "?queue", data)["Location"] == "/en/translations/"


def test_a_long_text_goes_through_whole_and_a_longer_one_is_refused(browser_of, tika, conversation):
    long = "Une ligne de texte assez longue. " * 300
    data = {**seen_of(conversation), "background_fr": long[:10_000].strip()}
    assert send(browser_of(tika), url_of(conversation), data).status_code == 302
    assert fresh(conversation).background["fr"]["text"] == long[:10_000].strip()
    page = send(
        browser_of(tika), url_of(conversation), {**seen_of(conversation), "background_ee": "x" * 10_001}
    )
    assert page.status_code == 422
    assert "x" * 10_001 in page.content.decode(), "what she typed is not lost"


def test_one_of_several_texts_changed_meanwhile(browser_of, tika, conversation):
    """She is told, both stay on her page, and a second try saves both."""
    seen = seen_of(conversation)
    now = fresh(conversation)
    now.background = change_original(now.background, "The line is dearer still.")
    now.save()
    page = send(
        browser_of(tika),
        url_of(conversation),
        {**seen, "question_fr": "Comment ?", "background_fr": "Chère."},
    )
    assert page.status_code == 422
    body = page.content.decode()
    assert "The original changed while you were writing." in body
    assert "The line is dearer still." in body
    drawn = as_drawn(body, {"question_fr", "background_fr"})
    assert (drawn["question_fr"], drawn["background_fr"]) == ("Comment ?", "Chère.")
    assert "fr" not in fresh(conversation).item.title
    assert browser_of(tika).post(url_of(conversation), {**drawn, "form_key": key_of(page)}).status_code == 302
    assert fresh(conversation).background["fr"]["text"] == "Chère."


def test_unknown_kinds_and_things_are_absent(browser_of, tika):
    for path in ("/en/translations/secret/1/", "/en/translations/statement/999999/", "/en/translations/x/1/"):
        assert browser_of(tika).get(path).status_code == 404


def test_authors_translate_their_own_words_and_no_others(browser_of, conversation, member, charlie, alice):
    own = write_statement(conversation, "Masts by schools.", language="en", by=member)
    url = f"/en/translations/statement/{own.pk}/"
    assert browser_of(member).get(url).status_code == 404, "not before it is shown"
    publish_statement(own, by=alice)
    assert [browser_of(one).get(url).status_code for one in (member, charlie)] == [200, 404]
    data = {"text_seen": version_of(Item.objects.get(pk=own.pk).title), "text_fr": "Des antennes."}
    assert send(browser_of(member), url, data).status_code == 302
    assert not Announcement.objects.filter(event="translated").exists(), "nobody is told of her own act"
    seed = conversation.statements.get(number=0)
    assert browser_of(member).get(f"/en/translations/statement/{seed.pk}/").status_code == 404


def typed(field: Any, **texts: str) -> Typed:
    return Typed(texts, version_of(field))


def test_the_author_hears_once_a_day_in_her_language(conversation, member, alice, tika, bob, browser_of):
    own = write_statement(conversation, "Masts by schools.", language="en", by=member)
    publish_statement(own, by=alice)
    row = STATEMENT.found(tika).get(pk=own.pk)
    translate(STATEMENT, row, {"text": typed(row.item.title, fr="Des antennes.")}, by=tika)
    row = STATEMENT.found(bob).get(pk=own.pk)
    translate(STATEMENT, row, {"text": typed(row.item.title, es="Antenas.")}, by=bob)
    (notice,) = Notice.objects.filter(person=member, announcement__event="translated")
    said = notice.announcement.words
    assert read(said, "en").text == "“Masts by schools.”: French, Spanish"
    assert read(said, "fr").text == "“Masts by schools.”: français, espagnol"
    assert read(said, "es").text == "“Masts by schools.”: francés, español"
    page = browser_of(member).get("/es/notices/").content.decode()
    assert "“Masts by schools.”: francés, español" in page
    assert f"/es/statements/{own.pk}/" in page
    Announcement.objects.filter(pk=notice.announcement_id).update(
        occasion=f"{timezone.now() - timedelta(days=1):%Y-%m-%d}-{member.pk}"
    )
    row = STATEMENT.found(tika).get(pk=own.pk)
    translate(STATEMENT, row, {"text": typed(row.item.title, ee="Mast.")}, by=tika)
    assert Notice.objects.filter(person=member, announcement__event="translated").count() == 2


def test_who_runs_an_organisation_hears_of_it(member, lome, tika, alice):
    one = TRANSLATABLE["organisation"]
    made = make_organisation(Portrait("association", words("The Weavers"), lome), by=member)
    row = one.found(tika).get(pk=made.pk)
    translate(one, row, {"name": typed(row.name, fr="Les Tisserandes")}, by=tika)
    (notice,) = Notice.objects.filter(announcement__event="translated")
    assert (notice.person, notice.announcement.territory) == (member, lome)
    assert "Les Tisserandes" not in read(notice.announcement.words, "fr").text
    made.refresh_from_db()
    assert "tisserandes" in made.names, "it is found by that name too"


def test_taking_a_translation_away_is_no_news(conversation, member, alice, tika):
    first = STATEMENT.found(tika).get(pk=conversation.statements.get(number=0).pk)
    field = first.item.title
    field["es"]["at"] = "2020-01-01T00:00:00+00:00"
    Item.objects.filter(pk=first.pk).update(title=field)
    translate(STATEMENT, first, {"text": typed(field, es="")}, by=tika)
    assert not Announcement.objects.filter(event="translated").exists()


def test_every_kind_refuses_whoever_may_not(conversation, charlie):
    row = CONVERSATION.found(charlie).get(pk=conversation.pk)
    with pytest.raises(Refused):
        translate(CONVERSATION, row, {"question": typed(row.item.title, fr="Comment ?")}, by=charlie)
    assert "fr" not in fresh(conversation).item.title


@pytest.mark.django_db(transaction=True)
def test_two_translators_at_the_same_moment() -> None:
    """Eight threads start from the same text: one is saved in each language, all others are told, none is lost."""
    city = save_territory(
        code="TG-T", kind="city", name=words("Town"), zone="Africa/Lome", languages=["fr"], by=SYSTEM
    )
    rebuild_paths(by=SYSTEM)
    people = [
        become_member(begin_guest(language="en"), email=f"t{number}@example.org", name=f"T{number}")
        for number in range(8)
    ]
    for person in people:
        grant_role(person, "facilitator", city, by=SYSTEM)
    plan = Plan(question=words("How?"), background=words("Why."), languages=["en"])
    talk = open_conversation(plan, territory=city, by=people[0])
    seen = version_of(talk.item.title)
    ready, told, saved = threading.Barrier(8), [], []

    def write(number: int) -> None:
        try:
            tag = "fr" if number % 2 else "es"
            row = CONVERSATION.found(people[number]).get(pk=talk.pk)
            ready.wait(20)
            try:
                with transaction.atomic():
                    sent = {"question": Typed({tag: f"{tag} {number}"}, seen)}
                    translate(CONVERSATION, row, sent, by=people[number])
                saved.append((tag, f"{tag} {number}"))
            except Refused as refused:
                told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(tag for tag, _text in saved) == ["es", "fr"]
    assert told == ["changed"] * 6
    title = Item.objects.get(pk=talk.pk).title
    assert {tag: title[tag]["text"] for tag in ("es", "fr")} == dict(saved)
