"""Writing, answering, changing and taking back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tequio.algorithms.risk import Filling
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.base.multilingual import original_text, read, version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment, CommentRevision, Discussion
from tequio.discussions.selectors.versions import changes_of
from tequio.discussions.services import writing
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.translating import translate_comment
from tequio.discussions.services.writing import edit_comment, withdraw_comment, write_comment
from tequio.people.models import Person
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    return list(
        Record.objects.filter(act__startswith="comment.").order_by("pk").values_list("act", flat=True)
    )


def test_a_comment_is_shown_at_once(item, member):
    comment = write_comment(item, "It is far.", language="en", name="Mina", by=member)
    comment.refresh_from_db()
    assert (comment.state, comment.author, comment.signed, comment.side) == ("published", member, "Mina", "")
    assert read(comment.words, "fr").text == "It is far."
    assert comment.number is None
    assert acts() == ["comment.write"]
    assert "far" not in str(Record.objects.order_by("-pk").values_list("data", flat=True)[0])


def test_a_guest_may_comment_and_a_stranger_too(item, guest, charlie, say):
    assert say(item, by=guest).author == guest
    assert say(item, by=charlie).author == charlie


def test_any_language_and_no_other(item, say):
    assert "eu" in say(item, "Urrun dago.", language="eu").words
    assert "zh-Hant" in say(item, "太遠了", language="zh-Hant").words
    with pytest.raises(ValidationError):
        say(item, language="not a tag")
    assert Comment.objects.count() == 2


def test_sides(plan, say):
    assert say(plan, side="for").side == "for"
    assert say(plan, side="against").side == "against"
    for wrong in ("", "maybe"):
        with pytest.raises(Refused) as refused:
            say(plan, side=wrong)
        assert refused.value.code == "side"


def test_one_column_takes_no_side(item, say):
    with pytest.raises(Refused):
        say(item, side="for")


def test_one_level_of_answers(plan, say, member):
    above = say(plan, side="for")
    answer = say(plan, reply_to=above)
    assert (answer.reply_to, answer.side) == (above, "")
    with pytest.raises(Refused):
        say(plan, reply_to=answer)
    with pytest.raises(ValueError, match="no side"):
        say(plan, reply_to=above, side="for")


def test_an_answer_belongs_to_the_same_item(item, conversation, say):
    other = conversation.statements.first().item
    other.comments = "one"
    other.save()
    with pytest.raises(ValueError, match="item"):
        say(other, reply_to=say(item))


@pytest.mark.parametrize("words", ["", "x" * 2_001])
def test_length(item, say, words):
    with pytest.raises(ValueError, match="1 to 2000"):
        say(item, words)


@pytest.mark.parametrize("comments", ["off", "closed"])
def test_where_there_is_no_talk_nothing_is_said(item, alice, say, comments):
    set_discussion(item, comments=comments, by=alice)
    with pytest.raises(Refused) as refused:
        say(item)
    assert refused.value.code == "closed"


def test_after_the_end(item, say):
    item.closes_at = timezone.now()
    with pytest.raises(Refused):
        say(item)


def test_members_only(item, alice, guest, member, say):
    set_discussion(item, comments="one", who_may="members", by=alice)
    with pytest.raises(Refused):
        say(item, by=guest)
    assert say(item, by=member)


def test_read_first(item, alice, say):
    set_discussion(item, comments="one", reads_first=True, by=alice)
    assert say(item).state == "held"


def test_what_looks_risky_waits(item, say, monkeypatch, member):
    monkeypatch.setattr(writing, "look_at", lambda *_, **__: writing_look())
    comment = say(item)
    assert (comment.state, comment.signs) == ("held", {"links": 3.0})
    Comment.objects.filter(pk=comment.pk).update(state="published")
    assert edit_comment(comment, "Other words.", by=member).state == "held"


def writing_look():
    from tequio.discussions.services.looking import Look

    return Look({"links": 3.0}, is_held=True)


def test_nobody_signs_as_who_looks_after_the_place(item, alice, mora, guest, member, say):
    for name in ("Alice", "ALICÉ", "mora"):
        with pytest.raises(Refused) as refused:
            say(item, by=guest, name=name)
        assert refused.value.code == "name"
    assert say(item, by=alice, name="Alice").signed == "Alice"
    assert say(item, by=guest, name="Mina").signed == "Mina"
    with pytest.raises(ValueError, match="80"):
        say(item, name="x" * 81)


def test_ten_the_first_day_then_sixty(item, db, say):
    new, old = begin_guest(language="en"), begin_guest(language="en")
    Person.objects.filter(pk=old.pk).update(began_at=timezone.now() - timedelta(days=2))
    old.refresh_from_db()
    for person, most in ((new, 10), (old, 60)):
        for _ in range(most):
            say(item, by=person)
        with pytest.raises(Refused) as refused:
            say(item, by=person)
        assert refused.value.code == "too_often"
    assert Comment.objects.count() == 70


def test_a_guest_who_was_merged_meanwhile(item, guest, say):
    Person.objects.filter(pk=guest.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        say(item, by=guest)
    assert refused.value.code == "merged"


def test_changing_keeps_what_it_was(item, say, member):
    comment = edit_comment(say(item, "It is far."), "It is very far.", by=member)
    comment = edit_comment(comment, "It is very far away.", by=member)
    assert original_text(comment.words) == "It is very far away."
    assert comment.edited_at
    newest, first = changes_of(comment)
    [paragraph] = first.paragraphs
    assert [(piece.kind, piece.text.strip()) for piece in paragraph.pieces] == [
        ("same", "It is"), ("added", "very"), ("same", "far."),
    ]  # fmt: skip
    assert any(piece.kind == "added" and "away" in piece.text for piece in newest.paragraphs[0].pieces)
    assert acts() == ["comment.write", "comment.edit", "comment.edit"]


def test_the_same_words_are_no_change(item, say, member):
    comment = edit_comment(say(item, "It is far."), "It is far.", by=member)
    assert comment.edited_at is None
    assert not CommentRevision.objects.exists()


def test_changing_has_its_limits(item, say, member, bob):
    comment = say(item)
    for who in (bob, begin_guest(language="en")):
        with pytest.raises(Refused):
            edit_comment(comment, "Mine now.", by=who)
    with pytest.raises(ValueError, match="1 to 2000"):
        edit_comment(comment, "", by=member)
    Comment.objects.filter(pk=comment.pk).update(made_at=timezone.now() - timedelta(hours=24, seconds=1))
    with pytest.raises(Refused):
        edit_comment(comment, "Too late.", by=member)


def test_taking_back(item, say, member, bob):
    comment = say(item, "It is far.")
    answer = say(item, reply_to=comment, by=bob)
    with pytest.raises(Refused):
        withdraw_comment(comment, by=bob)
    withdraw_comment(comment, by=member)
    comment.refresh_from_db()
    answer.refresh_from_db()
    assert (comment.state, answer.state) == ("withdrawn", "published")
    assert original_text(comment.words) == "It is far."
    with pytest.raises(Refused):
        withdraw_comment(comment, by=member)
    with pytest.raises(Refused):
        edit_comment(comment, "No, here it is.", by=member)
    with pytest.raises(Refused):
        say(item, reply_to=comment)


def test_taking_back_also_when_it_is_closed(item, alice, say, member):
    comment = say(item)
    set_discussion(item, comments="closed", by=alice)
    assert withdraw_comment(comment, by=member).state == "withdrawn"


def test_translating(item, say, make_member, lome, member, bob, charlie):
    translator = make_member("Tara", "translator", lome)
    comment = say(item, "It is far.")
    seen = version_of(comment.words)

    def typed(seen: str, **texts: str) -> dict[str, Typed]:
        return {"words": Typed(texts, seen)}

    with pytest.raises(Refused):
        translate_comment(comment, typed(seen, fr="C’est loin."), by=charlie)
    translated = translate_comment(comment, typed(seen, fr="C’est loin.", es=""), by=translator)
    words = read(translated.words, "fr")
    assert (words.text, words.translator, words.is_stale) == ("C’est loin.", "Tara", False)
    assert "es" not in translated.words
    with pytest.raises(Refused) as refused:
        translate_comment(comment, typed(seen, fr="Loin."), by=bob)
    assert refused.value.code == "changed"
    changed = edit_comment(translated, "It is too far.", by=member)
    assert read(changed.words, "fr").is_stale
    own = translate_comment(changed, typed(version_of(changed.words), es="Queda lejos."), by=member)
    assert read(own.words, "es").translator == "Mina"


def test_opening_says_how(item, alice):
    assert Discussion.objects.get(pk=item.pk).who_may == "anyone"
    rules = set_discussion(item, comments="two", who_may="members", reads_first=True, by=alice)
    assert (rules.who_may, rules.reads_first) == ("members", True)
    assert Item.objects.get(pk=item.pk).comments == "two"
    with pytest.raises(ValueError, match="unknown"):
        set_discussion(item, comments="three", by=alice)


def test_two_columns_only_where_nobody_stands_between_them(item, alice, say):
    comment = say(item)
    for before in ("one", "off"):
        set_discussion(item, comments=before, by=alice)
        with pytest.raises(Refused) as refused:
            set_discussion(item, comments="two", by=alice)
        assert refused.value.code == "sides"
    Comment.objects.filter(pk=comment.pk).update(side="for")
    assert set_discussion(item, comments="two", by=alice)
    assert set_discussion(item, comments="one", by=alice)


def test_unknown_words(item, alice):
    with pytest.raises(ValueError, match="unknown"):
        set_discussion(item, comments="one", who_may="nobody", by=alice)


def test_a_machine_waits_and_a_person_does_not(item, say, guest, make_member):
    assert say(item, "My street has been dark since May.", by=guest).state == "published"
    machine = begin_guest(language="en")
    sent = say(
        item, "Win now at https://a.example and https://b.example!", by=machine, filling=Filling(True, 0.2)
    )
    assert sent.state == "held"
    assert sent.signs["trap"] == 1
    assert sent.signs["links"] == 2
    again = say(item, "My street has been dark since May!", by=machine)
    assert again.signs["copy"] == 1


def test_ones_own_words_are_no_copy_when_they_change(item, say, guest):
    comment = say(item, "My street has been dark since May.", by=guest)
    changed = edit_comment(comment, "My street has been dark since last May.", by=guest)
    assert (changed.state, changed.signs["copy"]) == ("published", 0)
