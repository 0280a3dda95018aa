"""The public log: every decision, without names and without words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..enums import Outcome
from ..models import Appeal, Decision

PAGE = 30


@dataclass(frozen=True)
class Line:
    """One decision; `is_answer` where it answers an appeal, `outcome` what came of one against it."""

    decision: Decision
    kind: str | Promise
    days: int
    is_answer: bool
    outcome: str | Promise


@dataclass(frozen=True)
class Log:
    lines: list[Line]
    after: int | None


def log_of(place: Territory | None, *, before: int | None = None) -> Log:
    """The newest first, a page at a time; `before` is the id to go on from. Three queries."""
    rows = Decision.objects.select_related("territory").defer("facts", "law", "signs").order_by("-pk")
    if place is not None:
        rows = rows.filter(territory__in=subtree_ids(place.pk))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    ids = [row.pk for row in page]
    appeals = list(Appeal.objects.filter(decision__in=ids).values_list("decision", "outcome"))
    answers = set(Appeal.objects.filter(answer__in=ids).values_list("answer", flat=True))
    outcomes = {decision: _outcome_word(outcome) for decision, outcome in appeals}
    lines = [
        Line(
            row, row.kind_word, (row.made_at - row.began_at).days, row.pk in answers, outcomes.get(row.pk, "")
        )
        for row in page
    ]
    return Log(lines, page[-1].pk if len(found) > PAGE else None)


def _outcome_word(outcome: str) -> str | Promise:
    return Outcome(outcome).label if outcome else _("An appeal waits")
