"""Appeals: free, in time, once a side, answered by another person than who decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms import send
from tequio.base.errors import Refused
from tequio.discussions.models import Comment
from tequio.moderation.enums import Side
from tequio.moderation.models import Appeal, Decision
from tequio.moderation.permissions import can_answer, can_appeal, find_thing, side_of
from tequio.moderation.selectors.desk import open_appeal
from tequio.moderation.selectors.receipts import receipt_token
from tequio.moderation.services.appealing import answer_appeal, appeal
from tequio.moderation.views import deciding
from tequio.organisations.models import Membership
from tequio.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def plead(writer):
    def run(decision, side=Side.AUTHOR, *, report=None, by=writer, words="It was a joke."):
        return appeal(decision, side, words=words, language="en", report=report, by=by)

    return run


def answer(row, by, outcome="overturned", facts="It was a joke among friends."):
    found = open_appeal(row.pk)
    return answer_appeal(found, outcome=outcome, facts=facts, language="en", by=by)


@pytest.mark.parametrize(
    ("measure", "side", "may"),
    [
        ("hide", "author", True), ("ask", "author", True), ("leave", "author", False),
        ("hide", "reporter", False), ("ask", "reporter", True), ("leave", "reporter", True),
    ],
)  # fmt: skip
def test_which_side_may(report_it, decide_it, measure, side, may):
    report_it()
    assert can_appeal(decide_it(measure=measure), Side(side)) is may


def test_who_is_of_which_side(report_it, decide_it, writer, member, mora, alice):
    report_it(by=member)
    decision = decide_it()
    assert side_of(writer, decision) == Side.AUTHOR
    assert side_of(member, decision) == Side.REPORTER
    assert side_of(mora, decision) is None
    assert side_of(None, decision) is None
    assert not can_appeal(decision, None)


def test_those_who_speak_for_an_organisation_are_its_author(decide_it, organisation, member):
    decision = decide_it(find_thing(None, "organisation", organisation.pk))
    assert side_of(organisation.made_by, decision) == Side.AUTHOR
    assert side_of(member, decision) is None


def test_an_organisation_that_is_hidden_reads_the_reasons_and_appeals(decide_it, organisation, browser_of):
    decision = decide_it(find_thing(None, "organisation", organisation.pk))
    client = browser_of(organisation.made_by)
    page = client.get(f"/en/organisations/{organisation.pk}/").content.decode()
    assert f"/en/decisions/{decision.pk}/" in page
    answer_ = send(client, f"/en/decisions/{decision.pk}/appeal/", {"words": "We are who we say."})
    assert answer_.status_code == 302
    assert Appeal.objects.get().side == "author"


def test_a_member_of_a_hidden_organisation_does_not_show_it(decide_it, organisation, make_member, lome):
    moderator = make_member("Odile", "moderator", lome)
    Membership.objects.create(
        organisation=organisation, person=moderator, role="member", since=timezone.localdate()
    )
    decision = decide_it(find_thing(None, "organisation", organisation.pk))
    found = find_thing(moderator, "organisation", organisation.pk)
    with pytest.raises(Refused) as refused:
        decide_it(found, measure="show", seen=decision.pk, by=moderator)
    assert refused.value.code == "own"


def test_not_after_its_time_and_not_against_an_answer(decide_it, plead, bob):
    decision = decide_it()
    final = answer(plead(decision), bob, "upheld")
    assert final.appeal_until is None
    assert not can_appeal(final, Side.AUTHOR)
    Decision.objects.filter(pk=decision.pk).update(appeal_until=timezone.now() - timedelta(seconds=1))
    decision.refresh_from_db()
    with pytest.raises(Refused):
        plead(decision)


def test_once_a_side(decide_it, plead):
    decision = decide_it()
    plead(decision)
    with pytest.raises(Refused) as refused:
        plead(decision, words="Please.")
    assert refused.value.code == "again"
    assert Appeal.objects.count() == 1


def test_another_person_decides(decide_it, plead, mora, bob, writer, member, charlie):
    row = open_appeal(plead(decide_it()).pk)
    assert can_answer(bob, row)
    for person in (mora, writer, member, charlie, None):
        assert not can_answer(person, row)
    with pytest.raises(Refused) as refused:
        answer(row, mora)
    assert refused.value.code == "own"


def test_the_database_holds_it_too(decide_it, plead, mora):
    row = plead(decide_it())
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=row.pk).update(decided_by=mora, outcome="upheld", decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=row.pk).update(decided_at=timezone.now())


def test_who_reported_it_does_not_answer_the_authors_appeal(report_it, decide_it, plead, bob, alice):
    report_it(by=bob)
    row = plead(decide_it())
    assert not can_answer(bob, open_appeal(row.pk))
    assert can_answer(alice, open_appeal(row.pk))


def test_overturned_for_its_author(decide_it, plead, comment, bob):
    row = plead(decide_it())
    made = answer(row, bob)
    row.refresh_from_db()
    comment.refresh_from_db()
    assert comment.is_shown
    assert (row.outcome, row.answer, row.decided_by) == ("overturned", made, bob)
    assert (made.measure, made.began_at) == ("show", row.made_at)


def test_upheld(decide_it, plead, comment, bob):
    row = plead(decide_it())
    made = answer(row, bob, "upheld")
    comment.refresh_from_db()
    assert not comment.is_shown
    assert made.measure == "hide"
    letter = Letter.objects.order_by("-pk")[0]
    assert "the last word here" in letter.text


def test_overturned_for_who_reported_it(report_it, decide_it, plead, comment, bob):
    first = report_it(email="vera@example.org")
    second = report_it(email="vito@example.org")
    decision = decide_it(measure="leave")
    row = plead(decision, Side.REPORTER, report=first, by=None)
    other = plead(decision, Side.REPORTER, report=second, by=None)
    answer(row, bob)
    comment.refresh_from_db()
    other.refresh_from_db()
    assert comment.hidden_by == f"moderation.decision:{Decision.objects.latest('pk').pk}"
    assert other.outcome == "overturned"  # one look answers both
    told = set(Letter.objects.filter(text__contains="joke among friends").values_list("to", flat=True))
    assert told == {"vera@example.org", "vito@example.org", "wim@example.org"}


def test_asked_to_change_and_overturned(decide_it, plead, comment, bob):
    made = answer(plead(decide_it(measure="ask")), bob)
    assert made.measure == "leave"
    comment.refresh_from_db()
    assert comment.is_shown


def test_a_newer_decision_stands(decide_it, plead, thing, comment, mora, bob):
    first = decide_it()
    row = plead(first)
    again = decide_it(find_thing(mora, "comment", thing.pk), measure="show", seen=first.pk)
    decide_it(find_thing(mora, "comment", thing.pk), measure="hide", seen=again.pk)
    answer(row, bob)
    comment.refresh_from_db()
    assert not comment.is_shown


def test_answered_already_or_erased(decide_it, plead, bob):
    decision = decide_it()
    row = plead(decision)
    held = open_appeal(row.pk)
    answer(row, bob)
    with pytest.raises(Refused) as refused:
        answer_appeal(held, outcome="upheld", facts="No.", language="en", by=bob)
    assert refused.value.code == "changed"
    assert open_appeal(row.pk) is None
    assert not can_answer(bob, Appeal.objects.get(pk=row.pk))
    Comment.objects.all().delete()
    gone = Appeal.objects.select_related("decision").get(pk=row.pk)
    with pytest.raises(Refused):
        answer_appeal(gone, outcome="upheld", facts="No.", language="en", by=bob)
    assert not can_answer(bob, gone)
    assert side_of(bob, Decision.objects.get(pk=decision.pk)) is None
    assert not can_appeal(Decision.objects.get(pk=decision.pk), Side.AUTHOR)


def test_mistakes_of_the_caller(decide_it, plead, report_it, bob):
    report = report_it()
    decision = decide_it()
    for wrong in ({"words": ""}, {"words": "x" * 2_001}, {"report": report}, {"side": Side.REPORTER}):
        with pytest.raises(ValueError, match="appeal"):
            plead(decision, **wrong)
    row = plead(decision)
    with pytest.raises(ValueError, match="outcome"):
        answer(row, bob, "perhaps")


def test_a_reporter_appeals_on_her_secret_page(report_it, decide_it, client):
    path = f"/en/reports/{receipt_token(report_it())}/"
    assert client.get(f"{path}appeal/").status_code == 404
    decide_it(measure="leave")
    assert f"{path}appeal/" in client.get(path).content.decode()
    assert send(client, f"{path}appeal/", {"words": ""}).status_code == 422
    assert send(client, f"{path}appeal/", {"words": "Read it again."})["Location"] == path
    page = client.get(path).content.decode()
    assert "Read it again." in page
    assert "appeal/" not in page
    assert client.get(f"{path}appeal/").status_code == 404


def test_a_member_who_reported_appeals_on_the_decision(report_it, decide_it, browser_of, member):
    report_it(by=member)
    path = f"/en/decisions/{decide_it(measure='leave').pk}/"
    client = browser_of(member)
    assert send(client, f"{path}appeal/", {"words": "Read it again."})["Location"] == path
    row = Appeal.objects.get()
    assert (row.side, row.person) == ("reporter", member)
    assert "Read it again." in client.get(path).content.decode()


def test_who_answers_after_somebody_else_is_led_to_the_answer(
    decide_it, plead, browser_of, bob, alice, charlie
):
    row = plead(decide_it())
    path = f"/en/moderation/appeals/{row.pk}/"
    client = browser_of(bob)
    assert client.get(path).status_code == 200
    assert send(client, path, {"outcome": "upheld", "facts": ""}).status_code == 422
    last = answer(row, alice)
    sent = send(client, path, {"outcome": "upheld", "facts": "No.", "language": "en"}, follow=True)
    assert sent.redirect_chain == [(f"/en/decisions/{last.pk}/", 302)]
    assert "This appeal has its answer already." in sent.content.decode()
    assert browser_of(charlie).get(path).status_code == 404


def test_at_the_same_moment_her_reasons_stay_in_the_form(
    decide_it, plead, browser_of, bob, alice, monkeypatch
):
    row = plead(decide_it())
    held = open_appeal(row.pk)
    monkeypatch.setattr(deciding, "open_appeal", lambda pk: held)
    answer(row, alice)
    typed = {"outcome": "upheld", "facts": "The words stay hidden.", "language": "en"}
    page = send(browser_of(bob), f"/en/moderation/appeals/{row.pk}/", typed)
    assert page.status_code == 422
    assert "Somebody else decided meanwhile." in page.content.decode()
    assert "The words stay hidden." in page.content.decode()
