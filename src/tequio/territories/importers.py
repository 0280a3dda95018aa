"""Places from ISO 3166 (names in three languages from the packages) and from our own table of cities."""

from __future__ import annotations

import csv
import gettext
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale
from babel.core import get_global
from django.db import transaction

from tequio.base.actor import Actor
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, add_translation, write_original

from .models import Territory
from .services import rebuild_paths, save_territory

CITIES = Path(__file__).parent / "data" / "cities.csv"


class UnknownCountry(Exception):
    """Not an ISO 3166-1 code of two letters."""


@transaction.atomic
def load_country(code: str, *, by: Actor) -> int:
    """Load a country, its ISO 3166-2 subdivisions and our cities in it. Returns how many places."""
    country = pycountry.countries.get(alpha_2=code.upper())
    if country is None:
        raise UnknownCountry(code)
    places: dict[str, Territory] = {}
    spoken = _languages_of(country.alpha_2)
    zone = _zone_of(country.alpha_2)
    places[country.alpha_2] = save_territory(
        code=country.alpha_2, kind="country", name=_country_name(country.alpha_2), zone=zone,
        languages=spoken, by=by,
    )  # fmt: skip
    _load_subdivisions(country.alpha_2, places, spoken, zone, by)
    _load_cities(country.alpha_2, places, by)
    rebuild_paths(by=by)
    return len(places)


def _load_subdivisions(
    country: str, places: dict[str, Territory], spoken: list[str], zone: str, by: Actor
) -> None:
    subdivisions = list(pycountry.subdivisions.get(country_code=country) or [])
    # Parents first: those without a parent of their own lie in the country.
    for subdivision in sorted(subdivisions, key=lambda one: (one.parent_code is not None, one.code)):
        parent = places.get(subdivision.parent_code or country, places[country])
        kind = "province" if subdivision.parent_code else "region"
        places[subdivision.code] = save_territory(
            code=subdivision.code, kind=kind, name=_subdivision_name(subdivision.name, spoken[0]),
            zone=zone, languages=spoken, parents=[parent], by=by,
        )  # fmt: skip


def _load_cities(country: str, places: dict[str, Territory], by: Actor) -> None:
    with CITIES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["country"] != country:
                continue
            spoken = row["languages"].split()
            places[row["code"]] = save_territory(
                code=row["code"], kind=row["kind"], name=_names(row, spoken[0]), zone=row["zone"],
                languages=spoken, parents=[places[code] for code in row["parents"].split()],
                population=int(row["population"]) if row["population"] else None, point=_point(row), by=by,
            )  # fmt: skip


def _point(row: dict[str, Any]) -> tuple[float, float] | None:
    return (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None


def _names(row: dict[str, Any], first: str) -> Field:
    origin = first if first in INTERFACE else "en"
    field = write_original(row[origin], origin)
    for language in INTERFACE:
        if language != origin and row[language] != row[origin]:
            field = add_translation(field, language, row[language])
    return field


def _country_name(code: str) -> Field:
    field = write_original(Locale("en").territories[code], "en")
    for language in ("es", "fr"):
        field = add_translation(field, language, Locale(language).territories[code])
    return field


def _subdivision_name(name: str, spoken: str) -> Field:
    """ISO's own spelling is the original; translations where the iso-codes project has them."""
    field = write_original(name, spoken)
    for language in INTERFACE:
        translated = _iso_names(language)(name)
        if language != spoken and translated != name:
            field = add_translation(field, language, translated)
    return field


@lru_cache(maxsize=4)
def _iso_names(language: str) -> Any:
    return gettext.translation(
        "iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True
    ).gettext


def _languages_of(country: str) -> list[str]:
    """Languages spoken there by at least a twentieth of the people, the official ones first (CLDR)."""
    spoken = get_global("territory_languages").get(country, {})
    chosen = sorted(
        (
            tag
            for tag, facts in spoken.items()
            if facts["population_percent"] >= 5 or facts["official_status"]
        ),
        key=lambda tag: (spoken[tag]["official_status"] != "official", -spoken[tag]["population_percent"]),
    )
    return [tag.split("_")[0] for tag in chosen][:6] or ["en"]


def _zone_of(country: str) -> str:
    """The zone of the country's capital where CLDR names one, else the first of its zones."""
    zones: Mapping[str, str] = get_global("zone_territories")
    main = {"MX": "America/Mexico_City", "ES": "Europe/Madrid", "CA": "America/Toronto"}.get(country)
    return main or next((zone for zone, code in sorted(zones.items()) if code == country), "UTC")
