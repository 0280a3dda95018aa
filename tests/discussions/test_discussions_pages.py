"""The pages: who gets them, what stands there, how heavy they are, how few questions they ask the database."""

from __future__ import annotations

import re
import time

import pytest
from django.core import signing

from forms import open_browser, send
from markup import read_page
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import add_translation
from tequio.base.trap import BEGAN, SALT
from tequio.discussions.models import Comment, Useful
from tequio.discussions.services.moderating import hide_comment, hold_comment, release_comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.tallying import tally
from tequio.discussions.services.writing import edit_comment, withdraw_comment
from words_on_pages import body, said

pytestmark = pytest.mark.django_db


def unhurried() -> dict[str, str]:
    """What a form says of a person who took a minute."""
    return {BEGAN: signing.Signer(salt=SALT).sign(str(int((time.time() - 60) * 1000)))}


def test_empty_says_what_to_do(plan, item):
    page = body(f"/en/discussions/{plan.pk}/")
    assert page.count("Nobody has spoken on this side yet.") == 2
    assert "Speak for it" in page


def test_a_page_shows_every_word_once_with_its_answers(plan, say, guest, bob):
    pro, contra = (
        say(plan, "I am for it.", side="for"),
        say(plan, "I am against it.", side="against", by=guest),
    )
    say(plan, "Why is that?", reply_to=contra, by=bob, name="Bob")
    tally(plan.pk)
    page = body(f"/en/discussions/{plan.pk}/")
    assert said(page) == ["I am for it.", "I am against it.", "Why is that?"]
    assert "For, 1" in page
    assert "Against, 1" in page
    assert "3 comments" in page
    assert "A guest" in page
    assert f'id="c{pro.pk}"' in page
    on_item = body(f"/en/conversations/{plan.pk}/")
    assert said(on_item) == ["I am for it.", "I am against it.", "Why is that?"]
    assert f"/en/discussions/{plan.pk}/" in on_item


def test_off_is_nowhere(item, say, alice):
    comment = say(item)
    set_discussion(item, comments="off", by=alice)
    for path in (
        f"/en/discussions/{item.pk}/",
        f"/en/comments/{comment.pk}/",
        f"/en/discussions/{item.pk}/write/",
    ):
        assert open_browser(alice).get(path).status_code == 404
    assert "It is far." not in body(f"/en/conversations/{item.pk}/")


def test_closed_is_read_only(plan, say, alice, bob):
    say(plan, side="for")
    comment = Comment.objects.get()
    set_discussion(plan, comments="closed", by=alice)
    page = body(f"/en/discussions/{plan.pk}/", bob)
    assert "Comments are closed" in page
    assert "For, 1" in page
    assert "Answer" not in said(page)
    for path in (f"/en/discussions/{plan.pk}/write/", f"/en/comments/{comment.pk}/answer/"):
        answer = send(open_browser(bob), path, {"text": "Still.", "language": "en", "side": "for"})
        assert answer.status_code == 403
        assert "Comments are closed" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_for_members(item, alice, guest, member):
    set_discussion(item, comments="one", who_may="members", by=alice)
    for who in (None, guest):
        assert "Sign in or join" in body(f"/en/discussions/{item.pk}/", who)
        page = open_browser(who).get(f"/en/discussions/{item.pk}/write/")
        assert page.status_code == 403
        assert "for members" in page.content.decode()
    assert open_browser(member).get(f"/en/discussions/{item.pk}/write/").status_code == 200


def test_writing_by_a_visitor_makes_a_guest_once(plan):
    browser = open_browser()
    form = {"form_key": "a" * 32, "text": "The roof is ours.", "language": "fr", "side": "for", "name": "Afi"}
    form |= unhurried()
    path = f"/en/discussions/{plan.pk}/write/"
    first, again = browser.post(path, form), browser.post(path, form)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    comment = Comment.objects.get()
    assert (comment.signed, comment.author.is_guest, list(comment.words)) == ("Afi", True, ["fr"])
    page = browser.get(first["Location"]).content.decode()
    assert "Everybody can read it now" in page
    assert "Take it back" in page
    stranger = body(first["Location"])
    assert "Take it back" not in stranger
    assert "in French" in stranger


