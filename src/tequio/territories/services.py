"""Adding places to the tree."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection, transaction

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.text import fold

from .models import Territory, TerritoryParent

CLOSURE = """
WITH RECURSIVE path(above, below) AS (
    SELECT id, id FROM territories_territory
    UNION
    SELECT parent.parent_id, path.below FROM path
    JOIN territories_territoryparent parent ON parent.child_id = path.above
)
INSERT INTO territories_territorypath (above_id, below_id) SELECT above, below FROM path
"""


@transaction.atomic
def save_territory(
    *,
    code: str,
    kind: str,
    name: dict[str, dict[str, object]],
    zone: str,
    languages: list[str],
    parents: list[Territory] = (),  # type: ignore[assignment]
    population: int | None = None,
    point: tuple[float, float] | None = None,
    by: Actor,
) -> Territory:
    """Add the place `code` or bring it up to date; parents are added, never taken away.

    `point`: (latitude, longitude) of its middle, in degrees of WGS 84; None leaves what is known.
    """
    names = " ".join(dict.fromkeys(fold(str(entry["text"])) for entry in name.values()))
    values: dict[str, object] = {
        "kind": kind, "name": name, "names": names, "zone": zone, "languages": languages,
        "population": population,
    }  # fmt: skip
    if point is not None:
        values |= {"latitude": point[0], "longitude": point[1]}
    territory, _ = Territory.objects.update_or_create(code=code, defaults=values)
    for position, parent in enumerate(parents):
        TerritoryParent.objects.get_or_create(child=territory, parent=parent, defaults={"position": position})
    audit.record("territory.save", territory, by=by)
    return territory


@transaction.atomic
def rebuild_paths(*, by: Actor) -> None:
    """Compute anew who lies in whom; asked once after a load, cheap for some ten thousand places."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE territories_territorypath IN EXCLUSIVE MODE")
        cursor.execute("DELETE FROM territories_territorypath")
        cursor.execute(CLOSURE)
    cache.clear()
