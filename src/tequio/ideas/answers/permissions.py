"""Who sees results, who answers, who prepares an answer, who looks after a result, who judges it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from tequio.base.actor import SYSTEM, Actor
from tequio.catalogue.enums import Bar, LinkKind, PartyRole
from tequio.catalogue.models import Item, ItemParty, Link
from tequio.catalogue.permissions import can_see, seen_by
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Entry, Phase, PhaseFeature, Process
from tequio.ideas.processes.permissions import bar
from tequio.notifications.models import Follow
from tequio.organisations.permissions import acting_ids, organisation_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.people.permissions import can_give_opinions
from tequio.territories.models import Territory, TerritoryPath

from .enums import Decision, Hindrance
from .models import Answer, AnswerDue, AnswerTemplate, Batch, Paper, Result
from .types import AnswerStep

# What is answered: whatever people wrote or asked, never a result or an answer's own process.
ANSWERED = ("idea", "problem", "conversation", "statement")
Supported = Callable[[Person, QuerySet[Any, Any]], bool]


def results_visible_to(person: Person | None) -> QuerySet[Result]:
    return Result.objects.filter(seen_by(person, "item__"), item__kind="result")


def papers_visible_to(person: Person | None) -> QuerySet[Paper]:
    """A document is seen where what it lies beside is."""
    return Paper.objects.filter(seen_by(person, "item__"))


def dues_visible_to(person: Person | None) -> QuerySet[AnswerDue]:
    """Answers that are hers to give or to prepare, given ones included."""
    if not _may_work(person):
        return AnswerDue.objects.none()
    assert person is not None
    rule = Q(assigned_to=person)
    places = person.role_places(RoleName.STEWARD)
    if places:
        rule |= Q(item__territory__in=TerritoryPath.objects.filter(above__in=places).values("below"))
    acting = acting_ids(person)
    if acting:
        parties = ItemParty.objects.filter(role=PartyRole.ANSWERS, organisation__in=acting)
        in_process = Exists(parties.filter(item=OuterRef("item__entry__process__item")))
        rule |= Q(organisation__in=acting) | Q(in_process) | Q(Exists(parties.filter(item=OuterRef("item"))))
    return AnswerDue.objects.filter(rule, item__state="published", item__hidden_by="")


def public_dues() -> QuerySet[AnswerDue]:
    """Answers that are owed on what everybody may read."""
    return AnswerDue.objects.filter(seen_by(None, "item__"))


def batches_visible_to(person: Person | None) -> QuerySet[Batch]:
    """Her own alone: it holds words that are not sent yet."""
    return Batch.objects.filter(by=person) if _may_work(person) else Batch.objects.none()


def templates_visible_to(person: Person | None) -> QuerySet[AnswerTemplate]:
    """Those of the places she looks after; who answers there may use them."""
    if not _may_work(person):
        return AnswerTemplate.objects.none()
    assert person is not None
    below = TerritoryPath.objects.filter(above__in=person.role_places(RoleName.STEWARD)).values("below")
    return AnswerTemplate.objects.filter(territory__in=below)


def can_keep_templates(person: Person | None, territory: Territory) -> bool:
    return _may_work(person) and person is not None and person.holds(RoleName.STEWARD, territory)


def _may_work(person: Person | None) -> bool:
    return person is not None and person.is_member and person.is_active


def process_of(item: Item) -> Process | None:
    """The process it stands in; one query where it was not read along, kept on the row."""
    if "_process" not in item.__dict__:
        if Item.entry.is_cached(item):
            entry = getattr(item, "entry", None)
        else:
            entry = Entry.objects.filter(item=item).select_related("process__item").first()
        item.__dict__["_process"] = entry.process if entry else None
    found: Process | None = item.__dict__["_process"]
    return found


def due_of(item: Item) -> AnswerDue | None:
    """Its clock; one query where it was not read along, kept on the row."""
    if "_due" not in item.__dict__:
        if Item.answer_due.is_cached(item):
            item.__dict__["_due"] = getattr(item, "answer_due", None)
        else:
            rows = AnswerDue.objects.filter(item=item).select_related("organisation", "assigned_to")
            item.__dict__["_due"] = rows.first()
    found: AnswerDue | None = item.__dict__["_due"]
    return found


def forget_due(item: Item) -> None:
    """The clock changed: the next question reads it anew."""
    item.__dict__.pop("_due", None)
    item._state.fields_cache.pop("answer_due", None)


def answering_ids(item: Item) -> set[int]:
    """Ids of the organisations that answer for it: the clock says one, or its process names them."""
    if "_named" not in item.__dict__:
        read_named([item])
    due = due_of(item)
    named: set[int] = item.__dict__["_named"]
    return named | ({due.organisation_id} if due and due.organisation_id else set())


def read_named(items: Sequence[Item]) -> None:
    """Which organisations are named to answer for each, by itself or by its process; one query, kept on the rows."""
    wholes = {item.pk: {item.pk, *([process.pk] if (process := process_of(item)) else [])} for item in items}
    named = ItemParty.objects.filter(
        item__in={pk for pks in wholes.values() for pk in pks},
        role=PartyRole.ANSWERS,
        organisation__isnull=False,
    ).values_list("item_id", "organisation_id")
    rows = list(named)
    for item in items:
        item.__dict__["_named"] = {organisation for of, organisation in rows if of in wholes[item.pk]}


def keep_together(dues: Sequence[AnswerDue]) -> None:
    """What the questions below ask of each item, read at once for many. Needs what `keep_steps` needs."""
    keep_steps(dues)
    read_named([due.item for due in dues])


def keep_steps(dues: Sequence[AnswerDue]) -> None:
    """The process of each item and its steps; one query, for processes are shared.

    Needs `item__territory` and `item__entry__process__item` at hand.
    """
    processes: dict[int, Process] = {}
    for due in dues:
        entry = getattr(due.item, "entry", None)
        process = processes.setdefault(entry.process_id, entry.process) if entry else None
        due.item.__dict__.update({"_due": due, "_process": process})
    read_steps(list(processes.values()))


def answers_for(person: Person | None, item: Item) -> bool:
    """Whether it is her office: stewards of the place, and who acts for an organisation that answers."""
    if not _may_work(person):
        return False
    assert person is not None
    if person.holds(RoleName.STEWARD, item.territory):
        return True
    acting = set(acting_ids(person))
    return bool(acting) and not acting.isdisjoint(answering_ids(item))


def hindrance(person: Person | None, item: Item) -> Hindrance:
    """What keeps her from answering it now. What is owed can be answered from the first day of its step on, for ever."""
    if item.kind not in ANSWERED or not item.is_shown:
        return Hindrance.GONE
    if not _may_work(person):
        return Hindrance.OFFICE
    assert person is not None
    due = due_of(item)
    is_assigned = due is not None and due.assigned_to_id == person.pk
    if not is_assigned and not answers_for(person, item):
        return Hindrance.OFFICE
    return Hindrance.NONE if _is_open(item, due) else Hindrance.NOW


def _is_open(item: Item, due: AnswerDue | None) -> bool:
    """What no answer is owed to is bound to the step of today: nobody was promised anything."""
    process = process_of(item)
    if process is None:
        return True
    steps = steps_of(process)
    if not steps:
        return True
    if due is None:
        return bar(None, Act.ANSWER, item.kind, process=process, territory=item.territory) != Bar.NOW
    has_begun = any(item.kind in step.kinds for step in steps if step.has_begun)
    return (process.item.is_shown and has_begun) or _is_late(due)


def answerable(at: datetime | Now) -> Q:
    """`_is_open` for rows of AnswerDue, at one moment."""
    process = OuterRef("item__entry__process")
    begun = PhaseFeature.objects.filter(
        Q(phase__opens_at=None) | Q(phase__opens_at__lte=at), phase__process=process, act=Act.ANSWER,
        kind=OuterRef("item__kind"),
    )  # fmt: skip
    is_public = Q(item__entry__process__item__state="published", item__entry__process__item__hidden_by="")
    has_no_steps = ~Exists(Phase.objects.filter(process=process))
    return Q(due_at__lt=at) | has_no_steps | (is_public & Exists(begun))


def steps_of(process: Process) -> list[AnswerStep]:
    """Its steps, and what they open answers to; one query, kept on the row."""
    if "_answer_steps" not in process.__dict__:
        read_steps([process])
    found: list[AnswerStep] = process.__dict__["_answer_steps"]
    return found


def read_steps(processes: Sequence[Process]) -> None:
    """The steps of all of them, by the database's clock; one query, kept on the rows."""
    if not processes:
        return
    kinds = ArrayAgg("features__kind", filter=Q(features__act=Act.ANSWER), default=[])
    begun = Q(opens_at=None) | Q(opens_at__lte=Now())
    rows = Phase.objects.filter(process__in=[process.pk for process in processes]).annotate(
        kinds=kinds,
        has_begun=ExpressionWrapper(begun, output_field=BooleanField()),
        has_ended=ExpressionWrapper(
            Q(closes_at__isnull=False, closes_at__lte=Now()), output_field=BooleanField()
        ),
    )
    found: dict[int, list[AnswerStep]] = {process.pk: [] for process in processes}
    for row in rows.order_by("position"):
        step = AnswerStep(row.opens_at, row.closes_at, frozenset(row.kinds), row.has_begun, row.has_ended)
        found[row.process_id].append(step)
    for process in processes:
        process.__dict__["_answer_steps"] = found[process.pk]


