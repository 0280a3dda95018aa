"""The queue: what lacks which language, or is stale, or by a machine; for whom; in few queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms import send
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import add_translation, change_original, version_of
from tequio.base.translatable import TRANSLATABLE, Typed
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.writing import withdraw_comment, write_comment
from tequio.ideas.answers.services.answering import Said, give_answer
from tequio.ideas.answers.services.results import Plan, Step, make_result
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.ideas.deliberation.services.conversations import add_statement
from tequio.ideas.deliberation.services.uptake import answer_for
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.ideas.proposals.services import Words, write_idea
from tequio.ideas.proposals.services.problems import ProblemWords, report_problem
from tequio.notifications.selectors.digest import waiting_for
from tequio.organisations.permissions import standing_of
from tequio.organisations.services.organisations import Portrait, make_organisation
from tequio.portal.translations.enums import Need
from tequio.portal.translations.selectors import queue as queue_module
from tequio.portal.translations.selectors import waiting as waiting_module
from tequio.portal.translations.selectors.gaps import gaps_of
from tequio.portal.translations.selectors.queue import PAGE, queue, read_cursor
from tequio.portal.translations.selectors.waiting import words_to_translate
from tequio.portal.translations.types import Wish

pytestmark = pytest.mark.django_db
URL = "/en/translations/"


@pytest.fixture
def everything(conversation, lome, alice, member, make_member):
    """One thing of every kind, each in English alone."""
    set_discussion(conversation.item, comments="one", by=SYSTEM)
    comment = write_comment(conversation.item, "We have no line.", language="en", by=member)
    statement = conversation.statements.select_related("item", "conversation__item__territory").get(number=1)
    answer = answer_for(statement, "taken_up", words("By May."), by=alice)
    process = open_process(
        title=words("A plan"), summary=words("In short."), background={}, territory=lome, languages=["en"],
        phases=[PhasePlan(words("Talking"))], by=alice,
    )  # fmt: skip
    idea = write_idea(Words(title=words("A boat")), territory=lome, languages=["en"], by=member)
    problem = report_problem(ProblemWords(title=words("The drain overflows")), territory=lome, by=member)
    steward = make_member("Sena", "steward", lome)
    reply = give_answer(idea.item, Said("accepted", words("Yes.")), by=steward)
    plan = Plan(title=words("The boat is built"), body=words("It sails."))
    result = make_result(idea.item, plan, steps=[Step(words("Wood"))], by=steward)
    organisation = make_organisation(Portrait("association", words("The Weavers"), lome), by=member)
    return {
        "conversation": conversation.pk, "statement": statement.pk, "answer": answer.pk, "comment": comment.pk,
        "process": process.pk, "step": process.phases.get().pk, "organisation": organisation.pk, "idea": idea.pk,
        "problem": problem.pk, "official-answer": reply.pk, "result": result.pk,
        "milestone": result.milestones.get().pk,
    }  # fmt: skip


def found(person, languages=("fr",), **wish):
    return {(row.kind, row.pk) for row in queue(person, Wish(**wish), list(languages)).rows}


def test_every_kind_is_registered_and_waits_where_a_language_is_missing(everything, tika):
    assert set(everything) == set(TRANSLATABLE)
    assert set(everything.items()) <= found(tika)
    for kind, pk in everything.items():
        assert (kind, pk) in found(tika, kind=kind)
        assert {name for name, _pk in found(tika, kind=kind)} == {kind}


@pytest.mark.parametrize("kind", sorted(TRANSLATABLE))
def test_every_kind_is_translated_on_its_page_and_leaves_the_queue(everything, tika, browser_of, kind):
    one, pk = TRANSLATABLE[kind], everything[kind]
    url = f"{URL}{kind}/{pk}/"
    page = browser_of(tika).get(url)
    assert page.status_code == 200
    row = one.found(tika).get(pk=pk)
    data = {}
    for name, field in one.fields_of(row).items():
        if field:
            data |= {f"{name}_seen": version_of(field), f"{name}_fr": f"En français : {name}"}
    assert send(browser_of(tika), url, data)["Location"] == one.path_of(row)
    now = one.fields_of(one.found(tika).get(pk=pk))
    for name, field in now.items():
        if field:
            assert (field["fr"]["text"], field["fr"]["status"], field["fr"]["by"]) == (
                f"En français : {name}", "human", "Tika",
            )  # fmt: skip
    assert (kind, pk) not in found(tika)
    page = browser_of(None).get(one.path_of(row).replace("/en/", "/fr/", 1))
    assert page.status_code == 200
    assert "En français" in page.content.decode()


def test_a_stale_translation_waits_until_it_is_mended(conversation, tika):
    first = conversation.statements.get(number=0)
    assert ("statement", first.pk) not in found(tika, ["es"])
    Item.objects.filter(pk=first.pk).update(title=change_original(title_of(first), "One day is enough."))
    rows = queue(tika, Wish(kind="statement"), ["es"]).rows
    (lack,) = next(row for row in rows if row.pk == first.pk).lacks
    assert (lack.need, lack.languages) == (Need.STALE, ["es"])
    assert found(tika, ["es"], need="stale") == {("statement", first.pk)}
    assert ("statement", first.pk) not in found(tika, ["es"], need="missing")


def title_of(thing):
    return Item.objects.get(pk=thing.pk).title


def test_what_a_machine_wrote_waits_to_be_read(conversation, tika):
    first = conversation.statements.get(number=1)
    Item.objects.filter(pk=first.pk).update(
        title=add_translation(title_of(first), "fr", "Les prix au mur.", machine=True)
    )
    assert found(tika, need="machine") == {("statement", first.pk)}
    assert ("statement", first.pk) not in found(tika, need="missing")


@pytest.mark.parametrize(
    "text", ["Ein Wort", "a\nb", "“’ñ€😀", "x" * 20_000], ids=["plain", "lines", "signs", "long"]
)
def test_the_database_and_the_page_agree_on_what_is_stale(conversation, tika, text):
    """The digest is computed in SQL for the list and in Python for the page."""
    first = conversation.statements.get(number=1)
    Item.objects.filter(pk=first.pk).update(title=add_translation(words(text), "fr", "Mot"))
    assert ("statement", first.pk) not in found(tika, need="stale")
    Item.objects.filter(pk=first.pk).update(
        title=change_original(add_translation(words(text), "fr", "Mot"), text + "!")
    )
    assert ("statement", first.pk) in found(tika, need="stale")


def test_another_variety_of_the_language_is_good_enough(conversation, tika):
    first = conversation.statements.get(number=0)
    assert ("statement", first.pk) not in found(tika, ["es-MX"], need="missing")
    assert ("statement", first.pk) in found(tika, ["fr-CA"], need="missing")


def test_nothing_that_is_not_shown_waits(everything, conversation, tika, guest, member, alice, mora):
    held = write_statement(conversation, "Masts by schools.", language="en", by=guest)
    comment = Comment.objects.get(pk=everything["comment"])
    withdraw_comment(comment, by=member)
    for person in (tika, alice, mora):
        assert ("statement", held.pk) not in found(person)
        assert ("comment", comment.pk) not in found(person)
    Item.objects.filter(pk=conversation.pk).update(state="withdrawn")
    for person in (tika, alice, mora):
        kinds = {kind for kind, _pk in found(person)}
        assert not kinds & {"conversation", "statement", "answer"}


def test_whose_queue_holds_what(everything, tika, alice, bob, mora, charlie, member, make_member, bilbao):
    everywhere = set(everything.items())
    for person in (tika, alice, bob, mora):
        assert everywhere <= found(person), person.name
    own = {(kind, everything[kind]) for kind in ("comment", "idea", "organisation", "problem")}
    assert found(member) == own
    assert found(charlie) == set()
    assert found(make_member("Tiko", "translator", bilbao)) == set()


def test_places_narrow_it(everything, tika, lome, bilbao, togo, browser_of):
    assert set(everything.items()) <= found(tika, place=lome)
    assert set(everything.items()) <= found(tika, place=togo), "all that lies in it"
    assert found(tika, place=bilbao) == set()
    assert "Nothing like this waits." in browser_of(tika).get(f"{URL}?place=ES-BI-bilbao").content.decode()


def test_the_page_offers_the_languages_of_the_place_and_begins_with_hers(everything, tika, browser_of):
    assert 'value="ee"' in browser_of(tika).get(URL).content.decode()
    tika.languages = ["ee"]
    tika.save()
    page = browser_of(tika).get(URL).content.decode()
    assert "Missing (Ewe)" in page
    assert "French)" not in page
    assert "French, Ewe)" in browser_of(tika).get(f"{URL}?language=all").content.decode()
    assert "Missing (French)" in browser_of(tika).get(f"{URL}?language=fr").content.decode()


@pytest.mark.parametrize(
    "odd", ["kind=nothing", "language=klingon", "need=x", "before=x", "before=2026_x_1", "place=x"]
)
def test_odd_filters_are_no_filters(everything, tika, browser_of, odd):
    page = browser_of(tika).get(f"{URL}?{odd}")
    assert page.status_code == 200
    assert "The Weavers" in page.content.decode()


def test_what_is_no_cursor():
    for odd in (
        "",
        "x",
        "2026-01-01_statement_1",
        "2026-01-01T00:00:00+00:00_nothing_1",
        "2026-13-01T00_step_1",
    ):
        assert read_cursor(odd) is None
    assert read_cursor("2026-01-01T00:00:00+00:00_step_12")[1:] == ("step", 12)


@pytest.mark.parametrize("number", [1, 3, 200])
def test_the_page_asks_the_same_however_much_waits(conversation, alice, tika, browser_of, number):
    for count in range(number):
        add_statement(conversation, words(f"Thought {count}"), author=None, state="published", by=alice)
    client = browser_of(tika)
    client.get(URL)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(URL).status_code == 200
    assert len(queries) == 5, [one["sql"][:90] for one in queries]


def test_paging_shows_each_thing_once(conversation, alice, tika):
    for count in range(2 * PAGE + 5):
        add_statement(conversation, words(f"Thought {count}"), author=None, state="published", by=alice)
    seen, before = [], ""
    for _page in range(9):
        page = queue(tika, Wish(), ["fr"], before=before)
        seen += [(row.kind, row.pk) for row in page.rows]
        before = page.older
        if not before:
            break
    assert len(seen) == len(set(seen)) == page.number
    assert len(seen) > 2 * PAGE


def test_translators_read_on_their_page_how_much_waits_in_one_query(
    everything, tika, alice, member, guest, django_assert_num_queries, browser_of
):
    fresh = type(tika).objects.get(pk=tika.pk)
    assert fresh.current_roles
    assert standing_of(fresh) == {}, "both come with the person of a request"
    with django_assert_num_queries(1):
        (waiting,) = words_to_translate(fresh)
    number = queue(tika, Wish(), ["es", "en", "fr"]).number
    assert f"{number} things wait" in waiting.why
    assert list(waiting_for(fresh)) == [], "a queue that never ends is no reason for a letter"
    page = browser_of(tika).get("/en/me/").content.decode()
    assert "Words to translate" in page
    assert URL in page
    for person in (alice, member, guest):
        assert list(words_to_translate(person)) == []


def test_where_nothing_waits_nothing_is_said(tika):
    assert list(words_to_translate(tika)) == []


def test_beyond_a_number_it_is_not_counted_further(everything, tika, monkeypatch):
    for module in (queue_module, waiting_module):
        monkeypatch.setattr(module, "MOST_COUNTED", 3)
    (waiting,) = words_to_translate(tika)
    assert waiting.why.startswith("More than 3 things wait: ")
    assert queue(tika, Wish(), ["fr"]).number == 3


def test_the_gaps_of_a_place(everything, lome, bilbao, tika, browser_of, django_assert_num_queries):
    gaps_of(lome)
    with django_assert_num_queries(1):
        gaps = {gap.language: gap for gap in gaps_of(lome)}
    assert set(gaps) == {"fr", "ee", "es", "en"}
    assert gaps["en"].number == 0
    assert gaps["fr"].number == gaps["fr"].of == len(found(tika))
    assert gaps["es"].number == gaps["es"].of - 1, "one statement is there in Spanish, of the question a part"
    assert gaps["ee"].number == gaps["ee"].of
    assert [gap.of for gap in gaps_of(bilbao)] == [0, 0, 0, 0]
    page = browser_of(None).get("/en/places/TG-M-lome/languages/").content.decode()
    assert "Everything is there." in page
    assert 'method="post"' not in page
    assert URL not in page
    assert (
        f"{URL}?place=TG-M-lome&amp;language=fr"
        in browser_of(tika).get("/en/places/TG-M-lome/languages/").content.decode()
    )
    assert (
        "Nothing is written here yet."
        in browser_of(None).get("/en/places/ES-BI-bilbao/languages/").content.decode()
    )


def test_gaps_count_nothing_that_is_not_for_everybody(conversation, lome, guest):
    before = gaps_of(lome)
    write_statement(conversation, "Masts by schools.", language="en", by=guest)
    assert gaps_of(lome) == before


def test_typed_words_are_plain_values():
    assert Typed({"fr": "x"}, "seen") == Typed({"fr": "x"}, "seen", (), ())
