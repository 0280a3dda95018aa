"""Pages that are kept for visitors carry nothing of anybody, and change when the world does."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from addresses import names, path_of, views
from forms import let_go, open_browser, send
from house import House
from tequio.guards import middleware
from tequio.guards.middleware import STORE
from tequio.guards.services import bump_page_version

pytestmark = pytest.mark.django_db


def reading_names() -> list[str]:
    """Public pages that take no POST."""
    return [
        name for name, view in sorted(views().items())
        if not getattr(view, "login_required", True) and not getattr(view, "acts_once", False)
    ]  # fmt: skip


@pytest.mark.parametrize("name", reading_names())
def test_reading_sets_no_cookie_and_shows_no_form(name: str, house: House):
    client = open_browser()
    response = client.get(path_of(name, house))
    let_go(response)
    assert not response.cookies
    if response.streaming:
        return
    body = response.content.decode("utf-8", "replace")
    assert not re.search(r'method="?post', body, re.IGNORECASE)
    assert "csrfmiddlewaretoken" not in body
    assert "form_key" not in body


@pytest.mark.parametrize("name", names())
def test_no_kept_page_holds_a_form(name: str, house: House):
    let_go(open_browser().get(path_of(name, house)))
    for page in STORE.pages.values():
        assert b"csrfmiddlewaretoken" not in page.body
        assert b'method="post"' not in page.body.lower()
        assert "Set-Cookie" not in page.headers


def test_what_one_person_sees_is_never_kept(house: House):
    for role in ("guest", "member", "author"):
        STORE.clear()
        client = open_browser(house.person(role))
        for name in reading_names():
            let_go(client.get(path_of(name, house)))
        assert not STORE.pages


def test_a_visitor_never_sees_what_an_author_saw(house: House):
    path = path_of("deliberation:detail", house)
    edit = path_of("deliberation:edit", house)
    for first, second in (("author", "visitor"), ("visitor", "author")):
        STORE.clear()
        bodies = {
            role: open_browser(house.person(role)).get(path).content.decode() for role in (first, second)
        }
        assert edit in bodies["author"]
        assert edit not in bodies["visitor"]


def test_kept_once_and_handed_out(house: House, django_assert_num_queries):
    path = path_of("deliberation:list", house)
    first = Client().get(path)
    with django_assert_num_queries(0):
        again = Client().get(path)
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert again["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= {word.strip() for word in again["Vary"].split(",")}


def test_a_kept_page_of_one_language_is_not_given_in_another(house: House):
    assert 'lang="es"' in Client().get(path_of("home:home", house, "es")).content.decode()
    assert 'lang="fr"' in Client().get(path_of("home:home", house, "fr")).content.decode()
    for language in ("es", "fr"):
        answer = Client().get("/", headers={"accept-language": language})
        assert answer["Location"] == f"/{language}/"


def test_a_changed_world_is_shown(house: House, monkeypatch):
    path = path_of("deliberation:detail", house)
    Client().get(path)
    house.conversation.item.title["en"]["text"] = "Another question?"
    house.conversation.item.save()
    assert "Another question?" not in Client().get(path).content.decode()
    bump_page_version()
    monkeypatch.setattr(middleware, "VERSION_SECONDS", -1)
    assert "Another question?" in Client().get(path).content.decode()


def test_old_age_ends_a_kept_page(house: House, settings):
    settings.KEPT_PAGE_SECONDS = -1
    path = path_of("deliberation:detail", house)
    Client().get(path)
    house.conversation.item.title["en"]["text"] = "Another question?"
    house.conversation.item.save()
    assert "Another question?" in Client().get(path).content.decode()


def test_acting_pages_are_not_stored_anywhere(house: House):
    for name, view in views().items():
        if getattr(view, "acts_once", False):
            for role in ("visitor", "author"):
                response = open_browser(house.person(role)).get(path_of(name, house))
                if response.status_code != 200:
                    continue
                assert "no-store" in response.get("Cache-Control", ""), name


def test_with_a_session_a_page_is_private(house: House):
    response = open_browser(house.person("member")).get(path_of("deliberation:list", house))
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_the_store_is_bounded(monkeypatch):
    monkeypatch.setattr(middleware, "MOST_PAGES", 3)
    for number in range(10):
        Client().get(f"/en/rules/?n={number}")
    assert len(STORE.pages) == 3


def test_the_same_page_again_costs_no_body(house: House):
    path = path_of("deliberation:list", house)
    first = Client().get(path)
    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    other = Client().get(path, headers={"if-none-match": '"something else"'})
    assert other.status_code == 200


def test_after_answering_nothing_of_it_is_on_the_kept_page(house: House):
    visitor = open_browser()
    send(visitor, path_of("deliberation:answer", house), {"statement": house.statement.pk, "vote": "agree"})
    assert "You have answered" in visitor.get(path_of("deliberation:detail", house)).content.decode()
    assert "You have answered" not in Client().get(path_of("deliberation:detail", house)).content.decode()
