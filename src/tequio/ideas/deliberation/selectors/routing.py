"""Which statement somebody sees next, and why: the lottery of the opinion map over the conversation's state."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.opinion_map import FEATURES, Routing, features, is_suspicious, next_statement, priority
from tequio.catalogue.selectors import listed, open_now
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import Active, why
from tequio.recipes.types import Why as RecipeWhy

from ..models import Conversation, OpinionMap, Statement
from .taking_part import open_statements

log = logging.getLogger("tequio.deliberation")
RECIPE = "statement-routing"
IN_ROUTING = ("boost", "half_life", "floor", "meta_weight")


@dataclass(frozen=True)
class Standing:
    """What the newest map knows of one statement."""

    agree: int = 0
    disagree: int = 0
    skipped: int = 0
    extremity: float = 0.0

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.skipped


@dataclass(frozen=True)
class Why:
    """Reasons for this statement now: numbers for the sentences, and what the recipe made of them."""

    answers: int
    is_little_answered: bool
    is_clear: bool
    tells_apart: bool
    recipe: RecipeWhy


@dataclass(frozen=True)
class Turn:
    """One turn: everything the page of a step needs to know about what is open."""

    open_ids: set[int]
    statement: Statement | None
    why: Why | None


NEW = Standing()


def standings(conversation: Conversation) -> dict[int, Standing]:
    """By statement number, from the newest map; a statement it does not know yet counts as new."""
    result = (
        OpinionMap.objects.filter(conversation=conversation)
        .order_by("-id")
        .values_list("result", flat=True)
        .first()
    )
    if not result:
        return {}
    extremity = result.get("extremity", {})
    # The map counts disagree, pass, agree.
    return {
        int(number): Standing(row[2], row[0], row[1], extremity.get(number, 0.0))
        for number, row in result.get("counts", {}).items()
    }


def routing_of(recipe: Active) -> Routing:
    """The recipe's numbers as the lottery takes them."""
    numbers = {name: float(recipe.parameters[name]) for name in IN_ROUTING}
    weights = {name: float(recipe.weights[name]) for name in FEATURES}
    return Routing(**weights, **numbers, meta_one_in=recipe.whole("meta_one_in"))


def choose_turn(conversation: Conversation, *, seen: set[int], seed: str) -> Turn:
    """Draw the next statement among the open ones she has not answered; the same `seed`, the same draw.

    `seen` are ids of statements. Logs an error when the lottery weighs nothing although it should.
    """
    recipe = active(RECIPE, conversation.item.territory_id)
    routing = routing_of(recipe)
    rows = list(open_statements(conversation).values_list("item_id", "number", "is_meta").order_by("number"))
    known = standings(conversation)
    standing = [known.get(number, NEW) for _pk, number, _meta in rows]
    weights = _weights(conversation, standing, [is_meta for _pk, _number, is_meta in rows], routing)
    chosen = next_statement(
        [pk for pk, _number, _meta in rows],
        weights,
        seen=seen,
        random=Random(seed),  # noqa: S311 - a lottery that can be repeated, not a secret
        meta={pk for pk, _number, is_meta in rows if is_meta},
        routing=routing,
    )
    open_ids = {pk for pk, _number, _meta in rows}
    if chosen is None:
        return Turn(open_ids, None, None)
    statement = open_statements(conversation).select_related("item").filter(pk=chosen.statement).first()
    if statement is None:
        return Turn(open_ids, None, None)
    return Turn(
        open_ids, statement, explain(known.get(statement.number, NEW), recipe, is_meta=statement.is_meta)
    )


def busiest_open(person: Person | None, territory_id: int | None) -> Conversation | None:
    """The open conversation with most people in a place, None is everywhere: on it other numbers are tried."""
    items = open_now(listed(person, kind="conversation", territory_id=territory_id))
    item = items.order_by("-count__people", "-id").first()
    return Conversation.objects.select_related("item").get(pk=item.pk) if item else None


def ranked(conversation: Conversation, recipe: Active) -> list[Statement]:
    """Its open statements as the lottery of `recipe` weighs them, the heaviest first."""
    statements = list(open_statements(conversation).select_related("item").order_by("number"))
    known = standings(conversation)
    standing = [known.get(one.number, NEW) for one in statements]
    weights = _weights(conversation, standing, [one.is_meta for one in statements], routing_of(recipe))
    order = np.argsort(-weights, kind="stable")
    return [statements[index] for index in order]


def _weights(
    conversation: Conversation, standing: list[Standing], is_meta: list[bool], routing: Routing
) -> NDArray[np.float64]:
    counts = np.array([[one.agree, one.disagree, one.seen] for one in standing], float).reshape(-1, 3).T
    extremity = np.array([one.extremity for one in standing], float)
    meta = np.array(is_meta, bool)
    agree, disagree, seen = counts
    weights = priority(agree, disagree, seen, extremity, meta, routing=routing)
    plain = ~meta
    if any(routing.powers) and is_suspicious(weights[plain], agree[plain], disagree[plain], seen[plain]):
        log.error("conversation %s: all priorities are equal although the answers differ", conversation.pk)
    return weights


def explain(standing: Standing, recipe: Active, *, is_meta: bool = False) -> Why:
    """`is_meta`: a question about the people themselves has a fixed weight, so no feature explains it."""
    seen = standing.seen
    values = features(standing.agree, standing.disagree, seen, standing.extremity, routing_of(recipe))
    by_name = {} if is_meta else dict(zip(FEATURES, map(float, values), strict=True))
    return Why(
        answers=seen,
        is_little_answered=seen < recipe.parameters["few_answers"],
        is_clear=seen > 0 and standing.skipped <= recipe.parameters["seldom"] * seen,
        tells_apart=standing.extremity >= recipe.parameters["far_out"],
        recipe=why(recipe, by_name),
    )
