"""Versions of the numbers that rank: who changes them, which holds where, and what the pages say."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import listed, open_now, open_order
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.recipes.enums import Combining
from tequio.recipes.invariants import every_recipe_in_use_is_one_the_code_knows
from tequio.recipes.models import Recipe
from tequio.recipes.selectors import active
from tequio.recipes.services import activate_version, end_use, propose_version
from tequio.recipes.types import DECLARED, declaration, why
from tequio.recipes.types.use import default_of
from tequio.territories.services import rebuild_paths, save_territory

pytestmark = pytest.mark.django_db
NAME = "open-now"


def decide(territory=None, *, by=SYSTEM, who="The assembly", **weights):
    recipe = propose_version(NAME, territory=territory, weights=weights, reason=words("We try it."), by=by)
    activate_version(recipe, decided_by=who, by=by)
    cache.clear()  # the test's transaction never commits
    return recipe


@pytest.fixture
def steward(make_member, lome):
    return make_member("Sena", "steward", lome)


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED)
def test_what_the_code_declares_is_well_formed(declared):
    assert declared.problems(declared.weights, declared.defaults) == []
    assert default_of(declared.name).declaration is declared
    for language in ("en", "es", "fr"):
        with translation.override(language):
            assert all(map(str, [declared.title, declared.lead, declared.formula, declared.combining.label]))


def test_a_fresh_database_ranks_by_version_0(lome):
    for territory in (None, lome.pk):
        found = active(NAME, territory)
        assert (found.number, found.territory, found.weights) == (0, None, {"closing": 1.0, "fresh": 0.0})
    with pytest.raises(KeyError, match="no recipe 'nothing'"):
        active("nothing")
    with pytest.raises(KeyError):
        declaration("nothing")


def test_the_nearest_place_decides(togo, lome, bilbao, db):
    quarter = save_territory(
        code="TG-M-be",
        kind="quarter",
        name=words("Bè"),
        zone="Africa/Lome",
        languages=["fr"],
        parents=[lome],
        by=SYSTEM,
    )
    rebuild_paths(by=SYSTEM)
    decide(fresh=1.0)
    decide(togo, fresh=2.0)
    decide(lome, fresh=3.0)
    assert active(NAME, quarter.pk).weights["fresh"] == 3.0
    assert active(NAME, lome.pk).place == "TG-M-lome"
    assert active(NAME, togo.pk).weights["fresh"] == 2.0
    assert active(NAME, bilbao.pk).weights["fresh"] == 1.0
    assert active(NAME).weights["fresh"] == 1.0


def test_one_place_above_is_enough(togo, lome):
    decide(togo, fresh=2.0)
    assert active(NAME, lome.pk).number == 1


def test_all_recipes_are_read_in_one_query_and_kept(lome, django_assert_num_queries):
    decide(fresh=1.0)
    with django_assert_num_queries(1):
        active(NAME)
        active(NAME)
        active("statement-routing", lome.pk)


def test_versions_follow_one_another_and_stay(steward, lome):
    first = decide(lome, by=steward, fresh=1.0)
    second = decide(lome, by=steward, who="  The council, 12 May ", fresh=2.0)
    first.refresh_from_db()
    assert (first.number, first.status, second.number, second.status) == (1, "old", 2, "active")
    assert first.until == second.since
    assert second.decided_by == "The council, 12 May"
    assert second.weights == {"closing": 1.0, "fresh": 2.0}, "what was not given stayed"
    activate_version(first, decided_by="Back again", by=steward)
    second.refresh_from_db()
    assert (Recipe.objects.get(status="active").pk, second.status, first.until) == (first.pk, "old", None)
    acts = list(Record.objects.filter(act__startswith="recipe.").order_by("id").values_list("act", flat=True))
    assert acts == ["recipe.propose", "recipe.activate"] * 2 + ["recipe.activate"]
    assert str(first) == "open-now 1"


def test_activating_twice_is_once(steward, lome):
    recipe = decide(lome, by=steward, fresh=1.0)
    since = recipe.since
    assert activate_version(recipe, decided_by="Again", by=steward).since == since


def test_words_are_kept_as_they_were_proposed(lome):
    recipe = decide(lome, fresh=1.0)
    for language in ("en", "es", "fr"):
        with translation.override(language):
            declared = declaration(NAME).features[0].words
            assert recipe.feature_lines[0] == (str(declared), 1.0)


def test_who_may(steward, alice, charlie, guest, member, lome, bilbao):
    recipe = propose_version(NAME, territory=lome, reason={}, by=steward)
    for person in (alice, charlie, guest, member):
        with pytest.raises(Refused):
            propose_version(NAME, territory=lome, reason={}, by=person)
        with pytest.raises(Refused):
            activate_version(recipe, decided_by="Me", by=person)
        with pytest.raises(Refused):
            end_use(recipe, by=person)
    for elsewhere in (bilbao, None):
        with pytest.raises(Refused):
            propose_version(NAME, territory=elsewhere, reason={}, by=steward)
    member.is_operator = True
    assert propose_version(NAME, reason={}, by=member).territory is None


@pytest.mark.parametrize(
    ("weights", "parameters", "said"),
    [
        ({"shine": 1}, {}, "“shine” is not a part of this recipe."),
        ({"new": "much"}, {}, "“new” is not a number."),
        ({"new": True}, {}, "“new” is not a number."),
        ({"new": float("nan")}, {}, "“new” is not a number."),
        ({"new": -1}, {}, "“new” must lie between 0 and 10."),
        ({}, {"meta_one_in": 2.5}, "“meta_one_in” must be a whole number."),
        ({}, {"half_life": 0}, "“half_life” must lie between 0.5 and 1000."),
        ({}, {"colour": 1}, "“colour” is not a part of this recipe."),
    ],
)
def test_wrong_numbers_are_named(weights, parameters, said):
    with pytest.raises(Refused) as refused:
        propose_version("statement-routing", weights=weights, parameters=parameters, reason={}, by=SYSTEM)
    assert said in str(refused.value.reason)
    assert not Recipe.objects.exists()


def test_other_refusals(lome):
    with pytest.raises(Refused, match="no recipe of that name"):
        propose_version("nothing", reason={}, by=SYSTEM)
    recipe = propose_version(NAME, reason={}, by=SYSTEM)
    with pytest.raises(Refused, match="who decided"):
        activate_version(recipe, decided_by=" ", by=SYSTEM)
    with pytest.raises(Refused, match="not in use"):
        end_use(recipe, by=SYSTEM)
    recipe.features = recipe.features[:1]
    recipe.save()
    with pytest.raises(Refused, match=r"“fresh” is missing\."):
        activate_version(recipe, decided_by="Us", by=SYSTEM)


def test_ended_the_code_s_own_numbers_hold(lome):
    recipe = decide(lome, fresh=1.0)
    end_use(recipe, by=SYSTEM)
    cache.clear()
    assert active(NAME, lome.pk).number == 0
    assert (recipe.status, recipe.until is not None) == ("old", True)


@pytest.mark.parametrize("is_everywhere", [True, False])
def test_the_database_holds_one_in_use(lome, is_everywhere):
    recipe = decide(None if is_everywhere else lome, fresh=1.0)
    for number in (1, 2):  # the same number, and another one in use
        recipe.pk, recipe.number = None, number
        with pytest.raises(IntegrityError), transaction.atomic():
            recipe.save(force_insert=True)


def test_after_the_commit_this_process_knows_at_once(lome, django_capture_on_commit_callbacks):
    active(NAME)
    with django_capture_on_commit_callbacks(execute=True):
        recipe = propose_version(NAME, weights={"fresh": 1.0}, reason={}, by=SYSTEM)
        activate_version(recipe, decided_by="Us", by=SYSTEM)
    assert active(NAME).number == 1
    with django_capture_on_commit_callbacks(execute=True):
        end_use(recipe, by=SYSTEM)
    assert active(NAME).number == 0


def test_verify_names_what_no_code_reads():
    recipe = decide(fresh=1.0)
    assert not list(every_recipe_in_use_is_one_the_code_knows())
    Recipe.objects.update(features=[])
    assert "“closing” is missing." in next(every_recipe_in_use_is_one_the_code_knows())
    Recipe.objects.update(name="gone")
    assert "no code reads it" in next(every_recipe_in_use_is_one_the_code_knows())
    assert recipe.pk


def test_why_says_what_each_feature_did():
    reasons = why(default_of("statement-routing"), {"new": 3.0, "clear": 0.5, "apart": 1.0, "agreed": 1.0})
    assert reasons.is_product
    assert [part.contribution for part in reasons.parts] == [9.0, 1.0, 1.0, 0.25]
    assert reasons.score == 2.25
    added = why(default_of(NAME), {"closing": 0.5, "fresh": 0.7})
    assert [(part.value, part.weight, part.contribution) for part in added.parts] == [(0.5, 1.0, 0.5)]
    assert added.score == 0.5
    assert default_of(NAME).declaration.combining == Combining.SUM


@pytest.fixture
def three(lome, alice):
    """Closing in nine days and new; closing tomorrow and old; without an end, of yesterday."""
    now, made = timezone.now(), []
    for days, age in ((9, 0), (1, 30), (None, 1)):
        plan = Plan(
            question=words(f"In {days}?"),
            background=words(""),
            closes_at=now + timedelta(days=days) if days else None,
        )
        item = open_conversation(plan, territory=lome, seeds=[words("One.")], by=alice).item
        Item.objects.filter(pk=item.pk).update(published_at=now - timedelta(days=age))
        made.append(item.pk)
    return made


@pytest.mark.parametrize(
    ("weights", "expected", "said"),
    [
        ({}, [1, 0, 2], "closing soonest first"),
        ({"closing": 0.0, "fresh": 1.0}, [0, 2, 1], "newest first"),
        ({"closing": 1.0, "fresh": 1.0}, [0, 1, 2], "what closes soon and what is new"),
        ({"closing": 10.0, "fresh": 1.0}, [1, 0, 2], "what closes soon and what is new"),
    ],
)
def test_a_place_orders_what_is_open(three, lome, client, weights, expected, said):
    if weights:
        decide(lome, **weights)
    found = open_now(listed(None), open_order(lome.pk))
    assert [three.index(item.pk) for item in found] == expected
    page = client.get("/en/places/TG-M-lome/").content.decode()
    assert said in page
    assert "Why this order" in page
    link = "/en/how/open-now/?place=TG-M-lome" if weights else "/en/how/open-now/"
    assert f'href="{link}"' in page
    titles = [page.index(f'/conversations/{three[number]}/"') for number in expected]
    assert titles == sorted(titles)


def test_home_says_its_order_too(three, client):
    page = client.get("/en/").content.decode()
    assert 'href="/en/how/open-now/"' in page


def test_the_page_of_a_recipe(client, lome, steward):
    page = client.get("/en/how/open-now/").content.decode()
    assert "as the program came" in page
    decide(lome, by=steward, who="The council of Lomé", fresh=0.5)
    propose_version(NAME, territory=lome, weights={"fresh": 4.0}, reason=words("Try more."), by=steward)
    page = client.get("/en/how/open-now/?place=TG-M-lome").content.decode()
    for said in ("The council of Lomé", "We try it.", "Try more.", "Proposed", "In use", "(as it came: 0)"):
        assert said in page, said
    assert "TG-M-lome" in client.get("/en/how/open-now/?x=1").content.decode()
    assert client.get("/en/how/nothing/").status_code == 404
    assert client.get("/en/how/nothing/parameters.json").status_code == 404
    assert client.get("/en/how/open-now/?place=nowhere").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_its_queries_do_not_grow_with_versions(client, lome, number, django_assert_num_queries):
    for _ in range(number):
        decide(lome, fresh=1.0)
    client.get("/en/about/")
    with django_assert_num_queries(5):
        client.get("/en/how/open-now/?place=TG-M-lome")


def test_the_list_and_the_numbers(client, lome):
    decide(lome, fresh=0.5)
    decide(fresh=0.25)
    page = client.get("/en/how/").content.decode()
    assert "Which statement comes next" in page
    assert "Version 1" in page
    assert 'href="/en/how/opinion-map/"' in page
    said = json.loads(client.get("/en/how/open-now/parameters.json?place=TG-M-lome").content)
    assert (said["place"], said["version"], said["weights"]) == (
        "TG-M-lome",
        1,
        {"closing": 1.0, "fresh": 0.5},
    )
    assert said["history"][0]["decided_by"] == "The assembly"
    fresh = json.loads(client.get("/en/how/statement-routing/parameters.json").content)
    assert (fresh["place"], fresh["version"], fresh["parameters"]["floor"]) == (None, 0, 0.1)
