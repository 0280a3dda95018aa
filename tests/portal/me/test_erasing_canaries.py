"""Erased means gone: nothing of her words, her name or her address is anywhere afterwards (T33)."""

from __future__ import annotations

import logging

import pytest
from django.contrib.sessions.models import Session

from canaries import CANARY, everything_as_text, plant_everything
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.portal.me.services.erasing import erase_by_operator

pytestmark = pytest.mark.django_db
ADDRESS = "kanari.zimmer@example.org"


@pytest.fixture
def leaving(make_member) -> Person:
    person = make_member("Kanari.Zimmer")
    Person.objects.filter(pk=person.pk).update(name="Kanarina Zimmerova")
    person.refresh_from_db()
    return person


def stands(word: str, text: str) -> bool:
    """Also where the database writes bytes, in hexadecimal."""
    return word in text or word.encode().hex() in text


def test_no_canary_is_left(
    leaving, conversation, caplog, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MAIL_FOLDER, settings.SMS_FOLDER = str(tmp_path / "mail"), str(tmp_path / "sms")
    caplog.set_level(logging.DEBUG)
    planter = plant_everything(leaving, conversation, ADDRESS)
    (tmp_path / "mail").mkdir()
    for letter in Letter.objects.filter(to=ADDRESS):
        (tmp_path / "mail" / f"{letter.key}.eml").write_text(f"To: {ADDRESS}\n\n{letter.text}")
    before = everything_as_text()
    assert [where for word, where in planter.planted.items() if not stands(word, before)] == []
    assert len(planter.planted) > 15
    with django_capture_on_commit_callbacks(execute=True):
        erase_by_operator(leaving, reason="letter")
    after = everything_as_text()
    assert [where for word, where in planter.planted.items() if stands(word, after)] == []
    for sign in (CANARY, ADDRESS, "zimmer", "Kanarina"):
        found = [line for line in after.splitlines() if sign.lower() in line.lower()]
        assert found == []
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or CANARY not in path.read_text()
    assert CANARY not in caplog.text
    assert ADDRESS not in caplog.text
    assert not Session.objects.exists()
