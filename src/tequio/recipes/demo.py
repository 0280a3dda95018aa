"""One invented place that decided its own order, so that a recipe's page has something to show."""

from __future__ import annotations

from django.db import transaction

from tequio.base.multilingual import Field, add_translation, write_original
from tequio.people.models import Person
from tequio.territories.selectors import named

from .models import Recipe
from .services import activate_version, propose_version

PLACE, STEWARD = "ES-BI-bilbao", "itziar.goikoetxea"


def _reason() -> Field:
    reason = write_original(
        "Lo nuevo pasaba desapercibido hasta su última semana.", "es", by="Itziar Goikoetxea"
    )
    reason = add_translation(
        reason, "en", "What was new went unseen until its last week.", by="Ane Larrinaga"
    )
    return add_translation(
        reason, "fr", "Ce qui était nouveau passait inaperçu jusqu’à la dernière semaine.", by="Ane Larrinaga"
    )


@transaction.atomic
def load_recipes(people: dict[str, Person]) -> Recipe:
    """Bilbao shows new things earlier. `people` by key; its places must be there."""
    place, steward = named([PLACE])[PLACE], people[STEWARD]
    recipe = propose_version(
        "open-now", territory=place, weights={"fresh": 0.5}, reason=_reason(), by=steward
    )
    return activate_version(recipe, decided_by="Consejo de barrios de Bilbao (demostración)", by=steward)
