"""Saying yes, taking it back, and what is known of both afterwards."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.consent import invariants
from tequio.consent.enums import Channel, Purpose
from tequio.consent.models import Consent, ConsentFact
from tequio.consent.permissions import can_say, facts_visible_to, visible_to
from tequio.consent.selectors import has_consent, history_of, persons_agreeing, standings
from tequio.consent.services import give, withdraw
from tequio.consent.types import BY_VERSION, TEXTS, ConsentText, current_text
from tequio.people.services.merging import merge_guest

pytestmark = pytest.mark.django_db

# What each version says in English. A changed text is a new version: change no line here, add one.
ENGLISH = {
    "opinions-1": "2478c04e48801548",
    "ideas-1": "16e3f7169a3a3aef",
    "research-1": "f51707972fdbe6d7",
    "letters-1": "e17635b84de126f4",
    "news-1": "7db2caf2d9bb265e",
}


def test_each_purpose_has_words_in_three_languages():
    assert {text.purpose for text in TEXTS} == set(Purpose)
    for text in TEXTS:
        for language in ("en", "es", "fr"):
            with translation.override(language):
                assert text.digest(language) == hashlib.sha256(str(text.words).encode()).hexdigest()
    assert len(BY_VERSION) == len(TEXTS)


def test_a_text_is_never_changed_under_its_version():
    assert {text.version: text.digest("en")[:16] for text in TEXTS} == ENGLISH


def test_today_s_text_is_the_newest(monkeypatch):
    second = ConsentText(Purpose.NEWS, 2, "Other words")
    monkeypatch.setattr("tequio.consent.types.TEXTS", (*TEXTS, second))
    assert current_text(Purpose.NEWS) is second
    assert current_text(Purpose.LETTERS).version == "letters-1"


def test_giving_is_a_state_a_fact_and_a_record(member):
    assert give(member, Purpose.LETTERS, language="fr", by=member)
    row, fact = Consent.objects.get(), ConsentFact.objects.get()
    assert (row.person, row.version, row.is_given, row.language, row.channel) == (
        member, "letters-1", True, "fr", "web",
    )  # fmt: skip
    assert fact.digest == current_text(Purpose.LETTERS).digest("fr")
    assert (fact.at, fact.version, fact.is_given) == (row.at, "letters-1", True)
    record = Record.objects.get(act="consent.give")
    assert record.object == f"people.person:{member.pk}"
    assert record.data == {"fact": fact.pk, "version": "letters-1", "channel": "web"}
    assert str(row) == f"{member.pk} letters-1 yes"
    assert str(fact).startswith("letters-1 given at ")


def test_giving_again_writes_nothing(member, django_assert_num_queries):
    give(member, Purpose.LETTERS, language="fr", by=member)
    with django_assert_num_queries(3):  # a savepoint, the statement, its release
        assert not give(member, Purpose.LETTERS, language="es", by=member)
    assert ConsentFact.objects.count() == 1
    assert Consent.objects.get().language == "fr"


def test_taking_it_back_is_a_new_fact(member):
    give(member, Purpose.NEWS, language="en", by=member)
    assert withdraw(member, Purpose.NEWS, language="es", by=member) == ["news-1"]
    assert not Consent.objects.get().is_given
    assert [fact.is_given for fact in history_of(member)] == [False, True]
    assert history_of(member)[0].digest == current_text(Purpose.NEWS).digest("es")
    assert Record.objects.filter(act="consent.withdraw").count() == 1
    assert withdraw(member, Purpose.NEWS, language="es", by=member) == []
    assert ConsentFact.objects.count() == 2
    assert give(member, Purpose.NEWS, language="en", by=member)
    assert Consent.objects.get().is_given
    assert str(history_of(member)[1]).startswith("news-1 withdrawn at ")


def test_who_agrees_today(member, guest):
    assert not has_consent(None, Purpose.LETTERS)
    assert not has_consent(member, Purpose.LETTERS)
    give(member, Purpose.LETTERS, language="en", by=member)
    give(guest, Purpose.LETTERS, language="en", by=guest)
    withdraw(guest, Purpose.LETTERS, language="en", by=guest)
    assert has_consent(member, Purpose.LETTERS)
    assert has_consent(member, Purpose.LETTERS, version="letters-1")
    assert not has_consent(member, Purpose.LETTERS, version="letters-0")
    assert not has_consent(member, Purpose.NEWS)
    assert not has_consent(guest, Purpose.LETTERS)
    assert persons_agreeing(Purpose.LETTERS) == {member.pk}


def test_new_words_are_agreed_to_anew(member, monkeypatch):
    give(member, Purpose.NEWS, language="en", by=member)
    second = ConsentText(Purpose.NEWS, 2, "Other words")
    monkeypatch.setattr("tequio.consent.types.TEXTS", (*TEXTS, second))
    monkeypatch.setitem(BY_VERSION, "news-2", second)
    assert not has_consent(member, Purpose.NEWS)
    switch = next(one for one in standings(member) if one.purpose == Purpose.NEWS)
    assert (switch.is_given, switch.version, switch.is_outdated) == (True, "news-1", True)
    give(member, Purpose.NEWS, language="en", by=member)
    assert has_consent(member, Purpose.NEWS)
    assert withdraw(member, Purpose.NEWS, language="en", by=member) == ["news-1", "news-2"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_switches_in_one_query(member, django_assert_num_queries, number):
    for purpose in Purpose.values[:number]:
        give(member, purpose, language="en", by=member)
    with django_assert_num_queries(1):
        switches = standings(member)
    assert [one.purpose for one in switches] == list(Purpose)
    assert [one.is_given for one in switches] == [n < number for n in range(len(Purpose))]
    assert not any(one.is_outdated for one in switches)
    assert switches[0].at == Consent.objects.get(purpose=Purpose.OPINIONS).at


def test_everybody_sees_her_own_only(member, alice):
    give(member, Purpose.NEWS, language="en", by=member)
    assert visible_to(member).count() == facts_visible_to(member).count() == 1
    for other in (alice, None):
        assert not visible_to(other).exists()
        assert not facts_visible_to(other).exists()
    assert standings(None)[0].is_given is False


@pytest.mark.parametrize("channel", Channel.values)
def test_who_may_say_it_for_whom(channel, member, alice, charlie, lome):
    member.home = lome
    for person, may in (
        (member, True), (SYSTEM, True), (alice, channel != "web"), (charlie, False),
    ):  # fmt: skip
        assert can_say(person, member, channel) is may
        if not may:
            with pytest.raises(Refused):
                give(member, Purpose.NEWS, language="en", channel=channel, by=person)
            with pytest.raises(Refused):
                withdraw(member, Purpose.NEWS, language="en", channel=channel, by=person)
    member.is_active = False
    assert not can_say(member, member, channel)
    assert not ConsentFact.objects.exists()


def test_a_helper_writes_down_what_was_said(member, alice, lome):
    member.home = lome
    give(member, Purpose.OPINIONS, language="fr", channel=Channel.PAPER, by=alice)
    assert Record.objects.get(act="consent.give").actor == alice.audit_id
    assert Consent.objects.get().channel == "paper"


def test_what_is_not_on_the_list_is_an_error(member):
    with pytest.raises(ValueError, match="a purpose is one of"):
        give(member, "everything", language="en", by=member)
    with pytest.raises(ValueError, match="no text 'news-9'"):
        give(member, Purpose.NEWS, version="news-9", language="en", by=member)
    with pytest.raises(ValueError, match="no text 'news-1'"):
        give(member, Purpose.LETTERS, version="news-1", language="en", by=member)
    with pytest.raises(ValueError, match="a channel is one of"):
        give(member, Purpose.NEWS, language="en", channel="dream", by=member)
    with pytest.raises(ValueError, match="a purpose is one of"):
        withdraw(member, "everything", language="en", by=member)


def test_the_database_changes_and_deletes_no_fact(member):
    give(member, Purpose.NEWS, language="en", by=member)
    for change in (
        lambda: ConsentFact.objects.update(is_given=False),
        lambda: ConsentFact.objects.update(at=timezone.now() - timedelta(days=9)),
        lambda: ConsentFact.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            change()
    ConsentFact.objects.update(person=None)  # erasure: the fact stays, without whom
    assert ConsentFact.objects.get().is_given


@pytest.mark.parametrize("guest_says_later", [True, False])
def test_a_merge_keeps_the_later_word(member, guest, guest_says_later):
    first, second = (member, guest) if guest_says_later else (guest, member)
    give(first, Purpose.NEWS, language="en", by=first)
    withdraw(first, Purpose.NEWS, language="en", by=first)
    give(second, Purpose.NEWS, language="es", by=second)
    give(guest, Purpose.LETTERS, language="en", by=guest)
    merge_guest(guest, member, by=member)
    assert has_consent(member, Purpose.NEWS)
    assert has_consent(member, Purpose.LETTERS)
    assert len(history_of(member)) == 4
    assert not list(invariants.every_consent_is_what_was_said_last())


def test_verify_names_a_state_nobody_said(member, guest):
    give(member, Purpose.NEWS, language="en", by=member)
    assert not list(invariants.every_consent_is_what_was_said_last())
    Consent.objects.update(is_given=False)
    Consent.objects.create(
        person=guest, purpose="news", version="news-1", is_given=True, language="en", channel="web"
    )
    found = list(invariants.every_consent_is_what_was_said_last())
    assert [words.split()[0] for words in found] == ["consent", "consent"]
    assert "news-1" in found[0]


def test_verify_names_words_that_were_lost(member):
    assert not list(invariants.every_text_is_known())
    ConsentFact.objects.create(
        person=member,
        purpose="news",
        version="news-0",
        is_given=True,
        language="en",
        digest="",
        channel="web",
    )
    assert "news-0" in next(invariants.every_text_is_known())