def _is_late(due: AnswerDue) -> bool:
    """By the database's clock, as deadlines are kept; where rows were read with it, as `is_late`."""
    known = due.__dict__.get("is_late")
    if known is not None:
        return bool(known)
    return AnswerDue.objects.filter(pk=due.pk, due_at__lt=Now()).exists()


def can_answer(person: Person | None, item: Item) -> bool:
    return hindrance(person, item) == Hindrance.NONE


def can_ask(person: Person | None, item: Item) -> bool:
    """Stewards of the place ask for an answer to what is owed none yet."""
    if item.kind not in ANSWERED or not item.is_shown or not _may_work(person):
        return False
    assert person is not None
    return person.holds(RoleName.STEWARD, item.territory) and due_of(item) is None


def can_assign(person: Person | None, due: AnswerDue) -> bool:
    return due.answered_at is None and answers_for(person, due.item)


def can_prepare(person: Person | None, item: Item) -> bool:
    """Who an answer may be handed to: whoever looks after the place, or belongs to an organisation that answers."""
    if not _may_work(person):
        return False
    assert person is not None
    if any(person.holds(role, item.territory) for role in RoleName.values):
        return True
    ours = set(organisation_ids(person))
    return bool(ours) and not ours.isdisjoint(answering_ids(item))


