"""The pages: who gets them, what stands there, how heavy they are, how few questions they ask the database."""

from __future__ import annotations

import gzip
import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import open_browser, send
from markup import read_page
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import add_translation, write_original
from tequio.base.trap import BEGAN, SALT
from tequio.discussions.models import Comment, CommentNumbers, Useful
from tequio.discussions.services.moderating import hide_comment, hold_comment, release_comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.tallying import tally
from tequio.discussions.services.writing import edit_comment, withdraw_comment
from tequio.guards.middleware import STORE
from tequio.people.models import Person

pytestmark = pytest.mark.django_db
FIRST_ANSWER = 14_000


def unhurried() -> dict[str, str]:
    """What a form says of a person who took a minute."""
    return {BEGAN: signing.Signer(salt=SALT).sign(str(int((time.time() - 60) * 1000)))}


def body(path: str, person: Person | None = None, **query: str) -> str:
    STORE.clear()  # what was kept changes with a job only
    page = open_browser(person).get(path, query)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def said(source: str) -> list[str]:
    """The words of the comments on a page, in their order."""
    root, mistakes = read_page(source)
    assert mistakes == []
    return [
        one.text() for one in root.all("div") if one.attributes.get("class") == "prose" and one.inside("li")
    ]


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
    path = f"/en/comments/{comment.pk}/translate/"
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


def crowd(item, number: int, *, length: int = 300) -> None:
    """So many comments with answers and marks, of realistic length, over thirty days."""
    now = timezone.now()
    people = [Person(language="en", name=f"Person {place}") for place in range(20)]
    for person in people:
        person.set_unusable_password()
        person.save()
    text = (
        "The bus that should come at seven comes at half past, and nobody tells us why it is late again. "
        * 30
    )
    rows = Comment.objects.bulk_create(
        Comment(
            item=item, author=people[place % 20], signed=people[place % 20].name, number=place + 1,
            words=write_original(f"Point {place}. " + text[place % 90 :][: length + place % 200], "en"),
            made_at=now - timedelta(minutes=place * 80 + 5), side=("for" if place % 2 else "against") if item.comments == "two" else "",
        )
        for place in range(number)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(
            item=item, reply_to=rows[place % max(1, number // 3)], author=people[place % 7], number=number + place + 1,
            words=write_original(f"Answer {place}. " + text[:200], "en"), made_at=now - timedelta(minutes=place),
        )
        for place in range(number // 2)
    )  # fmt: skip
    Useful.objects.bulk_create(
        Useful(comment=row, person=person) for row in rows for person in people[: row.pk % 9]
    )
    tally(item.pk)


def questions(path: str, person: Person | None = None) -> int:
    browser = open_browser(person)
    browser.get(path)
    STORE.clear()
    STORE.current_version()
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_one_three_and_five_hundred_ask_the_same(plan):
    """Literal numbers: a visitor's page of the discussion, of the item, of one comment."""
    for number in (1, 3, 500):
        Comment.objects.all().delete()
        crowd(plan, number)
        comment = Comment.objects.filter(reply_to=None).order_by("pk")[0]
        assert questions(f"/en/discussions/{plan.pk}/") == 5, number
        assert questions(f"/en/conversations/{plan.pk}/") == 8, number
        assert questions(f"/en/comments/{comment.pk}/") <= 5, number
        assert questions(f"/en/discussions/{plan.pk}/?order=newest") == 7, number


def test_five_hundred_are_light(plan, alice, member):
    crowd(plan, 500)
    for who in (None, member):
        for path in (f"/en/discussions/{plan.pk}/", f"/en/conversations/{plan.pk}/"):
            weight = len(gzip.compress(open_browser(who).get(path).content, 6))
            assert weight <= FIRST_ANSWER, f"{path} {weight}"
            assert questions(path, who) <= 12


def walk(item, order: str, side: str = "") -> list[str]:
    """The first words of every comment, page after page."""
    path, found = f"/en/discussions/{item.pk}/?order={order}&side={side}", []
    for _ in range(80):
        root, _mistakes = read_page(body(path))
        found += [
            one.text().split(". ")[0] for one in root.all("div")
            if one.attributes.get("class") == "prose" and one.text().startswith("Point")
        ]  # fmt: skip
        more = [
            a.attributes["href"]
            for a in root.all("a")
            if "after=" in a.attributes.get("href", "").partition("/en/d")[2]
        ]
        if not more:
            return found
        path = more[0]
    raise AssertionError("it never ends")


def test_every_order_leads_through_all_of_them_once(plan):
    crowd(plan, 61)
    all_of_them = {f"Point {number}" for number in range(1, 61, 2)}
    orders = {}
    for order in ("mixed", "newest", "oldest"):
        orders[order] = walk(plan, order, "for")
        assert len(orders[order]) == len(set(orders[order]))
        assert set(orders[order]) == all_of_them
    newest = sorted(all_of_them, key=lambda words: int(words.split()[1]))
    assert orders["newest"] == newest
    assert orders["oldest"] == newest[::-1]
    assert orders["mixed"] != newest


def test_a_walk_goes_on_where_somebody_went_away(item, member):
    crowd(item, 30)
    first = body(f"/en/discussions/{item.pk}/")
    after = re.search(r"after=([0-9.]+)", first)[1]
    last = int(after.split(".")[2])
    seen = set(said(first))
    Comment.objects.filter(pk=last).update(hidden_by="decision:1")
    CommentNumbers.objects.filter(pk=last).update(replies=0)
    second = said(body(f"/en/discussions/{item.pk}/", after=after))
    assert second
    assert len(set(second) & seen) <= 1


@pytest.mark.parametrize(
    "after", ["x", "1.2.3", "99999999999999.1.1", "1e9.1.1", "-1.0.0", "١.٢.٣", "1" * 400]
)
def test_odd_cursors_begin_at_the_beginning(item, after):
    crowd(item, 12)
    for order in ("mixed", "newest", "oldest", "sideways"):
        assert said(body(f"/en/discussions/{item.pk}/", order=order, after=after, side="behind"))


def test_why_it_stands_there(item, say, alice):
    crowd(item, 9)
    comment = Comment.objects.filter(reply_to=None).order_by("pk")[0]
    source = body(f"/en/comments/{comment.pk}/")
    place = int(re.search(r"place (\d+) of 9", source)[1])
    order = said(body(f"/en/discussions/{item.pk}/"))
    words = comment.words["en"]["text"][:12]
    tops = [one for one in order if one.startswith("Point")]
    assert tops[place - 1].startswith(words)
    assert "Others found it useful" in source
    assert "/recipes/comment-order/" in source or "comment-order" in source


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
