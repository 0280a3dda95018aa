"""One valid form for each URL that takes a POST: who sends it, and what she fills in.

Many tests go through this list: double submits, forged tokens, twins, hostile words. A new URL that
takes a POST needs its line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from addresses import path_of
from door_steps import newest_code
from exports import COMMENTS, VOTES, uploads
from following import followed_by, has_digest, notice_of, publish_held
from forms import open_browser
from house import House
from markup import Element, read_page

Fields = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """`fields`: what is typed and pressed; the rest is taken from the page, as a browser does.

    `words`: the fields that hold a person's free text; `things`: those that name a thing of the house.
    """

    name: str
    role: str
    fields: Callable[[House], Fields] = lambda house: {}
    words: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    prepare: Callable[[House, Client], None] | None = None
    page: str = ""  # the query of the page on which the form stands
    has_effect: bool = True  # on rows other than the session
    ways: str = ""  # what is special, where a URL has several forms

    def __str__(self) -> str:
        return f"{self.name}{' ' + self.ways if self.ways else ''} by {self.role}"

    def browser(self, house: House, **options: Any) -> Client:
        client = open_browser(house.person(self.role), **options)
        if self.prepare:
            self.prepare(house, client)
        return client

    def path(self, house: House, language: str = "en") -> str:
        return path_of(self.name, house, language)

    def with_key(self, client: Client, house: House) -> Fields:
        """The filled-in form with the key and token of the page it stands on."""
        page = client.get(self.path(house) + self.page)
        assert page.status_code == 200, f"{self}: its page answers {page.status_code}"
        typed = self.fields(house)
        return {**_as_drawn(page.content.decode(), set(typed)), **typed}


def _as_drawn(source: str, names: set[str]) -> Fields:
    """What the form with most of `names` would send as it stands on the page."""
    root, _mistakes = read_page(source)
    forms = [form for form in root.all("form") if form.attributes.get("method", "").lower() == "post"]
    best = max(forms, key=lambda form: len(names & {one.attributes.get("name") for one in form.all()}))
    drawn: Fields = {}
    for control in best.all("input", "textarea", "select"):
        name, value = control.attributes.get("name"), _value(control)
        if name and value is not None:
            drawn[name] = (
                [*drawn.get(name, []), value] if control.attributes.get("type") == "checkbox" else value
            )
    return drawn


def _value(control: Element) -> str | None:
    if control.tag == "textarea":
        return "".join(control.words).lstrip("\n")
    if control.tag == "select":
        options = control.all("option")
        chosen = [one for one in options if "selected" in one.attributes] or options[:1]
        return chosen[0].attributes.get("value", chosen[0].text()) if chosen else None
    kind = control.attributes.get("type", "text")
    if kind in ("submit", "button", "file"):
        return None
    if kind in ("checkbox", "radio") and "checked" not in control.attributes:
        return None
    return control.attributes.get("value", "on" if kind == "checkbox" else "")


def _ask_for_code(house: House, client: Client) -> None:
    address = f"new.{house.tag}@example.org"
    post = next(one for one in POSTS if one.name == "door:sign_in")
    answer = client.post("/en/sign-in/", {**post.with_key(client, house), "email": address})
    assert answer.status_code == 302


def _prove_code(house: House, client: Client) -> None:
    _ask_for_code(house, client)
    post = next(one for one in POSTS if one.name == "door:enter_code")
    assert client.post("/en/sign-in/code/", post.with_key(client, house)).status_code == 302


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
        "deliberation:translate", "moderator", lambda house: {"text_fr": "Une réparation en deux jours."},
        words=("text_es", "text_fr"),
    ),
    Post(
        "deliberation:translate_question", "moderator",
        lambda house: {"question_fr": "Comment relier nos quartiers ?"}, words=("question_fr", "background_fr"),
    ),
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
    Post("deliberation:import_detail", "author", lambda house: {"do": "again"}),
    Post("door:sign_in", "visitor", lambda house: {"email": f"new.{house.tag}@example.org"}, words=("email",)),
    Post(
        "door:enter_code", "visitor", lambda house: {"code": newest_code(f"new.{house.tag}@example.org")},
        words=("code",), prepare=_ask_for_code,
    ),
    Post(
        "door:join", "visitor", lambda house: {"name": "Ama", "language": "fr", "year_of_birth": "1990"},
        words=("name", "year_of_birth"), prepare=_prove_code,
    ),
    Post("door:account", "member", lambda house: {"name": "Mina Adjo"}, words=("name", "year_of_birth")),
    Post("door:sign_out", "member", has_effect=False),
    Post(
        "deliberation:change_picture", "author",
        lambda house: {"says": "A well under trees.", "do": "save"}, words=("says",),
    ),
    Post(
        "deliberation:change_picture", "author",
        lambda house: {"says": "", "do": "remove"}, ways="taking it away",
    ),
    Post("notifications:follow_item", "visitor", lambda house: {"do": "follow"}),
    Post("notifications:follow_item", "member", lambda house: {"do": "follow"}, ways="as a member"),
    Post(
        "notifications:follow_item", "author", lambda house: {"do": "stop"}, ways="follow no more",
    ),
    Post("notifications:follow_place", "guest", lambda house: {"do": "follow"}),
    Post(
        "notifications:follow_search", "member", lambda house: {"q": "wells", "do": "follow"}, words=("q",),
        page="?q=wells",
    ),
    Post(
        "notifications:following", "author",
        lambda house: {"follow": followed_by(house, "author").pk}, things=("follow",),
    ),
    Post(
        "notifications:notices", "guest", lambda house: {"up_to": notice_of(house, "guest").pk},
        prepare=lambda house, client: publish_held(house),
    ),
    Post(
        "notifications:letters", "member",
        lambda house: {"rhythm": "weekly", "weekday": "2", "hour": "18", "agrees": "on"},
    ),
    Post("notifications:stop", "visitor", prepare=lambda house, client: has_digest(house)),
]  # fmt: skip
