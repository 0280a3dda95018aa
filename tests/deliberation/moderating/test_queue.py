"""The moderators' queue, and deciding on one statement."""

from __future__ import annotations

import uuid

import pytest

from forms import key_of, send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.models import Statement
from tequio.ideas.deliberation.permissions import statements_visible_to
from tequio.ideas.deliberation.services import moderation as services
from tequio.ideas.deliberation.services.moderation import state_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(conversation):
    return f"/en/conversations/{conversation.pk}/moderate/"


def decide(client, statement, do, **data):
    fresh = Statement.objects.select_related("item").get(pk=statement.pk)
    return send(
        client, f"/en/statements/{statement.pk}/decide/", {"do": do, "seen": state_seen(fresh), **data}
    )


def state_of(statement):
    return Statement.objects.select_related("item").get(pk=statement.pk).item.state


def jobs():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return set(ProcrastinateJob.objects.values_list("task_name", flat=True))


def test_the_oldest_stands_first_beside_what_is_close_to_it(browser_of, mora, url, hold, guest):
    hold("Prices have to be on a wall.")
    hold("Nobody should own a mast.")
    body = browser_of(mora).get(url).content.decode()
    assert "2 statements wait" in body
    assert body.index("Prices have to be on a wall.") < body.index("Nobody should own a mast.")
    assert "Participant 0" in body
    slip = body[body.index("Prices have to be on a wall.") : body.index("Nobody should own a mast.")]
    assert "Close to it" in slip
    assert "Prices have to be on the wall." in slip
    assert str(guest.uid) not in body


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_asks_as_often_for_one_as_for_three(
    browser_of, mora, url, hold, number, django_assert_num_queries
):
    for index in range(number):
        hold(f"Statement of its own, number {index * 7919}.")
    client = browser_of(mora)
    with django_assert_num_queries(10):
        assert client.get(url).status_code == 200


def test_an_empty_queue_says_so(browser_of, mora, url):
    assert "No statement waits" in browser_of(mora).get(url).content.decode()


def test_a_long_queue_has_pages(browser_of, mora, url, conversation, guest, monkeypatch):
    monkeypatch.setattr("tequio.ideas.deliberation.services.answering.STATEMENTS_A_DAY", 100)
    monkeypatch.setattr("tequio.ideas.deliberation.selectors.moderation.PAGE", 2)
    monkeypatch.setattr("tequio.ideas.deliberation.views.moderating.PAGE", 2)
    from tequio.ideas.deliberation.services.answering import write_statement

    for index in range(5):
        write_statement(conversation, f"Word{index} alone stands here", language="en", by=guest)
    client, seen, path = browser_of(mora), [], ""
    for _page in range(3):
        body = client.get(url + path).content.decode()
        seen += [index for index in range(5) if f"Word{index} alone" in body]
        path = f"?after={4 + 2 * _page}"
    assert seen == [0, 1, 2, 3, 4]
    for odd in ("?after=x", "?after=-5", "?after=99999999999999999999", "?shown=٣"):
        assert client.get(url + odd).status_code == 200


def test_publishing_shows_it_and_asks_for_a_map(browser_of, mora, held):
    assert not statements_visible_to(None).filter(pk=held.pk).exists()
    assert decide(browser_of(mora), held, "publish").status_code == 302
    assert statements_visible_to(None).filter(pk=held.pk).exists()
    assert Statement.objects.get(pk=held.pk).decided_at is not None
    assert Record.objects.filter(act="statement.publish", actor=mora.audit_id).count() == 1
    assert {"deliberation.recompute", "guards.bump_page_version"} <= jobs()


def test_the_author_reads_why_it_was_declined(browser_of, mora, held, guest):
    note = "Please write it without <b>names</b>."
    decide(browser_of(mora), held, "decline", reason="personal", note=note)
    statement = Statement.objects.get(pk=held.pk)
    assert (state_of(held), statement.decline_reason, statement.decline_note) == (
        "declined",
        "personal",
        note,
    )
    assert not statements_visible_to(None).filter(pk=held.pk).exists()
    page = browser_of(guest).get(f"/en/statements/{held.pk}/").content.decode()
    assert "It names or describes a private person." in page
    assert "without &lt;b&gt;names&lt;/b&gt;." in page


def test_declining_needs_a_reason_and_keeps_the_note(browser_of, mora, held):
    page = decide(browser_of(mora), held, "decline", note="Because of this.")
    assert page.status_code == 422
    assert "Choose why it is not shown." in page.content.decode()
    assert "Because of this." in page.content.decode()
    assert state_of(held) == "held"
    for odd in ({"reason": "nonsense"}, {"reason": "spam", "note": "x" * 501}):
        assert decide(browser_of(mora), held, "decline", **odd).status_code == 422
    assert decide(browser_of(mora), held, "nonsense").status_code == 422


