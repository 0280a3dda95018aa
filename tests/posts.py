"""One valid form for each URL that takes a POST: who sends it, and what she fills in.

Many tests go through this list: double submits, forged tokens, twins, hostile words. A new URL that
takes a POST needs its line here.
"""

from __future__ import annotations

import json
import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils.http import int_to_base36
from fido2.utils import websafe_encode

from door_steps import newest_code
from exports import COMMENTS, VOTES, uploads
from forms import open_browser
from house import House
from passkeys import SoftKey, options_of
from post import Fields, Post
from posts_answers import ROWS as ANSWER_ROWS
from posts_discussions import ROWS as DISCUSSION_ROWS
from posts_moderation import ROWS as MODERATION_ROWS
from posts_notifications import ROWS as NOTIFICATION_ROWS
from posts_opendata import ROWS as OPENDATA_ROWS
from posts_organisations import ROWS as ORGANISATION_ROWS
from posts_people import PEOPLE
from posts_portal import ROWS as PORTAL_ROWS
from posts_problems import ROWS as PROBLEM_ROWS
from posts_processes import ROWS as PROCESS_ROWS
from posts_proposals import ROWS as PROPOSAL_ROWS
from posts_search import ROWS as SEARCH_ROWS
from tequio.base.actor import SYSTEM
from tequio.people.models import Person
from tequio.people.services import grant_role
from tequio.portal.door.services.second_steps import add_app, make_codes
from ways_in import number_of_app

PASSWORD = "seven tortoises mend the lamp"


def _post(house: House, client: Client, name: str, fields: Fields) -> None:
    """One form on the way to the one that is meant."""
    post = Post(name, "visitor", lambda house: fields)
    assert client.post(post.path(house), post.with_key(client, house)).status_code == 302


def _ask_for_code(house: House, client: Client) -> None:
    _post(house, client, "door:sign_in", {"address": f"new.{house.tag}@example.org"})


def _prove_code(house: House, client: Client) -> None:
    _ask_for_code(house, client)
    _post(house, client, "door:enter_code", {"code": newest_code(f"new.{house.tag}@example.org")})


def _member(house: House) -> Person:
    person = house.person("member")
    assert person is not None
    return person


def _give_password(house: House, client: Client) -> None:
    Person.objects.filter(pk=_member(house).pk).update(password=make_password(PASSWORD))


def _give_key(house: House, client: Client) -> None:
    key, person = SoftKey(), _member(house)
    question = {
        "challenge": websafe_encode(b"0"),
        "user": {"id": websafe_encode(int_to_base36(person.pk).encode())},
    }
    data = {"name": "My key", "credential": json.loads(key.create(question))}
    Authenticator.objects.create(user=person, type="webauthn", data=data)
    house.notes["key"] = key


def _make_key(house: House, page: Any) -> Fields:
    return {"credential": SoftKey().create(options_of(page))}


def _show_key(house: House, page: Any) -> Fields:
    return {"credential": house.notes["key"].get(options_of(page))}


def _give_codes(house: House, client: Client) -> None:
    house.notes["code"] = make_codes(_member(house), by=_member(house))[0]


def _stand_before_second_step(house: House, client: Client) -> None:
    _give_codes(house, client)
    secret = generate_totp_secret()
    assert add_app(_member(house), secret, number_of_app(secret), by=_member(house))
    address = f"member.{house.tag}@example.org"
    _post(house, client, "door:sign_in", {"address": address})
    _post(house, client, "door:enter_code", {"code": newest_code(address)})


def _show_app(house: House, page: Any) -> Fields:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())
    assert found
    return {"code": number_of_app(found[1].replace(" ", ""))}


def _add_second(house: House, client: Client) -> None:
    address = f"second.{house.tag}@example.org"
    EmailAddress.objects.create(user=_member(house), email=address, verified=True)


