"""Which numbers rank here today, and what they were before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F

from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory, TerritoryPath
from tequio.territories.selectors import above_ids

from .enums import Status
from .models import Recipe
from .permissions import visible_to
from .types import Active, Declaration, declaration
from .types.use import default_of

# All recipes in use are a handful of rows: read together and kept by each process for so long.
KEPT_SECONDS = 15
CACHE_KEY = "recipes:active"


def active(name: str, territory_id: int | None = None) -> Active:
    """The recipe in use in a place: its own, else that of the nearest place it lies in, else everywhere's.

    Where nobody decided anything, version 0 of the code. At most one query every 15 s a process, for all recipes.
    """
    rows = active_rows()
    own = {place: row for (recipe, place), row in rows.items() if recipe == name and place is not None}
    if own and territory_id is not None:
        if territory_id in own:
            return own[territory_id]
        above = [place for place in own if place in above_ids(territory_id)]
        if above:
            return own[_nearest(above)]
    return rows.get((name, None)) or default_of(name)


def active_rows() -> dict[tuple[str, int | None], Active]:
    rows = cache.get(CACHE_KEY)
    if rows is None:
        found = Recipe.objects.filter(status=Status.ACTIVE).select_related("territory").order_by("id")
        rows = {(row.name, row.territory_id): _as_active(row) for row in found}
        cache.set(CACHE_KEY, rows, KEPT_SECONDS)
    return dict(rows)


def _as_active(row: Recipe) -> Active:
    place = row.territory.code if row.territory else ""
    return Active(row.name, row.number, row.weights, row.parameters, row.territory_id, place, row.since)


def _nearest(above: list[int]) -> int:
    """Of places that all hold one place, the one with the least below it; by id where two are equal."""
    if len(above) == 1:
        return above[0]
    paths = TerritoryPath.objects.filter(above__in=above).order_by()
    size = dict(paths.values_list("above_id").annotate(number=Count("pk")))
    return min(above, key=lambda place: (size[place], place))


@dataclass(frozen=True)
class FeatureLine:
    words: Any
    meaning: Any
    weight: float
    default: float


@dataclass(frozen=True)
class ParameterLine:
    name: str
    words: Any
    value: float
    default: float


@dataclass(frozen=True)
class RecipePage:
    """Everything the page of a recipe shows, for one place or for everywhere."""

    declared: Declaration
    active: Active
    place: Territory | None
    row: Recipe | None
    features: list[FeatureLine] = field(default_factory=list)
    parameters: list[ParameterLine] = field(default_factory=list)
    history: list[Recipe] = field(default_factory=list)
    places: list[Territory] = field(default_factory=list)

    @property
    def combining(self) -> Any:
        return self.declared.combining.label


def recipe_page(person: Person | None, name: str, place: Territory | None) -> RecipePage:
    declared = declaration(name)
    in_use = active(name, place.pk if place else None)
    history = list(
        visible_to(person)
        .filter(name=name, territory=place)
        .select_related("proposed_by", "territory")
        .order_by(F("since").desc(nulls_first=True), "-number")
    )
    row = (
        visible_to(person)
        .filter(name=name, territory=in_use.territory, number=in_use.number)
        .select_related("territory")
        .first()
        if in_use.number
        else None
    )
    return RecipePage(
        declared=declared,
        active=in_use,
        place=place,
        row=row,
        features=[
            FeatureLine(one.words, one.meaning, in_use.weights[one.name], one.weight)
            for one in declared.features
        ],
        parameters=[
            ParameterLine(one.name, one.words, in_use.parameters[one.name], one.default)
            for one in declared.parameters
        ],
        history=history,
        places=list(Territory.objects.filter(recipes__name=name).distinct().order_by("code")),
    )


def places_to_decide(person: Person | None) -> list[Territory]:
    """The places whose numbers she may change: those she is a steward of."""
    places = person.role_places(RoleName.STEWARD) if person and person.is_member else []
    return list(Territory.objects.filter(pk__in=places).order_by("code")) if places else []


def document(page: RecipePage) -> dict[str, Any]:
    """A recipe's numbers for whoever wants to compute with them."""
    in_use = page.active
    return {
        "recipe": in_use.name,
        "place": page.row.territory.code if page.row and page.row.territory else None,
        "version": in_use.number,
        "since": in_use.since,
        "decided_by": page.row.decided_by if page.row else "",
        "combining": page.declared.combining.value,
        "weights": in_use.weights,
        "parameters": in_use.parameters,
        "history": [
            {
                "version": row.number,
                "status": row.status,
                "since": row.since,
                "until": row.until,
                "decided_by": row.decided_by,
                "weights": row.weights,
                "parameters": row.parameters,
            }
            for row in page.history
        ],
    }
