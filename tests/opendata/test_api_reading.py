"""What programs read: everything public, in the reader's language, page by page."""

from __future__ import annotations

import pytest
from django.test import Client

from house import House
from tequio.guards.middleware import STORE

pytestmark = pytest.mark.django_db


def test_everything_public_newest_first(house: House, ask):
    answer = ask("GET", f"/items?territory={house.place.code}").json()
    kinds = {one["kind"] for one in answer["items"]}
    assert {"process", "conversation"} <= kinds
    assert house.draft.pk not in {one["id"] for one in answer["items"]}
    times = [one["published_at"] for one in answer["items"]]
    assert times == sorted(times, reverse=True)
    assert answer["next"] is None


def test_a_page_and_the_page_after_it(house: House, ask):
    whole = [one["id"] for one in ask("GET", "/items").json()["items"]]
    found, cursor = [], ""
    for _page in range(len(whole)):
        page = ask("GET", f"/items?limit=1&cursor={cursor.replace('+', '%2B')}").json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert found == whole
    assert len(whole) >= 2


def test_texts_come_in_all_their_languages(house: House, ask):
    path = f"/conversations/{house.conversation.pk}"
    spanish = ask("GET", path, accept_language="es").json()["title"]
    assert spanish["language"] == "es"
    assert spanish["status"] == "human"
    assert spanish["text"] == "¿Cómo conectamos los barrios?"
    assert spanish["versions"]["en"] == {
        "text": "How should our neighbourhoods get online?",
        "status": "original",
    }
    assert ask("GET", path, accept_language="en").json()["title"]["language"] == "en"


def test_an_item_with_its_thread(house: House, ask, django_assert_max_num_queries):
    STORE.clear()
    with django_assert_max_num_queries(12):
        answer = ask("GET", f"/items/{house.statement.pk}").json()
    assert answer["kind"] == "statement"
    assert answer["part_of"]["id"] == house.conversation.pk
    assert answer["thread"] == []


def test_search_gives_the_best_hits(house: House, ask):
    answer = ask("GET", "/items?q=neighbourhoods&kind=conversation").json()
    assert [one["id"] for one in answer["items"]] == [house.conversation.pk]
    assert ask("GET", "/items?q=nothing-like-this").json() == {"items": [], "next": None}


def test_comments_with_answers(house: House, ask):
    answer = ask("GET", f"/items/{house.conversation.pk}/comments").json()
    assert answer["count"] == 2
    side = next(one for one in answer["columns"] if one["side"] == "for")
    assert side["comments"][0]["words"]["text"].endswith("has no line at all.")
    assert side["comments"][0]["replies"][0]["words"]["text"] == "Nor has ours."
    assert side["comments"][0]["useful"] == 1
    one = ask("GET", f"/comments/{house.answer.pk}").json()
    assert one["reply_to"] == house.comment.pk
    assert ask("GET", f"/items/{house.conversation.pk}/comments?order=newest").json()["count"] == 2


def test_statements_by_number_and_results(house: House, ask):
    answer = ask("GET", f"/conversations/{house.conversation.pk}/statements?limit=2").json()
    assert [one["number"] for one in answer["statements"]] == [0, 1]
    after = ask("GET", f"/conversations/{house.conversation.pk}/statements?after={answer['next']}").json()
    assert [one["number"] for one in after["statements"]] == [2]
    assert after["next"] is None
    results = ask("GET", f"/conversations/{house.conversation.pk}/results").json()
    assert results == {"conversation": house.conversation.pk, "made_at": None, "k": 0, "groups": []}
    whole = ask("GET", f"/conversations/{house.conversation.pk}").json()
    assert (whole["statements"], whole["takes_comments"]) == (3, "two")
    assert ask("GET", "/conversations").json()["conversations"][0]["statements"] == 3


def test_places_and_organisations(house: House, ask):
    place = ask("GET", f"/territories/{house.place.code}").json()
    assert place["zone"] == "Africa/Lome"
    within = ask("GET", f"/territories?within={house.place.code}").json()["territories"]
    assert [one["code"] for one in within] == [house.place.code]
    assert ask("GET", "/territories?limit=1").json()["next"]
    assert ask("GET", "/territories?within=XX").json()["territories"] == []
    found = ask("GET", f"/organisations?territory={house.place.code}").json()["organisations"]
    assert found
    one = ask("GET", f"/organisations/{found[0]['id']}").json()
    assert one["name"] == found[0]["name"]
    first = ask("GET", "/organisations?limit=1").json()
    rest = ask("GET", f"/organisations?cursor={first['next']}").json()["organisations"]
    assert first["organisations"][0]["id"] not in {other["id"] for other in rest}


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/items?limit=100000000000000000000", "query.limit"),
        ("/items?limit=0", "query.limit"),
        ("/items?limit=x", "query.limit"),
        ("/items?cursor=never", "query.cursor"),
        ("/items?kind=statement", "query.kind"),
        ("/items?territory=XX", "query.territory"),
        ("/items?state=gone", "query.state"),
        ("/items/0", "path.pk"),
        ("/items/9999999999999999999999", "path.pk"),
        ("/items/x", "path.pk"),
        ("/organisations?cursor=x", "query.cursor"),
        ("/organisations?kind=x", "query.kind"),
        ("/organisations?territory=XX", "query.territory"),
        ("/conversations?limit=101", "query.limit"),
    ],
)
def test_what_is_not_right_is_named(path: str, where: str, ask):
    answer = ask("GET", path)
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["fields"]] == [where]
    assert all(one["message"] for one in answer.json()["fields"])


def test_problems_in_the_readers_language(ask):
    said = {
        language: ask("GET", "/items/1999999", accept_language=language).json()
        for language in ("es", "en", "fr")
    }
    assert {one["code"] for one in said.values()} == {"not_found"}
    for path, status in (("/nowhere", 404), ("/items?q=%00", 400), ("/items/", 404)):
        answer = ask("GET", path)
        assert answer.status_code == status
        assert answer["Content-Type"].startswith("application/json")
        assert set(answer.json()) == {"code", "message", "fields"}


def test_other_methods(house: House, ask):
    for method in ("PUT", "PATCH", "DELETE"):
        answer = ask(method, f"/items/{house.conversation.pk}")
        assert (answer.status_code, answer.json()["code"]) == (405, "method")
    head = ask("HEAD", f"/items/{house.conversation.pk}")
    assert (head.status_code, head.content) == (200, b"")


def test_nothing_new_costs_no_body(house: House, ask):
    path = f"/items/{house.conversation.pk}"
    first = ask("GET", path)
    again = ask("GET", path, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert ask("GET", path, if_none_match='"other"').status_code == 200


def test_pages_of_other_sites_read_what_is_public(house: House, ask):
    assert ask("GET", "/items")["Access-Control-Allow-Origin"] == "*"
    may = ask("OPTIONS", "/items", origin="https://elsewhere.example")
    assert may.status_code == 204
    assert "Authorization" not in may["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in may


def test_cookies_count_for_nothing(house: House, client: Client, ask):
    """Whoever is signed in in the same browser reads as the public, and cannot act."""
    client.force_login(house.person("author"))
    assert ask("GET", f"/items/{house.draft.pk}").status_code == 404
    path = f"/items/{house.conversation.pk}/comments"
    answer = ask("POST", path, body={"text": "Hello.", "language": "en", "side": "for"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
