"""Who sees, proposes, reports, changes, supports, confirms, joins and splits ideas and problems."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tequio.catalogue.enums import Bar, ItemState, PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.permissions import seen_by
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import bar, can_act
from tequio.organisations.permissions import acting_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Idea, Problem, Support

KIND = "idea"
SENT = (ItemState.HELD, ItemState.PUBLISHED)


def visible_to(person: Person | None) -> QuerySet[Idea]:
    return Idea.objects.filter(seen_by(person, "item__"), item__kind=KIND)


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


def process_of(thing: Idea | Problem) -> Process | None:
    """The process it stands in; None is the open hub of its place."""
    entry = getattr(thing.item, "entry", None)
    return entry.process if entry is not None else None


def proposing_bar(person: Person | None, territory: Territory, process: Process | None) -> Bar:
    """What keeps her from proposing an idea; None is a visitor who would become a guest."""
    return bar(person, Act.CREATE, KIND, process=process, territory=territory)


def can_propose(person: Person | None, territory: Territory, process: Process | None = None) -> bool:
    is_active = person is None or person.is_active
    return is_active and proposing_bar(person, territory, process) == Bar.NONE


def is_author(person: Person | None, idea: Idea) -> bool:
    """Whoever wrote it, and those who have said yes to be its co-authors, persons or acting for an organisation."""
    if person is None or not person.is_active:
        return False
    return idea.item.author_id == person.pk or _is_co_author(person, idea)


def _is_co_author(person: Person, idea: Idea) -> bool:
    """The parties are read once for each idea at hand."""
    accepted = [party for party in parties_of(idea) if party.accepted_at is not None]
    ours = set(acting_ids(person))
    return any(party.person_id == person.pk or party.organisation_id in ours for party in accepted)


def parties_of(idea: Idea) -> list[ItemParty]:
    """Its co-authors, also those who have not answered yet, in their order; one query, kept on the row."""
    kept: list[ItemParty] | None = idea.__dict__.get("_authors")
    if kept is None:
        rows = ItemParty.objects.filter(item=idea.pk, role=PartyRole.AUTHOR)
        kept = list(rows.select_related("person", "organisation").order_by("position", "id"))
        idea.__dict__["_authors"] = kept
    return kept


def can_edit(person: Person | None, idea: Idea) -> bool:
    """Its authors; in a process only while one may propose ideas there, for others rely on the words afterwards."""
    item = idea.item
    if idea.merged_into_id is not None or item.hidden_by or not is_author(person, idea):
        return False
    if item.state == ItemState.DRAFT:
        return True
    return item.state in SENT and proposing_bar(person, item.territory, process_of(idea)) != Bar.NOW


def can_send(person: Person | None, idea: Idea) -> bool:
    """Its author sends a draft while one may propose ideas there."""
    item = idea.item
    if person is None or item.author_id != person.pk or item.state != ItemState.DRAFT:
        return False
    return can_propose(person, item.territory, process_of(idea))


def can_withdraw(person: Person | None, idea: Idea) -> bool:
    """Whoever wrote it, at any time; co-authors take back their names instead."""
    item = idea.item
    is_hers = person is not None and person.is_active and item.author_id == person.pk
    return is_hers and item.state in (ItemState.DRAFT, *SENT)


def supporting_bar(person: Person | None, idea: Idea) -> Bar:
    """What keeps her from supporting it although it is shown."""
    return bar(person, Act.SUPPORT, KIND, process=process_of(idea), territory=idea.item.territory)


def takes_supports(idea: Idea) -> bool:
    """Whether it stands for itself today, whoever asks."""
    return idea.item.is_shown and idea.merged_into_id is None


def can_support(person: Person | None, idea: Idea) -> bool:
    is_active = person is None or person.is_active
    return is_active and takes_supports(idea) and supporting_bar(person, idea) == Bar.NONE


def can_look_after(person: Person | None, idea: Idea) -> bool:
    """Moderators and stewards of its place."""
    return person is not None and person.is_member and person.holds(RoleName.MODERATOR, idea.item.territory)


def can_merge(person: Person | None, idea: Idea) -> bool:
    """Join it to another: who looks after the place, and whoever wrote it."""
    if idea.merged_into_id is not None or not idea.item.is_shown or person is None or not person.is_member:
        return False
    is_hers = person.is_active and idea.item.author_id == person.pk
    return is_hers or can_look_after(person, idea)


def can_unmerge(person: Person | None, idea: Idea) -> bool:
    return idea.merged_into_id is not None and can_look_after(person, idea)


def can_split(person: Person | None, idea: Idea) -> bool:
    """Make ideas of its own out of parts of it: as joining."""
    return can_merge(person, idea)


def can_invite(person: Person | None, idea: Idea) -> bool:
    """Ask others to be its authors: members among its authors, once it is shown."""
    is_standing = idea.item.is_shown and idea.merged_into_id is None
    return is_standing and person is not None and person.is_member and is_author(person, idea)


def can_add_pictures(person: Person | None, item: Item | None = None) -> bool:
    """Beside what she writes. Guests only until it is sent: it then waits for a moderator, who sees all there is."""
    if person is not None and not person.is_active:
        return False
    is_member = person is not None and person.is_member
    return is_member or item is None or item.state == ItemState.DRAFT


def has_supported(person: Person, items: QuerySet[Any, Any]) -> bool:
    """Whether she supports one of these ideas today."""
    return Support.objects.filter(person=person, idea__in=items, withdrawn_at=None).exists()


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
