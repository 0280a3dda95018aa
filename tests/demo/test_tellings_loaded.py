"""The processes of the demonstration in a database: each at its stage, with all that people would have done by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from tequio.audit.services.sealing import seal
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import original_text
from tequio.catalogue.enums import Bar, ItemState, LinkKind, PartyRole
from tequio.catalogue.models import Item, ItemParty, Link
from tequio.discussions.models import Comment
from tequio.ideas.answers.models import Answer, AnswerDue, AnswerTemplate, Judgement, Milestone, Paper, Result
from tequio.ideas.answers.permissions import dues_visible_to
from tequio.ideas.answers.selectors.standing import standing_of
from tequio.ideas.blueprints.demo import bilbao, lome, mexico, quebec
from tequio.ideas.blueprints.demo.loading import TELLINGS, idea_loaded, load_tellings, tellings_loaded
from tequio.ideas.blueprints.demo.neighbours import NEIGHBOURS
from tequio.ideas.deliberation.demo.loading import load_talk
from tequio.ideas.deliberation.demo.quebec import WINTER
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import bar, can_organise, can_sign, open_today
from tequio.ideas.proposals.models import Confirmation, Idea, Support
from tequio.notifications.models import Announcement
from tequio.notifications.services.telling import tell_followers
from tequio.organisations.models import Organisation
from tequio.people.demo import PEOPLE, load_people
from tequio.people.models import Person
from tequio.portal.home.selectors.balance import findings
from tequio.territories.importers import load_country

# Of the light load of this file: places, people, one conversation, the tellings.
LIGHT = pytest.mark.usefixtures("tellings")


@pytest.fixture(scope="module")
def tellings(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the module; each test undoes only what it did itself."""
    with django_db_blocker.unblock():
        for code in ("MX", "ES", "CA", "TG"):
            load_country(code, by=SYSTEM)
        people, now = load_people(), timezone.now()
        talk = load_talk(WINTER, people, now=now)
        load_tellings(people, {WINTER.key: talk}, now=now)
        seal()
        yield
        call_command("flush", interactive=False, verbosity=0)


def title(idea: Idea | Item) -> str:
    return original_text(idea.item.title if isinstance(idea, Idea) else idea.title)


def person(name: str) -> Person:
    return Person.objects.get(name=name)