@pytest.mark.parametrize(
    ("change", "field"),
    [({"text": ""}, "text"), ({"text": " \u202e "}, "text"), ({"text": "x" * 2_001}, "text"), ({"side": ""}, "side"),
     ({"side": "maybe"}, "side"), ({"language": "xx-nonsense"}, "language"), ({"name": "x" * 81}, "name"),
     ({"name": "Alice"}, "name")],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_is_wrong(plan, change, field):
    form = {"text": "Words.", "language": "en", "side": "for", "name": "", **change}
    answer = send(open_browser(), f"/en/discussions/{plan.pk}/write/", form)
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_answering(item, say, bob, guest):
    comment = say(item)
    answer = send(
        open_browser(guest),
        f"/en/comments/{comment.pk}/answer/",
        {"text": "And cold.", "language": "en", **unhurried()},
    )
    assert answer.status_code == 302
    reply = Comment.objects.get(reply_to=comment)
    assert open_browser(bob).get(f"/en/comments/{reply.pk}/answer/").status_code == 404
    assert "To the comment it answers" in body(f"/en/comments/{reply.pk}/")
    assert open_browser(bob).get("/en/comments/999999/answer/").status_code == 404


def test_changing_and_its_history(item, say, member, bob):
    comment = say(item, "It is far.")
    path = f"/en/comments/{comment.pk}/edit/"
    assert open_browser(bob).get(path).status_code == 404
    assert send(open_browser(bob), path, {"text": "No."}).status_code == 404
    assert send(open_browser(member), path, {"text": ""}).status_code == 422
    assert "It was never changed" in body(f"/en/comments/{comment.pk}/history/")
    assert send(open_browser(member), path, {"text": "It is too far."}).status_code == 302
    root, _mistakes = read_page(body(f"/en/comments/{comment.pk}/history/"))
    [added] = root.all("ins")
    assert "too" in added.text()
    assert "changed" in body(f"/en/discussions/{item.pk}/")


def test_taking_back_leaves_a_word(item, say, member, bob, mora):
    comment = say(item, "It is far.")
    path = f"/en/comments/{comment.pk}/withdraw/"
    assert open_browser(bob).get(path).status_code == 404
    assert "It is far." in body(path, member)
    assert send(open_browser(member), path).status_code == 302
    for page in (
        f"/en/discussions/{item.pk}/",
        f"/en/conversations/{item.pk}/",
        f"/en/comments/{comment.pk}/",
    ):
        source = body(page)
        assert "Withdrawn by the author." in source
        assert "It is far." not in source
    for who in (member, mora):
        assert "It is far." in body(f"/en/comments/{comment.pk}/", who)
    assert open_browser(None).get(f"/en/comments/{comment.pk}/history/").status_code == 404


def test_hidden_and_held_are_for_author_and_moderator(item, say, member, mora, bob, charlie, guest):
    hidden, held = say(item, "It is vile."), say(item, "Buy this.")
    answer = say(item, "Please be kind.", reply_to=hidden, by=guest)
    hide_comment(hidden, reason="attack", note="Say it kindly.", by=mora)
    hold_comment(held, by=mora)
    tally(item.pk)
    for who in (None, guest, charlie):
        source = body(f"/en/discussions/{item.pk}/", who)
        assert "It is vile." not in source
        assert "Buy this." not in source
        assert "Hidden by a moderator." in source
        assert "Please be kind." in source
        for comment in (hidden, held):
            for way in ("", "history/", "answer/"):
                assert open_browser(who).get(f"/en/comments/{comment.pk}/{way}").status_code == 404
    source = body(f"/en/discussions/{item.pk}/", member)
    assert "It is vile." in source
    assert "Say it kindly." in source
    assert "It attacks people" in source
    assert "Waiting for a moderator" in source
    assert "Buy this." in body(f"/en/comments/{held.pk}/", mora)
    assert answer.is_shown


def test_erased_words(item, say, bob):
    comment = say(item)
    say(item, "I remember.", reply_to=comment, by=bob)
    tally(item.pk)
    Comment.objects.filter(pk=comment.pk).update(words={}, author=None, signed="")
    for path in (f"/en/discussions/{item.pk}/", f"/en/comments/{comment.pk}/"):
        source = body(path)
        assert "took the words along" in source
        assert "Somebody who left" in source
    assert open_browser().get(f"/en/comments/{comment.pk}/history/").status_code == 404


def test_the_readers_language_and_the_original(item, say):
    comment = say(item, "Urrun dago.", language="eu")
    words = add_translation(comment.words, "es", "Queda lejos.", by="Ane")
    Comment.objects.filter(pk=comment.pk).update(words=words)
    spanish = body(f"/es/discussions/{item.pk}/")
    assert said(spanish) == ["Queda lejos."]
    assert f"/es/comments/{comment.pk}/?original=1" in spanish
    original = body(f"/es/comments/{comment.pk}/", original="1")
    assert "Urrun dago." in original
    assert 'lang="eu"' in original
    assert said(body(f"/en/discussions/{item.pk}/")) == ["Urrun dago."]


def test_useful_by_a_visitor_and_from_the_list(item, say, bob):
    comment = say(item)
    source = body(f"/en/discussions/{item.pk}/")
    assert "<form" not in source
    assert f"useful/?mark={comment.pk}" in source
    visitor = open_browser()
    path = f"/en/discussions/{item.pk}/useful/"
    assert "Is this comment useful to you?" in visitor.get(path, {"mark": comment.pk}).content.decode()
    assert send(visitor, path, {"mark": comment.pk})["Location"] == f"/en/comments/{comment.pk}/"
    assert "(1)" in visitor.get(f"/en/comments/{comment.pk}/").content.decode()
    back = send(open_browser(bob), path, {"mark": comment.pk, "back": "list"})
    assert back["Location"] == f"/en/discussions/{item.pk}/#c{comment.pk}"
    back = send(open_browser(bob), path, {"unmark": comment.pk, "back": "item"})
    assert back["Location"] == f"/en/conversations/{item.pk}/#c{comment.pk}"
    assert Useful.objects.count() == 1


def test_useful_of_nothing_and_of_ones_own(item, say, member, bob, conversation):
    comment = say(item)
    path = f"/en/discussions/{item.pk}/useful/"
    assert open_browser(bob).get(path).status_code == 404
    for wrong in ({}, {"mark": "x"}, {"mark": comment.pk, "unmark": comment.pk}):
        assert send(open_browser(bob), path, wrong).status_code == 422
    assert send(open_browser(member), path, {"mark": comment.pk}).status_code == 404
    assert send(open_browser(bob), path, {"mark": 999_999}).status_code == 404


def test_translating_page(item, say, mora, bob, member, charlie):
    comment = say(item, "It is far.")
    path = f"/en/translations/comment/{comment.pk}/"
    assert open_browser(charlie).get(path).status_code == 404
    seen = re.search(r'name="words_seen" value="([^"]+)"', body(path, mora))[1]
    done = send(open_browser(mora), path, {"words_seen": seen, "words_fr": "C’est loin.", "words_es": ""})
    assert done.status_code == 302
    late = send(open_browser(bob), path, {"words_seen": seen, "words_fr": "Loin !", "words_es": "Lejos."})
    assert late.status_code == 422
    source = late.content.decode()
    assert "Lejos." in source
    assert "C’est loin." in source
    newer = re.search(r'name="words_seen" value="([^"]+)"', source)[1]
    assert newer != seen
    again = send(open_browser(bob), path, {"words_seen": newer, "words_fr": "Loin.", "words_es": "Lejos."})
    assert again.status_code == 302
    assert said(body(f"/es/discussions/{item.pk}/")) == ["Lejos."]


def test_moderators_see_why_it_waits(item, say, mora, member):
    hold_comment(say(item), by=mora)
    comment = Comment.objects.get()
    Comment.objects.filter(pk=comment.pk).update(signs={"trap": 1.0, "links": 0.0})
    assert "A field was filled that people do not see" in body(f"/en/comments/{comment.pk}/", mora)
    assert "A field was filled that people do not see" not in body(f"/en/comments/{comment.pk}/", member)


def test_long_words_are_cut_in_the_list_and_whole_on_their_page(item, say):
    comment = say(item, "word " * 300 + "end.")
    source = body(f"/en/discussions/{item.pk}/")
    assert "Read it whole" in source
    assert "end." not in source
    assert "end." in body(f"/en/comments/{comment.pk}/")


def test_lines_stay_and_links_are_plain(item, say):
    sent = say(item, "One\nTwo\n\n[here](javascript:alert(1)) <b>x</b> https://a.example <https://b.example>")
    release_comment(sent, by=SYSTEM)  # two links in a first post wait
    root, _mistakes = read_page(body(f"/en/discussions/{item.pk}/"))
    prose = next(one for one in root.all("div") if one.attributes.get("class") == "prose")
    assert len(prose.all("br")) == 1
    assert [a.attributes["href"] for a in prose.all("a")] == ["https://b.example"]
    assert "b" not in {one.tag for one in prose.all()}


def test_the_organiser_opens_it_in_the_form(conversation, alice):
    path = f"/en/conversations/{conversation.pk}/edit/"
    browser = open_browser(alice)
    source = browser.get(path).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', source)[1]
    form = {
        "language": "en", "question": "How do we get online?", "languages": ["en"], "who_may": "members",
        "moderation": "after", "comments": "two", "seen": seen, "do": "save", "background": "Slow.",
    }  # fmt: skip
    assert send(browser, path, form).status_code == 302
    conversation.refresh_from_db()
    assert conversation.item.comments == "two"
    assert conversation.item.discussion.who_may == "members"
    assert "For and against" in body(f"/en/conversations/{conversation.pk}/")


def test_who_edited_sees_nothing_lost(item, say, member):
    comment = say(item, "It is far.")
    edit_comment(comment, "It is near.", by=member)
    withdraw_comment(comment, by=member)
    hide_comment(comment, reason="spam", by=SYSTEM)
    source = body(f"/en/comments/{comment.pk}/", member)
    assert "It is advertising." in source
