"""What `tequio verify` asks of recipes."""

from __future__ import annotations

from collections.abc import Iterator

from .enums import Status
from .models import Recipe
from .types import DECLARED


def every_recipe_in_use_is_one_the_code_knows() -> Iterator[str]:
    for row in Recipe.objects.filter(status=Status.ACTIVE).order_by("id"):
        if row.name not in DECLARED:
            yield f"recipe {row.pk} ({row.name}) is in use and no code reads it"
            continue
        for problem in DECLARED[row.name].problems(row.weights, row.parameters):
            yield f"recipe {row.pk} ({row.name} {row.number}): {problem}"
