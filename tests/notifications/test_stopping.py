"""One click ends letters: signed, for 90 days, by a mail program too, without a cookie (RFC 8058)."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import signing
from django.test import Client

from forms import key_of, open_browser, send
from rows import changed, digests
from tequio.base.actor import SYSTEM
from tequio.notifications.enums import Stop
from tequio.notifications.models import Preference
from tequio.notifications.selectors import stopping
from tequio.notifications.selectors.stopping import TooOld, read_token, stop_token, stop_url
from tequio.notifications.services import tell
from tequio.outbox.adapters.mail import build_message

pytestmark = pytest.mark.django_db


def rhythm(person):
    return Preference.objects.get(person=person).rhythm


def test_the_link_says_whose_letters_and_which(member):
    for purpose in Stop:
        assert read_token(stop_token(member, purpose)) == (member, purpose)


def test_an_invented_changed_or_foreign_token_is_none(member, alice):
    token = stop_token(member, Stop.DIGEST)
    payload, _between, signature = token.partition(":")
    other = stop_token(alice, Stop.DIGEST).partition(":")[0]
    for wrong in (
        "", "x", token[:-1], token + "x", payload, f"{other}:{signature}",
        signing.dumps([member.pk, "digest"], salt="another purpose"),
    ):  # fmt: skip
        assert read_token(wrong) is None, wrong


def test_after_ninety_days_it_is_too_old(member, monkeypatch):
    token = stop_token(member, Stop.DIGEST)
    monkeypatch.setattr(stopping, "GOOD_FOR", timedelta(seconds=-1))
    with pytest.raises(TooOld):
        read_token(token)
    page = Client().get(f"/en/stop/{token}/")
    assert page.status_code == 410
    assert "too old" in page.content.decode()
    assert Client().post(f"/stop/{token}/").status_code == 410


def test_of_somebody_who_left_it_is_nobodys(member):
    token = stop_token(member, Stop.DIGEST)
    member.is_active = False
    member.save()
    assert read_token(token) is None
    assert Client().get(f"/en/stop/{token}/").status_code == 404


def test_looking_ends_nothing_and_the_button_does(member, wants_letters):
    wants_letters(member)
    path = f"/en/stop/{stop_token(member, Stop.DIGEST)}/"
    browser = Client(enforce_csrf_checks=True)
    before = digests()
    page = browser.get(path)
    assert browser.head(path).status_code == 200
    assert changed(before, digests()) == []
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    answer = browser.post(path, {"form_key": key_of(page), "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 302
    assert "You get no more of these letters" in browser.get(answer["Location"]).content.decode()
    assert rhythm(member) == "never"
    assert "sessionid" not in browser.cookies  # nobody was signed in by it


def test_a_mail_program_posts_without_cookie_or_key(member, wants_letters):
    wants_letters(member)
    path = stop_url(member, Stop.DIGEST).removeprefix("http://localhost:8000")
    program = Client(enforce_csrf_checks=True)
    assert program.get(path)["Location"].startswith("/en/stop/")
    assert rhythm(member) == "daily"
    for _ in range(2):
        answer = program.post(
            path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (answer.status_code, answer.content) == (200, b"Done.")
        assert not answer.cookies
        assert answer["Cache-Control"].startswith("max-age=0")
    assert rhythm(member) == "never"
    before = digests()
    forged = program.post("/stop/forged-token/", "List-Unsubscribe=One-Click", content_type="text/plain")
    assert forged.status_code == 410
    assert changed(before, digests()) == []
    assert program.put(path).status_code == 405


def test_somebody_elses_session_does_not_matter(member, alice, wants_letters):
    wants_letters(member)
    wants_letters(alice)
    send(open_browser(alice), f"/en/stop/{stop_token(member, Stop.DIGEST)}/")
    assert (rhythm(member), rhythm(alice)) == ("never", "daily")


def test_all_letters_by_a_second_link(member, wants_letters):
    wants_letters(member, switches={"over": ["at_once"]})
    page = Client().get(f"/en/stop/{stop_token(member, Stop.AT_ONCE)}/").content.decode()
    link = re.search(r'href="(/en/stop/[^"]+)">End all', page)
    assert "consent is taken back" in Client().get(link[1]).content.decode()
    send(Client(), link[1])
    row = Preference.objects.get(person=member)
    assert (row.rhythm, row.switches) == ("never", {"over": []})


def test_the_headers_of_a_letter():
    url = "https://tequio.example.org/stop/abc:def:ghi/"
    raw = build_message("key", "ada@example.org", "Subject", "Text", stop_url=url).as_bytes()
    message = message_from_bytes(raw, policy=default)
    assert "".join(message["List-Unsubscribe"].split()) == f"<{url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain = build_message("key", "ada@example.org", "Subject", "Text")
    assert plain["List-Unsubscribe"] is None


def test_the_header_of_a_long_link_is_not_broken_in_two(member, wants_letters):
    url = stop_url(member, Stop.DIGEST)
    raw = build_message("key", "ada@example.org", "Subject", "Text", stop_url=url).as_bytes()
    assert f"<{url}>".encode() in raw


def test_the_page_of_letters(member, wants_letters):
    browser = open_browser(member)
    path = "/en/following/letters/"
    choice = {"rhythm": "weekly", "weekday": "0", "hour": "8", "zone": "", "over-page": "on"}
    refused = send(browser, path, choice)
    assert refused.status_code == 422
    assert "Letters come only to those who agree" in refused.content.decode()
    assert send(browser, path, {**choice, "agrees": "on"}).status_code == 302
    row = Preference.objects.get(person=member)
    assert (row.rhythm, row.switches["over"], row.switches["opened"]) == ("weekly", ["page"], [])
    assert row.next_digest_at.weekday() == 0
    assert not row.follows_own
    for wrong in ({"hour": "24"}, {"weekday": "7"}, {"rhythm": "hourly"}, {"zone": "Mars/Phobos"}):
        assert send(browser, path, {**choice, **wrong}).status_code == 422
    page = browser.get(path).content.decode()
    assert "I agree to get letters" in page
    assert 'name="agrees"' not in page


def test_the_page_of_notices_by_key(member, lome, django_assert_max_num_queries):
    for number in range(45):
        tell(member, "role", source=f"x:{number}", territory=lome, by=SYSTEM, path=f"/en/places/{lome.code}/")
    browser = open_browser(member)
    with django_assert_max_num_queries(8):
        first = browser.get("/en/notices/").content.decode()
    assert first.count("You have a new role") == 20
    assert "<b>45</b>" in first
    older = re.search(r'rel="next" href="([^"]+)"', first)[1]
    second = browser.get("/en/notices/" + older).content.decode()
    third = browser.get("/en/notices/" + re.search(r'rel="next" href="([^"]+)"', second)[1]).content.decode()
    assert third.count("You have a new role") == 5
    assert 'rel="next"' not in third
    for odd in ("x", "-1", "0", "9" * 40, "٣", "1 or 1=1"):
        assert browser.get("/en/notices/", {"before": odd}).content.decode().count("You have a new") == 20
    up_to = re.search(r'name="up_to" value="(\d+)"', first)[1]
    assert send(browser, "/en/notices/", {"up_to": up_to}).status_code == 302
    assert "<b>" not in browser.get("/en/notices/").content.decode()
    for odd in ("", "x", "9" * 40):
        assert send(browser, "/en/notices/", {"up_to": odd}).status_code == 302