@pytest.mark.django_db
@LIGHT
class TestStages:
    def test_each_territory_is_at_its_stage(self) -> None:
        loaded = tellings_loaded()
        assert set(loaded) == {telling.key for telling in TELLINGS}
        steps = {key: [one.step for one in process.phases.all()] for key, process in loaded.items()}
        assert steps == {
            "lome-young": ["now", "next", "next", "next"],
            "quebec-winter": ["done", "now", "next", "next"],
            "limoilou-youth": ["now", "next", "next"],
            "mexico-walking": ["done", "done", "now", "next"],
            "bilbao-quarters": ["done", "done", "done", "now"],
            "bilbao-estuary": ["next", "next"],
        }

    def test_what_is_open_today_follows_from_the_stage(self) -> None:
        loaded = tellings_loaded()
        lome_now = open_today(loaded["lome-young"])
        assert {("create", "problem"), ("create", "idea"), ("support", "idea")} <= set(lome_now)
        assert set(open_today(loaded["mexico-walking"])) == {
            ("answer", "problem"), ("answer", "idea"), ("answer", "conversation"),
        }  # fmt: skip
        assert set(open_today(loaded["bilbao-quarters"])) == {("comment", "result")}
        assert ("comment", "conversation") in open_today(loaded["quebec-winter"])

    def test_comments_of_ideas_are_open_where_the_step_opens_them(self) -> None:
        loaded = tellings_loaded()
        comments = {
            key: set(Item.objects.filter(entry__process=process, kind="idea", state="published").values_list("comments", flat=True))
            for key, process in loaded.items()
        }  # fmt: skip
        assert comments["lome-young"] == {"two"}
        assert comments["mexico-walking"] == {"closed"}
        assert comments["bilbao-quarters"] == {"closed"}
        assert comments["limoilou-youth"] == {"two"}

    def test_dates_lie_in_the_past_and_inside_the_process(self) -> None:
        now = timezone.now()
        assert not Item.objects.filter(published_at__gt=now).exists()
        for model, moment in ((Support, "at"), (Confirmation, "at"), (Comment, "made_at"), (Answer, "at")):
            assert not model.objects.filter(**{f"{moment}__gt": now}).exists()
        for key, process in tellings_loaded().items():
            if key == "bilbao-estuary":
                continue
            assert process.item.opens_at == process.item.published_at
            early = Item.objects.filter(entry__process=process, published_at__lt=process.item.opens_at)
            assert not early.exclude(kind="conversation").exists(), key
            supports = Support.objects.filter(idea__item__entry__process=process)
            assert not supports.filter(at__lt=process.item.opens_at).exists()

    def test_nothing_waits_for_a_moderator_and_the_books_balance(self) -> None:
        assert not Item.objects.filter(state=ItemState.HELD, kind__in=["idea", "problem"]).exists()
        entries = Comment.objects.filter(item__entry__process__in=tellings_loaded().values())
        assert set(entries.values_list("state", flat=True)) == {"published"}
        for pk in Announcement.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True):
            tell_followers(pk)
        assert list(findings()) == []

    def test_loading_again_changes_nothing(self) -> None:
        people = {one.key: person(one.name) for one in PEOPLE}
        before = [model.objects.count() for model in (Process, Idea, Person, Support, Answer, Organisation)]
        again = load_tellings(people, {}, now=timezone.now())
        assert {key: one.pk for key, one in again.items()} == {
            key: one.pk for key, one in tellings_loaded().items()
        }
        after = [model.objects.count() for model in (Process, Idea, Person, Support, Answer, Organisation)]
        assert after == before


