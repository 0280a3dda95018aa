"""Decisions: carried out, with reasons for both sides, by nobody who is a party to it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from forms import send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.base.moments import months_later
from tequio.base.multilingual import write_original
from tequio.catalogue.models import Item
from tequio.catalogue.services.hiding import hide_item, unhide_item
from tequio.discussions.models import Comment
from tequio.discussions.services.moderating import hold_comment, show_comment
from tequio.moderation.models import Decision, Report
from tequio.moderation.permissions import find_thing
from tequio.moderation.services.deciding import possible
from tequio.notifications.models import Announcement, Notice
from tequio.notifications.services import announce
from tequio.organisations.models import Organisation
from tequio.outbox.models import Letter
from tequio.recipes.services import activate_version, propose_version

pytestmark = pytest.mark.django_db


def now_of(thing, person):
    found = find_thing(person, thing.what, thing.pk)
    assert found is not None
    return found


def test_hiding_a_comment_keeps_it(report_it, decide_it, comment, mora):
    report = report_it()
    decision = decide_it()
    comment.refresh_from_db()
    assert (comment.hidden_by, comment.hidden_reason) == (f"moderation.decision:{decision.pk}", "attack")
    assert comment.words["en"]["text"]
    report.refresh_from_db()
    assert report.decision == decision
    assert (decision.by, decision.found, decision.began_at) == (mora, "report", report.made_at)
    record = Record.objects.get(act="moderation.decide")
    assert (record.actor, record.data["measure"]) == (mora.audit_id, "hide")


def test_showing_it_again(decide_it, thing, comment, mora):
    first = decide_it()
    hidden = now_of(thing, mora)
    assert possible(hidden) == ["show", "leave"]
    decide_it(hidden, measure="show", facts="I misread it.", seen=first.pk)
    comment.refresh_from_db()
    assert comment.is_shown


def test_an_item(decide_it, report_it, item, bob):
    found = find_thing(None, "item", item.pk)
    report_it(found)
    decision = decide_it(found)
    row = Item.objects.get(pk=item.pk)
    assert (row.hidden_by, row.hidden_note, row.state) == (decision.audit_id, decision.facts, "published")
    decide_it(now_of(found, decision.by), measure="show", seen=decision.pk)
    assert Item.objects.get(pk=item.pk).is_shown


def test_an_organisation(decide_it, organisation, mora):
    found = find_thing(None, "organisation", organisation.pk)
    decision = decide_it(found, rule="false_name")
    assert Organisation.objects.get().hidden_by == decision.audit_id
    assert Letter.objects.get().to == "orla@example.org"
    decide_it(now_of(found, mora), measure="show", seen=decision.pk)
    assert Organisation.objects.get().hidden_by == ""


def test_what_waited_is_shown_or_kept_out(decide_it, thing, comment, mora):
    hold_comment(comment, by=mora)
    held = now_of(thing, mora)
    assert possible(held) == ["show", "hide"]
    decision = decide_it(held, measure="show", facts="A plain thought.")
    comment.refresh_from_db()
    assert comment.is_shown
    assert decision.found == "signs"
    assert decision.began_at == comment.made_at


def test_a_held_item_is_published(decide_it, item, mora):
    Item.objects.filter(pk=item.pk).update(state="held", published_at=None)
    decide_it(find_thing(mora, "item", item.pk), measure="show", facts="A plain thought.")
    assert Item.objects.get(pk=item.pk).is_shown


@pytest.mark.parametrize("measure", ["leave", "ask"])
def test_what_stays(decide_it, comment, measure):
    decide_it(measure=measure)
    comment.refresh_from_db()
    assert comment.is_shown


def test_both_sides_are_told_in_their_language(report_it, decide_it, writer, member):
    writer.language = "es"
    writer.save(update_fields=["language"])
    report_it(by=member)
    report_it(email="vera@example.org", language="fr")
    decision = decide_it()
    letters = {letter.to: letter.text for letter in Letter.objects.filter(text__contains=decision.facts)}
    assert set(letters) == {"wim@example.org", "vera@example.org"}
    assert f"/es/decisions/{decision.pk}/" in letters["wim@example.org"]
    assert "/fr/reports/" in letters["vera@example.org"]
    told = Notice.objects.filter(announcement__event="decided").values_list("person", flat=True)
    assert set(told) == {writer.pk, member.pk}
    words = {row.author_id: row.words for row in Announcement.objects.filter(event="decided")}
    assert words[writer.pk]
    assert words[member.pk] == {}  # what was hidden is carried to nobody else


def test_notices_of_what_is_hidden_are_taken_back(decide_it, item, thing, alice):
    announce("answered", item=item, source=thing.source, words=write_original("Kossi …", "en"), by=alice)
    decide_it()
    assert Announcement.objects.get(event="answered").withdrawn_at is not None


def test_never_on_her_own_words(decide_it, report_it, item, alice):
    found = find_thing(None, "item", item.pk)
    report_it(found)
    with pytest.raises(Refused) as refused:
        decide_it(found, by=alice)
    assert refused.value.code == "own"


def test_never_on_a_report_she_made(decide_it, report_it, mora, bob):
    report_it(by=mora)
    with pytest.raises(Refused):
        decide_it(by=mora)
    assert decide_it(by=bob)


def test_never_for_another_place(decide_it, charlie, member):
    for person in (charlie, member):
        with pytest.raises(Refused):
            decide_it(by=person)


def test_the_second_of_two_is_told(decide_it, bob):
    first = decide_it()
    with pytest.raises(Refused) as refused:
        decide_it(by=bob)
    assert refused.value.code == "changed"
    with pytest.raises(Refused) as refused:
        decide_it(by=bob, seen=first.pk, measure="hide")
    assert refused.value.code == "changed"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"rule": "rude"}, {"rule": "law"}, {"facts": ""}, {"facts": "x" * 2_001}])
def test_mistakes_of_the_caller(decide_it, wrong):
    with pytest.raises(ValueError, match=r"rule|facts"):
        decide_it(**wrong)


def test_a_moderator_alone_does_not_undo_a_decision(decide_it, comment, item, mora):
    decide_it()
    comment.refresh_from_db()
    with pytest.raises(Refused) as refused:
        show_comment(comment, by=mora)
    assert refused.value.code == "decided"
    hide_item(item, reason="spam", decision="moderation.decision:5", by=mora)
    with pytest.raises(Refused):
        unhide_item(item, by=mora)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-03-31", 6, "2026-09-30"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2026-11-22", 14, "2028-01-22"),
    ],
)
def test_months_later(day, months, then):
    moment = timezone.make_aware(timezone.datetime.fromisoformat(day))
    assert months_later(moment, months).date().isoformat() == then


def test_a_place_gives_more_time_for_appeals(decide_it, lome, make_member):
    steward = make_member("Enyonam", "steward", lome)
    version = propose_version(
        "report-queue", territory=lome, weights={}, parameters={"appeal_months": 12},
        reason=write_original("People travel.", "en"), by=steward,
    )  # fmt: skip
    activate_version(version, decided_by="Assembly", by=steward)
    cache.clear()  # each process keeps the numbers for some seconds
    until = decide_it().appeal_until
    assert until is not None
    assert (until - timezone.now()).days in (364, 365)


def test_the_desk_shows_the_newest_when_somebody_was_faster(
    browser_of, report_it, decide_it, comment, mora, bob
):
    report_it(words="It is about my brother.")
    client = browser_of(bob)
    path = f"/en/moderation/comment/{comment.pk}/"
    page = client.get(path).content.decode()
    assert "It is about my brother." in page
    decide_it(by=mora)
    form = {"measure": "hide", "rule": "attack", "facts": "So it is.", "language": "en", "seen": "0"}
    answer = send(client, path, form)
    assert answer.status_code == 422
    assert "So it is." in answer.content.decode()
    assert Report.objects.get().decision.by == mora


def test_who_reported_it_reads_that_somebody_else_must_decide(browser_of, report_it, comment, bob):
    report_it(by=bob)
    client, path = browser_of(bob), f"/en/moderation/comment/{comment.pk}/"
    assert client.get(path).status_code == 200
    form = {"measure": "hide", "rule": "attack", "facts": "So it is.", "language": "en", "seen": "0"}
    answer = send(client, path, form)
    assert answer.status_code == 403
    assert "Somebody else must decide this" in answer.content.decode()
    assert not Decision.objects.exists()


def test_everybody_who_should_not_finds_no_reasons(
    browser_of, report_it, decide_it, writer, member, guest, charlie, bob
):
    report_it(by=member)
    path = f"/en/decisions/{decide_it().pk}/"
    seen = {
        person.name or "guest": browser_of(person).get(path).status_code
        for person in (writer, member, guest, charlie, bob)
    }
    assert seen == {"Wim": 200, "Mina": 200, "guest": 404, "Charlie": 404, "Bob": 200}
    assert browser_of(None).get(path).status_code == 404
    assert "Kossi" not in browser_of(member).get(path).content.decode()
    assert "Kossi" in browser_of(writer).get(path).content.decode()


def test_when_its_author_leaves_the_decision_stays(decide_it, report_it, comment):
    report_it()
    decide_it()
    Comment.objects.all().delete()
    row = Decision.objects.get()
    assert (row.thing, row.kind, str(row.kind_word)) == (None, "comment", "Comment")


def test_what_nobody_reported_is_let_through_by_one_press(browser_of, comment, mora, bob):
    hold_comment(comment, by=mora)
    client, path = browser_of(bob), f"/en/moderation/comment/{comment.pk}/"
    page = client.get(path).content.decode()
    assert "Let it through" in page
    answer = send(client, path, {"do": "let_through", "seen": "0", "words": "0"})
    assert answer.status_code == 302
    comment.refresh_from_db()
    assert comment.is_shown
    decision = Decision.objects.get()
    assert (decision.measure, decision.by, decision.found) == ("show", bob, "signs")
    assert decision.facts == "A moderator read it. It breaks no rule."


@pytest.mark.parametrize("is_held", [True, False])
def test_what_was_reported_or_stands_needs_reasons(browser_of, report_it, comment, mora, bob, is_held):
    report_it()
    if is_held:
        hold_comment(comment, by=mora)
    client, path = browser_of(bob), f"/en/moderation/comment/{comment.pk}/"
    assert "Let it through" not in client.get(path).content.decode()
    answer = send(client, path, {"do": "let_through", "seen": "0", "words": "0"})
    assert answer.status_code == 422
    assert "Choose what is done." in answer.content.decode()
    assert not Decision.objects.exists()


def test_one_press_is_for_the_words_that_were_read(browser_of, comment, mora, bob):
    hold_comment(comment, by=mora)
    client, path = browser_of(bob), f"/en/moderation/comment/{comment.pk}/"
    answer = send(client, path, {"do": "let_through", "seen": "0", "words": "7"})
    assert answer.status_code == 422
    assert "The words changed while you were reading." in answer.content.decode()
    assert not Decision.objects.exists()
