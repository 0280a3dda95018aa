"""Reporting a problem, mending its words, taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field, change_original, original_text
from tequio.catalogue.enums import Comments, ItemState, Part
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe, make_item, set_state
from tequio.catalogue.services.revisions import keep_revision
from tequio.catalogue.services.scales import is_new
from tequio.catalogue.services.screening import Said, said_in, screen, screen_change
from tequio.discussions.services.writing import still_there
from tequio.guards.services import page_changed, spend
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import can_act
from tequio.ideas.processes.services.entering import comments_today, enter_new
from tequio.notifications.enums import Event
from tequio.notifications.services import announce, follow_made
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Problem
from ..permissions import can_change_problem
from ..types import Whereabouts
from .illustrating import Shown, refuse_unseen, said_in_pictures, show_pictures

PROBLEMS_THE_FIRST_DAY, PROBLEMS_A_DAY = 3, 20
DAY = 86_400
BODIES = ("what", "who_is_affected", "evidence")


@dataclass(frozen=True)
class ProblemWords:
    """What somebody reports. `how_often` is one of enums.HowOften, or empty."""

    title: Field
    what: Field = field(default_factory=dict)
    who_is_affected: Field = field(default_factory=dict)
    evidence: Field = field(default_factory=dict)
    how_often: str = ""
    where: Whereabouts = field(default_factory=Whereabouts)
    pictures: Sequence[Shown] = ()

    @property
    def bodies(self) -> tuple[Field, Field, Field]:
        return self.what, self.who_is_affected, self.evidence


@transaction.atomic
def report_problem(
    words: ProblemWords,
    *,
    territory: Territory,
    process: Process | None = None,
    filling: Filling | None = None,
    by: Person,
) -> Problem:
    """Tell what goes wrong, in the hub of a place or in a process. What looks risky waits for a moderator.

    `filling` is how the form came in, where there was one.
    """
    if not can_act(by, Act.CREATE, "problem", process=process, territory=territory):
        raise Refused(_("Problems cannot be reported here now."), code="closed")
    still_there(by)
    most = PROBLEMS_THE_FIRST_DAY if is_new(by) else PROBLEMS_A_DAY
    spend("problem", who=by.audit_id, limit=most, seconds=DAY)
    comments = comments_today(process, "problem", Comments.ONE_COLUMN)
    problem = write_problem(words, territory=territory, comments=comments, by=by)
    if process is not None:
        enter_new(problem.item, process)
    screen(problem.item, said_by(problem), filling=filling, has_pictures=bool(words.pictures), by=by)
    follow_made(problem.item, by=by)
    audit.record("problem.report", problem, by=by, state=problem.item.state)
    if problem.item.state == ItemState.PUBLISHED:
        problem_shown(problem.item, by)
    return problem


def problem_shown(item: Item, by: Actor) -> None:
    """It is before everybody: who follows the place hears of it."""
    announce(Event.OPENED, item=item, by=by)
    page_changed()


def said_by(problem: Problem, *, why: str = "") -> Said:
    """All it says; `why` stands beside a change of it."""
    item = problem.item
    fields = (item.title, *(getattr(problem, name) for name in BODIES), *said_in_pictures(item))
    return said_in(*fields, beside=(item.place_name, why))


def write_problem(words: ProblemWords, *, territory: Territory, by: Person, **values: object) -> Problem:
    """Its two rows and what search sees; called inside a service's transaction."""
    item = make_item(
        kind="problem", by=by, title=words.title, territory=territory, languages=list(words.title),
        state=ItemState.PUBLISHED, **words.where.columns, **{"comments": Comments.ONE_COLUMN, **values},
    )  # fmt: skip
    problem = Problem.objects.create(
        item=item, what=words.what, who_is_affected=words.who_is_affected, evidence=words.evidence,
        how_often=words.how_often,
    )  # fmt: skip
    show_pictures(item, words.pictures, by=by)
    describe(item, *words.bodies)
    return problem


@transaction.atomic
def change_problem(
    problem: Problem,
    typed: Mapping[str, str],
    *,
    language: str,
    how_often: str,
    where: Whereabouts,
    pictures: Sequence[Shown] = (),
    why: str = "",
    filling: Filling | None = None,
    by: Person,
) -> Problem:
    """New words of its author in the language she wrote it in: {name: text} of "title" and BODIES.

    What was there before stays readable in the history; translations become stale by themselves. Riskier words of
    a problem that is shown wait for a moderator.
    """
    problem = _hers(problem, by)
    item, said = problem.item, said_by(problem)
    refuse_unseen(item, pictures, by=by)
    before = {"title": item.title, **{name: getattr(problem, name) for name in BODIES}}
    after = {name: _changed(field, typed[name], language, by) for name, field in before.items()}
    item.title = after["title"]
    for name, value in where.columns.items():
        setattr(item, name, value)
    item.save(update_fields=["title", *where.columns])
    for name in BODIES:
        setattr(problem, name, after[name])
    problem.how_often = how_often
    problem.save(update_fields=[*BODIES, "how_often"])
    show_pictures(item, pictures, by=by)
    screen_change(item, said, said_by(problem, why=why), filling=filling, by=by)
    for name, part in (("title", Part.TITLE), *((name, Part.BODY) for name in BODIES)):
        if before[name] != after[name]:
            keep_revision(item, {part: (before[name], after[name])}, by=by, why=why)
    describe(item, *(after[name] for name in BODIES))
    audit.record("problem.change", problem, by=by, state=item.state)
    page_changed()
    return problem


def _changed(field: Field, text: str, language: str, by: Person) -> Field:
    if not text:
        return {}
    if not field:
        return change_original({language: {"text": "", "status": "original"}}, text, by.shown_name)
    return field if original_text(field) == text else change_original(field, text, by.shown_name)


@transaction.atomic
def withdraw_problem(problem: Problem, *, by: Person) -> Item:
    """Take it out of sight; who confirmed it and what was said stays with it."""
    return set_state(_hers(problem, by).item, ItemState.WITHDRAWN, by=by)


def _hers(problem: Problem, by: Person) -> Problem:
    row = (
        Problem.objects.select_for_update(of=("self", "item"))
        .select_related("item__territory")
        .get(pk=problem.pk)
    )
    if not can_change_problem(by, row):
        raise Refused(_("Only whoever reported a problem can change it."))
    return row
