"""What programs do in somebody's name: with a key that opens it, once, within limits, as the services allow."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from house import House
from keys import key_for
from rows import changed, digests
from tequio.consent.models import Consent
from tequio.discussions.models import Comment
from tequio.ideas.deliberation.models import Participant, StatementVote
from tequio.opendata.models import ProgramKey

pytestmark = pytest.mark.django_db
HELLO = {"text": "A word about masts.", "language": "en", "side": "for"}


def comments_of(house: House) -> str:
    return f"/items/{house.conversation.pk}/comments"


def test_a_comment_is_written_once(house: House, ask):
    key, once = key_for(house.person("member")), str(uuid.uuid4())
    hers = Comment.objects.filter(author=house.person("member"))
    before = hers.count()
    first = ask("POST", comments_of(house), key=key, body=HELLO, once=once)
    assert first.status_code == 201
    assert first.json()["words"]["text"] == HELLO["text"]
    assert Comment.objects.get(pk=first.json()["id"]).author == house.person("member")
    again = ask("POST", comments_of(house), key=key, body=HELLO, once=once)
    assert (again.status_code, again.json()) == (201, first.json())
    other = ask("POST", comments_of(house), key=key, body={**HELLO, "text": "Other words."}, once=once)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert hers.count() == before + 1


def test_two_keys_with_the_same_header_are_two_senders(house: House, ask):
    once = str(uuid.uuid4())
    made = [
        ask("POST", comments_of(house), key=key_for(house.person(role)), body=HELLO, once=once).json()["id"]
        for role in ("member", "stranger")
    ]
    assert made[0] != made[1]


@pytest.mark.parametrize("once", ["", "short", "x" * 65, "../../etc/passwd-etc-passwd"])
def test_an_act_needs_its_idempotency_key(once: str, house: House, ask):
    before = Comment.objects.count()
    answer = ask("POST", comments_of(house), key=key_for(house.person("member")), body=HELLO, once=once or "")
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key")
    assert Comment.objects.count() == before


def test_an_answer_to_a_comment(house: House, ask):
    key = key_for(house.person("member"))
    body = {"text": "Which street?", "language": "en", "reply_to": house.comment.pk}
    made = ask("POST", comments_of(house), key=key, body=body)
    assert (made.status_code, made.json()["reply_to"]) == (201, house.comment.pk)
    assert ask("POST", comments_of(house), key=key, body={**body, "reply_to": 999_999}).status_code == 404
    on_a_side = ask("POST", comments_of(house), key=key, body={**body, "side": "for"})
    assert [one["where"] for one in on_a_side.json()["fields"]] == ["body.side"]


def test_a_vote_asks_for_consent_first(house: House, ask):
    person = house.person("stranger")
    key, path = key_for(person), f"/statements/{house.statement.pk}/vote"
    asked = ask("POST", path, key=key, body={"vote": "agree"})
    assert (asked.status_code, asked.json()["code"]) == (403, "asks_consent")
    assert asked.json()["fields"][0]["where"] == "body.agrees"
    assert not Participant.objects.filter(person=person).exists()
    given = ask("POST", path, key=key, body={"vote": "agree", "important": True, "agrees": True})
    assert given.json() == {"statement": house.statement.pk, "vote": "agree", "important": True}
    assert StatementVote.objects.get(participant__person=person).value == 1
    assert Consent.objects.get(person=person, purpose="opinions").channel == "program"
    assert ask("POST", path, key=key, body={"vote": "disagree"}).status_code == 200
    shown = ask("GET", f"/statements/{house.statement.pk}", key=key).json()
    assert shown["my_vote"] == "disagree"
    assert ask("GET", f"/statements/{house.statement.pk}").json()["my_vote"] is None


def test_a_statement_waits_for_a_moderator(house: House, ask):
    path = f"/conversations/{house.conversation.pk}/statements"
    body = {"text": "Schools first, then the market.", "language": "en", "agrees": True}
    made = ask("POST", path, key=key_for(house.person("member")), body=body)
    assert (made.status_code, made.json()["state"]) == (201, "held")
    assert ask("GET", f"/statements/{made.json()['id']}").status_code == 404


def test_an_odd_language_is_named(house: House, ask):
    answer = ask(
        "POST",
        comments_of(house),
        key=key_for(house.person("member")),
        body={**HELLO, "language": "nope-nope"},
    )
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["fields"]] == ["body.language"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "", "language": "en"}, {"text": " \u200b\x00 ", "language": "en"}, {"language": "en"},
        {"text": "x" * 2001, "language": "en"}, {"text": "\ud800", "language": "en"}, {"text": 7, "language": "en"},
        {**HELLO, "side": "both"}, {**HELLO, "reply_to": 2**63}, {**HELLO, "name": "x" * 81}, [], None, "text",
    ],
)  # fmt: skip
def test_bodies_that_are_not_right(body, house: House, ask):
    before = Comment.objects.count()
    answer = ask("POST", comments_of(house), key=key_for(house.person("member")), body=body)
    assert answer.status_code == 422, answer.content
    assert Comment.objects.count() == before


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 30_000, b"NaN", b'{"text": 1e999}'])
def test_bodies_that_are_no_json(raw: bytes, house: House, client):
    key = key_for(house.person("member"))
    headers = {"authorization": f"Bearer {key}", "idempotency-key": str(uuid.uuid4())}
    path = f"/api/v1{comments_of(house)}"
    answer = client.generic("POST", path, raw, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422), answer.content
    assert answer["Content-Type"].startswith("application/json")
    large = client.generic("POST", path, b" " * 70_000, content_type="application/json", headers=headers)
    assert (large.status_code, large.json()["code"]) == (413, "too_large")


def test_what_is_closed_refuses(house: House, ask):
    house.conversation.item.comments = "closed"
    house.conversation.item.save()
    answer = ask("POST", comments_of(house), key=key_for(house.person("member")), body=HELLO)
    assert (answer.status_code, answer.json()["code"]) == (403, "closed")


def test_a_key_opens_what_it_is_for(house: House, ask):
    person = house.person("member")
    reads = key_for(person, "comments:read")
    assert ask("GET", comments_of(house), key=reads).status_code == 200
    answer = ask("POST", comments_of(house), key=reads, body=HELLO)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    assert ask("GET", "/items", key=reads).json()["code"] == "scope"
    assert ask("GET", "/key", key=reads).json()["scopes"] == ["comments:read"]
    assert ask("GET", "/key").status_code == 401


def test_with_a_key_one_reads_what_one_may_see(house: House, ask):
    path, author = f"/conversations/{house.draft.pk}", key_for(house.person("author"))
    assert ask("GET", path, key=author).json()["state"] == "draft"
    private = ask("GET", path, key=author)
    assert private["Cache-Control"] == "private, no-cache"
    assert ask("GET", path, key=author, if_none_match=private["ETag"]).status_code == 304
    assert ask("GET", path).status_code == 404  # and it was kept for nobody
    assert ask("GET", path, key=key_for(house.person("member"))).status_code == 404


def test_a_key_dies_at_once(house: House, ask):
    person = house.person("member")
    for how in ({"ended_at": timezone.now()}, {"until": timezone.now() - timedelta(seconds=1)}):
        key = key_for(person)
        assert ask("GET", "/key", key=key).status_code == 200
        ProgramKey.objects.filter(person=person).update(**how)
        assert ask("GET", "/key", key=key).status_code == 401
    key = key_for(person)
    person.is_active = False
    person.save()
    assert ask("GET", "/key", key=key).json()["code"] == "key"


@pytest.mark.parametrize(
    "said", ["Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "tequio_x", "Bearer " + "x" * 300, "Bearer é"]
)
def test_what_is_no_key(said: str, ask):
    answer = ask("GET", "/items", authorization=said)
    assert (answer.status_code, answer.json()["code"]) == (401, "key")


def test_too_often(house: House, ask, settings):
    settings.API_LIMIT_PUBLIC, settings.API_LIMIT_KEY = 2, 3
    for _ in range(2):
        assert ask("GET", "/items/1999999").status_code == 404
    answer = ask("GET", "/items/1999999")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_often")
    assert int(answer["Retry-After"]) > 0
    key = key_for(house.person("member"))
    assert [ask("GET", "/key", key=key).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_reading_changes_no_row_but_the_count_of_requests(house: House, ask):
    key = key_for(house.person("author"))
    ask("GET", "/key", key=key)  # its first use of the hour is noted
    before = digests()
    for path in (
        "/items",
        f"/items/{house.conversation.pk}",
        "/conversations",
        "/territories",
        "/organisations",
    ):
        ask("GET", path, key=key)
        ask("GET", path)
    assert set(changed(before, digests())) <= {"guards.ratecounter", "guards_ratecounter"}
