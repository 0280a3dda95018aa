"""The page of results: what it says, to whom, how light it is."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exports import shared_data
from markup import read_page
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import write_original
from tequio.ideas.deliberation.importers import import_folder
from tequio.ideas.deliberation.models import OpinionMap, Participant, StatementAnswer
from tequio.ideas.deliberation.selectors.results import newest_map, result_document
from tequio.ideas.deliberation.services.maps import recompute_map
from tequio.people.services import begin_guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(town) -> str:
    return f"/en/conversations/{town.pk}/results/"


@pytest.fixture
def drawn(town, fill) -> OpinionMap:
    fill()
    return recompute_map(town.pk)


def text_of(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    root, mistakes = read_page(answer.content.decode())
    assert mistakes == []
    return root.text()


def test_the_lead_says_it_in_one_breath(client, url, drawn):
    text = text_of(client, url)
    assert "35 people gave 326 answers to 10 statements. 2 groups think differently." in text
    assert "On 4 statements most people in every group say the same." in text


def test_shared_ground_comes_first_with_its_lowest_group(client, url, drawn):
    page = client.get(url).content.decode()
    heads = re.findall(r"<h2>([^<]+)</h2>", page)
    assert heads == [
        "Shared ground", "2 groups", "What sets them apart", "Where people are divided", "What most people say",
        "The map", "How sure is this?", "What becomes of it",
    ]  # fmt: skip
    first = page[page.index(">Shared ground<") : page.index(">2 groups<")]
    shown = [text for text in ("A repair", "Prices hang", "Nobody shows", "Advertising") if text in first]
    assert len(shown) == 4
    assert '<b class="big">100%</b> disagree' in first
    assert first.count("at least 100% in each group") == 4


def test_each_group_in_a_sentence_with_what_sets_it_apart(client, url, drawn):
    text = text_of(client, url)
    group = text[text.index("Group A, 20 people") : text.index("Group B, 12 people")]
    assert "say more often than the others:" in group
    said = [one for one in ("The line belongs to the block.", "The city pays the first masts.",
                            "Shops may sell the line on.", "Schools come first.",
                            "The fast line is for those who pay.") if one in group]  # fmt: skip
    assert len(said) >= 2
    assert re.search(r"\d+% (dis)?agree, elsewhere \d+%", group)


def test_who_is_not_placed_and_how_sure(client, url, drawn):
    text = text_of(client, url)
    assert "3 people are not placed yet: they gave fewer than 7 answers." in text
    assert "this number of groups is new in the last count." in text
    assert "32 of 35 people gave enough" in text
    assert drawn.digest in text


def test_the_picture_has_words_and_differs_without_colour(client, url, drawn):
    root, _mistakes = read_page(client.get(url).content.decode())
    picture = next(svg for svg in root.all("svg") if svg.attributes.get("role") == "img")
    assert picture.all("title")[0].text() == "Opinion map"
    words_of_it = picture.all("desc")[0].text()
    assert "Group A lies" in words_of_it
    assert "Group B lies" in words_of_it
    edges = [p for p in picture.all("path") if p.attributes.get("class") in ("g2 l2", "g3 l3")]
    assert [edge.attributes.get("stroke-dasharray") for edge in edges] == [None, "6 3"]
    marks = picture.all("path")
    assert sum(path.attributes["d"].count("h0") for path in marks) == 20  # dots
    assert sum(path.attributes["d"].count("h6l-3-5z") for path in marks) == 12  # triangles
    assert [text.text() for text in picture.all("text")] == ["A · 20", "B · 12"]
    assert not [element for element in root.all() if "style" in element.attributes]


def test_visitors_are_not_told_where_anybody_stands(client, url, drawn):
    text = text_of(client, url)
    assert "You are in group" not in text
    assert "You" not in [one.text() for one in read_page(client.get(url).content.decode())[0].all("text")]


def test_a_guest_sees_where_she_stands(browser_of, url, town, fill, guest):
    people = fill(persons=(guest,))
    recompute_map(town.pk)
    assert Participant.objects.get(person=guest).pk == people[0]
    page = browser_of(guest).get(url).content.decode()
    assert "You are in group A" in page
    root, _mistakes = read_page(page)
    assert "You" in [text.text() for text in root.all("text")]


def test_a_guest_with_few_answers_is_told_what_is_missing(browser_of, url, town, fill):
    guests = [begin_guest(language="en") for _ in range(33)]
    fill(persons=tuple(guests))
    recompute_map(town.pk)
    page = browser_of(guests[32]).get(url).content.decode()
    assert "You are not on the map yet: 5 more answers are needed." in page


def test_one_who_answered_after_the_last_count(browser_of, url, drawn, town, guest):
    Participant.objects.create(conversation=town, person=guest, answers=9)
    assert "after the next count" in browser_of(guest).get(url).content.decode()


def test_kept_for_visitors_and_never_for_guests(client, browser_of, url, town, fill, guest):
    fill(persons=(guest,))
    recompute_map(town.pk)
    answer = client.get(url)
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert 'method="post"' not in answer.content.decode()
    assert "csrf" not in answer.content.decode()
    assert "private" in browser_of(guest).get(url)["Cache-Control"]


def test_too_early_to_say(client, url, town, fill):
    fill(camps=(8, 4), barely=1)
    made = recompute_map(town.pk)
    text = text_of(client, url)
    assert "It is too early to speak of groups." in text
    assert "Groups are shown from 15 people on" in text
    assert "So far 12 people have." in text
    assert "What everyone says so far" in text
    assert "A repair takes at most two days." in text
    assert "The map" not in re.findall(r"<h2>([^<]+)</h2>", client.get(url).content.decode())
    assert "Group A" not in text
    assert made.votes == 122


def test_few_answers_each_are_too_early_too(client, url, town, fill):
    fill(camps=(20, 12), barely=40)
    recompute_map(town.pk)
    assert "It is too early to speak of groups." in text_of(client, url)


def test_before_the_first_answer(client, url):
    text = text_of(client, url)
    assert "Nobody has answered yet." in text
    assert "Too early to say" in text


def test_one_camp_is_no_groups(client, url, town, fill):
    fill(camps=(30, 0), barely=0)
    made = recompute_map(town.pk)
    text = text_of(client, url)
    if made.groups:
        assert "groups think differently" in text
    else:
        assert "do not fall into distinct groups" in text


def test_statements_in_the_readers_language_with_their_label(client, town, drawn):
    page = client.get(f"/es/conversations/{town.pk}/results/").content.decode()
    assert '<h1 lang="es">¿Cómo nos conectamos?</h1>' in page
    assert '<a href="/es/statements/' in page
    assert 'lang="es">Una reparación tarda dos días.</a>' in page
    assert 'lang="en">Prices hang on the wall.</a>' in page


def test_what_becomes_of_it(client, url, town, drawn, alice):
    town.answer_due = date(2083, 1, 31)  # of the year that is on, a page says no number
    town.save()
    statement = town.statements.get(number=0)
    StatementAnswer.objects.create(
        statement=statement, uptake="taken_up", text=words("From May on."), by=alice
    )
    text = text_of(client, url)
    assert "Lomé answers the shared ground in writing by 31 January 2083." in text
    assert "Named for it: Adjoa Lawson." in text
    assert "Taken up A repair takes at most two days. From May on." in text


def test_a_statement_hidden_since_the_count_is_gone(client, url, town, drawn):
    item = town.statements.get(number=0).item
    item.hidden_by = "decision:1"
    item.save()
    assert "A repair takes" not in text_of(client, url)


def test_hostile_words_stay_words(client, url, town, drawn):
    item = town.statements.get(number=0).item
    item.title = write_original("<script>alert(1)</script> & co", "en")
    item.save()
    page = client.get(url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page


def test_a_draft_shows_its_results_to_its_team_only(browser_of, url, town, drawn, alice, charlie, guest):
    town.item.state = "draft"
    town.item.save()
    for person, status in ((alice, 200), (charlie, 404), (guest, 404), (None, 404)):
        assert browser_of(person).get(url).status_code == status


@pytest.mark.parametrize("page", ["results/", "results/numbers/", "results/history/", "hall/", "hall/count/"])
def test_no_such_conversation(client, page):
    assert client.get(f"/en/conversations/999999/{page}").status_code == 404


def test_queries_do_not_grow_with_statements(client, url, drawn, town, django_assert_num_queries, alice):
    from tequio.guards.middleware import STORE

    with django_assert_num_queries(8):
        client.get(url)
    STORE.clear()
    for number in range(3):
        StatementAnswer.objects.create(
            statement=town.statements.get(number=number), uptake="taken_up", text=words("Yes."), by=alice
        )
    with django_assert_num_queries(7):
        client.get(url)


def test_a_guest_costs_few_more(browser_of, url, town, fill, guest, django_assert_max_num_queries):
    fill(persons=(guest,))
    recompute_map(town.pk)
    browser = browser_of(guest)
    with django_assert_max_num_queries(12):
        browser.get(url)


def test_groups_too_small_to_be_published_appear_nowhere(client, url, town, drawn):
    """A stored map with a group of four, as other parameters would give."""
    result = drawn.result
    result["groups"][1]["size"] = 4
    OpinionMap.objects.filter(pk=drawn.pk).update(result=result)
    text = text_of(client, url)
    assert "Group B" not in text
    assert "B · " not in text
    assert [group["letter"] for group in result_document(newest_map(town))["groups"]] == ["A"]


def test_the_document_of_open_data(town, drawn):
    document = result_document(newest_map(town))
    assert document["algorithm"]["input_sha256"] == drawn.digest
    assert document["conversation"] == town.pk
    assert "picture" not in document
    assert document["groups"][0]["counts"]["3"] == [20, 0, 0]


def test_the_results_of_a_closed_conversation_offer_no_answering(client, url, town, drawn):
    town.item.closes_at = timezone.now() - timedelta(days=1)
    town.item.save()
    page = client.get(url).content.decode()
    assert "Conversation, results</p>" in page
    assert reverse("deliberation:answer", args=[town.pk]) not in page.replace("/es/", "/en/")


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "language"), [("vtaiwan.uberx", "zh"), ("canadian-electoral-reform", "en")])
def test_a_real_conversation_stays_light(client, lome, name, language):
    folder = shared_data() / "polis" / name
    if not folder.exists():
        pytest.skip(f"no real data: polis/{name} is not under TEQUIO_SHARED_DATA")
    conversation = import_folder(folder, territory=lome, language=language, by=SYSTEM)
    recompute_map(conversation.pk)
    for path in ("results/", "results/numbers/", "hall/"):
        body = client.get(f"/en/conversations/{conversation.pk}/{path}").content
        assert len(gzip.compress(body, 6)) <= 14_000


def test_before_the_first_map_it_says_that_it_is_being_drawn(client, url, town, fill):
    page = client.get(url).content.decode()
    assert "Nobody has answered yet." in page
    fill()
    page = client.get(url + "?again").content.decode()
    assert "The first map of these answers is being drawn." in page
    assert "Nobody has answered yet." not in page
