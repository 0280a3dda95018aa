"""Who sees and changes ideas and problems, and who brings, translates, confirms."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.catalogue.permissions import seen_by
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import can_act
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Idea, Problem


def visible_to(person: Person | None) -> QuerySet[Idea]:
    return Idea.objects.filter(seen_by(person, "item__"), item__kind="idea")


def problems_visible_to(person: Person | None) -> QuerySet[Problem]:
    return Problem.objects.filter(seen_by(person, "item__"), item__kind="problem")


def can_bring(person: Person | None, territory: Territory) -> bool:
    """Bring ideas and problems that were written elsewhere: facilitators and stewards of the place."""
    return person is not None and person.holds(RoleName.FACILITATOR, territory)


def can_translate(person: Person | None, thing: Idea | Problem) -> bool:
    """Whoever wrote it, and translators of the place."""
    if person is None or person.is_guest or not person.is_active:
        return False
    item = thing.item
    return item.author_id == person.pk or person.holds(RoleName.TRANSLATOR, item.territory)


def process_of(problem: Problem) -> Process | None:
    """The process it stands in; None is the open hub of its place."""
    entry = getattr(problem.item, "entry", None)
    return entry.process if entry is not None else None


def can_confirm(person: Person | None, problem: Problem) -> bool:
    """Whoever may take part where it stands, but not its author: she has said so already. None is a visitor."""
    item = problem.item
    if not item.is_shown or item.is_over or (person is not None and item.author_id == person.pk):
        return False
    return can_act(person, Act.SUPPORT, "problem", process=process_of(problem), territory=item.territory)


def can_change_problem(person: Person | None, problem: Problem) -> bool:
    """Its author, guest or member, until it is withdrawn or hidden."""
    item = problem.item
    if person is None or not person.is_active or item.hidden_by or item.state in ("withdrawn", "declined"):
        return False
    return item.author_id == person.pk
