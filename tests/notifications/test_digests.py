"""Digests: when, for whom, what is in them, and each once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from house import build_house
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.consent.enums import Purpose
from tequio.consent.selectors import has_consent
from tequio.consent.services import withdraw
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.uptake import answer_for
from tequio.notifications.enums import Event, Stop
from tequio.notifications.invariants import digests_belong_to_whom_they_were_sent, everybody_is_told
from tequio.notifications.models import Announcement, Digest, Notice, Preference
from tequio.notifications.selectors.schedule import next_digest, period_of, zone_of
from tequio.notifications.services import announce, digests, follow_item, follow_place, telling
from tequio.notifications.services.choosing import Choice, choose_letters, stop_letters
from tequio.outbox.models import Letter
from tequio.outbox.services import Draft, write_letters

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def make_due(person):
    Preference.objects.filter(person=person).update(next_digest_at=timezone.now())


def tell_all():
    for pk in Announcement.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True):
        telling.tell_followers(pk)


def say(talk, event=Event.OVER, **values):
    announce(event, item=talk.item, by=SYSTEM, **values)
    tell_all()


@pytest.mark.parametrize(
    ("rhythm", "weekday", "hour", "zone", "after", "expected"),
    [
        ("daily", 0, 8, "UTC", MONDAY, "2026-11-23T08:00"),
        ("daily", 0, 7, "UTC", MONDAY, "2026-11-24T07:00"),  # now is not later
        ("weekly", 0, 8, "UTC", MONDAY, "2026-11-23T08:00"),
        ("weekly", 6, 8, "UTC", MONDAY, "2026-11-29T08:00"),
        ("daily", 0, 8, "America/Mexico_City", MONDAY, "2026-11-23T14:00"),
        ("daily", 0, 20, "Pacific/Kiritimati", MONDAY, "2026-11-24T06:00"),
        # Madrid: 02:00 does not come on 29 March 2026, and comes twice on 25 October.
        ("daily", 0, 2, "Europe/Madrid", datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-29T01:00"),
        ("daily", 0, 2, "Europe/Madrid", datetime(2026, 10, 24, 12, tzinfo=UTC), "2026-10-25T00:00"),
        ("daily", 0, 2, "Europe/Madrid", datetime(2026, 10, 25, 0, 0, tzinfo=UTC), "2026-10-26T01:00"),
    ],
)
def test_the_hour_strikes_by_her_clock(rhythm, weekday, hour, zone, after, expected):
    found = next_digest(rhythm, weekday, hour, zone, after=after)
    assert found.astimezone(UTC).isoformat()[:16] == expected


def test_never_is_never():
    assert next_digest("never", 0, 8, "UTC", after=MONDAY) is None


def test_the_clock_is_the_chosen_one_else_of_the_home(member, lome, bilbao):
    assert zone_of(None, member) == "UTC"
    member.home = bilbao
    assert zone_of(None, member) == "Europe/Madrid"
    assert zone_of(Preference(zone="America/Mexico_City"), member) == "America/Mexico_City"
    assert period_of(datetime(2026, 11, 23, 5, tzinfo=UTC), "America/Mexico_City") == "2026-11-22"


def test_one_letter_with_everything_in_it_and_only_once(member, talk, lome, alice, wants_letters):
    wants_letters(member)
    follow_place(lome, by=member)
    say(talk)
    make_due(member)
    assert digests.send_due_digests() == 1
    assert digests.send_due_digests() == 0
    letter = Letter.objects.get()
    assert letter.to == "mina@example.org"
    assert letter.subject == "1 notice for you: Lomé"
    for part in ("Hello Mina,", "== Lomé ==", "How should our neighbourhoods get online?", "Is over"):
        assert part in letter.text, part
    assert f"/en/conversations/{talk.pk}/" in letter.text
    assert "<h2>" in letter.html
    assert "/en/stop/" in letter.text
    assert letter.stop_url.startswith("http://localhost:8000/stop/")
    assert Preference.objects.get(person=member).next_digest_at > timezone.now()
    make_due(member)
    say(talk, Event.RESULTS)
    assert digests.send_due_digests() == 0  # that day had its letter
    assert Letter.objects.count() == 1
    Digest.objects.update(period="2020-01-01")  # as if that had been another day
    Letter.objects.all().delete()
    make_due(member)
    assert digests.send_due_digests() == 1
    newest = Letter.objects.get().text
    assert "First results" in newest
    assert "Is over" not in newest
    assert list(digests_belong_to_whom_they_were_sent()) == []


def test_in_her_language_with_what_was_said(member, talk, lome, alice, wants_letters):
    member.language = "es"
    member.save()
    wants_letters(member)
    follow_place(lome, by=member)
    say(talk)
    follow_item(talk.item, by=member)
    answer = words("We begin in May.", "Empezamos en mayo.")
    answer_for(talk.statements.first(), "taken_up", answer, by=alice)
    tell_all()
    make_due(member)
    digests.send_due_digests()
    text = Letter.objects.get().text
    assert "¿Cómo conectamos los barrios?" in text
    assert "Empezamos en mayo." in text
    assert "We begin" not in text
    assert f"/es/conversations/{talk.pk}/" in text


def test_text_of_people_is_escaped_in_html_and_plain_in_text(member, talk, lome, alice, wants_letters):
    wants_letters(member)
    follow_item(talk.item, by=member)
    answer_for(talk.statements.first(), "taken_up", words('<b>5 > 3</b> & "so"'), by=alice)
    tell_all()
    make_due(member)
    digests.send_due_digests()
    letter = Letter.objects.get()
    assert '<b>5 > 3</b> & "so"' in letter.text
    assert "<b>5" not in letter.html
    assert "&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; &quot;so&quot;" in letter.html


def test_nothing_happened_no_letter(member, wants_letters):
    wants_letters(member)
    make_due(member)
    assert digests.send_due_digests() == 0
    assert not Letter.objects.exists()
    assert not Digest.objects.exists()
    assert Preference.objects.get(person=member).next_digest_at > timezone.now()


def test_what_waits_for_her_is_in_it(mora, guest, talk, wants_letters):
    write_statement(talk, "Share the school's line.", language="en", by=guest)
    wants_letters(mora)
    make_due(mora)
    assert digests.send_due_digests() == 1
    letter = Letter.objects.get()
    assert letter.subject == "Something waits for you"
    assert "1 statement waits, written" in letter.text
    assert f"/en/conversations/{talk.pk}/moderate/" in letter.text
    Digest.objects.all().delete()
    wants_letters(mora, with_waiting=False)
    make_due(mora)
    assert digests.send_due_digests() == 0


def test_hidden_and_withdrawn_things_are_not_in_it(member, talk, lome, wants_letters):
    wants_letters(member)
    follow_place(lome, by=member)
    say(talk)
    Item.objects.filter(pk=talk.pk).update(hidden_by="moderation.decision:1")
    make_due(member)
    assert digests.send_due_digests() == 0
    Item.objects.filter(pk=talk.pk).update(hidden_by="")
    make_due(member)
    assert digests.send_due_digests() == 1  # nothing lost


def test_closes_soon_is_not_said_of_what_is_over(member, talk, lome, wants_letters):
    wants_letters(member)
    follow_place(lome, by=member)
    talk.item.closes_at = timezone.now() + timedelta(hours=5)
    talk.item.save()
    say(talk, Event.CLOSING, occasion=Announcement.occasion_of(talk.item))
    assert Notice.objects.filter(person=member, announcement__event="closing").exists()
    Item.objects.filter(pk=talk.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    make_due(member)
    assert digests.send_due_digests() == 0


def test_without_consent_no_letter_whatever_is_switched_on(member, talk, lome, wants_letters):
    wants_letters(member)
    follow_place(lome, by=member)
    say(talk)
    withdraw(member, Purpose.LETTERS, language="en", by=member)
    make_due(member)
    assert digests.send_due_digests() == 0
    assert Notice.objects.filter(person=member, digest=None).exists()


def test_an_unproven_address_gets_none(member, talk, lome, wants_letters):
    wants_letters(member)
    member.emailaddress_set.update(verified=False)
    follow_place(lome, by=member)
    say(talk)
    make_due(member)
    assert digests.send_due_digests() == 0


def test_one_that_fails_does_not_stop_the_others(
    member, mora, talk, lome, wants_letters, monkeypatch, caplog
):
    for person in (member, mora):
        wants_letters(person)
        follow_place(lome, by=person)
    say(talk)
    make_due(member)
    make_due(mora)
    plain = digests.digest_letter

    def broken(page, person):
        if person.pk == member.pk:
            raise RuntimeError("a template broke")
        return plain(page, person)

    monkeypatch.setattr(digests, "digest_letter", broken)
    assert digests.send_due_digests() == 1
    assert "could not be written" in caplog.text
    assert Letter.objects.get().to == "mora@example.org"
    monkeypatch.undo()
    make_due(member)
    assert digests.send_due_digests() == 1


def test_the_same_letter_is_written_once(db):
    draft = Draft(key=uuid.uuid4(), to="ada@example.org", subject="One\nline", text="Words.")
    write_letters([draft, draft])
    write_letters([draft])
    assert Letter.objects.get().subject == "One line"
    with pytest.raises(ValueError, match="one line"):
        write_letters([Draft(key=uuid.uuid4(), to="a@b.c\nBcc: x@y.z", subject="", text="")])


def test_letters_need_consent_when_they_are_chosen(member, alice):
    with pytest.raises(Refused) as refused:
        choose_letters(member, Choice("weekly", {}), by=member)
    assert refused.value.code == "asks_consent"
    assert not Preference.objects.exists()
    choose_letters(member, Choice("never", {"over": ["page"]}), by=member)
    assert not has_consent(member, Purpose.LETTERS)
    choose_letters(member, Choice("weekly", {}), agrees=True, by=member)
    assert has_consent(member, Purpose.LETTERS)
    with pytest.raises(Refused):
        choose_letters(member, Choice("never", {}), by=alice)
    with pytest.raises(ValueError, match="zone"):
        choose_letters(member, Choice("never", {}, zone="Mars/Phobos"), by=member)


def test_stopping_ends_one_kind_or_all(member, wants_letters):
    switches = {"over": ["at_once", "page"], "role": ["at_once"]}
    wants_letters(member, "weekly", switches=switches)
    assert stop_letters(member, Stop.AT_ONCE, by=member)
    row = Preference.objects.get(person=member)
    assert row.switches == {"over": ["page"], "role": []}
    assert row.rhythm == "weekly"
    assert not stop_letters(member, Stop.AT_ONCE, by=member)
    assert stop_letters(member, Stop.ALL, by=member)
    row.refresh_from_db()
    assert (row.rhythm, row.next_digest_at) == ("never", None)
    assert not has_consent(member, Purpose.LETTERS)
    assert not stop_letters(member, Stop.ALL, by=member)


def test_a_whole_house_is_told(db):
    house = build_house("whole")
    for pk in Announcement.objects.values_list("pk", flat=True).order_by("pk"):
        telling.tell_followers(pk)
    Announcement.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert list(everybody_is_told()) == []
    Announcement.objects.filter(item=house.conversation.pk).update(done_at=None)
    assert len(list(everybody_is_told())) == 1
