"""Conversations as anybody reads them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from people import words
from tequio.base.actor import SYSTEM
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.processes.services import PhasePlan, open_process

pytestmark = pytest.mark.django_db


def test_the_page_says_what_where_until_when(client, conversation):
    page = client.get(f"/en/conversations/{conversation.pk}/").content.decode()
    assert "How should our neighbourhoods get online?" in page
    assert "Lomé" in page
    assert "no end is set" in page
    assert "Read all 3 statements" in page


def test_in_spanish_the_translated_question(client, conversation):
    page = client.get(f"/es/conversations/{conversation.pk}/").content.decode()
    assert '<h1 lang="es">¿Cómo conectamos los barrios?</h1>' in page


def test_the_organiser_finds_her_tools_and_nobody_else(conversation, browser_of, alice, charlie, guest):
    tools = f"/en/conversations/{conversation.pk}/moderate/"
    url = f"/en/conversations/{conversation.pk}/"
    assert tools in browser_of(alice).get(url).content.decode()
    for other in (charlie, guest, None):
        assert tools not in browser_of(other).get(url).content.decode()


def test_a_draft_is_absent_for_all_but_its_team(lome, alice, bob, charlie, guest, browser_of):
    draft = open_conversation(
        Plan(question=words("Soon?"), background=words("")),
        territory=lome, seeds=[words("A seed of it.")], is_draft=True, by=alice,
    )  # fmt: skip
    url = f"/en/conversations/{draft.pk}/"
    statement = f"/en/statements/{draft.statements.get().pk}/"
    for person, status in ((alice, 200), (bob, 200), (charlie, 404), (guest, 404), (None, 404)):
        assert browser_of(person).get(url).status_code == status
        assert browser_of(person).get(statement).status_code == status


def test_the_process_it_belongs_to(client, conversation, lome):
    now = timezone.now()
    open_process(
        title=words("Lines for all"), summary=words(""), background=words("Why."), territory=lome,
        languages=["en"], by=SYSTEM,
        phases=[
            PhasePlan(words("Problems told"), now - timedelta(days=9), now - timedelta(days=2)),
            PhasePlan(words("Conversation"), now - timedelta(days=2), now + timedelta(days=2), conversation.item),
            PhasePlan(words("Vote on projects"), now + timedelta(days=3), now + timedelta(days=9)),
        ],
    )  # fmt: skip
    page = client.get(f"/en/conversations/{conversation.pk}/").content.decode()
    assert '<li class="now" aria-current="step">' in page
    assert page.index("Problems told") < page.index("Vote on projects")


def test_statement_page_shows_all_its_words(client, conversation):
    statement = conversation.statements.get(number=0)
    page = client.get(f"/en/statements/{statement.pk}/").content.decode()
    assert "Una reparación debe tardar a lo más dos días." in page
    assert "A repair must take at most two days." in page


def test_the_sheet_has_a_box_for_each_answer(client, conversation):
    page = client.get(f"/en/conversations/{conversation.pk}/sheet/").content.decode()
    assert page.count('class="box"') == 9


def test_list_by_place_and_state(client, conversation, bilbao):
    other = open_conversation(
        Plan(
            question=words("Which market?"), background=words(""),
            closes_at=timezone.now() - timedelta(days=1),
        ),
        territory=bilbao, by=SYSTEM,
    )  # fmt: skip
    everything = client.get("/en/conversations/?state=all").content.decode()
    assert "Which market?" in everything
    assert "get online?" in everything
    open_now = client.get("/en/conversations/").content.decode()
    assert "Which market?" not in open_now
    in_bilbao = client.get("/en/conversations/?state=over&place=ES-BI-bilbao").content.decode()
    assert f"/en/conversations/{other.pk}/" in in_bilbao
    assert "get online?" not in in_bilbao


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_few_queries(client, lome, alice, number, django_assert_num_queries):
    for one in range(number):
        open_conversation(Plan(question=words(f"Q {one}?"), background=words("")), territory=lome, by=alice)
    client.get("/en/conversations/")
    with django_assert_num_queries(3):
        client.get("/en/conversations/?x=1")


@pytest.mark.parametrize("number", [1, 3])
def test_the_statements_take_the_same_few_queries(client, lome, alice, number, django_assert_num_queries):
    seeds = [words(f"Seed {one}.") for one in range(number)]
    conversation = open_conversation(
        Plan(question=words("Q?"), background=words("")), territory=lome, seeds=seeds, by=alice
    )
    client.get(f"/en/conversations/{conversation.pk}/")
    with django_assert_num_queries(2):
        client.get(f"/en/conversations/{conversation.pk}/statements/")


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "99999999999999999999", "\u0661"])
def test_odd_cursors_begin_at_the_beginning(client, conversation, after):
    page = client.get(f"/en/conversations/{conversation.pk}/statements/", {"after": after})
    assert page.status_code == 200
    assert client.get("/en/conversations/", {"state": "all", "before": after}).status_code == 200


def test_long_lists_are_paged_by_key(client, lome, alice, monkeypatch):
    from tequio.ideas.deliberation.selectors import conversations as selectors

    monkeypatch.setattr(selectors, "STATEMENTS_A_PAGE", 2)
    seeds = [words(f"Seed {one}.") for one in range(5)]
    conversation = open_conversation(
        Plan(question=words("Q?"), background=words("")), territory=lome, seeds=seeds, by=alice
    )
    url = f"/en/conversations/{conversation.pk}/statements/"
    seen, after = [], ""
    while after is not None:
        page = client.get(url, {"after": after}).context["page"]
        seen += [statement.number for statement in page.items]
        after = page.after
    assert seen == [0, 1, 2, 3, 4]
