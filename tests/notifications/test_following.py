"""Following and ceasing to, what follows by itself, and who sees it."""

from __future__ import annotations

import pytest

from forms import open_browser, send
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.services import set_state
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.notifications.invariants import follows_say_what_they_are
from tequio.notifications.models import Follow, Preference
from tequio.notifications.permissions import can_change_letters, can_follow, notices_visible_to, visible_to
from tequio.notifications.selectors.pages import followed
from tequio.notifications.services import follow_item, follow_place, follow_search, unfollow
from tequio.people.services.merging import merge_guest

pytestmark = pytest.mark.django_db


def test_following_twice_is_following_once(member, conversation, lome):
    for _ in range(2):
        follow_item(conversation.item, by=member)
        follow_place(lome, by=member)
        follow_search("wells  and pumps", by=member)
    keys = sorted(visible_to(member).values_list("key", flat=True))
    assert keys == [f"item:{conversation.pk}", f"place:{lome.pk}:", "search:::wells and pumps"]
    assert list(follows_say_what_they_are()) == []


def test_a_place_by_kind_and_a_search_in_a_place_are_follows_of_their_own(member, lome, bilbao):
    follow_place(lome, by=member)
    follow_place(lome, kind="conversation", by=member)
    follow_search("wells", territory=lome, by=member)
    follow_search("wells", territory=bilbao, kind="process", by=member)
    assert visible_to(member).count() == 4
    with pytest.raises(ValueError, match="unknown kind"):
        follow_place(lome, kind="nothing", by=member)


def test_ceasing_twice_is_no_mistake(member, conversation):
    key = follow_item(conversation.item, by=member).key
    assert unfollow(key, by=member)
    assert not unfollow(key, by=member)


def test_nobody_ends_anothers_follow(member, alice, conversation):
    key = follow_item(conversation.item, by=member).key
    unfollow(key, by=alice)  # she ends her own of the same thing
    assert visible_to(member).filter(key=key).exists()
    assert not visible_to(alice).filter(key=key).exists()


def test_what_one_makes_is_followed_by_itself(alice, conversation):
    row = visible_to(alice).get()
    assert (row.item_id, row.is_own) == (conversation.pk, True)


def test_unless_she_switched_it_off(alice, lome, wants_letters):
    wants_letters(alice, follows_own=False)
    plan = Plan(question=words("What next?"), background=words("Something."), languages=["en"])
    open_conversation(plan, territory=lome, by=alice)
    open_conversation(plan, territory=lome, by=SYSTEM)
    assert not Follow.objects.exists()


def test_hidden_things_cannot_be_followed_and_leave_the_list(member, alice, conversation):
    follow_item(conversation.item, by=member)
    set_state(conversation.item, "withdrawn", by=alice)
    assert followed(member) == []
    assert [row.title.text for row in followed(alice)] == ["How should our neighbourhoods get online?"]
    assert not can_follow(member, conversation.item)
    with pytest.raises(Refused):
        follow_item(conversation.item, by=member)


def test_a_search_needs_a_word_and_there_are_not_too_many(member):
    with pytest.raises(Refused):
        follow_search(" … ", by=member)
    for number in range(50):
        follow_search(f"well {number}", by=member)
    with pytest.raises(Refused):
        follow_search("one more", by=member)


def test_follows_are_hers_alone(member, alice, guest, conversation):
    follow_item(conversation.item, by=member)
    assert visible_to(None).count() == notices_visible_to(None).count() == 0
    assert visible_to(guest).count() == 0
    page = open_browser(alice).get("/en/following/").content.decode()
    assert page.count('name="follow"') == 1  # her own conversation
    pk = visible_to(member).get().pk
    assert send(open_browser(alice), "/en/following/", {"follow": pk}).status_code == 404
    assert send(open_browser(), "/en/following/", {"follow": pk}).status_code == 404
    for odd in ("", "x", "1" * 30, "-1", "٣"):
        assert send(open_browser(member), "/en/following/", {"follow": odd}).status_code == 404
    assert visible_to(member).count() == 1


def test_letters_are_chosen_by_members_for_themselves(member, alice, guest):
    assert can_change_letters(member, member)
    assert not can_change_letters(alice, member)
    assert not can_change_letters(SYSTEM, member)
    assert not can_change_letters(guest, guest)
    member.is_active = False
    assert not can_change_letters(member, member)


def test_a_guest_who_signs_in_keeps_what_she_followed(guest, member, conversation, lome, wants_letters):
    follow_item(conversation.item, by=guest)
    follow_item(conversation.item, by=member)
    follow_place(lome, by=guest)
    wants_letters(member)
    assert merge_guest(guest, member, by=member)
    assert visible_to(member).count() == 2
    assert Preference.objects.get(person=member).rhythm == "daily"
    assert list(follows_say_what_they_are()) == []


def test_from_the_page_of_a_thing_and_back(member, conversation, lome):
    browser = open_browser(member)
    path = f"/en/conversations/{conversation.pk}/"
    assert "Follow" in browser.get(path).content.decode()
    answer = send(browser, f"/en/follow/item/{conversation.pk}/", {"do": "follow"})
    assert answer["Location"] == path
    page = browser.get(path).content.decode()
    assert "You follow this now" in page
    assert "Following. Stop" in page
    assert send(browser, f"/en/follow/item/{conversation.pk}/", {"do": "stop"})["Location"] == path
    assert not visible_to(member).exists()
    assert send(browser, f"/en/follow/place/{lome.code}/", {"do": "follow"}).status_code == 302
    assert "Following. Stop" in browser.get(f"/en/places/{lome.code}/").content.decode()


def test_a_visitor_becomes_a_guest_by_following(conversation):
    browser = open_browser()
    page = browser.get(f"/en/conversations/{conversation.pk}/").content.decode()
    assert f'href="/en/follow/item/{conversation.pk}/"' in page
    assert "<form" not in page.replace('<form class="filters', "")
    send(browser, f"/en/follow/item/{conversation.pk}/", {"do": "follow"})
    assert Follow.objects.filter(person__is_guest=True, item=conversation.pk).count() == 1
    assert "How should our neighbourhoods" in browser.get("/en/following/").content.decode()


def test_a_search_is_followed_from_its_page(member, lome):
    browser = open_browser(member)
    assert "/en/follow/search/?q=wells" in browser.get("/en/search/?q=wells").content.decode()
    assert 'value="wells"' in browser.get(f"/en/follow/search/?q=wells&place={lome.code}").content.decode()
    answer = send(browser, "/en/follow/search/", {"q": "wells", "place": lome.code, "do": "follow"})
    assert answer["Location"] == "/en/search/?q=wells"
    row = visible_to(member).get()
    assert (row.words, row.territory_id) == ("wells", lome.pk)
    assert "“wells”" in browser.get("/en/following/").content.decode()
    assert send(browser, "/en/follow/search/", {"q": "", "do": "follow"}).status_code == 422
    assert send(browser, "/en/follow/search/", {"q": "x", "kind": "?", "do": "follow"}).status_code == 422
    assert (
        send(browser, "/en/follow/search/", {"q": "x", "place": "XX-no", "do": "follow"}).status_code == 404
    )