@pytest.mark.django_db
@LIGHT
class TestWritten:
    def test_all_that_is_written_down_is_there(self) -> None:
        loaded = tellings_loaded()
        for telling in TELLINGS:
            process = loaded[telling.key]
            inside = [one for one in telling.proposals if not one.is_open_hub]
            assert process.entries.filter(item__kind="idea").count() == len(inside)
            assert process.entries.filter(item__kind="problem").count() == len(telling.troubles)
            assert process.entries.filter(item__kind="result").count() == len(telling.outcomes)
            drafts = process.entries.filter(item__kind="idea", item__state="draft")
            assert drafts.count() == sum(one.is_draft for one in telling.proposals)
            remarks = sum(len(one.talk) for one in telling.proposals)
            said = sum(bool(too.words) for one in telling.troubles for too in one.too)
            hub = [idea_loaded(telling, one.key).pk for one in telling.proposals if one.is_open_hub]
            comments = Comment.objects.filter(
                item__entry__process=process, item__kind__in=["idea", "problem"]
            )
            assert comments.count() + Comment.objects.filter(item__in=hub).count() == remarks + said

    def test_confirmations_come_from_several_quarters_and_are_counted(self) -> None:
        trouble = next(one for one in lome.TELLING.troubles if one.key == "data")
        problem = Item.objects.select_related("count").get(title__fr__text=trouble.title.original)
        rows = Confirmation.objects.filter(problem=problem.pk)
        assert rows.count() == problem.count.people == len(trouble.too) + trouble.more
        assert len(set(rows.values_list("place_name", flat=True))) >= 5
        assert set(rows.values_list("territory__code", flat=True)) == {"TG-M-lome", "TG-M-be"}
        first = rows.exclude(comment=None).select_related("comment").order_by("at")[0]
        assert set(first.comment.words) == {"fr", "en", "es"}
        assert first.comment.made_at == first.at < timezone.now() - timedelta(days=9)

    def test_supports_are_those_of_neighbours_and_of_named_people_once_each(self) -> None:
        told = next(one for one in lome.TELLING.proposals if one.key == "creche")
        idea = idea_loaded(lome.TELLING, "creche")
        rows = Support.objects.filter(idea=idea, withdrawn_at=None)
        named = {*told.others, *(one.by for one in told.talk if one.side == "for")}
        assert rows.count() == told.supports + len(named) == Item.objects.get(pk=idea.pk).count.supports

    def test_one_idea_joined_another_and_one_was_split_off(self) -> None:
        joined, into = idea_loaded(quebec.TELLING, "ramps"), idea_loaded(quebec.TELLING, "corners")
        assert joined.merged_into_id == into.pk
        names = ItemParty.objects.filter(item=into.pk, role=PartyRole.AUTHOR, accepted_at__isnull=False)
        assert set(names.values_list("person__name", flat=True)) == {"Élise Cloutier", "Jean-Guy Poulin"}
        part = idea_loaded(quebec.TELLING, "kitchen")
        link = Link.objects.get(source=part.item, kind=LinkKind.SPLIT_FROM)
        assert link.target_id == idea_loaded(quebec.TELLING, "lane").pk

    def test_the_conversation_is_a_phase_with_links_both_ways(self) -> None:
        process = tellings_loaded()["quebec-winter"]
        part = process.phases.get(position=1).part
        assert part is not None
        assert part.kind == "conversation"
        assert Link.objects.filter(source=part, target=process.item, kind=LinkKind.DISCUSSES).exists()
        ideas = Item.objects.filter(entry__process=process, kind="idea")
        grew = Link.objects.filter(kind=LinkKind.GREW_INTO)
        assert grew.filter(source__kind="statement", target__in=ideas).count() == 1
        assert grew.filter(source__in=ideas, target__kind="statement").count() == 4

    def test_old_news_is_told_to_nobody(self) -> None:
        old = Announcement.objects.filter(item__published_at__lt=timezone.now() - timedelta(days=7, hours=1))
        inside = old.filter(item__entry__process__in=tellings_loaded().values()).exclude(
            item__kind="conversation"
        )
        assert inside.exists()
        assert not inside.filter(done_at=None).exists()
        fresh = idea_loaded(lome.TELLING, "fare")
        assert Announcement.objects.get(item=fresh.item, event="opened").done_at is None


@pytest.mark.django_db
@LIGHT
class TestWho:
    def test_several_institutions_look_after_each_process(self) -> None:
        process = tellings_loaded()["mexico-walking"]
        rows = ItemParty.objects.filter(item=process.pk, role=PartyRole.ORGANISER)
        assert rows.filter(accepted_at=None).count() == 0
        assert rows.exclude(organisation=None).count() == 2
        assert can_organise(person("Gabriela Sosa"), process)
        assert not can_organise(person("Marta Ríos"), process)
        answers = ItemParty.objects.get(item=process.pk, role=PartyRole.ANSWERS)
        assert original_text(answers.organisation.name) == "Oficina de Calles y Sombra"  # type: ignore[union-attr]

    def test_every_institution_says_that_it_is_invented_and_is_verified(self) -> None:
        rows = Organisation.objects.all()
        assert rows.count() == 12
        for row in rows:
            assert any(
                word in original_text(row.description)
                for word in ("demonstración", "demostración", "démonstration")
            )
            assert row.is_verified

    def test_a_girl_of_fourteen_with_her_guardians_yes_may_write_and_a_grown_up_may_not(self) -> None:
        process = tellings_loaded()["limoilou-youth"]
        place = process.item.territory
        young, old = person("Noémie Gauthier"), person("Gilles Lavoie")
        assert young.has_guardian
        assert bar(young, Act.CREATE, "idea", process=process, territory=place) == Bar.NONE
        assert bar(old, Act.CREATE, "idea", process=process, territory=place) == Bar.AGES
        assert bar(None, Act.CREATE, "idea", process=process, territory=place) == Bar.MEMBERS

    def test_seven_of_ten_have_signed_what_members_want_to_open(self) -> None:
        process = tellings_loaded()["bilbao-estuary"]
        assert process.is_gathering
        assert process.backings.count() == 7
        assert can_sign(person("Mikel Urrutia"), process)
        assert not can_sign(person("Léa Bouchard"), process)

    def test_nobody_new_holds_a_role_and_everybody_has_been_here_for_long(self) -> None:
        members = Person.objects.filter(is_guest=False)
        assert members.count() == len(PEOPLE) + len(NEIGHBOURS)
        assert not Person.objects.filter(began_at__gt=timezone.now() - timedelta(days=300)).exists()


