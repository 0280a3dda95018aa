"""Who sees, answers, changes, takes back, marks, translates: every kind of person at every kind of comment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.discussions import permissions as may
from tequio.discussions.models import Comment
from tequio.discussions.services.marking import mark_useful, take_mark_back
from tequio.discussions.services.moderating import hide_comment, hold_comment, release_comment, show_comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.writing import withdraw_comment
from tequio.people.models import Person
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db
KINDS = ("shown", "held", "hidden", "withdrawn", "erased")


@pytest.fixture
def comments(plan: Item, member: Person, say: Callable[..., Comment]) -> dict[str, Comment]:
    """One of each kind, by the member."""
    made = {kind: say(plan, f"It is {kind}.", side="for") for kind in KINDS}
    hold_comment(made["held"], by=SYSTEM)
    hide_comment(made["hidden"], reason="spam", by=SYSTEM)
    withdraw_comment(made["withdrawn"], by=member)
    Comment.objects.filter(pk=made["erased"].pk).update(words={}, author=None, signed="")
    rows = Comment.objects.select_related("item__territory", "item__discussion").in_bulk()
    return {kind: rows[comment.pk] for kind, comment in made.items()}


@pytest.fixture
def crowd(
    member: Person, guest: Person, bob: Person, mora: Person, charlie: Person
) -> dict[str, Person | None]:
    return {
        "visitor": None, "guest": guest, "stranger": charlie, "author": member, "moderator": mora, "colleague": bob,
    }  # fmt: skip


ALL = {"visitor", "guest", "stranger", "author", "moderator", "colleague"}
# Facilitators hold a moderator's rights in their place.
AFTER_IT = {"moderator", "colleague"}


def those(
    rule: Callable[[Person | None, Comment], bool], comment: Comment, crowd: dict[str, Person | None]
) -> set[str]:
    return {name for name, person in crowd.items() if rule(person, comment)}


def test_the_whole_table(comments, crowd):
    table = {
        "can_see": (ALL, {"author"} | AFTER_IT, {"author"} | AFTER_IT, ALL, ALL),
        "can_read_words": (ALL, {"author"} | AFTER_IT, {"author"} | AFTER_IT, {"author"} | AFTER_IT, ALL),
        "can_reply": (ALL, set(), set(), set(), ALL),
        "can_edit": ({"author"}, {"author"}, set(), set(), set()),
        "can_withdraw": ({"author"}, {"author"}, {"author"}, set(), set()),
        "can_mark": (ALL - {"author"}, set(), set(), set(), set()),
        "can_translate": ({"author"} | AFTER_IT, set(), set(), set(), set()),
    }
    for rule, expected in table.items():
        for kind, who in zip(KINDS, expected, strict=True):
            assert those(getattr(may, rule), comments[kind], crowd) == who, f"{rule} of {kind}"


def test_both_faces_agree(comments, crowd, plan):
    """The queryset and the function say the same of everybody and everything, whatever the item is."""
    for change in ({}, {"comments": "closed"}, {"comments": "off"}, {"state": "draft"}, {"state": "withdrawn"},
                   {"hidden_by": "decision:1"}, {"audience": "invited"}):  # fmt: skip
        kept = {name: getattr(plan, name) for name in change}
        Item.objects.filter(pk=plan.pk).update(**change)
        for name, person in crowd.items():
            seen = set(may.visible_to(person).values_list("pk", flat=True))
            rows = Comment.objects.select_related("item__territory", "item__part_of")
            assert seen == {row.pk for row in rows if may.can_see(person, row)}, f"{name} {change}"
        Item.objects.filter(pk=plan.pk).update(**kept)


def test_who_may_comment(plan, crowd, alice):
    assert {name for name, person in crowd.items() if may.can_comment(person, plan)} == ALL
    set_discussion(plan, comments="two", who_may="members", by=alice)
    assert {name for name, person in crowd.items() if may.can_comment(person, plan)} == ALL - {
        "visitor",
        "guest",
    }
    plan.closes_at = timezone.now()
    assert not may.is_open(plan)
    assert {name for name, person in crowd.items() if may.can_comment(person, plan)} == set()


def test_an_item_without_rules_is_for_anyone(conversation):
    item = Item.objects.get(pk=conversation.pk)
    assert may.rules_of(item).who_may == "anyone"
    assert not may.can_comment(None, item)


def test_who_left_may_nothing(plan, say, guest):
    gone = begin_guest(language="en")
    gone.is_active = False
    assert not may.can_comment(gone, plan)
    assert not may.can_mark(gone, say(plan, side="for"))


def test_an_answer_has_no_answers(plan, say, bob):
    answer = say(plan, reply_to=say(plan, side="for"))
    assert not may.can_reply(bob, answer)


def test_a_day_to_change(plan, say, member):
    comment = say(plan, side="for")
    assert may.can_edit(member, comment)
    comment.made_at = timezone.now() - timedelta(hours=24, seconds=1)
    assert not may.can_edit(member, comment)
    assert may.can_withdraw(member, comment)


def test_moderators_hide_and_show_again(plan, say, mora, member, charlie, guest):
    comment = say(plan, side="for")
    for who in (member, charlie, guest):
        for service in (show_comment, release_comment, hold_comment):
            with pytest.raises(Refused):
                service(comment, by=who)
        with pytest.raises(Refused):
            hide_comment(comment, reason="spam", by=who)
    with pytest.raises(ValueError, match="reason"):
        hide_comment(comment, reason="I do not like it", by=mora)
    hidden = hide_comment(comment, reason="attack", note="Mind the tone.", decision="decision:7", by=mora)
    assert (hidden.hidden_by, hidden.hidden_reason, hidden.state) == ("decision:7", "attack", "published")
    assert show_comment(hidden, by=mora).is_shown
    assert hide_comment(comment, reason="spam", by=mora).hidden_by == mora.audit_id


def test_holding_and_letting_through(plan, say, mora, member):
    comment = hold_comment(say(plan, side="for"), by=mora)
    assert comment.state == "held"
    assert release_comment(comment, by=mora).state == "published"
    withdraw_comment(comment, by=member)
    assert release_comment(comment, by=mora).state == "withdrawn"
    assert hold_comment(comment, by=mora).state == "withdrawn"


def test_marks(plan, say, bob, member):
    comment = say(plan, side="for")
    assert mark_useful(comment, by=bob) is True
    assert mark_useful(comment, by=bob) is False
    assert take_mark_back(comment, by=bob) is True
    assert take_mark_back(comment, by=bob) is False
    with pytest.raises(Refused):
        mark_useful(comment, by=member)


def test_two_hundred_marks_an_hour(plan, say, bob, monkeypatch):
    monkeypatch.setattr("tequio.discussions.services.marking.MARKS_AN_HOUR", 3)
    comment = say(plan, side="for")
    for _ in range(3):
        mark_useful(comment, by=bob)
    with pytest.raises(Refused) as refused:
        mark_useful(comment, by=bob)
    assert refused.value.code == "too_often"


def test_who_translates_a_comment(plan, say, member, guest, mora, charlie):
    comment = say(plan, side="for")
    assert may.can_translate(member, comment), "her own"
    assert may.can_translate(mora, comment), "moderators of the place are its translators too"
    for nobody in (None, guest, charlie):
        assert not may.can_translate(nobody, comment)
    comment.item.state = "withdrawn"
    assert not may.can_translate(member, comment), "she sees no more of what it was said about"
