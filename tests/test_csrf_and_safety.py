"""No form without its token, none with another's; reading a page changes nothing (T23)."""

from __future__ import annotations

import pytest

from addresses import acting_names, names, path_of
from forms import let_go, open_browser
from house import ROLES, House
from posts import POSTS, Post
from rows import changed, digests
from turns import part

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
def test_a_post_without_its_own_token_or_key_is_refused(post: Post, house: House):
    """Without a token, with an invented one or another's, from another site; without a key, with a broken one."""
    client = post.browser(house, enforce_csrf_checks=True)
    form = post.with_key(client, house)
    other = open_browser(enforce_csrf_checks=True)
    other.get(path_of("deliberation:answer", house))
    anothers = other.cookies["csrftoken"].value
    assert anothers != client.cookies["csrftoken"].value
    address, before = post.path(house), digests()
    for token in ("", "x" * 64, anothers):
        answer = client.post(address, {**form, "csrfmiddlewaretoken": token})
        assert answer.status_code == 403, f"token {token!r}"
    assert client.post(address, form, headers={"origin": "https://evil.example"}).status_code == 403
    for key in ("", "short", "x" * 65, "../../etc/passwd-etc-passwd"):
        assert client.post(address, {**form, "form_key": key}).status_code == 400, f"key {key!r}"
    assert changed(before, digests()) == []


@pytest.mark.parametrize("role", part(ROLES, 3))
def test_no_get_changes_a_row(role: str, house: House):
    client = open_browser(house.person(role))
    paths = [path_of(name, house) for name in names()]  # some make the thing they lead to
    before = digests()
    for some in batched(paths, 12):
        for path in some:
            for query in ("", "?do=publish&vote=agree&original=1&do=close"):
                let_go(client.get(path + query))
                let_go(client.head(path + query))
        assert changed(before, digests()) == [], f"one of GET {some} as {role}"


def batched(values: list[str], size: int) -> list[list[str]]:
    return [values[first : first + size] for first in range(0, len(values), size)]
