"""Hidden is no state: others do not see it anywhere, its author does, and showing it again restores it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see, visible_to
from tequio.catalogue.selectors import listed, search, search_parts
from tequio.catalogue.services.hiding import hide_item, unhide_item
from tequio.ideas.deliberation.enums import Moderation
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.ideas.deliberation.services.maps import recompute_map
from tequio.ideas.deliberation.services.moderation import decline_statement, publish_statement

pytestmark = pytest.mark.django_db
UNHEARD = "Kingfishers should vote on the masts."


@pytest.fixture
def item(conversation):
    return Item.objects.select_related("territory").get(pk=conversation.pk)


@pytest.fixture
def statement(conversation, guest):
    conversation.moderation = Moderation.AFTER
    conversation.save()
    return write_statement(conversation, UNHEARD, language="en", by=guest)


@pytest.mark.parametrize("state", ["draft", "held", "published", "declined", "withdrawn"])
def test_it_keeps_its_state(item, mora, state):
    Item.objects.filter(pk=item.pk).update(state=state)
    hide_item(item, reason="unlawful", note="A court said so.", by=mora)
    row = Item.objects.get(pk=item.pk)
    assert (row.state, row.hidden_reason, row.hidden_note, row.hidden_by) == (
        state, "unlawful", "A court said so.", mora.audit_id,
    )  # fmt: skip
    unhide_item(item, by=mora)
    row.refresh_from_db()
    assert (row.state, row.hidden_by, row.hidden_reason, row.hidden_note, row.hidden_at) == (
        state,
        "",
        "",
        "",
        None,
    )


def test_who_sees_it(item, alice, mora, bob, charlie, member, guest):
    hide_item(item, reason="spam", by=mora)
    item.refresh_from_db()
    sees = {
        one: visible_to(one).filter(pk=item.pk).exists()
        for one in (None, guest, member, charlie, alice, mora, bob)
    }
    assert list(sees.values()) == [False, False, False, False, True, True, True]
    assert all(can_see(one, item) == seen for one, seen in sees.items())


def test_only_moderators_of_the_place(item, alice, charlie, member, mora):
    for one in (charlie, member):
        with pytest.raises(Refused):
            hide_item(item, reason="spam", by=one)
    with pytest.raises(ValueError, match="unknown reason"):
        hide_item(item, reason="dislike", by=mora)
    with pytest.raises(Refused):
        unhide_item(item, by=mora)
    hide_item(item, reason="spam", decision="moderation.decision:3", by=mora)
    assert Item.objects.get(pk=item.pk).hidden_by == "moderation.decision:3"
    assert Record.objects.filter(act="item.hide").count() == 1


def test_lists_and_search_forget_it_for_everybody(item, alice, mora):
    for one in (None, alice, mora):
        assert listed(one).filter(pk=item.pk).exists()
        assert search(one, "neighbourhoods").exists()
    hide_item(item, reason="spam", by=mora)
    for one in (None, alice, mora):
        assert not listed(one).filter(pk=item.pk).exists()
        assert not search(one, "neighbourhoods").exists()
        assert not search_parts(None, "repair").exists(), "its parts go with it"


def test_pages_of_a_hidden_conversation(browser_of, client, item, alice, mora):
    """Kept pages too: the same browser has just been handed the page."""
    paths = [
        f"/en/conversations/{item.pk}/{part}"
        for part in ("", "statements/", "results/", "sheet/", "export.zip", "results.json")
    ]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    hide_item(item, reason="attack", note="See our rules.", by=mora)
    from tequio.guards.services import bump_page_version

    bump_page_version()  # what the worker does with the job the service asked for
    from tequio.guards.middleware import STORE

    STORE.clear()
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    own = browser_of(alice).get(paths[0]).content.decode()
    assert "Hidden: only whoever wrote it and the moderators see it." in own
    assert "It attacks people instead of saying what should be done." in own
    assert "See our rules." in own
    unhide_item(Item.objects.get(pk=item.pk), by=mora)
    bump_page_version()
    STORE.clear()
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)


def test_hiding_asks_for_new_pages(item, mora):
    from procrastinate.contrib.django.models import ProcrastinateJob

    before = ProcrastinateJob.objects.filter(task_name="guards.bump_page_version").count()
    hide_item(item, reason="spam", by=mora)
    assert ProcrastinateJob.objects.filter(task_name="guards.bump_page_version").count() >= max(1, before)


def test_a_hidden_statement_is_nowhere_but_with_its_author(
    browser_of, conversation, statement, guest, member, mora
):
    answer_statement(statement, 1, by=member)
    decline_statement(statement, reason="attack", note="Birds do not vote.", by=mora)
    statement.item.refresh_from_db()
    assert (statement.item.state, statement.item.hidden_reason) == ("published", "attack")
    base = f"/en/conversations/{conversation.pk}/"
    for path in (
        base,
        base + "statements/",
        base + "sheet/",
        base + "results/",
        base + "results.json",
        base + "answer/",
    ):
        assert UNHEARD not in browser_of(None).get(path).content.decode()
    assert browser_of(None).get(f"/en/statements/{statement.pk}/").status_code == 404
    assert not search_parts(None, "kingfishers").exists()
    mine = browser_of(guest).get(base + "mine/").content.decode()
    assert UNHEARD in mine
    assert "Birds do not vote." in mine
    assert UNHEARD in browser_of(guest).get(f"/en/statements/{statement.pk}/").content.decode()
    answered = browser_of(member).get(base + "mine/").content.decode()
    assert UNHEARD not in answered
    assert "is not shown any more" in answered
    with pytest.raises(Refused):
        answer_statement(statement, -1, by=mora)


def test_exports_and_maps_leave_it_out_and_take_it_back(browser_of, conversation, statement, member, mora):
    answer_statement(statement, 1, by=member)
    decline_statement(statement, reason="attack", by=mora)
    assert UNHEARD not in exported(browser_of(None), conversation)
    recompute_map(conversation.pk)
    results = browser_of(None).get(f"/en/conversations/{conversation.pk}/results.json").content.decode()
    assert UNHEARD not in results
    publish_statement(statement, by=mora)
    assert UNHEARD in exported(browser_of(None), conversation)
    assert search_parts(None, "kingfishers").exists()


def exported(client, conversation):
    """Every file of the export in one text."""
    answer = client.get(f"/en/conversations/{conversation.pk}/export.zip")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.dumps(
            [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()], ensure_ascii=False
        )
