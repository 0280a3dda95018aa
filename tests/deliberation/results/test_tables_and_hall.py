"""The numbers behind each claim, the history, the hall's wall, the method in words."""

from __future__ import annotations

import re

import pytest

from markup import read_page
from tequio.algorithms.opinion_map import VERSION
from tequio.base.explained import explanation
from tequio.ideas.deliberation.models import OpinionMap, StatementVote
from tequio.ideas.deliberation.selectors.hall import code_of
from tequio.ideas.deliberation.selectors.tables import history_page, numbers_page
from tequio.ideas.deliberation.services.maps import recompute_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(town, fill) -> OpinionMap:
    fill()
    return recompute_map(town.pk)


def test_figures_of_each_group(town, drawn):
    page = numbers_page(town, sort="number", page="1")
    assert page.letters == ["A", "B"]
    assert [row.words.number for row in page.rows] == list(range(10))
    belongs = page.rows[4]
    assert belongs.seen == [32, 20, 12]
    assert belongs.agree[1].is_own
    assert not belongs.agree[2].is_own
    assert belongs.disagree[2].is_own
    counts = drawn.result["groups"][0]["counts"]["4"]
    assert belongs.estimate[1] == round((counts[2] + 1) / (sum(counts) + 2), 3)
    assert belongs.consensus_agree == drawn.result["group_informed_consensus"]["4"]


def test_orders(town, drawn):
    by = {sort: [row.words.number for row in numbers_page(town, sort=sort, page="1").rows] for sort in
          ("shared", "apart", "divided", "answers", "number")}  # fmt: skip
    assert set(by["shared"][:4]) == {0, 1, 2, 3}
    assert not set(by["apart"][:4]) & {0, 1, 2, 3, 8}
    assert set(by["answers"][:2]) == {0, 1}
    assert by["number"] == list(range(10))
    assert by["divided"][0] in {4, 5, 6, 7, 9}


@pytest.mark.parametrize("odd", ["", "0", "-1", "99", "x", "1e9", "٣", "9999999"])
def test_odd_pages_and_orders_are_the_first_or_the_last(client, town, drawn, odd):
    answer = client.get(f"/en/conversations/{town.pk}/results/numbers/", {"page": odd, "sort": odd})
    assert answer.status_code == 200
    assert "Page 1 of 1" in answer.content.decode()


def test_the_numbers_page_is_well_formed_and_light_in_queries(client, town, drawn, django_assert_num_queries):
    with django_assert_num_queries(4):
        answer = client.get(f"/en/conversations/{town.pk}/results/numbers/?sort=apart")
    root, mistakes = read_page(answer.content.decode())
    assert mistakes == []
    assert len(root.all("table")) == 10
    assert [b.text() for b in root.all("b") if b.inside("nav")] == ["what sets groups apart"]


def test_numbers_before_the_first_answer(client, town):
    assert (
        "Nothing to count yet" in client.get(f"/en/conversations/{town.pk}/results/numbers/").content.decode()
    )


def test_numbers_while_it_is_too_early_name_no_group(client, town, fill):
    fill(camps=(6, 3), barely=0)
    recompute_map(town.pk)
    page = numbers_page(town, sort="shared", page="1")
    assert page.letters == []
    assert page.rows[0].consensus_agree is None
    assert client.get(f"/en/conversations/{town.pk}/results/numbers/").status_code == 200


def test_history_tells_what_entered_and_left_the_shared_ground(client, town, fill):
    fill()
    recompute_map(town.pk)
    StatementVote.objects.filter(statement__number=0).update(value=0)
    recompute_map(town.pk)
    newest, first = history_page(town).runs
    assert [one.number for one in newest.left] == [0]
    assert newest.entered == first.entered == first.left == []
    page = client.get(f"/en/conversations/{town.pk}/results/history/").content.decode()
    assert "No longer shared:" in page
    assert newest.digest in page
    assert re.search(r'<path class="f-none s-door"[^>]* d="M0 0L320 0"', page)


def test_history_of_nothing(client, town):
    assert "No map yet" in client.get(f"/en/conversations/{town.pk}/results/history/").content.decode()


def test_the_hall_shows_code_address_and_count(client, town, drawn):
    answer = client.get(f"/en/conversations/{town.pk}/hall/")
    root, mistakes = read_page(answer.content.decode())
    assert mistakes == []
    text = root.text()
    assert f"testserver/c/{town.pk}" in text
    assert "35 people" in text.replace("people 35", "35 people")
    assert "What all groups share so far" in text
    code = next(svg for svg in root.all("svg") if svg.attributes.get("role") == "img")
    assert code.attributes["aria-label"] == f"Code with the address testserver/c/{town.pk}"
    assert not [element for element in root.all() if "style" in element.attributes]
    assert [one.attributes["content"] for one in root.all("meta") if one.inside("noscript")] == ["10"]


def test_the_count_is_a_kept_fragment(client, town, drawn, django_assert_num_queries):
    url = f"/en/conversations/{town.pk}/hall/count/"
    headers = {"HX-Request": "true"}
    first = client.get(url, headers=headers)
    assert "<html" not in first.content.decode()
    assert "35" in first.content.decode()
    with django_assert_num_queries(0):
        assert client.get(url, headers=headers).content == first.content


def test_the_hall_of_a_conversation_for_members_does_not_promise_guests(client, town, drawn):
    town.who_may = "members"
    town.save()
    page = client.get(f"/en/conversations/{town.pk}/hall/").content.decode()
    assert "No account" not in page
    assert "as a member" in page


def test_the_short_address_leads_to_the_conversation_in_ones_own_language(client, town):
    answer = client.get(f"/c/{town.pk}/", headers={"Accept-Language": "fr"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/fr/conversations/{town.pk}/"


def test_a_code_reads_as_its_matrix():
    """The corner of every code is a square of seven with a ring inside; four free units around."""
    code = code_of("https://example.org/c/1")
    assert code.path.startswith("M4 4h7v1H4z")
    assert code.size == 25 + 8
    assert max(int(x) for x in re.findall(r"M(\d+) ", code.path)) < code.size - 4


def test_the_method_in_words_with_its_parameters(client):
    page = client.get("/en/how/opinion-map/").content.decode()
    assert f"<dd>{VERSION}</dd>" in page
    assert "<code>min_votes</code>" in page
    assert '<div class="prose stack" lang="en">' in page
    assert read_page(page)[1] == []


@pytest.mark.parametrize("language", ["es", "fr"])
def test_the_method_in_other_languages(client, language):
    assert (
        f'<div class="prose stack" lang="{language}">'
        in client.get(f"/{language}/how/opinion-map/").content.decode()
    )


def test_a_language_without_the_text_gets_the_english_one():
    text = explanation("opinion-map", "eu")
    assert text is not None
    assert text.language == "en"


@pytest.mark.parametrize("name", ["similar-ideas", "idea-order", "bursts"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_recipe_is_explained_step_by_step(client, name, language):
    page = client.get(f"/{language}/how/{name}/").content.decode()
    text = explanation(name, language)
    assert text is not None
    assert text.language == language
    assert f'<div class="prose stack" lang="{language}">' in page


def test_there_is_no_text_of_another_name():
    assert explanation("nothing", "en") is None
    assert explanation("../bursts", "en") is None
