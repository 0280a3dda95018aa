"""Who may ask the API for what: every operation, every kind of person, what is open and what is not (T17, T18)."""

from __future__ import annotations

import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from house import ROLES, House
from keys import key_for
from people import words
from rows import changed, digests
from tequio.discussions.models import Comment
from tequio.guards.middleware import STORE
from tequio.opendata.api.document import BASE, document
from tequio.opendata.enums import Scope
from tequio.organisations.models import Organisation

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("api_permissions.txt")
# Guests have no keys.
ASKING = [role for role in ROLES if role != "guest"]
THINGS = ("open", "draft", "absent")
ABSENT = 1_999_999
BODIES: dict[str, dict[str, Any]] = {
    "POST /items/{pk}/comments": {"text": "A word.", "language": "en", "side": "for"},
    "POST /conversations/{pk}/statements": {"text": "Schools come first.", "language": "en", "agrees": True},
    "POST /statements/{pk}/vote": {"vote": "agree", "agrees": True},
}


def operations() -> dict[str, dict[str, Any]]:
    """{"GET /items": its part of the document}"""
    return {
        f"{method.upper()} {path.removeprefix(BASE)}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], dict[str, str]]:
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            method, path, thing, *answers = line.split()
            assert len(answers) == len(ASKING), line
            rows[f"{method} {path}", thing] = dict(zip(ASKING, answers, strict=True))
    return rows


def unseen_comment(house: House) -> int:
    """One that waits for a moderator."""
    found = Comment.objects.filter(item=house.conversation.pk, state="held").first()
    author, item = house.person("guest"), house.conversation.item
    values = {"words": words("Not yet."), "state": "held", "side": "for"}
    return (found or Comment.objects.create(item=item, author=author, **values)).pk


def unseen_organisation(house: House) -> int:
    Organisation.objects.filter(pk=house.organisations.waits.pk).update(hidden_by="decision:1")
    return house.organisations.waits.pk


def ids(house: House) -> dict[str, dict[str, Any]]:
    """{part of the path: {thing: what stands there}}"""
    draft = house.draft.statements.get().pk
    conversation = {"open": house.conversation.pk, "draft": house.draft.pk, "absent": ABSENT}
    return {
        "/items/{pk}": conversation,
        "/conversations/{pk}": conversation,
        "/ideas/{pk}": {"open": house.idea.pk, "draft": house.idea_draft.pk, "absent": ABSENT},
        "/problems/{pk}": {
            "open": house.notes["problem"].pk, "draft": house.notes["withdrawn"].pk, "absent": ABSENT,
        },
        "/processes/{pk}": {
            "open": house.process.pk, "draft": house.notes["proposed"].pk, "absent": ABSENT,
        },
        "/results/{pk}": {
            "open": house.notes["result"], "draft": house.notes["result_draft"], "absent": ABSENT,
        },
        "/statements/{pk}": {"open": house.statement.pk, "draft": draft, "absent": ABSENT},
        "/comments/{pk}": {"open": house.comment.pk, "draft": unseen_comment(house), "absent": ABSENT},
        "/organisations/{pk}": {
            "open": house.organisations.runs.pk, "draft": unseen_organisation(house), "absent": ABSENT,
        },
        "/territories/{code}": {"open": house.place.code, "draft": None, "absent": "XX"},
    }  # fmt: skip


def things_of(operation: str) -> tuple[str, ...]:
    if "{" not in operation:
        return ("open",)
    return ("open", "absent") if "/territories/" in operation else THINGS


def path_of(operation: str, thing: str, house: House) -> str:
    path = operation.split()[1]
    for part, values in ids(house).items():
        if path.startswith(part):
            return path.replace(part, f"{part.split('{')[0]}{values[thing]}", 1)
    return path


def test_the_table_and_the_operations_are_the_same():
    wanted = {(name, thing) for name in operations() for thing in things_of(name)}
    assert set(table()) == wanted
    assert {name for name in operations() if name.startswith("POST")} == set(BODIES)


@pytest.mark.parametrize("name", sorted(operations()))
def test_everybody_at_every_operation(name: str, house: House, ask):
    wrong = []
    for thing in things_of(name):
        for role in ASKING:
            key = "" if role == "visitor" else key_for(house.person(role))
            got = ask(name.split()[0], path_of(name, thing, house), key=key, body=BODIES.get(name))
            expected = table()[name, thing][role]
            if str(got.status_code) != expected:
                wrong.append(f"{thing} {role}: {got.status_code}, the table says {expected}")
    assert not wrong, f"{name}\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(operations()))
def test_a_key_for_something_else_opens_nothing(name: str, house: House, ask):
    scope = operations()[name].get("x-scope")
    others = [one for one in Scope.values if one != scope]
    answer = ask(
        name.split()[0],
        path_of(name, "open", house),
        key=key_for(house.person("member"), *others),
        body=BODIES.get(name),
    )
    if scope:
        assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize("name", sorted(operations()))
def test_what_is_unseen_answers_as_what_is_absent(name: str, house: House, twin: House, ask):
    """Drafts and hidden things, for those who look after another place too."""
    if "draft" not in things_of(name):
        return
    path_of(name, "draft", twin)  # makes what is missing
    before = digests()
    for role in ("visitor", "moderator", "author"):
        key = "" if role == "visitor" else key_for(house.person(role))
        if role == "visitor" and name.startswith("POST"):
            continue
        method, body, once = name.split()[0], BODIES.get(name), str(uuid.uuid4())
        unseen = ask(method, path_of(name, "draft", twin), key=key, body=body, once=once)
        absent = ask(method, path_of(name, "absent", twin), key=key, body=body, once=str(uuid.uuid4()))
        assert unseen.status_code == absent.status_code == 404, role
        assert unseen.content == absent.content
    apart = {"guards_ratecounter", "opendata_programkey", "audit_record", "guards.ratecounter"}
    assert {
        one for one in changed(before, digests()) if "statement" in one or "comment" in one
    } - apart == set()


def test_no_list_shows_what_is_not_for_all(house: House, twin: House, ask):
    for key in ("", key_for(house.person("moderator")), key_for(house.person("author"))):
        for path in ("/items?limit=100", "/conversations?limit=100", "/ideas?limit=100", f"/items?q={twin.secret}",
                     "/organisations?limit=100", f"/items/{twin.conversation.pk}/comments",
                     f"/conversations/{twin.conversation.pk}/statements"):  # fmt: skip
            answer = ask("GET", path, key=key)
            assert answer.status_code == 200, path
            assert twin.secret not in answer.content.decode(), path
            assert twin.held.item.title["en"]["text"] not in answer.content.decode(), path


@pytest.mark.parametrize("name", sorted(one for one in operations() if one.startswith("GET")))
def test_few_queries(name: str, house: House, ask):
    """As many as a page may have, with the question for the key and the count of requests."""
    key = key_for(house.person("author"))
    ask("GET", path_of(name, "open", house), key=key)
    for one in ("", key):
        STORE.clear()
        STORE.current_version()
        with CaptureQueriesContext(connection) as queries:
            ask("GET", path_of(name, "open", house), key=one)
        assert len(queries) <= 12, [query["sql"][:120] for query in queries]
