"""A place with everything in it that a page can show, and the people who come to it.

`build_house("lome")` and `build_house("bilbao")` are twins: the same things, nothing shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import transaction

from house_answers import ANSWER_PATHS, answer_things
from house_moderation import MODERATION_PATHS, moderate
from house_organisations import ORGANISATION_PATHS, Organisations, furnish
from house_problems import PROBLEM_PATHS, put_problems
from house_processes import PROCESS_PATHS, add_processes
from house_things import QUESTION, bring, leaving, look_in_vain, packed_copy, put_idea, talk_about
from passkeys import some_credential
from people import words
from residents import add_residents
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import version_of
from tequio.base.translatable import Typed
from tequio.catalogue.models import Revision
from tequio.discussions.models import Comment
from tequio.files.models import Block, Rendition, StoredFile
from tequio.ideas.deliberation.models import Conversation, ConversationImport, Statement
from tequio.ideas.deliberation.services.answering import answer_statement, write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.pictures import set_picture
from tequio.ideas.deliberation.services.translating import translate_statement
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.services.authors import invite_person
from tequio.ideas.proposals.services.illustrating import Shown, show_pictures
from tequio.notifications.selectors.stopping import stop_token
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest, grant_role
from tequio.portal.me.models import DataCopy, Erasure
from tequio.portal.me.services.erasing import SALT
from tequio.recipes.models import Recipe
from tequio.recipes.services import propose_version
from tequio.territories.models import Territory
from tequio.territories.services import rebuild_paths, save_territory

# In the order of their rights, as the table of permissions has them.
ROLES = ("visitor", "guest", "member", "stranger", "moderator", "colleague", "author", "steward")
THOUGHT = "Every school should share its line after hours."


@dataclass
class House:
    tag: str
    place: Territory
    people: dict[str, Person | None]
    conversation: Conversation
    draft: Conversation
    process: Process
    statement: Statement
    others: list[Statement]
    held: Statement
    brought: ConversationImport
    organisations: Organisations
    revision: Revision
    version: Recipe
    copy: DataCopy
    leaving: Erasure
    comment: Comment
    answer: Comment
    idea: Idea
    idea_draft: Idea
    secret: str = ""
    notes: dict[str, Any] = field(default_factory=dict)

    def person(self, role: str) -> Person | None:
        return self.people[role]


# Names that are no word of the interface in any language.
NAMES = {
    "member": "Mina", "stranger": "Zebo", "moderator": "Moira", "colleague": "Yawa", "author": "Akofa",
    "steward": "Enyonam", "teen": "Kafui",
}  # fmt: skip


def _member(role: str, tag: str) -> Person:
    return become_member(begin_guest(language="en"), email=f"{role}.{tag}@example.org", name=NAMES[role])


def _people(tag: str, place: Territory, elsewhere: Territory) -> dict[str, Person | None]:
    people: dict[str, Person | None] = {"visitor": None, "guest": begin_guest(language="en")}
    people |= {role: _member(role, tag) for role in (*ROLES[2:], "teen")}
    for role, name, where in (
        ("stranger", "facilitator", elsewhere),
        ("moderator", "moderator", place),
        ("colleague", "facilitator", place),
        ("author", "facilitator", place),
        ("steward", "steward", place),
    ):
        grant_role(people[role], name, where, by=SYSTEM)
    return people


def _places(tag: str) -> tuple[Territory, Territory]:
    place = save_territory(
        code=f"TG-{tag}", kind="city", name=words(f"Place {tag}"), zone="Africa/Lome", languages=["fr", "en"],
        by=SYSTEM,
    )  # fmt: skip
    elsewhere = save_territory(
        code=f"QC-{tag}", kind="city", name=words(f"Elsewhere {tag}"), zone="America/Toronto",
        languages=["fr"], by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    return place, elsewhere


# Two by two points, as a browser reads them.
WEBP = bytes.fromhex("524946461e000000574542505650384c110000002f014000000750bc2297a2ff8188e87f0000")


def _give_picture(conversation: Conversation, by: Person) -> None:
    set_picture(conversation, some_picture(by), words("A well."), by=by)


def some_picture(by: Person) -> StoredFile:
    """Without the process that makes one smaller: a house is built often."""
    stored = StoredFile.objects.create(kind="picture", name="well.webp", by=by)
    copy = Rendition.objects.create(
        file=stored, type="image/webp", width=2, height=2, size=len(WEBP), digest=sha256(WEBP).hexdigest()
    )
    Block.objects.create(rendition=copy, number=0, content=WEBP)
    return stored


def _idea(place: Territory, title: str, by: Person, colleague: Person) -> Idea:
    """With a picture, and a colleague who is asked to be its author too."""
    idea = put_idea(place, title, by=by)
    show_pictures(idea.item, [Shown(some_picture(by), words("A boat."))], by=by)
    invite_person(idea, colleague, by=by)
    return idea


def _open_talk(place: Territory, author: Person) -> Conversation:
    plan = Plan(
        question=words(QUESTION, "¿Cómo conectamos los barrios?"), background=words("The line is slow."),
        languages=["en", "es", "fr"], zone="Africa/Lome", comments="two",
    )  # fmt: skip
    seeds = [
        words("A repair must take at most two days.", "Una reparación debe tardar a lo más dos días."),
        words("Prices have to be on the wall."),
        words("The city should pay for the first masts."),
    ]
    return open_conversation(plan, territory=place, seeds=seeds, by=author)


def build_house(tag: str) -> House:
    """One open conversation with three seeds, one sent statement, one that waits; a draft; a process."""
    place, elsewhere = _places(tag)
    people = _people(tag, place, elsewhere)
    author, guest, member = people["author"], people["guest"], people["member"]
    assert author
    assert guest
    assert member
    secret = f"unseen-{tag}"
    conversation = _open_talk(place, author)
    hidden = Plan(question=words(f"A draft about {secret}?"), background=words(secret), languages=["en"])
    draft = open_conversation(hidden, territory=place, seeds=[words(secret)], is_draft=True, by=author)
    step = PhasePlan(title=words("Talking"), part=conversation.item)
    process = open_process(
        title=words("Internet for all"), summary=words("A plan."), background=words("Why."), territory=place,
        phases=[step, PhasePlan(title=words("Deciding"))], languages=["en"], by=author,
    )  # fmt: skip
    statements = list(conversation.statements.select_related("item", "conversation__item"))
    for person, value in ((guest, 1), (member, -1)):
        answer_statement(statements[0], value, by=person)
    held = write_statement(conversation, THOUGHT, language="en", by=guest)
    _give_picture(conversation, author)
    french = {"text": Typed({"fr": "La ville paie les premiers mâts."}, version_of(statements[2].item.title))}
    translate_statement(statements[2], french, by=author)
    version = propose_version(
        "open-now", territory=place, weights={"fresh": 0.5}, reason=words("New things go unseen."),
        by=people["steward"],
    )  # fmt: skip
    pier = put_idea(place, "A pier of stone.", by=people["colleague"])
    notes = {**add_residents(tag, place, people), "gap": look_in_vain(place), "pier": pier.pk}
    organisations = furnish(tag, place, people)
    idea = _idea(place, "A boat for the lagoon.", member, people["colleague"])
    return House(
        tag,
        place,
        people,
        conversation,
        draft,
        process,
        statements[0],
        statements[1:],
        held,
        bring(conversation, author),
        organisations,
        Revision.objects.get(item=statements[2].pk),
        version,
        packed_copy(author),
        leaving(tag),
        *talk_about(conversation, guest, member),
        idea,
        put_idea(place, f"A draft about {secret}.", by=author, is_draft=True),
        secret,
        notes
        | moderate(conversation, people)
        | add_processes(tag, place, process, people)
        | put_problems(place, people, secret, WEBP)
        | answer_things(idea, conversation, organisations.runs, people),
    )


def _for_the_file(tag: str, blocker: Any) -> Iterator[House]:
    """Built once, in a transaction around all tests of the file: to build one takes longer than most tests."""
    whole = transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
        house = build_house(tag)
    yield house
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="module")
def house_of_the_file(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    yield from _for_the_file("lome", django_db_blocker)


@pytest.fixture(scope="module")
def twin_of_the_file(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    yield from _for_the_file("bilbao", django_db_blocker)


@pytest.fixture
def house(house_of_the_file: House, db: None) -> House:
    """For tests that commit nothing; a file with others builds its own."""
    return deepcopy(house_of_the_file)


@pytest.fixture
def twin(twin_of_the_file: House, db: None) -> House:
    return deepcopy(twin_of_the_file)


def passkey_of(person: Person | None) -> int:
    """One that is on her list; nobody can sign in with it."""
    row = Authenticator.objects.filter(user=person, type="webauthn").first()
    data = {"name": "My telephone", "credential": some_credential()}
    return (row or Authenticator.objects.create(user=person, type="webauthn", data=data)).pk


Arguments = Callable[[House], dict[str, Any]]


def _conversation(house: House) -> dict[str, Any]:
    return {"pk": house.conversation.pk}


def _there(house: House, role: str) -> Person:
    person = house.person(role)
    assert person is not None
    return person


def _statement(house: House) -> dict[str, Any]:
    return {"pk": house.statement.pk}


# What stands in the path of each named URL; a name without arguments is not listed.
PATHS: dict[str, Arguments] = {
    **ORGANISATION_PATHS,
    **MODERATION_PATHS,
    **PROBLEM_PATHS,
    **ANSWER_PATHS,
    **dict.fromkeys(
        (
            "deliberation:detail",
            "deliberation:statement_list",
            "deliberation:sheet",
            "deliberation:answer",
            "deliberation:write",
            "deliberation:mine",
            "deliberation:results",
            "deliberation:numbers",
            "deliberation:history",
            "deliberation:hall",
            "deliberation:hall_count",
            "deliberation:results_json",
            "deliberation:export",
            "deliberation:edit",
            "deliberation:state",
            "deliberation:change_picture",
            "deliberation:moderate",
            "short_conversation",
        ),
        _conversation,
    ),
    **dict.fromkeys(
        ("deliberation:statement", "deliberation:merge", "deliberation:uptake"),
        _statement,
    ),
    "catalogue:history": lambda house: {"pk": house.revision.item_id},
    "catalogue:revision": lambda house: {"pk": house.revision.item_id, "revision": house.revision.pk},
    "deliberation:decide": lambda house: {"pk": house.held.pk},
    "deliberation:change": lambda house: {"pk": house.conversation.pk, "number": house.statement.number},
    "deliberation:export_file": lambda house: {"pk": house.conversation.pk, "name": "votes.csv"},
    "deliberation:import_detail": lambda house: {"uid": house.brought.uid},
    **dict.fromkeys(("discussions:discussion", "discussions:write", "discussions:useful"), _conversation),
    **dict.fromkeys(
        (
            "discussions:comment",
            "discussions:history",
            "discussions:reply",
            "discussions:edit",
            "discussions:withdraw",
        ),
        lambda house: {"pk": house.comment.pk},
    ),
    **dict.fromkeys(
        (
            "proposals:detail",
            "proposals:edit",
            "proposals:withdraw",
            "proposals:support",
            "proposals:merge",
            "proposals:split",
            "proposals:co_authors",
            "proposals:authorship",
        ),
        lambda house: {"pk": house.idea.pk},
    ),
    "proposals:send": lambda house: {"pk": house.idea_draft.pk},
    "translations:translate": lambda house: {"kind": "statement", "pk": house.statement.pk},
    "translations:gaps": lambda house: {"code": house.place.code},
    "thread:choose": lambda house: {"kind": "item", "pk": house.statement.pk},
    "thread:carry": lambda house: {"kind": "item", "pk": house.statement.pk, "to": "conversation"},
    **PROCESS_PATHS,
    **dict.fromkeys(
        (
            "home:territory_detail",
            "people:residence",
            "people:desk",
            "people:letters",
            "people:lists",
            "people:residence_rules",
            "people:stewards",
            "people:roles",
            "people:role_grant",
        ),
        lambda house: {"code": house.place.code},
    ),
    **dict.fromkeys(("people:guardian", "people:invitation"), lambda house: {"token": f"token-{house.tag}"}),
    "people:role_end": lambda house: {"pk": house.notes["role"]},
    "people:invitation_revoke": lambda house: {"pk": house.notes["invitation"]},
    "people:list_end": lambda house: {"pk": house.notes["list"]},
    "deliberation:picture": lambda house: {"pk": house.conversation.pk, "width": 2},
    "door:passkey": lambda house: {"pk": passkey_of(house.person("member"))},
    "recipes:detail": lambda house: {"name": "open-now"},
    "recipes:parameters": lambda house: {"name": "statement-routing"},
    "transparency:propose": lambda house: {"name": "open-now", "code": house.place.code},
    "transparency:version": lambda house: {"name": "open-now", "pk": house.version.pk},
    "home:door": lambda house: {"door": "ideas"},
    **dict.fromkeys(("sharing:item", "sharing:item_card"), _conversation),
    **dict.fromkeys(("sharing:place", "sharing:place_card"), lambda house: {"code": house.place.code}),
    **dict.fromkeys(
        ("sharing:organisation", "sharing:organisation_card"),
        lambda house: {"pk": house.organisations.runs.pk},
    ),
    "search:hide_gap": lambda house: {"pk": house.notes["gap"]},
    "sitemap_section": lambda house: {"section": "items", "number": house.conversation.pk // 10_000},
    "notifications:follow_item": lambda house: {"pk": house.conversation.pk},
    "notifications:follow_place": lambda house: {"code": house.place.code},
    "notifications:stop": lambda house: {"token": stop_token(_there(house, "member"), "digest")},
    "one_click_stop": lambda house: {"token": stop_token(_there(house, "member"), "at_once")},
    "me:download": lambda house: {"uid": house.copy.uid},
    "me:stay": lambda house: {"token": signing.dumps(str(house.leaving.uid), salt=SALT)},
}