def test_a_shown_one_can_be_hidden_and_shown_again(browser_of, mora, conversation):
    statement = conversation.statements.get(number=0)
    decide(browser_of(mora), statement, "decline", reason="attack", note="Say what should be done.")
    item = Item.objects.get(pk=statement.pk)
    assert (item.state, item.hidden_reason, item.hidden_note) == (
        "published", "attack", "Say what should be done.",
    )  # fmt: skip
    assert item.hidden_by == mora.audit_id
    decide(browser_of(mora), statement, "publish")
    item.refresh_from_db()
    assert (item.state, item.hidden_by, item.hidden_reason, item.hidden_at) == ("published", "", "", None)


def test_it_can_be_marked_as_asking_about_the_person(browser_of, mora, conversation):
    statement = conversation.statements.get(number=0)
    decide(browser_of(mora), statement, "meta")
    assert Statement.objects.get(pk=statement.pk).is_meta
    decide(browser_of(mora), statement, "not_meta")
    assert not Statement.objects.get(pk=statement.pk).is_meta


def test_the_second_of_two_moderators_is_told(browser_of, mora, alice, held):
    seen = state_seen(Statement.objects.select_related("item").get(pk=held.pk))
    decide(browser_of(mora), held, "decline", reason="spam")
    path = f"/en/statements/{held.pk}/decide/"
    page = send(browser_of(alice), path, {"do": "publish", "seen": seen})
    assert page.status_code == 422
    assert "A colleague decided on this statement meanwhile." in page.content.decode()
    assert state_of(held) == "declined"
    again = {"do": "publish", "seen": "declined-0", "form_key": key_of(page)}
    assert browser_of(alice).post(path, again).status_code == 302
    assert state_of(held) == "published"


def test_sent_twice_it_is_decided_once(browser_of, mora, held):
    client = browser_of(mora)
    client.get(f"/en/statements/{held.pk}/decide/")
    data = {"do": "publish", "seen": "held-0", "form_key": uuid.uuid4().hex}
    answers = [client.post(f"/en/statements/{held.pk}/decide/", data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Record.objects.filter(act="statement.publish").count() == 1


@pytest.mark.parametrize("page", ["statements/{}/decide", "statements/{}/merge", "translations/statement/{}"])
def test_whose_pages_these_are(browser_of, held, page, alice, bob, mora, charlie, member, guest):
    path = f"/en/{page.format(held.pk)}/"
    people = [alice, bob, mora, charlie, member, guest, None]
    assert [browser_of(one).get(path).status_code for one in people] == [200, 200, 200, 404, 404, 302, 302]
    assert browser_of(mora).get(f"/en/{page.format(999999)}/").status_code == 404


def test_whose_queue_it_is(browser_of, url, alice, bob, mora, charlie, member, guest):
    people = [alice, bob, mora, charlie, member, guest, None]
    assert [browser_of(one).get(url).status_code for one in people] == [200, 200, 200, 404, 404, 302, 302]


def test_another_place_is_out_of_reach_by_any_id(browser_of, charlie, held, conversation):
    """Twin territories: the facilitator of Bilbao changes nothing in Lomé."""
    client = browser_of(charlie)
    shown = conversation.statements.get(number=0)
    for statement in (held, shown):
        for page, data in (
            ("decide", {"do": "publish"}),
            ("decide", {"do": "decline", "reason": "spam"}),
            ("merge", {"number": "1"}),
            ("translate", {"text_es": "Robado"}),
            ("uptake", {"uptake": "taken_up", "language": "en", "text": "Mine"}),
        ):
            assert send(client, f"/en/statements/{statement.pk}/{page}/", data).status_code == 404
    for page in ("edit", "state", "translate", "moderate"):
        assert client.get(f"/en/conversations/{conversation.pk}/{page}/").status_code == 404
    assert set(Record.objects.filter(actor=charlie.audit_id).values_list("act", flat=True)) <= {"person.join"}


def test_the_services_hold_the_door_themselves(held, charlie, guest, mora):
    for person in (charlie, guest):
        with pytest.raises(Refused):
            services.publish_statement(held, by=person)
        with pytest.raises(Refused):
            services.mark_meta(held, is_meta=True, by=person)
    with pytest.raises(ValueError, match="unknown reason"):
        services.decline_statement(held, reason="dislike", by=mora)
