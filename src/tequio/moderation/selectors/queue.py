"""The queue: what was reported, what waits to be shown, the most urgent first, each with its why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from tequio.algorithms.risk import MACHINE, Case, assess, urgency_of
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.discussions.enums import CommentState
from tequio.discussions.models import Comment
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import Active, Why, why
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..models import Appeal, Report
from ..permissions import can_answer, can_decide, places_of
from ..types import RULES, RuleWords, Thing

RECIPE = "report-queue"
PAGE = 20
# Beyond so many the queue is no queue any more: the oldest of them are read first.
MOST_REPORTS, MOST_HELD = 2_000, 200
ROWS = (
    "item__territory", "item__author", "item__screening", "item__part_of", "comment__item__territory",
    "comment__author", "organisation__territory", "organisation__made_by",
)  # fmt: skip


@dataclass
class Waiting:
    """One thing that waits. `path` is the page on which it is decided."""

    thing: Thing
    reports: list[Report] = field(default_factory=list)
    why: Why | None = None
    may_decide: bool = True

    @property
    def since(self) -> datetime:
        moments = [report.made_at for report in self.reports]
        return min([*moments, self.thing.waits_since]) if self.thing.is_held else min(moments)

    @property
    def rules(self) -> list[RuleWords]:
        return [RULES[name] for name in dict.fromkeys(report.rule for report in self.reports)]

    @property
    def score(self) -> float:
        return self.why.score if self.why else 0.0

    @property
    def path(self) -> str:
        elsewhere = settings.DECIDED_ELSEWHERE.get(self.thing.kind)
        if elsewhere and self.thing.is_held:
            return reverse(elsewhere, args=[self.thing.pk])
        return reverse("moderation:desk", args=[self.thing.what.value, self.thing.pk])


@dataclass(frozen=True)
class OpenAppeal:
    appeal: Appeal
    may_answer: bool


@dataclass(frozen=True)
class Queue:
    """One page of what waits, and all appeals; `after` is where the next page begins, None at the end."""

    waiting: list[Waiting]
    total: int
    appeals: list[OpenAppeal]
    oldest: datetime | None
    why: Why
    after: int | None = None


def places_to_moderate(person: Person) -> list[Territory]:
    """Those she has the role in, for choosing one of them."""
    return list(Territory.objects.filter(pk__in=places_of(person)).order_by("code"))


def queue_of(person: Person, place: Territory | None, *, skip: int = 0) -> Queue:
    """All that waits in the places she moderates, or in one of them; at most seven queries."""
    places = [place.pk] if place is not None else places_of(person)
    below = sorted({pk for one in places for pk in subtree_ids(one)})
    cases, now = everything_waiting(below), timezone.now()
    for case in cases:
        _weigh(case, None, now)
        case.may_decide = can_decide(person, case.thing, case.reports)
    cases.sort(key=lambda case: (-case.score, case.since, case.thing.source))
    number = len(cases)
    recipe = active(RECIPE, place.pk if place else None)
    return Queue(
        cases[skip : skip + PAGE], number, _appeals(person, below),
        min((case.since for case in cases), default=None), why(recipe, {}),
        skip + PAGE if number > skip + PAGE else None,
    )  # fmt: skip


def ranked(places: list[int], recipe: Active) -> list[Waiting]:
    """What waits in these places in the order of a recipe that is only tried."""
    cases, now = everything_waiting(places), timezone.now()
    for case in cases:
        _weigh(case, recipe, now)
    return sorted(cases, key=lambda case: (-case.score, case.since, case.thing.source))


def everything_waiting(places: list[int]) -> list[Waiting]:
    """Things in these places that somebody reported or that wait to be shown; three queries."""
    found: dict[str, Waiting] = {}
    for thing in _held(places):
        found[thing.source] = Waiting(thing)
    by_thing: dict[str, list[Report]] = defaultdict(list)
    reports = Report.objects.filter(decision=None, territory__in=places).select_related(*ROWS).defer("words")
    for report in reports.order_by("pk")[:MOST_REPORTS]:
        about = report.thing
        if about is not None:
            found.setdefault(about.source, Waiting(about))
            by_thing[about.source].append(report)
    for source, several in by_thing.items():
        found[source].reports = several
    return list(found.values())


def _held(places: list[int]) -> Iterable[Thing]:
    items = Item.objects.filter(state=ItemState.HELD, hidden_by="", territory__in=places)
    items = items.select_related("territory", "author", "screening", "part_of").order_by("made_at", "pk")
    yield from (Thing(item) for item in items[:MOST_HELD])
    comments = Comment.objects.filter(
        state=CommentState.HELD, hidden_by="", item__territory__in=places
    ).select_related("item__territory", "author")
    yield from (Thing(comment) for comment in comments.order_by("made_at", "pk")[:MOST_HELD])


def _weigh(case: Waiting, tried: Active | None, now: datetime) -> None:
    """By the numbers of the thing's own place. All of one list at one moment, or later ones would seem to wait longer."""
    place = case.thing.territory.pk
    recipe = tried or active(RECIPE, place)
    screening = active("screening", place)
    risk = assess(case.thing.signs, screening.weights, limit=screening.parameters["limit"]).score
    by_hand = [report for report in case.reports if not any(report.signs.get(name) for name in MACHINE)]
    hours = (now - case.since).total_seconds() / 3600
    values = urgency_of(
        Case(
            reports=_people(case.reports), by_hand=len(by_hand),
            is_grave=any(rule.is_grave for rule in case.rules), is_shown=case.thing.is_shown,
            risk=risk / screening.parameters["limit"], hours=hours,
        ),
        half_reports=recipe.parameters["half_reports"], half_wait=recipe.parameters["half_wait"],
    )  # fmt: skip
    case.why = why(recipe, values)


def _people(reports: list[Report]) -> int:
    """Each person once; visitors count by what they sent."""
    return len({report.reporter_id or f"visitor {report.pk}" for report in reports})


def _appeals(person: Person, places: list[int]) -> list[OpenAppeal]:
    """The oldest first."""
    rows: QuerySet[Appeal] = Appeal.objects.filter(decided_at=None, decision__territory__in=places)
    rows = rows.filter(
        Q(decision__item__isnull=False) | Q(decision__comment__isnull=False) | Q(decision__organisation__isnull=False)
    )  # fmt: skip
    rows = rows.select_related("decision__territory", *(f"decision__{row}" for row in ROWS))
    rows = rows.prefetch_related("decision__reports").order_by("pk")
    return [OpenAppeal(row, can_answer(person, row)) for row in rows[:MOST_HELD]]
