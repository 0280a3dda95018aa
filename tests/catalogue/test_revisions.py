"""The history of words: what is kept, who sees it, how it reads, hiding and erasing it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forms import send
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.base.multilingual import add_translation, change_original, version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Item, Revision
from tequio.catalogue.permissions import revisions_visible_to
from tequio.catalogue.selectors.history import PAGE, history
from tequio.catalogue.services.revisions import forget_revisions, hide_revision, keep_revision
from tequio.ideas.deliberation.services.conversations import Plan, change_conversation
from tequio.ideas.deliberation.services.translating import translate_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(conversation):
    return Item.objects.select_related("territory").get(pk=conversation.pk)


def change(
    conversation, by, question="How should everybody get online?", background="The line is slow and too dear."
):
    item = conversation.item
    plan = Plan(
        question=change_original(item.title, question), background=change_original(conversation.background, background),
        languages=item.languages, zone="Africa/Lome",
    )  # fmt: skip
    return change_conversation(conversation, plan, by=by)


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", "", page.content.decode()).split())


def test_a_changed_question_keeps_the_former_one(conversation, alice, bob, item):
    change(conversation, bob)
    row = Revision.objects.get()
    assert (row.by, row.is_by_author, row.author, row.kind) == (bob.audit_id, False, alice, "edit")
    assert [(one["part"], one["language"], one["before"]) for one in row.changes] == [
        ("title", "en", "How should our neighbourhoods get online?"),
        ("body", "en", "The line is slow and dear."),
    ]
    assert row.changes[1]["after"] == "The line is slow and too dear."


def test_saving_the_same_words_keeps_nothing(conversation, alice, item):
    change(conversation, alice, question=item.title["en"]["text"], background="The line is slow and dear.")
    assert not Revision.objects.exists()


def test_a_translation_is_kept_as_one(conversation, mora):
    statement = conversation.statements.select_related("item").get(number=1)
    typed = {"text": Typed({"fr": "Les prix au mur."}, version_of(statement.item.title))}
    translate_statement(statement, typed, by=mora)
    row = Revision.objects.get(item=statement.pk)
    assert (row.kind, row.changes) == (
        "translation",
        [
            {
                "part": "title",
                "language": "fr",
                "before": "",
                "after": "Les prix au mur.",
                "is_original": False,
            }
        ],
    )


def test_an_unknown_part_is_a_mistake_of_ours(item, alice):
    with pytest.raises(ValueError, match="no such part"):
        keep_revision(item, {"colour": ({}, words("red"))}, by=alice)


def test_the_page_shows_what_went_and_came(client, conversation, alice, item):
    change(conversation, alice)
    page = client.get(f"/en/items/{item.pk}/history/")
    body = page.content.decode()
    assert page.status_code == 200
    assert '<del><span class="off" lang="en">removed: </span>our neighbourhoods' in body
    assert '<ins><span class="off" lang="en">added: </span>everybody' in body
    assert "by whoever wrote it first" in text_of(page)
    assert "Alice" not in body, "the history names nobody"
    assert client.get(f"/es/items/{item.pk}/history/").status_code == 200


def test_without_changes_it_says_so(client, item):
    assert "These words stand as they were first published." in text_of(
        client.get(f"/en/items/{item.pk}/history/")
    )


def test_where_the_item_is_not_public_its_history_is_not(browser_of, conversation, alice, charlie, item):
    change(conversation, alice)
    Item.objects.filter(pk=item.pk).update(state="withdrawn")
    path = f"/en/items/{item.pk}/history/"
    assert browser_of(None).get(path).status_code == 404
    assert browser_of(charlie).get(path).status_code == 404
    assert browser_of(alice).get(path).status_code == 200


def test_what_changed_before_it_was_published_is_not_public(conversation, alice, mora, member, item):
    change(conversation, alice)
    Item.objects.filter(pk=item.pk).update(published_at=timezone.now() + timedelta(hours=1))
    item.refresh_from_db()
    assert [revisions_visible_to(one, item).count() for one in (None, member, alice, mora)] == [0, 0, 1, 1]


def test_a_moderator_hides_a_former_version(browser_of, conversation, alice, mora, member, charlie, item):
    change(conversation, alice, background="Call Ms Doe at home.")
    row = Revision.objects.get()
    path = f"/en/items/{item.pk}/history/"
    assert browser_of(member).get(f"{path}{row.pk}/").status_code == 404
    assert browser_of(charlie).get(f"{path}{row.pk}/").status_code == 404
    assert "Ms Doe" in text_of(browser_of(None).get(path))
    assert send(browser_of(mora), f"{path}{row.pk}/", {"do": "hide"})["Location"] == path
    assert "Ms Doe" not in text_of(browser_of(member).get(path))
    assert "A moderator does not show the words of this version." in text_of(browser_of(member).get(path))
    assert "Ms Doe" in text_of(browser_of(mora).get(path))
    send(browser_of(mora), f"{path}{row.pk}/", {"do": "show"})
    assert "Ms Doe" in text_of(browser_of(member).get(path))
    with pytest.raises(Refused):
        hide_revision(row, by=charlie)


def test_erased_words_are_gone_and_the_change_stays(client, conversation, alice, item):
    change(conversation, alice, background="Call Ms Doe at home.")
    assert forget_revisions(Revision.objects.filter(author=alice), by=SYSTEM) == 1
    row = Revision.objects.get()
    assert (row.author, row.changes, row.why, row.is_erased) == (None, [], "", True)
    body = text_of(client.get(f"/en/items/{item.pk}/history/"))
    assert "Ms Doe" not in body
    assert "erased at the wish of whoever wrote them" in body


def test_many_changes_come_by_pages(item, alice, django_assert_num_queries):
    before = words("0")
    for number in range(PAGE + 3):
        after = words(str(number + 1))
        keep_revision(item, {"title": (before, after)}, by=alice)
        before = after
    with django_assert_num_queries(1):
        first = history(None, item)
    assert len(first.versions) == PAGE
    rest = history(None, item, before=first.older)
    assert [len(rest.versions), rest.older] == [3, None]


def test_hostile_words_stay_words(client, item, alice):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    keep_revision(item, {"body": (words("old"), words(evil))}, by=alice, why=evil)
    body = client.get(f"/en/items/{item.pk}/history/").content.decode()
    assert "<script>alert" not in body
    assert "<img src=x" not in body


def test_right_to_left(client, item, alice):
    arabic = add_translation(words("Water"), "ar", "الماء لنا")
    keep_revision(item, {"title": (words("Water"), arabic)}, by=alice)
    assert 'lang="ar" dir="rtl"' in client.get(f"/en/items/{item.pk}/history/").content.decode()
