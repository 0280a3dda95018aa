"""Reports: from anybody, about anything that is shown, once, and never dropped."""

from __future__ import annotations

import pytest

from forms import send
from post import as_drawn
from tequio.algorithms.risk import Filling
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.discussions.models import Comment
from tequio.moderation.models import Report
from tequio.moderation.permissions import can_report, find_thing
from tequio.moderation.selectors.receipts import receipt_path, receipt_token, report_by
from tequio.moderation.services.reporting import REPORTS_A_DAY
from tequio.outbox.models import Letter

pytestmark = pytest.mark.django_db


def test_a_visitor_reports_and_leaves_no_trace_of_herself(report_it, comment):
    report = report_it(words="It names my neighbour.")
    assert (report.reporter, report.email, report.comment, report.kind) == (None, "", comment, "comment")
    record = Record.objects.get(act="report.send")
    assert (record.actor, record.data["rule"]) == ("system", "attack")
    assert "neighbour" not in str(record.data)
    assert not Letter.objects.exists()


def test_a_receipt_by_mail_in_her_language(report_it):
    report = report_it(email="vera@example.org", language="fr")
    letter = Letter.objects.get()
    assert letter.to == "vera@example.org"
    assert receipt_path(report).removeprefix("/en") in letter.text
    assert "/fr/reports/" in letter.text


def test_somebody_elses_address_is_not_flooded(report_it):
    for number in range(7):
        report_it(email="Vera@example.org" if number % 2 else "vera@example.org", sender=f"10.0.0.{number}")
    assert Report.objects.count() == 7
    assert Letter.objects.count() == 5


def test_members_report_a_thing_once_until_it_is_decided(report_it, decide_it, member, thing):
    report_it(by=member)
    with pytest.raises(Refused, match="already"):
        report_it(by=member)
    decide_it(measure="leave")
    assert report_it(by=member).decision is None
    assert Report.objects.count() == 2


def test_nobody_reports_her_own_words(report_it, writer, thing):
    assert not can_report(writer, thing)
    with pytest.raises(Refused):
        report_it(by=writer)


def test_what_is_hidden_or_held_is_not_reported(report_it, decide_it, thing, comment):
    decide_it()
    assert find_thing(None, "comment", comment.pk) is None
    comment.refresh_from_db()
    Comment.objects.update(hidden_by="", state="held")
    assert find_thing(None, "comment", comment.pk) is None


def test_it_is_counted_by_network_and_by_person(report_it, item, member):
    for _number in range(REPORTS_A_DAY):
        report_it(sender="10.0.0.9")
    with pytest.raises(Refused) as refused:
        report_it(sender="10.0.0.9")
    assert refused.value.code == "too_often"
    report_it(sender="10.0.0.10")
    report_it(by=member, sender="10.0.0.9")


@pytest.mark.parametrize("wrong", [{"rule": "rude"}, {"rule": "law"}, {"rule": "spam", "law": "Some law"}])
def test_a_rule_of_the_list_and_a_law_only_with_the_law(report_it, wrong):
    with pytest.raises(ValueError, match="rule"):
        report_it(**wrong)


def test_all_three_kinds(report_it, item, organisation, thing):
    for what, pk in (("item", item.pk), ("organisation", organisation.pk), ("comment", thing.pk)):
        found = find_thing(None, what, pk)
        assert found is not None
        report = report_it(found)
        assert report.thing is not None
        assert (report.thing.what, report.thing.pk, report.thing.path) == (what, pk, found.path)
        assert report.thing.words.text
    assert find_thing(None, "person", 1) is None
    assert {row.kind for row in Report.objects.all()} == {"conversation", "comment", "organisation"}


@pytest.mark.parametrize(
    ("filling", "sign"),
    [(Filling(is_trapped=True), "trap"), (Filling(seconds=0.5), "fast")],
)
def test_what_looks_sent_by_a_machine_is_kept_with_its_sign(report_it, filling, sign):
    assert report_it(filling=filling).signs[sign] == 1


def test_nearly_the_same_words_within_a_day_are_a_sign(report_it):
    report_it(words="This comment insults the people of our whole quarter.")
    again = report_it(words="This comment insults the people of our whole quarter!")
    assert again.signs["copy"] == 1


def test_the_form_says_what_is_missing(browser_of, comment):
    path = f"/en/report/comment/{comment.pk}/"
    client = browser_of(None)
    page = send(client, path, {"rule": "law"})
    assert page.status_code == 422
    assert "Say which law it breaks" in page.content.decode()
    assert send(client, path, {}).status_code == 422
    assert send(client, path, {"rule": "spam", "email": "no address"}).status_code == 422
    assert not Report.objects.exists()


def test_the_form_is_drawn_with_a_trap_and_what_fills_it_is_marked(browser_of, comment):
    client = browser_of(None)
    path = f"/en/report/comment/{comment.pk}/"
    drawn = as_drawn(client.get(path).content.decode(), {"rule"})
    answer = client.post(path, {**drawn, "rule": "spam", "website": "http://shoes.example"})
    assert answer.status_code == 302  # never a silent drop: it has its receipt like any other
    assert Report.objects.get().signs["trap"] == 1


def test_twice_by_a_member_is_said_on_the_form(browser_of, comment, member):
    client = browser_of(member)
    path = f"/en/report/comment/{comment.pk}/"
    assert send(client, path, {"rule": "spam"}).status_code == 302
    again = send(client, path, {"rule": "hate"})
    assert again.status_code == 422
    assert "You have reported this already." in again.content.decode()


def test_a_network_that_reported_very_often_reads_that_it_has_to_wait(report_it, browser_of, comment):
    for _number in range(REPORTS_A_DAY):
        report_it(sender="127.0.0.1")
    answer = send(browser_of(None), f"/en/report/comment/{comment.pk}/", {"rule": "spam"})
    assert answer.status_code == 429
    assert "Please wait a little" in answer.content.decode()
    assert Report.objects.count() == REPORTS_A_DAY


def test_the_secret_address(report_it, client):
    report = report_it()
    token = receipt_token(report)
    assert report_by(token) == report
    for wrong in (token[:-1], token.split(":")[0], f"{report.uid.hex}:x", "x", "x:y"):
        assert report_by(wrong) is None
    assert client.get(f"/en/reports/{token[:-2]}/").status_code == 404
    page = client.get(f"/en/reports/{token}/")
    assert page["Referrer-Policy"]
    assert 'name="robots" content="noindex"' in page.content.decode()


def test_the_comments_page_has_the_link_and_no_form(client, comment):
    page = client.get(f"/en/comments/{comment.pk}/").content.decode()
    assert f'href="/en/report/comment/{comment.pk}/"' in page
    assert "<form" not in page.split("<main")[1]


def test_its_author_has_no_link(browser_of, writer, comment):
    assert "/report/" not in browser_of(writer).get(f"/en/comments/{comment.pk}/").content.decode()
