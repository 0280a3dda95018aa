"""Leaving: proven by a code, closed at once, erased after seven days or now, called off until then."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from django.utils import timezone

from door_steps import newest_code, wrong_code
from forms import open_browser, send
from jobs import empty_queue, make_jobs_due, queue, work  # noqa: F401
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.guards.models import FormKey
from tequio.ideas.deliberation.models import Participant, Statement, StatementVote
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.ideas.deliberation.services.moderation import merge_statement, publish_statement
from tequio.ideas.deliberation.services.translating import translate_conversation
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.people.services.merging import merge_guest
from tequio.portal.door.models import SignInCode
from tequio.portal.home.selectors.balance import findings
from tequio.portal.me.models import Erasure
from tequio.portal.me.services import erasing

pytestmark = pytest.mark.django_db
LEAVE, CODE = "/en/me/leave/", "/en/me/leave/code/"
ADDRESS = "mina@example.org"


def ask(client, answers: str = "leave", when: str = "later"):
    return send(client, LEAVE, {"answers": answers, "when": when, "sure": "on"})


def leave(person, **choice: str):
    client = open_browser(person)
    assert ask(client, **choice)["Location"] == CODE
    assert send(client, CODE, {"code": newest_code(ADDRESS)})["Location"] == "/en/me/left/"
    return client


def test_the_code_closes_the_account_at_once_and_everywhere(member):
    other = open_browser(member)
    client = leave(member)
    member.refresh_from_db()
    assert not member.is_active
    assert member.name == "Mina"
    for browser in (client, other):
        assert browser.get("/en/account/").status_code == 302
    assert [row for row in Session.objects.all() if "_auth_user_id" in row.get_decoded()] == []
    assert "Goodbye" in client.get("/en/me/left/").content.decode()
    row = Erasure.objects.get()
    assert timedelta(days=6, hours=23) < row.due_at - timezone.now() <= timedelta(days=7)
    assert erasing.erase_due() == 0


def test_after_seven_days_the_job_erases(member, conversation):
    statement = write_statement(conversation, "Mend the old well.", language="en", by=member)
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    leave(member)
    Erasure.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert erasing.erase_due() == 1
    assert erasing.erase_due() == 0
    member.refresh_from_db()
    assert (member.name, member.home, member.year_of_birth, member.is_active) == ("", None, None, False)
    assert not EmailAddress.objects.filter(user=member).exists()
    assert not Letter.objects.filter(to=ADDRESS).exists()
    statement.item.refresh_from_db()
    assert (statement.item.title, statement.item.state, statement.item.author) == ({}, "withdrawn", None)
    participant = Participant.objects.get(pk=statement.author_id)
    assert (participant.person, participant.answers, participant.withdrawn_at) == (None, 1, None)
    assert StatementVote.objects.filter(participant=participant).count() == 1
    assert Record.objects.filter(act="person.erase", object=f"people.person:{member.pk}").count() == 1
    assert list(findings()) == []


def test_answers_are_taken_back_too_where_she_wants_it(member, conversation):
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    participant = Participant.objects.get(person=member)
    leave(member, answers="take")
    Erasure.objects.update(due_at=timezone.now())
    erasing.erase_due()
    participant.refresh_from_db()
    assert participant.person is None
    assert participant.withdrawn_at is not None
    assert list(findings()) == []


def test_the_letter_calls_it_off(member, client):
    leave(member)
    link = re.search(r"http://testserver(/\S+/)", Letter.objects.filter(to=ADDRESS).latest("pk").text)[1]
    assert "it opens again" in client.get(link).content.decode()
    assert not Person.objects.get(pk=member.pk).is_active, "looking changes nothing"
    assert send(client, link)["Location"] == "/en/sign-in/"
    assert Person.objects.get(pk=member.pk).is_active
    assert Erasure.objects.get().state == "called_off"
    assert client.get(link).status_code == 410
    Erasure.objects.update(due_at=timezone.now())
    assert erasing.erase_due() == 0


def test_a_forged_or_late_link_opens_nothing(member, client):
    leave(member)
    link = re.search(r"http://testserver(/\S+/)", Letter.objects.filter(to=ADDRESS).latest("pk").text)[1]
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert send(client, link[:-3] + "xx/").status_code == 404
    Erasure.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert send(client, link).status_code == 410
    erasing.erase_due()
    assert client.get(link).status_code == 410


def test_what_is_being_erased_cannot_be_called_off(member, guest):
    leave(member, when="now")
    gone = erasing.erase_by_operator(guest, reason="letter")
    for row in (Erasure.objects.get(person=member), gone):
        with pytest.raises(Refused) as refused:
            erasing.call_off(row, by=SYSTEM)
        assert refused.value.code == "over"
    assert not Person.objects.filter(pk__in=[member.pk, guest.pk], is_active=True).exists()


def test_two_workers_erase_once(member):
    row = erasing.erase_by_operator(member, reason="letter")
    assert erasing._erase_one(row.pk) == 0
    assert Record.objects.filter(act="person.erase").count() == 1


def test_without_an_address_she_must_show_that_it_is_she(member):
    EmailAddress.objects.filter(user=member).delete()
    with pytest.raises(Refused) as refused:
        erasing.ask_erasure(member, takes_answers=False, at_once=False, by=member)
    assert refused.value.code == "asks_proof"
    assert not Erasure.objects.exists()


def test_whose_address_is_gone_before_the_code_is_typed_gets_no_farewell(member):
    client = open_browser(member)
    ask(client)
    digits = newest_code(ADDRESS)
    EmailAddress.objects.filter(user=member).delete()
    Letter.objects.all().delete()
    assert send(client, CODE, {"code": digits})["Location"] == "/en/me/left/"
    assert not Person.objects.get(pk=member.pk).is_active
    assert not Letter.objects.exists()


def test_three_wrong_codes_and_it_is_over(member):
    client = open_browser(member)
    ask(client)
    wrong = wrong_code(ADDRESS)
    for _number in range(2):
        assert send(client, CODE, {"code": wrong}).status_code == 422
    assert send(client, CODE, {"code": wrong})["Location"] == LEAVE
    assert send(client, CODE, {"code": newest_code(ADDRESS)})["Location"] == LEAVE
    assert Person.objects.get(pk=member.pk).is_active


def test_an_old_code_and_one_of_another_wish_are_worth_nothing(member):
    client = open_browser(member)
    ask(client)
    first = newest_code(ADDRESS)
    ask(client)
    if first != newest_code(ADDRESS):
        assert send(client, CODE, {"code": first}).status_code == 422
    Erasure.objects.update(asked_at=timezone.now() - timedelta(minutes=31))
    assert send(client, CODE, {"code": newest_code(ADDRESS)})["Location"] == LEAVE
    assert Person.objects.get(pk=member.pk).is_active


def test_without_having_read_it_nothing_begins(member):
    client = open_browser(member)
    assert send(client, LEAVE, {"answers": "leave", "when": "now"}).status_code == 422
    assert not Erasure.objects.exists()
    assert client.get(CODE)["Location"] == LEAVE


def test_codes_are_limited(member):
    client = open_browser(member)
    for _number in range(erasing.CODES_A_DAY):
        assert ask(client).status_code == 302
    assert ask(client).status_code == 429


def test_the_page_says_what_goes_and_stays_of_what_she_has(member, conversation, alice):
    page = open_browser(member).get(LEAVE).content.decode()
    assert "Nothing of yours stays." in page
    answer_statement(conversation.statements.get(number=0), 1, by=member)
    page = open_browser(member).get(LEAVE).content.decode()
    assert "Conversations I took part in" in page
    assert "under a number that leads to nobody" in page
    assert "belongs to all who answered it" in open_browser(alice).get(LEAVE).content.decode()


def test_her_name_beside_what_she_translated_goes(conversation, mora, alice):
    seen = version_of(conversation.item.title), version_of(conversation.background)
    typed = {"question": Typed({"fr": "Comment ?"}, seen[0]), "background": Typed({"fr": "Lent."}, seen[1])}
    translate_conversation(conversation, typed, by=mora)
    conversation.refresh_from_db()
    conversation.item.refresh_from_db()
    assert conversation.item.title["fr"]["by"] == "Mora"
    erasing.erase_by_operator(mora, reason="death")
    conversation.refresh_from_db()
    conversation.item.refresh_from_db()
    assert conversation.item.title["fr"] == {**conversation.item.title["fr"], "by": "", "text": "Comment ?"}
    assert conversation.background["fr"]["by"] == ""
    assert conversation.item.title["en"]["text"] == "How should our neighbourhoods get online?"


def test_what_an_organiser_published_stays_without_her(conversation, alice):
    erasing.erase_by_operator(alice, reason="letter")
    conversation.item.refresh_from_db()
    assert conversation.item.author is None
    assert conversation.item.title["en"]["text"].startswith("How should")
    assert open_browser().get(f"/en/conversations/{conversation.pk}/").status_code == 200


def test_what_she_did_as_a_guest_goes_with_her(guest, member, conversation):
    statement = write_statement(conversation, "Guests think too.", language="en", by=guest)
    merge_guest(guest, member, by=member)
    erasing.erase_by_operator(member, reason="letter")
    statement.item.refresh_from_db()
    assert statement.item.title == {}
    guest.refresh_from_db()
    assert not guest.is_active


def test_others_lose_nothing(member, guest, alice, conversation):
    first = conversation.statements.get(number=0)
    for person in (member, guest):
        answer_statement(first, 1, by=person)
    kept = write_statement(conversation, "Mine stays.", language="en", by=guest)
    erasing.erase_by_operator(member, reason="letter", takes_answers=True)
    assert Participant.objects.get(person=guest).withdrawn_at is None
    assert Statement.objects.select_related("item").get(pk=kept.pk).item.title["en"]["text"] == "Mine stays."
    assert EmailAddress.objects.filter(user=alice).exists()
    alice.refresh_from_db()
    assert (alice.name, alice.is_active) == ("Alice", True)


def test_a_stranger_can_end_nobody(member, guest, conversation):
    client = open_browser(member)
    ask(client)
    other = open_browser(guest)
    assert other.get(CODE).status_code == 302
    assert "/sign-in/" in other.get(CODE)["Location"]
    with pytest.raises(Refused):
        erasing.ask_erasure(member, takes_answers=False, at_once=True, by=guest)


def test_an_unknown_reason_is_no_reason(member):
    with pytest.raises(ValueError, match="reason"):
        erasing.erase_by_operator(member, reason="because")


@pytest.mark.django_db(transaction=True)
def test_at_once_for_a_guest_by_the_worker(queue, conversation, guest):  # noqa: F811
    write_statement(conversation, "Kanariguest", language="en", by=guest)
    client = open_browser(guest)
    empty_queue()
    answer = send(client, LEAVE, {"answers": "take", "when": "now", "sure": "on"})
    assert answer["Location"] == "/en/me/left/"
    assert "guest" not in client.session
    make_jobs_due()
    work()
    assert Erasure.objects.get().state == "done"
    assert not Statement.objects.filter(item__title__icontains="Kanariguest").exists()
    assert not Participant.objects.filter(person=guest).exists()


def test_wishes_that_were_never_proven_go(member):
    ask(open_browser(member))
    assert erasing.prune_wishes() == 0
    Erasure.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert erasing.prune_wishes() == 1


def test_who_has_a_telephone_alone_proves_herself_at_the_door(member):
    EmailAddress.objects.filter(user=member).delete()
    client = open_browser(member)
    session = client.session
    session["proved"] = int(time.time()) - 3_601
    session.save()
    assert client.get(LEAVE)["Location"].startswith("/en/account/prove/?next=")
    assert ask(client)["Location"].startswith("/en/account/prove/?next=")
    assert not Erasure.objects.exists()
    session["proved"] = int(time.time())
    session.save()
    assert "Nobody can bring it back." in client.get(LEAVE).content.decode()
    assert ask(client, when="later")["Location"] == "/en/me/left/"
    assert Erasure.objects.get().at_once
    assert erasing.erase_due() == 1


def test_the_door_notes_its_proof_where_leaving_looks():
    from tequio.portal.door.views import access
    from tequio.portal.me.views import leaving

    request = RequestFactory().get("/")
    request.session = {}
    access.just_proved(request)
    assert leaving.PROVED in request.session
    assert leaving.PROVEN_SECONDS == access.PROVEN_SECONDS


def test_an_address_that_stands_in_a_row_of_nobody_goes_too(member):
    send(open_browser(), "/en/sign-in/", {"address": ADDRESS})
    assert SignInCode.objects.filter(to=ADDRESS, person=None).exists()
    erasing.erase_by_operator(member, reason="letter")
    assert not SignInCode.objects.exists()


def test_statements_joined_with_hers_stand_on_their_own_again(member, guest, alice, conversation):
    hers, first, second = [
        write_statement(conversation, text, language="en", by=by)
        for text, by in (("Mend it.", member), ("Repair it.", guest), ("Do mend it.", guest))
    ]
    publish_statement(hers, by=alice)
    for other in (first, second):
        merge_statement(other, hers, by=alice)
    erasing.erase_by_operator(member, reason="letter")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.merged_into, second.merged_into) == (None, first)
    assert list(findings()) == []


def test_what_was_said_to_her_again_goes(member):
    client = open_browser(member)
    send(client, "/en/me/consents/", {"purpose": "news", "do": "give"})
    assert FormKey.objects.filter(person=member.audit_id).count() == 1
    erasing.erase_by_operator(member, reason="letter")
    assert not FormKey.objects.filter(person=member.audit_id).exists()


def test_verify_names_who_came_back_and_who_still_waits(member, alice):
    row = erasing.erase_by_operator(member, reason="letter")
    assert list(findings()) == []
    Person.objects.filter(pk=member.pk).update(name="Mina")
    late = Erasure.objects.create(
        person=alice, state="waiting", due_at=timezone.now() - timedelta(days=2), asked_at=timezone.now()
    )
    found = [finding.words if hasattr(finding, "words") else str(finding) for finding in findings()]
    assert any(f"erasure {row.pk}" in words for words in found)
    assert any(f"erasure {late.pk} was due" in words for words in found)
