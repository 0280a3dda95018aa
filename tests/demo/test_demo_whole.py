"""The whole demonstration in a database: its stages, its pages for everybody, its books, its commands."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from forms import let_go
from tequio.audit.models import Record
from tequio.base.command_line import CommandFailed
from tequio.catalogue.models import Item
from tequio.catalogue.selectors.thread import thread_of
from tequio.ideas.deliberation.demo.loading import talks_loaded
from tequio.ideas.deliberation.models import Conversation, Participant, Statement, StatementVote
from tequio.ideas.deliberation.permissions import can_answer
from tequio.ideas.processes.models import Process
from tequio.people.models import Person, Residence, ResidenceLetter, Role
from tequio.portal.home.commands import demo as demo_command
from tequio.portal.home.commands import pages as pages_command
from tequio.portal.home.commands import verify as verify_command
from tequio.portal.home.demo import AlreadyLoaded, load_demo
from tequio.portal.home.demo.pages import NO_PAGE, PAGES, example_pages
from tequio.portal.home.selectors.balance import checks, findings

Browser = Callable[..., Client]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the module; each test undoes only what it did itself."""
    with django_db_blocker.unblock():
        load_demo()
        yield
        call_command("flush", interactive=False, verbosity=0)


def names_of(resolver: URLResolver, prefix: str = "") -> set[str]:
    """Every named URL, as "flat:name", but the API's operations: they are no pages."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "api":
            continue
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names_of(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(prefix + pattern.name)
    return found


def test_no_page_is_missing() -> None:
    listed = {example.url_name for example in PAGES.values()}
    assert listed | set(NO_PAGE) == names_of(get_resolver())
    assert not listed & set(NO_PAGE)
    assert {"home", "conversation", "statement_step", "results"} <= set(PAGES)


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
class TestLoaded:
    def test_in_each_country_a_thread_goes_over_four_hops(self) -> None:
        far: dict[str, int] = {}
        for process in Process.objects.select_related("item__territory"):
            thread = thread_of(None, process.item)
            if thread is not None:
                depths = [knot.depth for knot in thread.knots]
                country = process.item.territory.code[:2]
                far[country] = max(far.get(country, 0), max(depths) - min(depths))
        assert set(far) == {"MX", "ES", "CA", "TG"}
        assert min(far.values()) >= 4, far

    def test_each_conversation_is_at_its_stage(self) -> None:
        talks = talks_loaded()
        assert len(talks) == 8
        is_open = {key: talk.item.is_open for key, talk in talks.items()}
        assert is_open == {
            "mexico-water": False, "mexico-youth": True, "bilbao-care": False, "bilbao-housing": True,
            "quebec-winter": True, "quebec-feast": False, "lome-network": True, "lome-market": True,
        }  # fmt: skip
        groups = {key: talk.maps.order_by("-id")[0].groups for key, talk in talks.items()}
        assert all(groups[key] >= 2 for key in set(talks) - {"bilbao-housing"})
        assert talks["bilbao-housing"].maps.order_by("-id")[0].placed < 15
        answers = {key: talk.statements.filter(answer__isnull=False).count() for key, talk in talks.items()}
        assert answers["bilbao-care"] == 7
        assert answers["quebec-feast"] == 3
        assert answers["lome-network"] == 1
        states = talks["lome-network"].statements.values_list("item__state", flat=True)
        assert sorted(states).count("held") == 3
        assert sorted(states).count("declined") == 1
        evening = talks["lome-market"].participants.order_by("began_at")
        hall = talks["lome-market"].item.opens_at + timedelta(hours=3)
        assert evening.filter(began_at__lte=hall).count() > 0.8 * evening.count()
        assert StatementVote.objects.filter(is_important=True).count() > 300
        assert all(len(talk.maps.all()) == 3 for talk in talks.values())

    def test_nothing_happens_in_the_future_or_outside_its_time(self) -> None:
        now = timezone.now()
        for talk in Conversation.objects.select_related("item"):
            votes = StatementVote.objects.filter(statement__conversation=talk)
            first, last = votes.order_by("at")[0].at, votes.order_by("-at")[0].at
            assert talk.item.opens_at < first <= last <= min(now, talk.item.closes_at)
            assert not votes.filter(at__lt=timezone.now() - timedelta(days=365)).exists()
        assert not Item.objects.filter(published_at__gt=now).exists()

    def test_its_people_live_there_and_took_part(self) -> None:
        assert Person.objects.count() == 24
        assert Role.objects.count() == 16
        assert Participant.objects.exclude(person=None).count() == 20
        yawa = Person.objects.get(name="Yawa Amouzou")
        assert Statement.objects.filter(author__person=yawa).count() == 2
        assert Participant.objects.filter(person=yawa, answers__gte=9).count() == 3

    def test_residents_by_each_way_and_one_that_ends_soon(self) -> None:
        now = timezone.now()
        ways = Residence.objects.values_list("method", "person__name").order_by("person__name")
        assert list(ways) == [
            ("in_person", "Diego Flores"), ("in_person", "Edem Tossou"), ("letter", "Léa Bouchard"),
            ("list", "Marta Ríos"), ("in_person", "Rosa Fernández"), ("in_person", "Unai Etxebarria"),
            ("register", "Yawa Amouzou"),
        ]  # fmt: skip
        ending = Residence.objects.get(until__lt=now + timedelta(days=14))
        assert ending.person.name == "Unai Etxebarria"
        assert ending.reminded_at is not None
        assert ResidenceLetter.objects.filter(printed_at=None).get().person.name == "Gilles Lavoie"
        housing = talks_loaded()["bilbao-housing"]
        assert can_answer(Person.objects.get(name="Rosa Fernández"), housing)
        assert not can_answer(Person.objects.get(name="Mikel Urrutia"), housing)

    def test_the_books_balance(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert list(findings()) == []
        assert len(checks()) >= 20
        assert verify_command.run(Namespace(json=False)) == 0
        assert "nothing found" in capsys.readouterr().out
        vote = StatementVote.objects.order_by("pk")[0]
        StatementVote.objects.filter(pk=vote.pk).update(value=-1 if vote.value == 1 else 1)
        Participant.objects.filter(pk=vote.participant_id).update(answers=99)
        assert verify_command.run(Namespace(json=True)) == 1
        found = {row["check"] for row in json.loads(capsys.readouterr().out)["findings"]}
        assert found == {
            "deliberation.participants_know_how_often_they_answered", "home.newest_maps_can_be_drawn_again",
        }  # fmt: skip

    def test_every_page_opens_for_those_it_is_for(self, browser_of: Browser, settings: Any) -> None:
        settings.IS_DEMO = True
        pages = example_pages()
        kossi, julie, yawa, adjoa, lucia, mikel = (
            browser_of(Person.objects.get(name=name))
            for name in (
                "Kossi Mensah",
                "Julie Tremblay",
                "Yawa Amouzou",
                "Adjoa Lawson",
                "Lucía Hernández",
                "Mikel Urrutia",
            )
        )
        stewards = {
            "organisations_to_verify": adjoa, "verify_organisation": adjoa,
            **dict.fromkeys(("process_edit", "process_state", "process_team"), julie), "change_idea_rules": adjoa,
            "letters_to_print": julie, "invitation_revoke": julie, "lists": lucia, "list_end": lucia,
            **dict.fromkeys(("residence_rules", "roles", "role_grant", "role_end", "vouch", "recipe_proposal"), adjoa),
        }  # fmt: skip
        visitor = browser_of()
        visitors = dict.fromkeys(("sign_in", "sign_in_password", "sign_in_passkey", "recover"), visitor)
        for key, path in pages.items():
            if key == "enter_code":  # stands only behind an address that was just typed
                assert visitor.get(path).status_code == 302
                continue
            who = {
                "uptake": julie, "mine": yawa, "change": yawa, "translate_comment": mikel, **visitors, **stewards,
            }.get(key, kossi)  # fmt: skip
            answer = who.get(path)
            assert answer.status_code == 200, f"{key} {path}"
            if answer.streaming:
                assert b"".join(answer.streaming_content)
                let_go(answer)
        mine = yawa.get(pages["mine"]).content.decode()
        assert "Whoever cannot pay should be able to help with upkeep instead." in mine

    def test_pages_are_printed_for_scripts(self, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
        settings.IS_DEMO = True
        assert pages_command.run(Namespace(json=True, language="fr")) == 0
        pages = json.loads(capsys.readouterr().out)
        assert pages["home"] == "/fr/"
        assert set(pages) == set(PAGES)
        assert pages_command.run(Namespace(json=False, language="en")) == 0
        assert "statement_step" in capsys.readouterr().out
        assert demo_command.run(Namespace(what="people", json=True)) == 0
        people = json.loads(capsys.readouterr().out)
        assert len(people) == 24
        assert {"name", "role", "language", "sign_in"} <= set(people[0])
        assert {person["role"] for person in people} == {
            "steward", "facilitator", "moderator", "translator", "citizen",
        }  # fmt: skip
        assert demo_command.run(Namespace(what="people", json=False)) == 0
        assert "invented" in capsys.readouterr().out

    def test_loading_twice_is_refused_and_changes_nothing(self, settings: Any) -> None:
        settings.IS_DEMO = True
        before = (Item.objects.count(), Record.objects.count())
        with pytest.raises(AlreadyLoaded):
            load_demo()
        with pytest.raises(CommandFailed, match="loaded already") as refused:
            demo_command.run(Namespace(what="load"))
        assert refused.value.code == 1
        assert (Item.objects.count(), Record.objects.count()) == before

    def test_search_finds_the_young_however_they_are_written(self, browser_of: Browser) -> None:
        for asked in ("joven", "jóvenes", "JOVEN"):
            html = browser_of().get("/es/search/", {"q": asked}).content.decode()
            html = html.replace("<mark>", "").replace("</mark>", "")
            assert "¿Qué trabajo queremos para los jóvenes?" in html
            assert "Un joven sin experiencia también merece un sueldo completo." in html

    def test_home_tells_of_four_places(self, browser_of: Browser) -> None:
        html = browser_of().get("/en/").content.decode()
        for place in ("Bè", "Mexico City", "Otxarkoaga", "Québec City"):
            assert place in html
        assert "8 conversations" in html
        assert Process.objects.count() == 8
