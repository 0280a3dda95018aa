"""The valid forms of profile, residence, roles and guardians, for the list in `posts`."""

from __future__ import annotations

from exports import uploads
from post import Post
from residents import NUMBER, YEAR, list_member, send_letter, show_member_code

PEOPLE = [
    Post("people:profile", "member", lambda house: {"name": "Mina Adjo"}, words=("name", "year_of_birth")),
    Post("people:ask_guardian", "teen", lambda house: {"guardian": f"parent.{house.tag}@example.org"}, words=("guardian",)),
    Post("people:guardian", "visitor", lambda house: {"do": "yes"}),
    Post("people:guardian", "visitor", lambda house: {"do": "no"}, ways="no"),
    Post("people:invitation", "member", lambda house: {"do": "accept"}),
    Post("people:code", "member"),
    Post("people:residences", "member", lambda house: {"residence": house.notes["residence"]}, things=("residence",)),
    Post(
        "people:residence_letter", "member",
        lambda house: {"place": house.place.code, "address": "Mina\n1 Main Street"}, words=("address",),
    ),
    Post(
        "people:letter_code", "member",
        lambda house: {"place": house.place.code, "code": house.notes.get("letter_code", "")},
        words=("code",), prepare=send_letter,
    ),
    Post(
        "people:residence_list", "member",
        lambda house: {"place": house.place.code, "identifier": NUMBER, "year": YEAR},
        words=("identifier", "year"), prepare=list_member,
    ),
    Post(
        "people:desk", "author", lambda house: {"code": house.notes.get("code", ""), "seen": "1"},
        words=("code",), prepare=show_member_code,
    ),
    Post("people:letters", "steward", lambda house: {"letter": house.notes["letter"]}, things=("letter",)),
    Post(
        "people:lists", "steward",
        lambda house: {
            "name": "Roll of 2026", "file": uploads({"roll.csv": b"identifier,year_of_birth\n1234,1990\n"})[0],
        },
        words=("name",),
    ),
    Post("people:list_end", "steward", lambda house: {"do": "end"}),
    Post("people:residence_rules", "steward", lambda house: {"methods": ["letter", "list"], "months": "12"}),
    Post(
        "people:role_grant", "steward",
        lambda house: {"role": "moderator", "email": f"new.{house.tag}@example.org", "reason": "She offered."},
        words=("reason", "email"),
    ),
    Post(
        "people:role_grant", "steward",
        lambda house: {"role": "moderator", "email": f"member.{house.tag}@example.org", "reason": "She offered."},
        ways="to a member",
    ),
    Post("people:role_end", "steward", lambda house: {"reason": "She moved away."}, words=("reason",)),
    Post("people:invitation_revoke", "steward", lambda house: {"do": "revoke"}),
]  # fmt: skip
