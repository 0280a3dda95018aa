"""Twins: the same things in two places. Whoever runs the one reaches nothing of the other (T18)."""

from __future__ import annotations

import pytest

from addresses import path_of, views
from forms import open_browser
from house import PATHS, House
from posts import POSTS, Post
from rows import changed, digests
from tequio.ideas.deliberation.models import Statement, StatementVote

pytestmark = pytest.mark.django_db
RUNNING = ("moderator", "colleague", "author")
# What is shown to everybody any member may carry on, wherever she lives.
FOR_EVERY_MEMBER = {"thread:choose"}


def closed_names() -> list[str]:
    """URLs of one thing that are not for everybody."""
    return sorted(
        name
        for name, view in views().items()
        if getattr(view, "login_required", True) and name in PATHS and name not in FOR_EVERY_MEMBER
    )


@pytest.mark.parametrize("name", closed_names())
def test_who_runs_one_place_finds_nothing_of_the_other(name: str, house: House, twin: House):
    for here, there in ((house, twin), (twin, house)):
        for role in RUNNING:
            client = open_browser(here.person(role))
            assert client.get(path_of(name, there)).status_code == 404, role
            assert client.get(path_of(name, there, "fr") + "?original=1").status_code == 404, role


@pytest.mark.parametrize("post", [one for one in POSTS if one.name in closed_names()], ids=str)
def test_no_form_sent_to_the_other_place(post: Post, house: House, twin: House):
    """Her own page's form, sent to the address of the other house's thing."""
    client = post.browser(house)
    form, address = post.with_key(client, house), post.path(twin)
    before = digests()
    answer = client.post(address, {**form, **post.fields(twin)})
    assert answer.status_code == 404
    assert changed(before, digests()) == []


@pytest.mark.parametrize("post", [one for one in POSTS if one.things], ids=str)
def test_no_thing_of_the_other_place_in_a_field(post: Post, house: House, twin: House):
    client = post.browser(house)
    form = post.with_key(client, house)
    before = digests()
    for thing in post.things:
        answer = client.post(post.path(house), {**form, thing: post.fields(twin)[thing]})
        assert answer.status_code in (404, 422), f"{thing}: {answer.status_code}"
        assert changed(before, digests()) == []


def test_statements_are_answered_in_their_own_conversation_only(house: House, twin: House):
    post = next(one for one in POSTS if one.name == "deliberation:answer")
    for foreign in (twin.statement, twin.held, house.held, house.draft.statements.get()):
        client = post.browser(house)
        form = {**post.with_key(client, house), "statement": foreign.pk}
        assert client.post(post.path(house), form).status_code == 404
    assert StatementVote.objects.count() == 4


def test_a_statement_is_not_merged_into_the_other_place(house: House, twin: House):
    post = next(one for one in POSTS if one.name == "deliberation:merge")
    client = post.browser(house)
    form = post.with_key(client, house)
    numbers = set(house.conversation.statements.values_list("number", flat=True))
    for number in {10_000, -1} - numbers:
        assert client.post(post.path(house), {**form, "number": number}).status_code == 422
    assert not Statement.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("role", ["visitor", "guest", "member", "stranger", "moderator"])
def test_what_is_not_for_all_shows_in_no_list_search_or_export(role: str, house: House, twin: House):
    """The words of the other house's draft and of its waiting statement."""
    client = open_browser(house.person(role))
    waiting = twin.held.item.title["en"]["text"]
    pages = [
        path_of("home:home", twin), path_of("deliberation:list", twin) + "?state=all",
        path_of("deliberation:list", twin), path_of("home:territory_detail", twin),
        path_of("home:door", twin) + "?state=all", path_of("deliberation:detail", twin),
        path_of("deliberation:statement_list", twin), path_of("deliberation:sheet", twin),
        path_of("processes:detail", twin), path_of("deliberation:results", twin),
        path_of("deliberation:history", twin), path_of("search:search", twin) + f"?q={twin.secret}",
        path_of("search:search", twin) + "?q=school+line", path_of("deliberation:numbers", twin),
        path_of("home:territory_detail", twin) + f"?q={twin.secret}",
        path_of("deliberation:export", twin).replace("export.zip", "export/comments.csv"),
    ]  # fmt: skip
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = (answer.getvalue() if answer.streaming else answer.content).decode("utf-8", "replace")
        assert f"A draft about {twin.secret}" not in body, path
        assert f"/conversations/{twin.draft.pk}/" not in body, path
        assert waiting not in body, path


def test_numbers_of_the_other_place_are_not_ones_own(house: House, twin: House):
    """What a guest answered there is not on her page here."""
    client = open_browser(house.person("guest"))
    assert client.get(path_of("deliberation:change", house)).status_code == 200
    assert client.get(path_of("deliberation:change", twin)).status_code == 404
    assert (
        twin.statement.item.title["en"]["text"]
        not in client.get(path_of("deliberation:mine", twin)).content.decode()
    )
