"""The one box, and what was looked for and not found: nothing lost, nobody named, nothing shown of few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms import send
from markup import read_page
from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.guards.middleware import STORE
from tequio.ideas.deliberation.models import Conversation
from tequio.people.models import Person
from tequio.portal.search import invariants
from tequio.portal.search.demo import load_gaps
from tequio.portal.search.models import Gap, GapAsker, GapSalt, HiddenGap, week_of
from tequio.portal.search.permissions import LEAST_ASKERS, can_hide, visible_to
from tequio.portal.search.services import MOST_AN_HOUR, forget_gaps, hide_gap, keepable, note_missing
from tequio.portal.search.tasks import forget_gaps as nightly
from tequio.territories.models import Territory
from tequio.territories.services import save_territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
WEEK = timedelta(weeks=1)


def text_of(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    root, mistakes = read_page(answer.content.decode())
    assert mistakes == []
    return root.all("main")[0].text()


def look(
    place: Territory | None, said: str = "solar ovens", times: int = LEAST_ASKERS, language: str = "en"
) -> None:
    for number in range(times):
        note_missing(said, territory=place, language=language, network=f"192.0.2.{number}")


class TestTheBox:
    def test_it_stands_on_home_and_places(self, conversation: Conversation, browser_of: Browser) -> None:
        for path, place in (("/en/", ""), ("/en/places/TG-M-lome/", "TG-M-lome")):
            root, _mistakes = read_page(browser_of().get(path).content.decode())
            (form,) = [one for one in root.all("form") if one.attributes["action"] == "/en/on-my-mind/"]
            assert form.attributes["method"] == "get"
            fields = {one.attributes["name"]: one.attributes.get("value", "") for one in form.all("input")}
            assert fields == {"q": "", **({"place": place} if place else {})}

    def test_a_whole_sentence_finds_what_is_like_it(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        said = "The+prices+are+never+on+the+wall+where+I+can+read+them"
        page = text_of(browser_of(), f"/en/on-my-mind/?q={said}&place=TG-M-lome")
        assert "have to be on the ." in page, page
        assert "A repair must take" not in page
        assert "Answer statements" in page

    def test_what_was_typed_is_in_the_form_it_leads_to(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        browser = browser_of()
        page = browser.get("/en/on-my-mind/?q=Prices+%26+repairs%3F&place=TG-M-lome").content.decode()
        root, _mistakes = read_page(page)
        links = [one.attributes["href"] for one in root.all("a")]
        (write,) = {link for link in links if f"/conversations/{conversation.pk}/write/" in link}
        form, _mistakes = read_page(browser.get(write).content.decode())
        assert "Prices & repairs?" in form.all("textarea")[0].text()

    def test_a_facilitator_can_open_a_conversation_with_it(
        self, lome: Territory, alice: Person, charlie: Person, browser_of: Browser
    ) -> None:
        path = "/en/on-my-mind/?q=Where+is+shade%3F&place=TG-M-lome"
        assert "Open a conversation about it" not in text_of(browser_of(charlie), path)
        root, _mistakes = read_page(browser_of(alice).get(path).content.decode())
        (new,) = [
            one.attributes["href"] for one in root.all("a") if "/conversations/new/" in one.attributes["href"]
        ]
        form, _mistakes = read_page(browser_of(alice).get(new).content.decode())
        (question,) = [one for one in form.all("textarea") if one.attributes.get("name") == "question"]
        assert "Where is shade?" in question.text()

    def test_other_ways_take_the_words_along(self, lome: Territory, browser_of: Browser) -> None:
        root, _mistakes = read_page(
            browser_of().get("/en/on-my-mind/?q=shade+trees&place=TG-M-lome").content.decode()
        )
        links = {one.attributes["href"] for one in root.all("main")[0].all("a")}
        assert "/en/follow/search/?q=shade+trees&place=TG-M-lome" in links
        assert "/en/search/?q=shade+trees&place=TG-M-lome" in links
        assert reverse("people:stewards", args=["TG-M-lome"]) in links
        assert "You can be the first" in root.text()

    @pytest.mark.parametrize(
        "query", ["", "q=", "q=%20", "q=%3F%3F", "q=a", "q=" + "y" * 5_000, "q=or+and+-x&place=nowhere"]
    )
    def test_odd_words(self, query: str, browser_of: Browser) -> None:
        assert browser_of().get(f"/es/on-my-mind/?{query}").status_code == 200

    def test_few_queries(self, conversation: Conversation, alice: Person, browser_of: Browser) -> None:
        browser = browser_of(alice)
        for said in ("prices+wall", "nothing+of+it"):
            with CaptureQueriesContext(connection) as queries:
                browser.get(f"/en/on-my-mind/?q={said}&place=TG-M-lome")
            assert len(queries) <= 12


class TestKeeping:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Garde d’enfants", "garde d enfants"), ("  SOLAR   ovens ", "solar ovens"), ("¿Huerto?", "huerto"),
            ("four words are kept", "four words are kept"), ("five words are too many", ""), ("x" * 51, ""),
            ("call 5512", ""), ("me@example.org", ""), ("https://evil.example", ""), ("www.evil.example", ""),
            ("<b>", ""), ("ab", ""), ("", ""), ("calle 12", "calle 12"),
        ],
    )  # fmt: skip
    def test_what_is_kept(self, typed: str, kept: str) -> None:
        assert keepable(typed) == kept

    def test_a_search_in_vain_is_counted_once_a_network(self, lome: Territory, browser_of: Browser) -> None:
        for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
            STORE.clear()
            browser_of(REMOTE_ADDR=address).get("/fr/search/?q=Fours+SOLAIRES&place=TG-M-lome")
        row = Gap.objects.get()
        assert (row.words, row.territory, row.language, row.askers) == ("fours solaires", lome, "fr", 2)
        assert row.week == week_of(timezone.now().date())
        assert row.week.weekday() == 0

    def test_what_finds_something_or_is_narrowed_is_no_gap(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        for query in ("q=neighbourhood", "q=lome", "q=repair&kind=conversation", "q=repair&state=over", "q="):
            browser_of().get(f"/en/search/?{query}")
        browser_of().get("/en/on-my-mind/?q=repair+at+once")
        browser_of().head("/en/search/?q=flying+carpets")
        assert not Gap.objects.exists()

    def test_places_languages_and_weeks_are_apart(self, lome: Territory, bilbao: Territory) -> None:
        for place in (None, lome, bilbao):
            for language in ("en", "fr"):
                assert note_missing("solar ovens", territory=place, language=language, network="10.0.0.1")
                assert not note_missing("Solar OVENS", territory=place, language=language, network="10.0.0.1")
        assert Gap.objects.count() == 6
        assert set(Gap.objects.values_list("askers", flat=True)) == {1}

    def test_stuffing_from_one_network_is_bounded(self, lome: Territory) -> None:
        for number in range(MOST_AN_HOUR + 15):
            note_missing(
                f"stuff {chr(97 + number % 26)}{number}x", territory=lome, language="en", network="10.9.9.9"
            )
        assert Gap.objects.count() == MOST_AN_HOUR
        assert not visible_to(None).exists()

    def test_nobody_can_be_told_from_the_rows(self, lome: Territory) -> None:
        look(lome)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(t::text, ' ') FROM search_gapasker t")
            rows = cursor.fetchone()[0]
        assert "192.0.2" not in rows
        assert "solar" not in rows
        assert not Record.objects.filter(act__startswith="gap").exists()

    def test_what_is_over_is_forgotten(self, lome: Territory) -> None:
        look(lome, "solar ovens")
        look(lome, "only one asked", times=1)
        assert forget_gaps() == 0
        before = week_of(timezone.now().date()) - WEEK
        for model in (Gap, GapSalt, GapAsker):
            model.objects.update(week=before)
        assert list(invariants.nobody_stays_among_the_askers()) == [] or timezone.now().weekday() > 1
        GapSalt.objects.update(week=before - WEEK)
        assert len(list(invariants.nobody_stays_among_the_askers())) >= 1
        nightly(timestamp=0)
        assert list(Gap.objects.values_list("words", flat=True)) == ["solar ovens"]
        assert not GapSalt.objects.exists()
        assert not GapAsker.objects.exists()
        assert list(invariants.nobody_stays_among_the_askers()) == []
        Gap.objects.update(week=before - 30 * WEEK)
        assert forget_gaps() == 1

    def test_the_demonstration_has_some_in_each_place(self, lome: Territory, bilbao: Territory) -> None:
        for code in ("MX-CMX", "CA-QC-quebec"):
            save_territory(code=code, kind="city", name=words(code), zone="UTC", languages=["en"], by=SYSTEM)
        assert load_gaps() == Gap.objects.count()
        shown = set(visible_to(None).values_list("territory__code", flat=True))
        assert shown == {"TG-M-lome", "ES-BI-bilbao", "MX-CMX", "CA-QC-quebec"}
        assert Gap.objects.filter(askers__lt=LEAST_ASKERS).count() == 1


class TestThePage:
    def test_shown_only_when_enough_asked(
        self, lome: Territory, togo: Territory, browser_of: Browser
    ) -> None:
        look(lome, times=LEAST_ASKERS - 1)
        for path in ("/en/looked-for/", "/en/looked-for/?place=TG-M-lome", "/en/looked-for/?place=TG"):
            assert "solar ovens" not in text_of(browser_of(), path)
        look(lome)
        STORE.clear()
        assert "solar ovens" in text_of(browser_of(), "/en/looked-for/?place=TG-M-lome")
        assert "solar ovens" in text_of(browser_of(), "/en/looked-for/?place=TG"), "and in what it lies in"

    def test_weeks_and_languages_are_added_up(self, lome: Territory, browser_of: Browser) -> None:
        look(lome)
        look(lome, language="fr", times=4)
        assert "solar ovens Lomé 7" in text_of(browser_of(), "/en/looked-for/?place=TG-M-lome").replace(
            "  ", " "
        )

    def test_unknown_places_are_absent(self, browser_of: Browser) -> None:
        assert browser_of().get("/en/looked-for/?place=XX-none").status_code == 404

    def test_hostile_words_are_only_words(self, lome: Territory, browser_of: Browser) -> None:
        look(lome, "<script>alert</script>")
        html = browser_of().get("/en/looked-for/?place=TG-M-lome").content.decode()
        assert "<script>alert" not in html
        assert ">script alert script<" in html

    def test_moderators_take_words_off(
        self,
        lome: Territory,
        mora: Person,
        charlie: Person,
        member: Person,
        guest: Person,
        browser_of: Browser,
    ) -> None:
        look(lome)
        gap = Gap.objects.get()
        path = f"/en/looked-for/{gap.pk}/hide/"
        for person in (charlie, member):
            assert browser_of(person).get(path).status_code == 404
            assert send(browser_of(person), path, {"do": "hide"}).status_code == 404
        for person in (None, guest):
            assert browser_of(person).get(path).status_code == 302
        assert "Take it off" in text_of(browser_of(mora), "/en/looked-for/?place=TG-M-lome")
        assert send(browser_of(mora), path, {}).status_code == 422
        assert send(browser_of(mora), path, {"do": "hide"}).status_code == 302
        assert Record.objects.filter(act="gap.hide").count() == 1
        STORE.clear()
        assert "solar ovens" not in text_of(browser_of(mora), "/en/looked-for/?place=TG-M-lome")
        look(lome, language="es")
        assert "solar ovens" not in text_of(browser_of(mora), "/en/looked-for/?place=TG-M-lome"), "nor later"

    def test_who_may_hide(
        self, lome: Territory, bilbao: Territory, mora: Person, member: Person, guest: Person
    ) -> None:
        assert can_hide(mora, lome)
        assert can_hide(mora, None)
        assert not can_hide(mora, bilbao)
        for person in (member, guest, None):
            assert not can_hide(person, lome)
            assert not can_hide(person, None)
        look(None)
        gap = Gap.objects.get()
        with pytest.raises(Refused):
            hide_gap(gap, by=member)
        hide_gap(gap, by=mora)
        hide_gap(gap, by=mora)
        assert HiddenGap.objects.count() == 1
        look(lome)
        assert not visible_to(mora).exists(), "what is hidden for everywhere is hidden in each place"
