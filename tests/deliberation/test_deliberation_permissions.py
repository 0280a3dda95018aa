"""Both faces of every permission agree: what a list shows is what may be seen, whoever looks."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house_organisations import portrait
from people import words
from processes_at_hand import cooperative
from tequio.catalogue.enums import Audience, ItemState, WhoMay
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see
from tequio.ideas.deliberation import permissions
from tequio.ideas.deliberation.models import Conversation, ConversationImport, Statement
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.moderation import publish_statement
from tequio.organisations.services.memberships import admit
from tequio.organisations.services.organisations import make_organisation
from tequio.people.enums import RoleName
from tequio.people.models import Residence
from tequio.people.services import end_role, grant_role

pytestmark = pytest.mark.django_db

EVERYBODY = [None, "guest", "member", "alice", "bob", "charlie", "mora", "tika", "sita", "ended"]


@pytest.fixture
def everybody(guest, member, alice, bob, charlie, mora, make_member, lome, togo):
    """{name: person}: also a translator, a steward of the country, and one whose role has ended."""
    from tequio.base.actor import SYSTEM

    ended = make_member("Eda")
    end_role(grant_role(ended, RoleName.STEWARD, lome, by=SYSTEM), by=SYSTEM, reason="moved")
    return {
        None: None, "guest": guest, "member": member, "alice": alice, "bob": bob, "charlie": charlie, "mora": mora,
        "tika": make_member("Tika", "translator", lome), "sita": make_member("Sita", "steward", togo), "ended": ended,
    }  # fmt: skip


@pytest.fixture
def weavers(lome, member, make_member):
    """An organisation which Weta runs and to which the member belongs."""
    made = make_organisation(portrait("Weavers", lome), by=make_member("Weta"))
    admit(made, person=member)
    return made


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    state=st.sampled_from(ItemState.values),
    whole=st.sampled_from(ItemState.values),
    hidden=st.booleans(),
    audience=st.sampled_from(Audience.values),
    author=st.sampled_from(EVERYBODY),
)
def test_lists_and_can_see_agree(everybody, weavers, conversation, state, whole, hidden, audience, author):
    statement = conversation.statements.select_related("item").get(number=0)
    Item.objects.filter(pk=conversation.pk).update(state=whole)
    Item.objects.filter(pk=statement.pk).update(
        state=state,
        hidden_by="moderator" if hidden else "",
        audience=audience,
        author=everybody[author],
        organisation=weavers if audience == Audience.ORGANISATION else None,
    )
    items = {item.pk: item for item in Item.objects.select_related("part_of", "territory")}
    for person in everybody.values():
        statements = set(permissions.statements_visible_to(person).values_list("pk", flat=True))
        conversations = set(permissions.visible_to(person).values_list("pk", flat=True))
        assert (statement.pk in statements) == can_see(person, items[statement.pk])
        assert (conversation.pk in conversations) == can_see(person, items[conversation.pk])
    assert conversation.pk not in permissions.statements_visible_to(everybody["alice"]).values_list(
        "pk", flat=True
    )


def allowed(rule, everybody, thing):
    return {name for name, person in everybody.items() if rule(person, thing)}


def test_who_may_what(everybody, conversation, lome, bilbao):
    assert allowed(permissions.can_open, everybody, lome) == {"alice", "bob", "sita"}
    assert allowed(permissions.can_open, everybody, bilbao) == {"charlie"}
    assert allowed(permissions.can_organise, everybody, conversation) == {"alice", "bob", "sita"}
    assert allowed(permissions.can_moderate, everybody, conversation) == {"alice", "bob", "sita", "mora"}
    assert allowed(permissions.can_translate, everybody, conversation) == {
        "alice",
        "bob",
        "sita",
        "mora",
        "tika",
    }


def test_who_opened_it_looks_after_it_also_without_the_role(everybody, conversation):
    conversation.item.author = everybody["member"]
    assert permissions.can_organise(everybody["member"], conversation)
    assert permissions.can_moderate(everybody["member"], conversation)
    conversation.item.author = everybody["guest"]
    for rule in (permissions.can_organise, permissions.can_moderate, permissions.can_translate):
        assert not rule(everybody["guest"], conversation)


def test_who_wrote_a_statement_translates_it_once_it_is_shown(everybody, conversation):
    hers = write_statement(conversation, "Mend the old masts.", language="en", by=everybody["member"])
    helpers = {"alice", "bob", "sita", "mora", "tika"}
    assert allowed(permissions.can_translate_statement, everybody, hers) == helpers
    publish_statement(hers, by=everybody["alice"])
    hers = Statement.objects.get(pk=hers.pk)
    assert allowed(permissions.can_translate_statement, everybody, hers) == {*helpers, "member"}
    everybody["member"].is_active = False
    assert allowed(permissions.can_translate_statement, everybody, hers) == helpers


def test_a_guest_translates_nothing(everybody, conversation):
    hers = write_statement(conversation, "Mend the old masts.", language="en", by=everybody["guest"])
    publish_statement(hers, by=everybody["alice"])
    assert not permissions.can_translate_statement(everybody["guest"], Statement.objects.get(pk=hers.pk))


@pytest.mark.parametrize("who_may", WhoMay.values)
def test_who_may_take_part(everybody, conversation, who_may):
    conversation.who_may = who_may
    members = set(EVERYBODY) - {None, "guest"}
    expected = {
        WhoMay.ANYONE: set(EVERYBODY), WhoMay.MEMBERS: members, WhoMay.RESIDENTS: {"mora", "tika"},
        WhoMay.ORGANISATION: {"mora"},
    }[who_may]  # fmt: skip
    theirs = cooperative(conversation.item.territory, everybody["mora"])
    conversation.item.organisation = theirs if who_may == WhoMay.ORGANISATION else None
    for name in ("mora", "tika"):
        Residence.objects.create(
            person=everybody[name], territory=conversation.item.territory, method="letter", verified_by="x",
            until=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    for rule in (permissions.can_join, permissions.can_answer, permissions.can_write):
        assert allowed(rule, everybody, conversation) == expected


def test_nobody_answers_what_is_not_open(everybody, conversation, alice):
    everybody["member"].is_active = False
    assert not permissions.can_join(everybody["member"], conversation)
    conversation.takes_statements = False
    assert not allowed(permissions.can_write, everybody, conversation)
    for state, hidden in itertools.product(ItemState.values, ("", "moderator")):
        conversation.item.state, conversation.item.hidden_by = state, hidden
        may = allowed(permissions.can_answer, everybody, conversation)
        assert bool(may) == (state == ItemState.PUBLISHED and not hidden)
        assert bool(allowed(permissions.can_join, everybody, conversation)) == conversation.item.is_shown


def test_imports_are_seen_by_who_asked(everybody, lome):
    row = ConversationImport.objects.create(territory=lome, by=everybody["alice"])
    seen = {name for name, person in everybody.items() if row in permissions.imports_visible_to(person)}
    assert seen == {"alice"}


def test_a_facilitator_of_bilbao_sees_no_draft_of_lome(everybody, lome):
    plan = Plan(question=words("Draft?"), background={}, languages=["en"])
    draft = open_conversation(
        plan, territory=lome, seeds=[words("One.")], is_draft=True, by=everybody["alice"]
    )
    seen = {name for name, person in everybody.items() if draft in permissions.visible_to(person)}
    assert seen == {"alice", "bob", "mora", "sita"}
    part = Statement.objects.get(conversation=draft)
    assert {n for n, p in everybody.items() if part in permissions.statements_visible_to(p)} == seen
    assert Conversation.objects.count() == 1