@pytest.mark.django_db
@LIGHT
class TestAnswered:
    def test_the_officer_of_mexico_city_has_twelve_waiting_one_of_them_late(self) -> None:
        steward, officer = person("Lucía Hernández"), person("Elena Quiroz")
        waiting = dues_visible_to(steward).filter(answered_at=None)
        assert waiting.count() == 12
        assert waiting.filter(due_at__lt=timezone.now()).count() == 1
        assert waiting.filter(assigned_to__name="Raúl Ortega").count() == 2
        assert dues_visible_to(officer).filter(answered_at=None).count() == 7
        assert AnswerTemplate.objects.filter(territory__code="MX-CMX").count() == 3

    def test_clocks_run_since_the_idea_was_there(self) -> None:
        running = standing_of(idea_loaded(mexico.TELLING, "library").item)
        late = standing_of(idea_loaded(mexico.TELLING, "clinic").item)
        assert running.clock is not None
        assert (running.clock.day, running.clock.total, running.clock.is_late) == (41, 60, False)
        assert late.clock is not None
        assert late.clock.is_late

    def test_answers_of_all_three_kinds_stand_with_their_reasons(self) -> None:
        for telling in (mexico.TELLING, bilbao.TELLING):
            for ruling in telling.rulings:
                answer = Answer.objects.get(item=idea_loaded(telling, ruling.idea).item, replaced_at=None)
                assert answer.decision == ruling.decision
                assert original_text(answer.reasons) == ruling.reasons.original
                due = AnswerDue.objects.get(item=answer.item)
                assert due.since < answer.at == due.answered_at
        in_time = [
            due.answered_at <= due.due_at
            for due in AnswerDue.objects.filter(item__entry__process=tellings_loaded()["bilbao-quarters"])
            if due.answered_at
        ]
        assert (len(in_time), sum(in_time)) == (8, 7)
        assert Paper.objects.filter(item__kind="idea").count() == 4

    def test_results_stand_with_money_delay_and_judgements(self) -> None:
        rows = {original_text(one.item.title): one for one in Result.objects.select_related("item")}
        shops, cool = rows["Persianas arriba en Otxarkoaga"], rows["Siete refugios contra el calor"]
        assert cool.finished_at is not None
        assert shops.finished_at is None
        assert (shops.planned, shops.currency) == (16_400_000, "EUR")
        assert sum(line.amount for line in shops.spendings.all()) == 8_810_000
        delayed = Milestone.objects.get(result=shops, delay__has_key="es")
        assert delayed.first_due is not None
        assert delayed.due is not None
        assert delayed.first_due < delayed.due
        assert [mark.state for mark in shops.milestones.all()] == [
            "done",
            "done",
            "done",
            "under_way",
            "planned",
        ]
        verdicts = Judgement.objects.filter(result=shops).values_list("verdict", flat=True)
        assert sorted(verdicts) == ["no", "partly", "partly", "yes", "yes", "yes"]
        assert cool.judgements.count() == 5
        assert Paper.objects.filter(item=shops.item).count() == 2
        source = Link.objects.get(target=shops.item, kind=LinkKind.GREW_INTO).source
        assert title(source) == "Persianas arriba: seis bajos para quien empieza"
