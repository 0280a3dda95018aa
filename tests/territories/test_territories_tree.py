"""The tree of places: several parents, breadcrumbs, the closure, ISO 3166 and its books."""

from __future__ import annotations

from argparse import Namespace

import pytest

from people import words
from tequio.base.actor import SYSTEM
from tequio.base.command_line import CommandFailed
from tequio.territories import commands
from tequio.territories.importers import UnknownCountry, load_country
from tequio.territories.invariants import no_place_lies_in_itself, paths_follow_from_parents
from tequio.territories.models import Territory, TerritoryParent, TerritoryPath
from tequio.territories.selectors import (
    above_ids,
    breadcrumbs,
    children,
    countries_above,
    named,
    subtree_ids,
)
from tequio.territories.services import rebuild_paths, save_territory

pytestmark = pytest.mark.django_db


def place(code: str, *parents: Territory, kind: str = "city") -> Territory:
    return save_territory(
        code=code, kind=kind, name=words(code), zone="UTC", languages=["en"], parents=list(parents), by=SYSTEM
    )


def test_a_place_lies_in_several_others() -> None:
    country = place("X", kind="country")
    region, alliance = place("X-R", country, kind="region"), place("X-A", country, kind="alliance")
    town = place("X-T", region, alliance)
    rebuild_paths(by=SYSTEM)
    assert sorted(subtree_ids(country.pk)) == sorted([country.pk, region.pk, alliance.pk, town.pk])
    assert sorted(subtree_ids(alliance.pk)) == sorted([alliance.pk, town.pk])
    assert above_ids(town.pk) == {town.pk, region.pk, alliance.pk, country.pk}
    assert [step.code for step in breadcrumbs(town)] == ["X", "X-R"]
    assert [child.code for child in children(country)] == ["X-A", "X-R"]
    assert countries_above([town.pk, region.pk]) == [(country, region.pk), (country, town.pk)]


def test_saving_again_adds_parents_and_renames() -> None:
    country = place("X", kind="country")
    town = place("X-T", country)
    again = save_territory(
        code="X-T", kind="district", name=words("New name"), zone="Europe/Madrid", languages=["eu"], by=SYSTEM
    )
    assert again.pk == town.pk
    assert (again.kind, str(again.title), again.zone) == ("district", "New name", "Europe/Madrid")
    assert [row.parent for row in TerritoryParent.objects.filter(child=town)] == [country]


def test_breadcrumbs_of_a_loop_end() -> None:
    one = place("X-1")
    two = place("X-2", one)
    TerritoryParent.objects.create(child=one, parent=two)
    rebuild_paths(by=SYSTEM)
    assert len(breadcrumbs(two)) == 2


def test_a_country_comes_with_its_parts_in_three_languages() -> None:
    number = load_country("es", by=SYSTEM)
    assert number == 72
    assert Territory.objects.count() == 72
    places = named(["ES", "ES-BI", "ES-BI-bilbao", "ES-BI-otxarkoaga", "ES-PV"])
    assert places["ES"].name["es"]["text"] == "España"
    assert places["ES"].name["fr"]["text"] == "Espagne"
    assert places["ES"].languages[0] == "es"
    assert "eu" in places["ES-BI-bilbao"].languages
    assert [step.code for step in breadcrumbs(places["ES-BI-otxarkoaga"])] == [
        "ES",
        "ES-PV",
        "ES-BI",
        "ES-BI-bilbao",
    ]
    assert places["ES-BI-bilbao"].zone == "Europe/Madrid"


def test_loading_twice_changes_nothing() -> None:
    load_country("TG", by=SYSTEM)
    before = list(Territory.objects.order_by("pk").values_list("pk", "code"))
    load_country("TG", by=SYSTEM)
    assert list(Territory.objects.order_by("pk").values_list("pk", "code")) == before
    assert TerritoryPath.objects.filter(above__code="TG").count() == len(before)


def test_what_is_no_country_is_refused() -> None:
    with pytest.raises(UnknownCountry):
        load_country("ZZ", by=SYSTEM)
    with pytest.raises(CommandFailed, match="Two letters are expected"):
        commands.run(Namespace(what="load", countries=["TG", "Spain"]))


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(Namespace(what="load", countries=["tg", "CA"])) == 0
    assert capsys.readouterr().out == "TG: 8 places\nCA: 16 places\n"


def test_the_books_of_the_tree() -> None:
    country = place("X", kind="country")
    town = place("X-T", country)
    rebuild_paths(by=SYSTEM)
    assert [*paths_follow_from_parents(), *no_place_lies_in_itself()] == []
    TerritoryPath.objects.filter(above=country, below=town).delete()
    TerritoryPath.objects.create(above=town, below=country)
    assert sorted(paths_follow_from_parents()) == [
        f"place {country.pk} is kept as lying in place {town.pk}, but no parent says so",
        f"place {town.pk} lies in place {country.pk}, but its path is missing",
    ]
    TerritoryParent.objects.create(child=country, parent=town)
    rebuild_paths(by=SYSTEM)
    assert len(list(no_place_lies_in_itself())) == 2


def test_two_thousand_places_below_one() -> None:
    root = place("X", kind="country")
    rows = Territory.objects.bulk_create(
        [Territory(code=f"X-{n}", kind="city", name=words("x"), zone="UTC") for n in range(2_000)]
    )
    TerritoryParent.objects.bulk_create([TerritoryParent(child=row, parent=root) for row in rows])
    rebuild_paths(by=SYSTEM)
    assert len(subtree_ids(root.pk)) == 2_001
    assert above_ids(rows[7].pk) == {root.pk, rows[7].pk}
