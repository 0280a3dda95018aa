"""The database is away: a page that says so and when to come back, with the headers of every page.

In a file of its own: the site lets go of the broken connection, and with it of what a file's tests share.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

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


def test_the_database_away_before_the_view(monkeypatch):
    def fail() -> int:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(guards, "page_version", fail)
    response = Client(raise_request_exception=False).get("/es/")
    assert response.status_code == 503
    assert response["Content-Security-Policy"] == settings.CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
