"""Carrying things on: who may, what comes of it, its strand, credit and notice; all or nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forms import key_of, send
from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.base.multilingual import add_translation, read
from tequio.catalogue.models import Item, ItemParty, Link
from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.catalogue.types import WAYS
from tequio.discussions.models import Comment
from tequio.discussions.services.moderating import hide_comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.writing import withdraw_comment, write_comment
from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import close_conversation, publish_conversation
from tequio.ideas.deliberation.services.moderation import decline_statement, publish_statement
from tequio.ideas.deliberation.services.uptake import answer_for
from tequio.ideas.processes.models import Process
from tequio.notifications.models import Notice
from tequio.portal.thread import services
from tequio.portal.thread.services import CARRIED_A_DAY, carry
from tequio.portal.thread.services.ways import CARRIES, Written, carry_of

pytestmark = pytest.mark.django_db
QUESTION = Written("en", "Who mends our lines?")
PLAN = Written("en", "Masts by schools", "Schools paint and keep them.", "A first school")


@pytest.fixture
def said(conversation, member, alice):
    """A shown statement that a member wrote, as an item."""
    statement = publish_statement(
        write_statement(conversation, "Masts by schools.", language="en", by=member), by=alice
    )
    return Item.objects.select_related("part_of", "territory").get(pk=statement.pk)


@pytest.fixture
def comment(conversation, member):
    set_discussion(conversation.item, comments="one", by=SYSTEM)
    return find_comment(write_comment(conversation.item, "Let schools paint them.", language="en", by=member))


def find_comment(comment):
    rows = Comment.objects.select_related("item__territory", "item__conversation", "item__part_of", "author")
    return rows.get(pk=comment.pk)


def statement_of(item):
    return Statement.objects.select_related("item", "conversation__item__territory").get(pk=item.pk)


def test_every_pair_is_registered_for_the_pages():
    assert {(one.way.source, one.way.to) for one in CARRIES} == set(WAYS)
    assert carry_of("statement", "enterprise") is None


def test_a_statement_becomes_a_draft_conversation_with_it_as_seed(said, alice, member):
    made = carry(said, to="conversation", written=QUESTION, by=alice)
    assert (made.kind, made.state, made.territory) == ("conversation", "draft", said.territory)
    (seed,) = made.conversation.statements.select_related("item")
    assert (seed.is_seed, seed.item.title) == (True, said.title)
    (link,) = Link.objects.all()
    assert (link.source, link.target, link.kind) == (made, said, "discusses")
    (party,) = ItemParty.objects.filter(item=made)
    assert (party.person, party.role, party.accepted_at) == (member, "source", None)
    act = Record.objects.get(act="thread.carry")
    assert act.object == f"catalogue.item:{made.pk}"
    assert act.data["source"] == f"statement:{said.pk}"


def test_whose_thought_it_was_hears_of_it_without_the_draft(said, alice, member, browser_of):
    carry(said, to="conversation", written=Written("en", "unseen-question?"), by=alice)
    (notice,) = Notice.objects.filter(person=member, announcement__event="carried")
    assert notice.announcement.path == f"/statements/{said.pk}/"
    page = browser_of(member).get("/en/notices/").content.decode()
    assert "Your words are carried on" in page
    assert "Masts by schools." in page
    assert "unseen-question" not in page
    assert "unseen-question" not in browser_of(member).get(said.path).content.decode()


def test_the_draft_shows_on_the_thread_once_it_is_published(said, alice, bob):
    made = carry(said, to="conversation", written=QUESTION, by=alice)
    assert thread_of(None, said) is None
    assert [knot.pk for knot in thread_of(bob, said).knots][-1] == made.pk
    publish_conversation(Conversation.objects.select_related("item__territory").get(pk=made.pk), by=alice)
    knots = thread_of(None, made).knots
    assert [(knot.kind, knot.depth) for knot in knots] == [
        ("conversation", -2), ("statement", -1), ("conversation", 0),
    ]  # fmt: skip
    assert all(knot.names == () for knot in knots), "statements stand without names"


def test_a_conversation_becomes_a_process_with_it_as_first_step(conversation, alice, bob, member):
    made = carry(conversation.item, to="process", written=PLAN, by=bob)
    process = Process.objects.get(pk=made.pk)
    first, second = process.phases.order_by("position")
    assert (first.part, read(first.title, "fr").text) == (conversation.item, "Conversation")
    assert read(second.title, "en").text == "A first school"
    assert (made.state, read(made.summary, "en").text) == ("published", "Schools paint and keep them.")
    (link,) = Link.objects.all()
    assert (link.source, link.target, link.kind) == (conversation.item, made, "grew_into")
    assert Notice.objects.filter(person=alice, announcement__event="carried").count() == 1
    assert [knot.kind for knot in thread_of(member, made).knots] == ["conversation", "process"]


def test_what_was_taken_up_becomes_a_process(said, alice, bob):
    with pytest.raises(Refused):
        carry(said, to="process", written=PLAN, by=alice)
    answer_for(statement_of(said), "not_taken_up", words("No."), by=alice)
    fresh = Item.objects.select_related("part_of").get(pk=said.pk)
    with pytest.raises(Refused):
        carry(fresh, to="process", written=PLAN, by=alice)
    answer_for(statement_of(said), "in_part", words("A little."), by=alice)
    fresh = Item.objects.select_related("part_of").get(pk=said.pk)
    made = carry(fresh, to="process", written=PLAN, by=alice)
    assert [knot.kind for knot in thread_of(None, made).knots] == ["conversation", "statement", "process"]


def test_a_comment_becomes_a_statement_that_waits(comment, conversation, alice, member, browser_of):
    Comment.objects.filter(pk=comment.pk).update(words=add_translation(comment.words, "fr", "Les écoles."))
    comment = find_comment(comment)
    made = carry(comment, to="statement", written=Written("en", "Let schools paint them."), by=alice)
    statement = Statement.objects.select_related("item").get(pk=made.pk)
    assert (statement.conversation_id, statement.item.state) == (conversation.pk, "held")
    assert statement.item.title == comment.words, "unchanged words keep their translations"
    (link,) = Link.objects.all()
    assert (link.source, link.target, link.anchor) == (conversation.item, made, f"comment-{comment.pk}")
    assert Notice.objects.filter(person=member, announcement__event="carried").count() == 1
    assert browser_of(None).get(made.path).status_code == 404
    assert thread_of(None, conversation.item) is None


def test_shortened_words_are_whoever_shortened_thems(comment, alice):
    made = carry(comment, to="statement", written=Written("en", "Schools paint."), by=alice)
    entry = Item.objects.get(pk=made.pk).title["en"]
    assert (entry["text"], entry["by"]) == ("Schools paint.", "Alice")


@pytest.mark.parametrize(("signed", "named"), [("Mina", True), ("", False), ("A neighbour", False)])
def test_a_name_stands_only_where_it_stood_already(conversation, member, alice, signed, named):
    set_discussion(conversation.item, comments="one", by=SYSTEM)
    comment = write_comment(conversation.item, "Paint them.", language="en", name=signed, by=member)
    made = carry(find_comment(comment), to="statement", written=Written("en", "Paint them."), by=alice)
    publish_statement(statement_of(made), by=alice)
    (knot,) = [one for one in thread_of(None, made).knots if one.pk == made.pk]
    assert knot.names == (("Mina",) if named else ())


WHO = ("tom", "guest", "member", "charlie", "mora", "bob", "alice")
MAY = {
    ("statement", "conversation"): {"bob", "alice"},
    ("statement", "process"): {"bob", "alice"},
    ("conversation", "process"): {"bob", "alice"},
    ("comment", "statement"): {"member", "mora", "bob", "alice"},
}


@pytest.mark.parametrize(("source", "to"), sorted(MAY))
@pytest.mark.parametrize("name", WHO)
def test_who_may_by_page_and_service(
    request, source, to, name, said, comment, conversation, alice, browser_of, make_member
):
    person = make_member("Tom") if name == "tom" else request.getfixturevalue(name)
    answer_for(statement_of(said), "taken_up", words("Yes."), by=alice)
    said = Item.objects.select_related("part_of").get(pk=said.pk)
    thing = {"statement": said, "conversation": conversation.item, "comment": comment}[source]
    is_allowed = name in MAY[source, to]
    assert ((source, to) in [(way.source, way.to) for way in ways_on(person, source, thing)]) == is_allowed
    kind = "comment" if source == "comment" else "item"
    status = browser_of(person).get(reverse("thread:carry", args=[kind, thing.pk, to])).status_code
    assert status == (200 if is_allowed else 302 if name == "guest" else 404)
    if not is_allowed:
        with pytest.raises(Refused):
            carry(thing, to=to, written=PLAN, by=person)
        assert not Link.objects.exists()


def test_nothing_that_is_not_shown_goes_on(said, comment, conversation, alice, member):
    hidden = decline_statement(statement_of(said), reason="unclear", by=alice).item
    assert ways_on(alice, "statement", Item.objects.select_related("part_of").get(pk=hidden.pk)) == []
    assert ways_on(None, "statement", said) == []
    hide_comment(comment, reason="spam", by=alice)
    assert ways_on(alice, "comment", find_comment(comment)) == []
    taken = write_comment(conversation.item, "Another one.", language="en", by=member)
    withdraw_comment(taken, by=member)
    assert ways_on(member, "comment", find_comment(taken)) == []


def test_a_closed_conversation_takes_no_comment_as_a_statement(comment, conversation, alice, member):
    close_conversation(conversation, by=alice)
    for person in (alice, member):
        assert ways_on(person, "comment", find_comment(comment)) == []


def test_a_comment_on_something_else_stays_a_comment(make_thing, member, alice):
    plan = make_thing("Plan")
    set_discussion(plan, comments="one", by=SYSTEM)
    comment = write_comment(plan, "Good.", language="en", by=member)
    row = Comment.objects.select_related("item__territory", "item__part_of", "author").get(pk=comment.pk)
    assert ways_on(alice, "comment", row) == []


def test_all_or_nothing(said, alice, monkeypatch):
    """The last act fails: no conversation, no strand, no credit, no notice."""

    def fail(*_words: object, **_more: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(services.audit, "record", fail)
    before = Item.objects.count()
    with pytest.raises(RuntimeError):
        carry(said, to="conversation", written=QUESTION, by=alice)
    assert Item.objects.count() == before
    assert not Link.objects.exists()
    assert not ItemParty.objects.exists()
    assert not Notice.objects.filter(announcement__event="carried").exists()


def test_not_without_bounds(said, alice, monkeypatch):
    assert CARRIED_A_DAY > 2
    monkeypatch.setattr(services, "CARRIED_A_DAY", 2)
    for _once in range(2):
        carry(said, to="conversation", written=QUESTION, by=alice)
    with pytest.raises(Refused):
        carry(said, to="conversation", written=QUESTION, by=alice)
    with pytest.raises(ValueError, match="1 to 200"):
        carry(said, to="conversation", written=Written("en", "x" * 201), by=alice)


def test_the_pages_from_the_button_to_the_draft(said, alice, browser_of):
    client = browser_of(alice)
    choose = f"/en/carry/item/{said.pk}/"
    assert choose in client.get(said.path).content.decode()
    assert "Ask everybody about this" in client.get(choose).content.decode()
    path = f"{choose}conversation/"
    page = client.post(path, {"title": " ", "language": "en", "form_key": key_of(client.get(path))})
    assert page.status_code == 422
    sent = send(client, path, {"title": "Who mends our lines?", "language": "en"})
    made = Item.objects.get(kind="conversation", state="draft")
    assert sent["Location"] == f"/en/conversations/{made.pk}/"
    assert client.get(sent["Location"]).status_code == 200
    assert "Carry this on" not in browser_of(None).get(said.path).content.decode()


def test_the_button_of_a_comment(comment, alice, member, charlie, browser_of):
    choose = f"/en/carry/comment/{comment.pk}/"
    for person, stands in ((alice, True), (member, True), (charlie, False), (None, False)):
        assert (choose in browser_of(person).get(comment.path).content.decode()) is stands
    sent = send(browser_of(member), f"{choose}statement/", {"title": "Schools paint.", "language": "en"})
    assert sent.status_code == 302
    assert browser_of(member).get(sent["Location"]).status_code == 200
    assert not Notice.objects.filter(announcement__event="carried").exists(), "it is her own"


@pytest.mark.parametrize(
    "path", ["secret/1/", "item/999999/", "comment/999999/", "item/1/nothing/", "x/1/process/"]
)
def test_what_is_not_there_is_absent(alice, browser_of, path):
    assert browser_of(alice).get(f"/en/carry/{path}").status_code == 404


def test_a_way_that_does_not_fit_the_thing_is_absent(said, conversation, alice, browser_of):
    for pk, to in ((said.pk, "statement"), (said.pk, "process"), (conversation.pk, "conversation")):
        assert browser_of(alice).get(f"/en/carry/item/{pk}/{to}/").status_code == 404