def can_make_result(person: Person | None, item: Item, answer: Answer | None) -> bool:
    """Where the answer in force says yes, in whole or in part."""
    said_yes = answer is not None and answer.decision in (Decision.ACCEPTED, Decision.IN_PART)
    return said_yes and item.is_shown and answers_for(person, item)


def can_run(person: Actor | None, result: Result) -> bool:
    """Tell how far it is: stewards of the place, who acts for its organisation, and who wrote it down."""
    if person is SYSTEM:
        return True
    if not isinstance(person, Person) or not _may_work(person):
        return False
    if person.holds(RoleName.STEWARD, result.item.territory) or result.item.author_id == person.pk:
        return True
    return result.organisation_id is not None and result.organisation_id in acting_ids(person)


def can_translate(person: Person | None, result: Result) -> bool:
    """Whoever runs it, and translators of the place."""
    if not _may_work(person):
        return False
    assert person is not None
    return can_run(person, result) or person.holds(RoleName.TRANSLATOR, result.item.territory)


def can_translate_answer(person: Person | None, answer: Answer) -> bool:
    """Whose office it is, and translators of the place; only the answer in force."""
    if not _may_work(person) or answer.replaced_at is not None:
        return False
    assert person is not None
    return answers_for(person, answer.item) or person.holds(RoleName.TRANSLATOR, answer.item.territory)


def can_add_paper(person: Person | None, item: Item) -> bool:
    """Beside a result: who runs it; beside an answer: whose office it is."""
    if item.kind == "result":
        result = Result.objects.filter(item=item).select_related("item__territory").first()
        return result is not None and can_run(person, result)
    return item.kind in ANSWERED and answers_for(person, item)


def asked_for(person: Person | None, result: Result) -> bool:
    """Whether she follows it, or follows or supported what it grew out of; one or two queries."""
    if person is None:
        return False
    sources = Link.objects.filter(target=result.item_id, kind=LinkKind.GREW_INTO).values("source")
    follows = Follow.objects.filter(Q(item=result.item_id) | Q(item__in=sources), person=person)
    return follows.exists() or any(_named(name)(person, sources) for name in settings.SUPPORTED)


def _named(name: str) -> Supported:
    """Flats above say who supported an item, by their names in settings.SUPPORTED: this floor looks at none."""
    found: Supported = import_string(name)
    return found


def can_judge(person: Person | None, result: Result) -> bool:
    """Who asked for it says whether it is that; to say so is to give an opinion."""
    if person is None or not person.is_active or not result.item.is_shown:
        return False
    return can_see(person, result.item) and can_give_opinions(person) and asked_for(person, result)
