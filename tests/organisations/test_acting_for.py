"""Things in an organisation's name, and those for its members alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from forms import send
from people import words
from tequio.base.errors import Refused
from tequio.catalogue.enums import Audience, ItemState
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.permissions import can_see, visible_to
from tequio.catalogue.selectors import listed, search, search_parts
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.permissions import can_organise
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.organisations.enums import MembershipRole
from tequio.organisations.models import Organisation
from tequio.organisations.services.memberships import admit
from tequio.organisations.services.organisations import set_hidden
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def again(person: Person | None) -> Person | None:
    return person and Person.objects.get(pk=person.pk)


@pytest.fixture
def talk(weavers: Organisation, alice: Person, lome: Territory) -> Conversation:
    """Opened in the weavers' name."""
    plan = Plan(
        question=words("How do we dye the wool?"),
        background=words(""),
        languages=["en"],
        organisation=weavers,
    )
    return open_conversation(plan, territory=lome, seeds=[words("With indigo alone.")], by=alice)


@pytest.fixture
def crowd(
    weavers: Organisation, alice: Person, bob: Person, charlie: Person, mora: Person, member: Person, guest: Person,
    make_member: Callable[..., Person],
) -> dict[str, Person | None]:  # fmt: skip
    """Everybody who may stand to the weavers' things in another way."""
    rep = make_member("Rep")
    admit(weavers, person=rep, role=MembershipRole.REPRESENTATIVE)
    admit(weavers, person=member)
    return {
        "visitor": None, "guest": guest, "author": alice, "colleague": bob, "stranger": charlie, "moderator": mora,
        "member": member, "representative": rep,
    }  # fmt: skip


def test_both_faces_agree_for_every_state_and_audience(
    talk: Conversation, crowd: dict[str, Person | None]
) -> None:
    """`visible_to` and `can_see` say the same of the thing and of its part, for everybody."""
    part = talk.statements.get().item
    for state, audience, hidden in itertools.product(ItemState.values, Audience.values, ("", "decision:1")):
        Item.objects.filter(pk=talk.pk).update(state=state, audience=audience, hidden_by=hidden)
        for pk in (talk.pk, part.pk):
            item = Item.objects.select_related("part_of", "territory").get(pk=pk)
            for role, person in crowd.items():
                one = again(person)
                by_query = visible_to(one).filter(pk=pk).exists()
                assert by_query == can_see(one, item), (state, audience, hidden, role, item.kind)


def test_what_is_for_its_members_is_for_them_alone(
    talk: Conversation, crowd: dict[str, Person | None]
) -> None:
    Item.objects.filter(pk=talk.pk).update(audience=Audience.ORGANISATION)
    seen = {
        role: (
            listed(again(person)).filter(pk=talk.pk).exists(),
            search(again(person), "wool").exists(),
            search_parts(again(person), "indigo").exists(),
        )
        for role, person in crowd.items()
    }
    insiders = {role for role, found in seen.items() if found == (True, True, True)}
    outsiders = {role for role, found in seen.items() if found == (False, False, False)}
    # Alice runs it; facilitators and moderators of the place look after all that is in it.
    assert insiders == {"author", "colleague", "moderator", "member", "representative"}
    assert outsiders == {"visitor", "guest", "stranger"}


def test_a_list_asks_for_the_state_outside_the_or(
    talk: Conversation, member: Person, weavers: Organisation
) -> None:
    admit(weavers, person=member)
    sql = str(visible_to(again(member)).filter(state="published").query)
    assert sql.rstrip().endswith('"catalogue_item"."state" = published)')
    assert f'"organisation_id" IN ({weavers.pk})' in sql


def test_an_organisations_audience_names_the_organisation(talk: Conversation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=talk.pk).update(audience=Audience.ORGANISATION, organisation=None)


def test_a_party_is_one_person_or_one_organisation(
    talk: Conversation, weavers: Organisation, alice: Person
) -> None:
    for values in ({}, {"person": alice, "organisation": weavers}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ItemParty.objects.create(item=talk.item, **values)
    ItemParty.objects.create(item=talk.item, organisation=weavers)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemParty.objects.create(item=talk.item, organisation=weavers)


def test_only_who_acts_for_it_opens_in_its_name(weavers: Organisation, bob: Person, lome: Territory) -> None:
    plan = Plan(question=words("May we?"), background=words(""), languages=["en"], organisation=weavers)
    with pytest.raises(Refused, match="act for the organisation"):
        open_conversation(plan, territory=lome, by=bob)
    admit(weavers, person=bob)
    with pytest.raises(Refused, match="act for the organisation"):
        open_conversation(plan, territory=lome, by=bob)
    admit(weavers, person=bob, role=MembershipRole.REPRESENTATIVE)
    assert open_conversation(plan, territory=lome, by=bob).item.organisation == weavers


def test_representatives_look_after_what_stands_in_its_name(
    talk: Conversation, crowd: dict[str, Person | None]
) -> None:
    may = {role for role, person in crowd.items() if can_organise(again(person), talk)}
    assert may == {"author", "colleague", "representative"}


def test_the_form_offers_ones_organisations_and_the_page_says_whose_it_is(
    weavers: Organisation, make, alice: Person, bob: Person, lome: Territory, browser_of: Browser
) -> None:
    foreign = make("Others", by=bob)
    browser = browser_of(alice)
    shown = browser.get("/en/conversations/new/").content.decode()
    assert f'<option value="{weavers.pk}">Weavers</option>' in shown
    assert "Others" not in shown
    form = {
        "question": "How do we dye the wool?", "background": "Colours.", "language": "en", "territory": lome.pk,
        "who_may": "anyone", "moderation": "before", "seeds": "With indigo.", "do": "publish",
    }  # fmt: skip
    assert send(browser, "/en/conversations/new/", {**form, "behalf": foreign.pk}).status_code == 422
    assert send(browser, "/en/conversations/new/", {**form, "behalf": weavers.pk}).status_code == 302
    item = Item.objects.get(kind="conversation")
    assert item.organisation == weavers
    link = f'href="/en/organisations/{weavers.pk}/"'
    assert link in browser_of().get(f"/en/conversations/{item.pk}/").content.decode()
    assert "How do we dye the wool?" in browser_of().get(f"/en/organisations/{weavers.pk}/").content.decode()
    assert send(browser, f"/en/conversations/{item.pk}/edit/", {**form, "do": "save"}).status_code == 302
    item.refresh_from_db()
    assert item.organisation == weavers
    set_hidden(weavers, "decision:1", by=alice)
    assert link not in Client().get(f"/en/conversations/{item.pk}/?n=1").content.decode()
