"""Security headers on every answer: pages, redirects, errors, files, downloads (T27)."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from addresses import names, path_of
from forms import let_go, open_browser
from house import House
from tequio.base.csp import DIRECTIVES
from tequio.files.views import POLICY as FILE_POLICY
from tequio.portal.home import views as home_views
from turns import part

pytestmark = pytest.mark.django_db

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": settings.CONTENT_SECURITY_POLICY,
}


def missing(response) -> dict[str, str]:
    """What is not as it must be; files that people sent or asked for do nothing at all, pages do what pages may."""
    kind = response.headers.get("Content-Type", "")
    is_file = kind == "image/webp" or (kind == "application/zip" and "/me/" in response.wsgi_request.path)
    is_file = is_file or (kind == "text/plain" and "/papers/" in response.wsgi_request.path)
    expected = EXPECTED | ({"Content-Security-Policy": FILE_POLICY} if is_file else {})
    wrong = {
        name: response.headers.get(name, "") for name, value in expected.items()
        if response.headers.get(name) != value
    }  # fmt: skip
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        wrong["Permissions-Policy"] = response.headers.get("Permissions-Policy", "")
    if not response.headers.get("Content-Type") and response.content:
        wrong["Content-Type"] = "missing"
    return wrong


def test_the_policy_lets_nothing_inline_through():
    said = " ".join(DIRECTIVES.values())
    assert "unsafe" not in said
    assert DIRECTIVES["default-src"] == DIRECTIVES["frame-ancestors"] == DIRECTIVES["base-uri"] == "'none'"
    assert "http" not in said
    assert "*" not in said


@pytest.mark.parametrize("name", part(names(), 2))
def test_every_page_for_visitor_and_author(name: str, house: House):
    for role in ("visitor", "author"):
        client = open_browser(house.person(role))
        for method in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "GET"):  # the last one from where it is kept
            response = client.generic(method, path_of(name, house))
            assert missing(response) == {}, method
            let_go(response)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/no-such-page/", 404),
        ("/no-such-page", 404),
        ("/en/conversations", 301),
        ("/en/conversations/999999999999999999999/", 404),
        ("/en/search/?q=%00", 400),
        ("/en/search/?q=%ff", 200),
        ("/static/tequio/tequio.css", 200),
        ("/static/tequio/none.css", 404),
        ("/static/../pyproject.toml", 404),
        ("/health/", 200),
        ("/robots.txt", 200),
        ("/", 302),
    ],
)
def test_errors_redirects_and_files(path: str, status: int, client: Client):
    response = client.get(path)
    let_go(response)
    assert response.status_code == status
    assert missing(response) == {}


def test_an_error_of_ours(monkeypatch):
    def fail(*arguments: object, **words: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(home_views.selectors, "home_page", fail)
    response = Client(raise_request_exception=False).get("/fr/")
    assert response.status_code == 500
    assert missing(response) == {}
    assert "RuntimeError" not in response.content.decode()


def test_a_forged_form(house: House):
    client = Client(enforce_csrf_checks=True)
    response = client.post(path_of("deliberation:answer", house), {"vote": "agree"})
    assert response.status_code == 403
    assert missing(response) == {}


def test_strange_hosts_are_refused(client: Client):
    response = client.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert missing(response) == {}


def test_every_static_file(client: Client):
    files = [path for finder in finders.get_finders() for path, _storage in finder.list([])]
    assert "tequio/tequio.css" in files
    for path in files:
        response = client.get(settings.STATIC_URL + path)
        assert response.status_code == 200, path
        assert missing(response) == {}
        let_go(response)


def test_https_promises_to_stay(settings):
    from tequio.base.middleware import PlainHeaders

    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = PlainHeaders(lambda request: home_views.robots(request))(None)
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")


def test_cookies_are_closed_to_scripts_and_other_sites(house: House):
    client = open_browser()
    client.get(path_of("deliberation:answer", house))
    cookie = client.cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def _without_keys(page: bytes) -> bytes:
    """Each form has a key of its own, and says when it was drawn."""
    return re.sub(rb'name="(form_key|csrfmiddlewaretoken|began)" value="[^"]*"', rb"", page)


def test_packed_answers_say_the_same(house: House):
    for role in ("visitor", "author"):
        client = open_browser(house.person(role))
        path = path_of("deliberation:detail", house)
        plain = client.get(path)
        packed = client.get(path, headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert _without_keys(gzip.decompress(packed.content)) == _without_keys(plain.content)
        assert "Accept-Encoding" in packed["Vary"]
