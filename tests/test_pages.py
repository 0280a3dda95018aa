"""Every page for every kind of person in three languages: it stands, and it says what it is."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from addresses import has_language, names, path_of, views
from forms import let_go, open_browser
from house import ROLES, House
from markup import Element, read_page
from tequio.base.languages import INTERFACE
from tequio.guards.middleware import STORE
from turns import part

MOST_QUERIES = 12
NO_QUERIES = ("SAVEPOINT", "RELEASE", "SET LOCAL")  # words about the transaction
pytestmark = pytest.mark.django_db


def is_page(response: HttpResponse) -> bool:
    is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    return is_html and response.status_code not in (301, 302, 303)


def complaints(response: HttpResponse, language: str) -> list[str]:
    """What a page owes to every reader."""
    root, wrong = read_page(response.content.decode())
    page = next(iter(root.all("html")), Element("html", {}))
    if page.attributes.get("lang") != language:
        wrong.append(f"lang is {page.attributes.get('lang')}")
    titles = [title.text() for title in root.all("title") if title.inside("head")]
    if len(titles) != 1 or not titles[0].split(" · ")[0].strip():
        wrong.append(f"titles: {titles}")
    heads = [head.text() for head in root.all("h1")]
    if len(heads) != 1 or not heads[0]:
        wrong.append(f"h1: {heads}")
    wrong += _ids(root) + _labels(root) + _pictures(root)
    if "{{" in root.text() or "{%" in root.text():
        wrong.append("a template's sign is left on the page")
    return wrong


def _ids(root: Element) -> list[str]:
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    wrong = [f"id twice: {one}" for one in sorted({one for one in ids if ids.count(one) > 1})]
    named = {"for", "aria-labelledby", "aria-describedby", "aria-controls"}
    for element in root.all():
        for attribute in named & set(element.attributes):
            missing = set(element.attributes[attribute].split()) - set(ids)
            wrong += [f"{attribute}={one} points at nothing" for one in sorted(missing)]
        link = element.attributes.get("href", "")
        if link.startswith("#") and link[1:] not in ids:
            wrong.append(f"{element.tag} href={link} points at nothing")
    return wrong


def _labels(root: Element) -> list[str]:
    labelled = {label.attributes.get("for") for label in root.all("label")}
    wrong = []
    for control in root.all("input", "select", "textarea"):
        if control.attributes.get("type") in ("hidden", "submit"):
            continue
        has_label = (
            control.attributes.get("id") in labelled
            or control.inside("label")
            or {"aria-label", "aria-labelledby"} & set(control.attributes)
        )
        if not has_label:
            wrong.append(f"no label: {control.attributes.get('name')}")
    wrong += [
        "a link or button without words" for element in root.all("a", "button")
        if not element.text() and not element.attributes.get("aria-label")
    ]  # fmt: skip
    return wrong


def _pictures(root: Element) -> list[str]:
    wrong = [f"img without alt: {one.attributes}" for one in root.all("img") if "alt" not in one.attributes]
    for picture in root.all("svg"):
        named = {"aria-label", "aria-labelledby"} & set(picture.attributes) or picture.all("title")
        if picture.attributes.get("role") == "img" and not named:
            wrong.append("a picture without a name")
    return wrong


@pytest.mark.parametrize("name", names())
def test_every_page_for_everybody_in_three_languages(name: str, house: House):
    wrong: dict[str, list[str]] = {}
    for role in ROLES:
        browser = open_browser(house.person(role))
        # In the quick tests a page is read in one language, the next one in the next.
        languages = part(INTERFACE, 3, offset=names().index(name)) if has_language(name, house) else ("en",)
        for language in languages:
            response = browser.get(path_of(name, house, language), headers={"accept-language": language})
            let_go(response)
            if response.status_code >= 500:
                wrong.setdefault(f"answers {response.status_code}", []).append(f"{role} {language}")
            elif is_page(response):
                for word in complaints(response, language):
                    wrong.setdefault(word, []).append(f"{role} {language}")
    assert not wrong, name + "".join(f"\n{word} ({', '.join(seen)})" for word, seen in wrong.items())


@pytest.mark.parametrize("name", names())
def test_a_post_with_nothing_is_no_error_of_ours(name: str, house: House):
    for role in part(ROLES, 4, offset=names().index(name)):
        browser = open_browser(house.person(role))
        response = browser.post(path_of(name, house), {})
        let_go(response)
        assert response.status_code < 500
        # A mail program's one click has nothing but its address.
        assert response.status_code >= 400 or response.status_code == 302 or name == "one_click_stop"


@pytest.mark.parametrize("name", names())
def test_few_queries(name: str, house: House):
    counts = {}
    for role in ("visitor", "guest", "author"):
        browser = open_browser(house.person(role))
        path = path_of(name, house)
        let_go(browser.get(path))  # what is read once and kept
        STORE.clear()
        STORE.current_version()
        with CaptureQueriesContext(connection) as queries:
            let_go(browser.get(path))
        counts[role] = len([one for one in queries if not one["sql"].startswith(NO_QUERIES)])
    assert max(counts.values()) <= MOST_QUERIES, counts


@pytest.mark.parametrize("language", INTERFACE)
def test_what_is_absent_says_so_in_the_readers_language(language: str, client, db):
    page = client.get(f"/{language}/no-such-page/")
    assert page.status_code == 404
    assert complaints(page, language) == []
    with translation.override(language):
        said = client.get(f"/{language}/conversations/999999/")
    assert said.status_code == 404
    assert complaints(said, language) == []


def test_the_absent_and_the_unseen_look_the_same(house: House):
    """A draft answers as a number that was never given, to all but those who look after its place."""
    for role in ("visitor", "guest", "member", "stranger"):
        browser = open_browser(house.person(role))
        for pattern in (
            "/en/conversations/{}/",
            "/en/conversations/{}/answer/",
            "/en/conversations/{}/results/",
        ):
            unseen = browser.get(pattern.format(house.draft.pk))
            absent = browser.get(pattern.format(999_999))
            assert unseen.status_code == absent.status_code == 404
            clean = [
                re.sub(rf"(conversations(?:/|%2F)){number}\b", r"\1N", page.content.decode())
                for page, number in ((unseen, house.draft.pk), (absent, 999_999))
            ]
            assert clean[0] == clean[1]
            assert house.secret not in unseen.content.decode()


def test_views_are_named_for_their_urls_and_documented_words_exist():
    """Every URL leads to a function of ours."""
    assert {view.__module__.split(".")[0] for view in views().values()} == {"tequio"}
