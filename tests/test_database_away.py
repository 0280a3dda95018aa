"""The database is away: a page that says so and when to come back, with the headers of every page.

In a file of its own: the site lets go of the broken connection, and with it of what a file's tests share.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError
from django.test import Client

from tequio.base.views import bad_request
from tequio.guards import services as guards
from tequio.portal.home import views as home_views

pytestmark = pytest.mark.django_db


def test_the_database_away(monkeypatch):
    def fail(*arguments: object, **words: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(home_views.selectors, "home_page", fail)
    response = Client().get("/es/")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == settings.CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_database_away_while_the_session_is_saved(rf):
    """Django says then that the session was deleted meanwhile, which would be a bad request."""
    lost = SessionInterrupted("The request's session was deleted before the request completed.")
    lost.__context__ = OperationalError("the connection is lost")
    away = bad_request(rf.get("/en/"), lost)
    assert (away.status_code, away["Retry-After"]) == (503, "5")
    lost.__context__ = None
    assert bad_request(rf.get("/en/"), lost).status_code == 400


def test_the_database_away_before_the_view(monkeypatch):
    def fail() -> int:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(guards, "page_version", fail)
    response = Client(raise_request_exception=False).get("/es/")
    assert response.status_code == 503
    assert response["Content-Security-Policy"] == settings.CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
