"""Announcing, and the worker telling everybody: once each, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from house_organisations import portrait
from jobs import work
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.catalogue.services import set_state
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation, publish_conversation
from tequio.ideas.deliberation.services.moderation import decline_statement, publish_statement
from tequio.ideas.deliberation.services.uptake import answer_for, take_answer_back
from tequio.notifications.enums import Event
from tequio.notifications.models import Announcement, Notice
from tequio.notifications.permissions import notices_visible_to
from tequio.notifications.selectors.pages import followed, notice_page, unread
from tequio.notifications.services import (
    announce,
    follow_item,
    follow_organisation,
    follow_place,
    follow_search,
    tell,
    telling,
    watching,
    withdraw_notices,
)
from tequio.notifications.services.announcing import source_of
from tequio.notifications.services.choosing import read_notices
from tequio.notifications.services.roles import tell_of_role
from tequio.organisations.models import Organisation
from tequio.organisations.services.organisations import make_organisation
from tequio.outbox.models import Letter
from tequio.people.models import Role
from tequio.people.services import begin_guest, grant_role
from tequio.people.services.roles import end_role

pytestmark = pytest.mark.django_db


def told(person, event=None):
    """What stands on her page: (event, item)."""
    rows = notices_visible_to(person).filter(in_page=True).order_by("id")
    return [row.announcement.event for row in rows.select_related("announcement")]


def tell_all():
    for pk in Announcement.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True):
        telling.tell_followers(pk)


def open_in(place, by, question="Where should the wells be?", **values):
    plan = Plan(question=words(question), background=words("Water is far."), languages=["en"], **values)
    return open_conversation(plan, territory=place, by=by)


def test_whoever_follows_the_place_or_above_hears_of_what_opens(
    member, charlie, mora, lome, togo, bilbao, alice
):
    follow_place(lome, by=member)
    follow_place(togo, by=mora)
    follow_place(bilbao, by=charlie)
    open_in(lome, alice)
    tell_all()
    assert told(member) == told(mora) == ["opened"]
    assert told(charlie) == []


def test_never_to_the_one_who_acted(alice, bob, lome):
    follow_place(lome, by=alice)
    follow_place(lome, by=bob)
    open_in(lome, alice)
    tell_all()
    assert told(alice) == []
    assert told(bob) == ["opened"]


def test_a_search_hears_of_new_things_it_finds_in_its_place_and_kind(make_member, lome, bilbao, alice):
    names = ("Any", "Plural", "There", "Elsewhere", "Process", "Other", "Talk")
    people = {name: make_member(name) for name in names}
    follow_search("well", by=people["Any"])
    follow_search("WELLS water", by=people["Plural"])
    follow_search("wells", territory=lome, by=people["There"])
    follow_search("wells", territory=bilbao, by=people["Elsewhere"])
    follow_search("wells", kind="process", by=people["Process"])
    follow_search("buses", by=people["Other"])
    follow_search("wells", kind="conversation", by=people["Talk"])
    conversation = open_in(lome, alice)
    tell_all()
    heard = {name for name, person in people.items() if told(person)}
    assert heard == {"Any", "Plural", "There", "Talk"}
    announce(Event.OVER, item=conversation.item, by=SYSTEM)
    tell_all()
    assert told(people["Any"]) == ["opened"]  # a search finds what is new, and no more


def test_more_searches_than_one_query_tries(make_member, lome, alice):
    looker = make_member("Looker")
    for number in range(49):
        follow_search(f"zzz{number}", by=looker)
    other = make_member("Other")
    for number in range(49, 70):
        follow_search(f"zzz{number}", by=other)
    follow_search("wells", by=other)
    open_in(lome, alice)
    tell_all()
    assert (told(looker), told(other)) == ([], ["opened"])


def test_one_who_follows_in_three_ways_is_told_once(member, talk, lome, togo):
    follow_item(talk.item, by=member)
    follow_place(lome, by=member)
    follow_place(togo, by=member)
    for _ in range(3):
        announce(Event.OVER, item=talk.item, by=SYSTEM)
        tell_all()
    assert told(member) == ["over"]
    assert Announcement.objects.filter(event="over").count() == 1


def test_who_follows_an_organisation_hears_of_what_it_opens(member, mora, charlie, talk, alice, lome):
    weavers = make_organisation(portrait("Weavers", lome), by=alice)
    follow_organisation(weavers, by=member)
    follow_organisation(make_organisation(portrait("Choir", lome), by=alice), by=mora)
    talk.item.organisation = weavers
    talk.item.save(update_fields=["organisation"])
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    assert (told(member), told(mora)) == (["over"], [])
    assert "Weavers" in [str(row.title) for row in followed(member)]
    Organisation.objects.filter(pk=weavers.pk).update(hidden_by="moderator")
    assert followed(member) == []
    weavers.refresh_from_db()
    with pytest.raises(Refused):
        follow_organisation(weavers, by=charlie)


def test_a_part_is_told_to_who_follows_the_whole_not_the_place(member, mora, talk, alice, lome):
    follow_item(talk.item, by=member)
    follow_place(lome, by=mora)
    Announcement.objects.all().delete()
    statement = talk.statements.first()
    answer_for(statement, "taken_up", words("We begin in May.", "Empezamos en mayo."), by=alice)
    tell_all()
    assert (told(member), told(mora), told(alice)) == (["answered"], [], [])
    line = notice_page(member).rows[0]
    assert line.line.words.text == "We begin in May."
    assert line.thing.title.text == "How should our neighbourhoods get online?"
    take_answer_back(statement, by=alice)
    assert told(member) == []
    answer_for(statement, "in_part", words("We begin in June."), by=alice)
    tell_all()
    assert told(member) == ["answered"]


def test_drafts_are_told_when_they_are_published(member, lome, alice):
    follow_place(lome, by=member)
    plan = Plan(question=words("Secret?"), background=words("Not yet."), languages=["en"])
    draft = open_conversation(plan, territory=lome, is_draft=True, by=alice)
    tell_all()
    assert told(member) == []
    publish_conversation(draft, by=alice)
    tell_all()
    assert told(member) == ["opened"]


def test_what_opens_later_is_told_when_it_opens(member, lome, alice):
    follow_place(lome, by=member)
    conversation = open_in(lome, alice, opens_at=timezone.now() + timedelta(days=1))
    tell_all()
    assert watching.take_up_again() == 0
    assert told(member) == []
    Announcement.objects.filter(item=conversation.pk).update(due_at=timezone.now())
    assert watching.take_up_again() == 1
    tell_all()
    assert told(member) == ["opened"]


def test_what_is_withdrawn_before_it_is_told_is_not_told(member, lome, alice, talk):
    follow_place(lome, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    set_state(talk.item, "withdrawn", by=alice)
    tell_all()
    assert not Notice.objects.filter(person=member).exists()


def test_hidden_later_the_notice_is_gone_from_the_page_and_the_count(member, talk, lome):
    follow_place(lome, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    assert unread(member) == 1
    Item.objects.filter(pk=talk.pk).update(hidden_by="moderation.decision:1")
    assert (told(member), unread(member)) == ([], 0)


def test_only_some_may_see_it_and_only_they_are_told(member, mora, bob, talk, lome):
    """Invited people only: followers of the place are asked one by one."""
    for person in (member, mora, bob):
        follow_place(lome, by=person)
    Item.objects.filter(pk=talk.pk).update(audience="invited")
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    assert (told(member), told(mora)) == ([], ["over"])


def test_a_decision_takes_notices_back_by_their_source(member, alice, talk, lome):
    follow_place(lome, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    announce(Event.RESULTS, item=talk.item, by=SYSTEM)
    tell_all()
    assert told(member) == ["over", "results"]
    open_before = Announcement.objects.filter(source=source_of(talk.item)).count()
    assert withdraw_notices(source_of(talk.item), by=alice) == open_before
    assert withdraw_notices(source_of(talk.item), by=alice) == 0
    assert (told(member), unread(member)) == ([], 0)
    assert announce(Event.OVER, item=talk.item, by=SYSTEM)


def test_the_author_of_a_statement_hears_what_was_decided(guest, mora, talk):
    statement = write_statement(talk, "Share the school's line.", language="en", by=guest)
    decline_statement(statement, reason="unclear", note="Which school?", by=mora)
    assert told(guest) == ["declined"]
    said = notice_page(guest).rows[0].line.words.text
    assert "Share the school's line." in said
    assert "Which school?" in said
    statement.refresh_from_db()
    publish_statement(statement, by=mora)
    assert told(guest) == ["published"]
    decline_statement(statement, reason="spam", by=mora)
    assert told(guest) == ["declined"]


def test_a_role_is_told_while_it_lasts_and_not_to_who_took_it_herself(make_member, lome):
    person = make_member("Ada")
    given = grant_role(person, "translator", lome, by=SYSTEM)
    assert tell_of_role(given.pk)
    assert told(person) == ["role"]
    own = Role.objects.create(person=person, role="moderator", territory=lome, granted_by=person)
    assert not tell_of_role(own.pk)
    ended = grant_role(person, "facilitator", lome, by=SYSTEM)
    end_role(ended, by=SYSTEM, reason="She moved away.")
    assert not tell_of_role(ended.pk)
    assert told(person) == ["role"]


def test_a_moderator_is_not_told_of_her_own_statement(mora, talk):
    statement = write_statement(talk, "Share the school's line.", language="en", by=mora)
    publish_statement(statement, by=mora)
    assert told(mora) == []


def test_what_is_for_all_is_not_told_to_one(member, talk):
    with pytest.raises(ValueError, match="announce it"):
        tell(member, Event.OPENED, source="x:1", item=talk.item, by=SYSTEM)


def test_notices_read_up_to_the_one_she_saw(member, talk, lome):
    follow_place(lome, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    seen = notice_page(member).newest
    announce(Event.RESULTS, item=talk.item, by=SYSTEM)
    tell_all()
    assert unread(member) == 2
    assert read_notices(member, seen, by=member) == 1
    assert unread(member) == 1
    other = begin_guest(language="en")
    assert read_notices(other, 10**9, by=other) == 0


def test_a_letter_at_once_only_with_consent_and_address(make_member, wants_letters, guest, talk, lome):
    eager, silent, agreeing = make_member("Eager"), make_member("Silent"), make_member("Agreeing")
    switches = {"over": ["page", "at_once"]}
    wants_letters(eager, "never", switches=switches)
    wants_letters(agreeing, "never")
    for person in (eager, silent, agreeing, guest):
        follow_place(lome, by=person)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    tell_all()
    letter = Letter.objects.get()
    assert letter.to == "eager@example.org"
    assert letter.subject == "Is over: How should our neighbourhoods get online?"
    assert "http://localhost" in letter.text
    assert f"/en/conversations/{talk.pk}/" in letter.text
    assert "/stop/" in letter.stop_url
    row = Notice.objects.get(person=eager)
    assert (row.in_page, row.in_digest) == (True, False)
    assert told(silent) == told(guest) == ["over"]


def test_who_switched_all_off_is_not_even_written_down(member, wants_letters, talk, lome):
    wants_letters(member, "daily", switches={"over": []})
    follow_place(lome, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    assert not Notice.objects.filter(person=member).exists()


def test_closing_soon_and_over_by_the_clock_each_once(member, talk, lome):
    follow_item(talk.item, by=member)
    Announcement.objects.all().delete()
    item = Item.objects.filter(pk=talk.pk)
    item.update(closes_at=timezone.now() + timedelta(days=5))
    assert watching.watch_clock() == 0
    item.update(closes_at=timezone.now() + timedelta(hours=30))
    assert [watching.watch_clock(), watching.watch_clock()] == [1, 0]
    item.update(closes_at=timezone.now() + timedelta(hours=40))
    assert watching.watch_clock() == 1  # the day was moved
    item.update(closes_at=timezone.now() - timedelta(hours=1))
    assert [watching.watch_clock(), watching.watch_clock()] == [1, 0]
    item.update(closes_at=timezone.now() - timedelta(days=9))
    assert watching.watch_clock() == 0
    tell_all()
    assert told(member) == ["over"]  # what closes soon was over before the worker came to it


def test_batches_go_on_where_a_killed_worker_stopped(make_member, talk, lome, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 3)
    people = [make_member(f"P{number}") for number in range(8)]
    for person in people:
        follow_place(lome, by=person)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    row = Announcement.objects.get(event="over")
    assert telling._tell_batch(row.pk, []) == 3
    row.refresh_from_db()
    assert (row.told, row.done_at) == (3, None)
    # Killed after the commit of its notices was lost: the row says less than is there.
    Announcement.objects.filter(pk=row.pk).update(told_up_to=0, told=0)
    assert telling.tell_followers(row.pk) == 5 + 1  # the organiser follows what she made
    assert Notice.objects.filter(announcement=row).count() == 9
    assert Notice.objects.filter(announcement=row).values("person").distinct().count() == 9
    assert telling.tell_followers(row.pk) == 0


def test_old_notices_go(member, talk, lome):
    follow_place(lome, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    tell_all()
    assert watching.prune() == 0
    long_ago = timezone.now() - timedelta(days=200)
    Notice.objects.update(made_at=long_ago)
    Announcement.objects.update(made_at=long_ago)
    assert watching.prune() > 0
    assert not Notice.objects.exists()
    assert not Announcement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_it_all_after_the_commit(queue, make_member, lome, alice):
    person = make_member("Ada")
    follow_place(lome, by=person)
    open_in(lome, alice)
    assert told(person) == []
    work()
    assert told(person) == ["opened"]
    assert told(alice) == ["role"]
    page = notice_page(alice).rows[0]
    assert str(page.line.words) == "Facilitator"
    assert page.line.path == f"/en/places/{lome.code}/"
