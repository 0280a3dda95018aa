"""Proposing and deciding a recipe's numbers. Old versions stay and can be taken up again."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field
from tequio.guards.services import page_changed
from tequio.territories.models import Territory

from .enums import Status
from .models import Recipe
from .permissions import can_decide
from .selectors import CACHE_KEY, active
from .types import DECLARED, Declaration


@transaction.atomic
def propose_version(
    name: str,
    *,
    territory: Territory | None = None,
    weights: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    reason: Field,
    by: Actor,
) -> Recipe:
    """A new version of recipe `name`, not in use yet. What is not given stays as it is in use there now."""
    _may_decide(by, territory)
    if name not in DECLARED:
        raise Refused(_("There is no recipe of that name."), code="unknown")
    declared = DECLARED[name]
    now = active(name, territory.pk if territory else None)
    all_weights = {**now.weights, **(weights or {})}
    all_parameters = {**now.parameters, **(parameters or {})}
    problems = declared.problems(all_weights, all_parameters)
    if problems:
        raise Refused(" ".join(problems), code="wrong_numbers")
    _one_at_a_time(name, territory)
    rows = Recipe.objects.filter(name=name, territory=territory)
    recipe = Recipe.objects.create(
        name=name, territory=territory, number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        features=_features(declared, all_weights), parameters=all_parameters, reason=reason, proposed_by_id=by.pk,
    )  # fmt: skip
    audit.record("recipe.propose", recipe, by=by, name=name, number=recipe.number)
    page_changed()
    return recipe


@transaction.atomic
def activate_version(recipe: Recipe, *, decided_by: str, by: Actor) -> Recipe:
    """Put a version to use, a new one or one of before; the one in use till now becomes old.

    `decided_by` says who decided, or names the vote. Other processes follow within 15 s.
    """
    _may_decide(by, recipe.territory)
    if not decided_by.strip():
        raise Refused(_("Say who decided it."), code="who_decided")
    _one_at_a_time(recipe.name, recipe.territory)
    recipe.refresh_from_db()
    if recipe.status == Status.ACTIVE:
        return recipe
    problems = DECLARED[recipe.name].problems(recipe.weights, recipe.parameters)
    if problems:  # the code has learnt another number since
        raise Refused(" ".join(problems), code="wrong_numbers")
    now = timezone.now()
    in_use = Recipe.objects.filter(name=recipe.name, territory=recipe.territory, status=Status.ACTIVE)
    in_use.update(status=Status.OLD, until=now)
    recipe.status, recipe.since, recipe.until, recipe.decided_by = (
        Status.ACTIVE,
        now,
        None,
        decided_by.strip()[:200],
    )
    recipe.save(update_fields=["status", "since", "until", "decided_by"])
    audit.record("recipe.activate", recipe, by=by, name=recipe.name, number=recipe.number)
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    page_changed()
    return recipe


@transaction.atomic
def end_use(recipe: Recipe, *, by: Actor) -> Recipe:
    """Take a version out of use without another: what holds above it, or the code's own numbers, holds again."""
    _may_decide(by, recipe.territory)
    _one_at_a_time(recipe.name, recipe.territory)
    recipe.refresh_from_db()
    if recipe.status != Status.ACTIVE:
        raise Refused(_("This version is not in use."), code="not_in_use")
    recipe.status, recipe.until = Status.OLD, timezone.now()
    recipe.save(update_fields=["status", "until"])
    audit.record("recipe.end", recipe, by=by, name=recipe.name, number=recipe.number)
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    page_changed()
    return recipe


def _may_decide(by: Actor, territory: Territory | None) -> None:
    if not can_decide(by, territory):
        raise Refused(_("Only a steward of the place can change this, and an operator for all places."))


def _one_at_a_time(name: str, territory: Territory | None) -> None:
    """Numbers follow one another and one version is in use: deciders of one recipe wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"recipe:{name}:{territory.pk if territory else 0}"],
        )


def _features(declared: Declaration, weights: Mapping[str, float]) -> list[dict[str, object]]:
    lines = []
    for feature in declared.features:
        words = {}
        for language in INTERFACE:
            with translation.override(language):
                words[language] = str(feature.words)
        lines.append({"name": feature.name, "weight": weights[feature.name], "words": words})
    return lines
