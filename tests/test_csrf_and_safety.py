"""No form without its token, none with another's; reading a page changes nothing (T23)."""

from __future__ import annotations

import pytest

from addresses import acting_names, names, path_of
from forms import let_go, open_browser
from house import ROLES, House
from posts import POSTS, Post
from rows import changed, digests

pytestmark = pytest.mark.django_db


def test_every_url_that_takes_a_post_has_an_example():
    assert {post.name for post in POSTS} | WITHOUT_EFFECT == set(acting_names())


# They take a POST by their decorator, and have no form of their own.
WITHOUT_EFFECT = {"deliberation:mine"}


@pytest.mark.parametrize("post", POSTS, ids=str)
def test_a_post_with_its_token_is_taken(post: Post, house: House):
    client = post.browser(house, enforce_csrf_checks=True)
    before = digests()
    response = client.post(post.path(house), post.with_key(client, house))
    assert response.status_code == 302, response.content.decode()[:2000]
    if post.has_effect:
        assert changed(before, digests())


@pytest.mark.parametrize("post", POSTS, ids=str)
@pytest.mark.parametrize("token", ["", "x" * 64, "another's"], ids=["missing", "invented", "anothers"])
def test_a_post_without_its_own_token_is_refused(post: Post, token: str, house: House):
    client = post.browser(house, enforce_csrf_checks=True)
    form = post.with_key(client, house)
    if token == "another's":
        other = open_browser(enforce_csrf_checks=True)
        other.get(path_of("deliberation:answer", house))
        token = other.cookies["csrftoken"].value
        assert token != client.cookies["csrftoken"].value
    before = digests()
    response = client.post(post.path(house), {**form, "csrfmiddlewaretoken": token})
    assert response.status_code == 403
    assert changed(before, digests()) == []


@pytest.mark.parametrize("post", POSTS, ids=str)
def test_a_post_from_another_site_is_refused(post: Post, house: House):
    client = post.browser(house, enforce_csrf_checks=True)
    form = post.with_key(client, house)
    before = digests()
    response = client.post(post.path(house), form, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert changed(before, digests()) == []


@pytest.mark.parametrize("post", POSTS, ids=str)
def test_a_post_without_its_form_key_is_refused(post: Post, house: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    before = digests()
    for key in ("", "short", "x" * 65, "../../etc/passwd-etc-passwd"):
        assert client.post(post.path(house), {**form, "form_key": key}).status_code == 400
    assert changed(before, digests()) == []


@pytest.mark.parametrize("role", ROLES)
def test_no_get_changes_a_row(role: str, house: House):
    client = open_browser(house.person(role))
    paths = [path_of(name, house) for name in names()]  # some make the thing they lead to
    before = digests()
    for path in paths:
        for query in ("", "?do=publish&vote=agree&original=1&do=close"):
            let_go(client.get(path + query))
            let_go(client.head(path + query))
        assert changed(before, digests()) == [], f"GET {path} as {role}"