def _ask_to_add(house: House, client: Client) -> None:
    _post(house, client, "door:addresses", {"address": f"third.{house.tag}@example.org"})


def _sign_in_elsewhere(house: House, client: Client) -> None:
    open_browser(_member(house))


def _become_steward(house: House, client: Client) -> None:
    grant_role(house.people["author"], "steward", house.place, by=SYSTEM)
    Person.objects.filter(pk=_member(house).pk).update(home=house.place)


def _ask_to_leave(house: House, client: Client) -> None:
    post = next(one for one in POSTS if one.name == "me:leave")
    assert client.post("/en/me/leave/", post.with_key(client, house)).status_code == 302


def _conversation(house: House) -> Fields:
    return {
        "question": "What should the old mill become?", "background": "It stands empty.",
        "territory": house.place.pk, "seeds": "A school.\nA market.", "do": "publish",
    }  # fmt: skip


POSTS = [
    Post(
        "deliberation:answer", "visitor",
        lambda house: {"statement": house.statement.pk, "vote": "agree"}, things=("statement",),
    ),
    Post(
        "deliberation:answer", "member",
        lambda house: {"statement": house.others[0].pk, "vote": "disagree", "important": "1"},
        things=("statement",),
    ),
    Post(
        "deliberation:write", "visitor",
        lambda house: {"text": "Old telephones should be mended, not thrown away.", "language": "en"},
        words=("text",),
    ),
    Post(
        "deliberation:change", "guest",
        lambda house: {"statement": house.statement.pk, "vote": "pass"}, things=("statement",),
    ),
    Post(
        "deliberation:new", "author", _conversation,
        words=("question", "background", "seeds", "answers_for_it", "question_es", "background_fr"),
        things=("territory",),
    ),
    Post(
        "deliberation:edit", "colleague", lambda house: {"question": "How fast is fast enough?", "do": "save"},
        words=("question", "background", "seeds", "answers_for_it"),
    ),
    Post("deliberation:state", "author", lambda house: {"do": "close"}, page="?do=close"),
    Post("deliberation:state", "author", lambda house: {"do": "withdraw"}, page="?do=withdraw", ways="withdraw"),
    Post("deliberation:decide", "moderator", lambda house: {"do": "publish"}),
    Post(
        "deliberation:decide", "moderator",
        lambda house: {"do": "decline", "reason": "unclear", "note": "What do you mean?"},
        words=("note",), ways="decline",
    ),
    Post("deliberation:merge", "moderator", lambda house: {"number": house.others[0].number}),
    Post(
        "deliberation:uptake", "author", lambda house: {"uptake": "taken_up", "text": "We will do it by May."},
        words=("text", "text_es"),
    ),
    Post(
        "deliberation:import_new", "author",
        lambda house: {
            "folder": uploads({"votes.csv": VOTES.encode(), "comments.csv": COMMENTS.encode()}),
            "territory": house.place.pk, "language": "en", "question": "How do we get online?",
        },
        words=("question", "licence"), things=("territory",),
    ),
    Post("catalogue:revision", "moderator", lambda house: {"do": "hide"}),
    Post(
        "transparency:propose", "steward",
        lambda house: {
            "weight_closing": "1", "weight_fresh": "2", "reason": "We miss what is new.",
            "do": "propose", "language": "en",
        },
        words=("reason", "weight_fresh", "language_other"),
    ),
    Post(
        "transparency:version", "steward", lambda house: {"decided_by": "Assembly of 3 May", "do": "activate"},
        words=("decided_by",),
    ),
    Post("deliberation:import_detail", "author", lambda house: {"do": "again"}),
    Post("door:sign_in", "visitor", lambda house: {"address": f"new.{house.tag}@example.org"}, words=("address",)),
    Post(
        "door:enter_code", "visitor", lambda house: {"code": newest_code(f"new.{house.tag}@example.org")},
        words=("code",), prepare=_ask_for_code,
    ),
    Post(
        "door:join", "visitor", lambda house: {"name": "Ama", "language": "fr", "year_of_birth": "1990"},
        words=("name", "year_of_birth"), prepare=_prove_code,
    ),
    Post("door:sign_out", "member", has_effect=False),
    *PEOPLE,
    Post("me:consents", "guest", lambda house: {"purpose": "opinions", "do": "withdraw"}),
    Post("me:consents", "member", lambda house: {"purpose": "news", "do": "give"}, ways="giving"),
    Post("me:data", "member"),
    Post("me:leave", "member", lambda house: {"answers": "take", "when": "later", "sure": "on"}),
    Post("me:leave", "guest", lambda house: {"answers": "leave", "when": "now", "sure": "on"}, ways="at once"),
    Post(
        "me:leave_code", "member", lambda house: {"code": newest_code(f"member.{house.tag}@example.org")},
        words=("code",), prepare=_ask_to_leave,
    ),
    Post("me:stay", "visitor"),
    Post(
        "door:with_password", "visitor",
        lambda house: {"address": f"member.{house.tag}@example.org", "password": PASSWORD},
        words=("address",), prepare=_give_password,
    ),
    Post("door:with_passkey", "visitor", prepare=_give_key, from_page=_show_key),
    Post(
        "door:recover", "visitor",
        lambda house: {"address": f"member.{house.tag}@example.org", "code": house.notes["code"]},
        words=("address", "code"), prepare=_give_codes,
    ),
    Post(
        "door:second_step", "visitor", lambda house: {"code": house.notes["code"]},
        words=("code",), prepare=_stand_before_second_step,
    ),
    Post(
        "door:addresses", "member", lambda house: {"address": f"second.{house.tag}@example.org"},
        words=("address",),
    ),
    Post(
        "door:addresses", "member",
        lambda house: {"do": "remove", "address": EmailAddress.objects.filter(user=_member(house))[0].pk},
        things=("address",), prepare=_add_second, ways="removing",
    ),
    Post(
        "door:confirm_code", "member", lambda house: {"code": newest_code(f"third.{house.tag}@example.org")},
        words=("code",), prepare=_ask_to_add,
    ),
    Post("door:prove", "member"),
    Post("door:prove", "member", prepare=_give_key, from_page=_show_key, ways="with a passkey"),
    Post("door:devices", "member", lambda house: {"do": "others"}, prepare=_sign_in_elsewhere),
    Post("door:passkeys", "member", lambda house: {"name": "Blue"}, words=("name",), from_page=_make_key),
    Post("door:passkey", "member", lambda house: {"name": "Red"}, words=("name",)),
    Post("door:passkey", "member", lambda house: {"do": "remove"}, ways="removing"),
    Post("door:password", "member", lambda house: {"password": PASSWORD}),
    Post("door:app", "member", from_page=_show_app),
    Post("door:recovery_codes", "member"),
    Post(
        "door:vouch", "author",
        lambda house: {
            "lost": f"member.{house.tag}@example.org", "address": f"new.{house.tag}@example.org",
            "reason": "We meet at the market each week.",
        },
        words=("reason",), prepare=_become_steward,
    ),
    Post(
        "deliberation:change_picture", "author",
        lambda house: {"says": "A well under trees.", "do": "save"}, words=("says",),
    ),
    Post(
        "deliberation:change_picture", "author",
        lambda house: {"says": "", "do": "remove"}, ways="taking it away",
    ),
]  # fmt: skip
POSTS += [
    Post(**row)
    for row in (
        *ANSWER_ROWS,
        *ORGANISATION_ROWS,
        *DISCUSSION_ROWS,
        *MODERATION_ROWS,
        *NOTIFICATION_ROWS,
        *OPENDATA_ROWS,
        *PORTAL_ROWS,
        *PROBLEM_ROWS,
        *PROCESS_ROWS,
        *PROPOSAL_ROWS,
        *SEARCH_ROWS,
    )
]
