"""The field nobody sees and the signed moment."""

from __future__ import annotations

import time

import pytest
from django.core import signing
from django.test import RequestFactory

from tequio.base import trap


def filling(**data):
    return trap.filling_of(RequestFactory().post("/", data))


def drawn_before(seconds):
    return signing.Signer(salt=trap.SALT).sign(str(int((time.time() - seconds) * 1000)))


def test_how_long_it_took(monkeypatch):
    now = time.time()
    monkeypatch.setattr(trap.time, "time", lambda: now)
    assert filling(began=drawn_before(10)).seconds == pytest.approx(10, abs=0.01)
    assert filling(began=trap.began_now()).seconds == pytest.approx(0, abs=0.01)


def test_a_form_not_drawn_here_took_no_time():
    assert filling().seconds == 0
    assert filling(began="1700000000000:forged").seconds == 0
    assert filling(began="x" * 100_000).seconds == 0
    assert filling(began=signing.Signer(salt="another").sign("1")).seconds == 0


def test_a_page_left_open_says_nothing():
    assert filling(began=drawn_before(13 * 3600)).seconds is None
    assert filling(began=drawn_before(-50)).seconds == 0, "a clock that was set back"


def test_the_field_nobody_sees():
    assert not filling(website="").is_trapped
    assert not filling(website="  ").is_trapped
    assert filling(website="http://shoes.example").is_trapped
