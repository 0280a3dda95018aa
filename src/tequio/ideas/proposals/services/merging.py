"""Joining an idea to another, undoing that, and splitting one: with credit, and a way back."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.catalogue.enums import Comments, LinkKind
from tequio.catalogue.models import Link
from tequio.catalogue.services import link_items
from tequio.guards.services import page_changed
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.processes.services.entering import comments_today
from tequio.notifications.enums import Event
from tequio.notifications.services import tell_many, withdraw_notices
from tequio.people.models import Person
from tequio.territories.selectors import above_ids

from ..models import Idea, Support, count_supports
from ..permissions import KIND, can_look_after, can_merge, can_unmerge, process_of
from .authors import offer_authorship
from .proposing import locked_idea
from .supporting import look_at_threshold

# Each supporter once: who supports the other already, or took that back, is not counted over.
COUNT_OVER = """
INSERT INTO proposals_support (idea_id, person_id, at, came_from_id)
SELECT %(into)s, person_id, at, %(idea)s FROM proposals_support WHERE idea_id = %(idea)s AND withdrawn_at IS NULL
ON CONFLICT (idea_id, person_id) DO NOTHING
"""
# Whoever took it back from the two joined does not stand for the one alone either.
TAKEN_BACK_MEANWHILE = """
UPDATE proposals_support AS own SET withdrawn_at = theirs.withdrawn_at FROM proposals_support AS theirs
WHERE own.idea_id = %(idea)s AND own.withdrawn_at IS NULL AND theirs.person_id = own.person_id
AND theirs.idea_id = %(into)s AND theirs.came_from_id = %(idea)s AND theirs.withdrawn_at IS NOT NULL
"""


@transaction.atomic
def merge_idea(idea: Idea, into: Idea, *, by: Person) -> Idea:
    """Join `idea` to `into`: its supporters count there, its authors are named there and asked to be authors of both.

    Its own page stays, says where it went, and takes no comments any more. Returns `idea` as it is now.
    """
    idea, into = _locked_pair(idea, into)
    _check(idea, into, by)
    followers = list(idea.merged_from.order_by("pk").values_list("pk", flat=True))
    Idea.objects.filter(pk__in=followers).update(merged_into=into)
    idea.merged_into = into
    idea.save(update_fields=["merged_into"])
    idea.item.comments = Comments.CLOSED
    idea.item.save(update_fields=["comments"])
    moved = _count_over(idea, into, by)
    _hand_over_answer(idea, into)
    link_items(into.item, idea.item, LinkKind.TOOK_IN, by=by)
    offer_authorship(into, of=idea, by=by)
    audit.record("idea.merge", idea, by=by, into=into.pk, followers=followers, moved=moved)
    later("proposals.tell_of_joining", once=f"joining-{idea.pk}", pk=idea.pk)
    page_changed()
    return idea


def _locked_pair(one: Idea, other: Idea) -> tuple[Idea, Idea]:
    """In the order of their ids, so that two who join them the other way round do not wait for one another."""
    rows = {row.pk: locked_idea(row) for row in sorted((one, other), key=lambda row: row.pk)}
    return rows[one.pk], rows[other.pk]


def _check(idea: Idea, into: Idea, by: Person) -> None:
    if not can_merge(by, idea):
        raise Refused(_("You cannot join this idea to another."))
    if into.pk == idea.pk:
        raise Refused(_("Choose another idea than this one."), code="changed")
    if into.merged_into_id is not None or not into.item.is_shown:
        raise Refused(_("That idea does not stand for itself. Choose one that does."), code="changed")
    is_near = into.item.territory_id in above_ids(idea.item.territory_id)
    if not is_near and not can_look_after(by, into):
        raise Refused(_("Choose an idea of the same place."), code="changed")


def _count_over(idea: Idea, into: Idea, by: Actor) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT_OVER, {"idea": idea.pk, "into": into.pk})
        moved = cursor.rowcount
    if moved:
        look_at_threshold(into, count_supports(into.pk, moved), by=by)
    return moved


def _hand_over_answer(idea: Idea, into: Idea) -> None:
    """The answer that was owed to the one is owed to both together, by the same day."""
    due = AnswerDue.objects.filter(item=idea.pk, answered_at=None).first()
    if due is not None:
        owe_answer(
            into.item, due_at=due.due_at, because=due.because, process=due.process,
            organisation=due.organisation, by=SYSTEM,
        )  # fmt: skip
        due.delete()


def source_of_joining(pk: int) -> str:
    return f"proposals.joining:{pk}"


@transaction.atomic
def tell_supporters(pk: int) -> int:
    """Everybody who supports idea `pk` hears that it was joined, and where she can take her support back."""
    idea = (
        Idea.objects.filter(pk=pk, merged_into__isnull=False)
        .select_related("item", "merged_into__item")
        .first()
    )
    if idea is None or idea.merged_into is None:
        return 0
    people = list(
        Support.objects.filter(idea=pk, withdrawn_at=None).order_by("pk").values_list("person_id", flat=True)
    )
    return tell_many(
        people, Event.JOINED, source=source_of_joining(pk), item=idea.merged_into.item,
        occasion=str(idea.merged_into_id), words=idea.item.title, by=SYSTEM,
    )  # fmt: skip


@transaction.atomic
def unmerge_idea(idea: Idea, *, by: Person) -> Idea:
    """Let a joined idea stand for itself again, with its own supporters and those joined to it before."""
    there = Idea.objects.filter(merged_from=idea.pk).first()
    if there is None:
        raise Refused(_("This idea is not joined to another."), code="changed")
    idea, into = _locked_pair(idea, there)
    if not can_unmerge(by, idea) or idea.merged_into_id != into.pk:
        raise Refused(_("Only those who look after this place can undo this."), code="changed")
    followers = _followers_before(idea)
    Idea.objects.filter(pk__in=followers, merged_into=into).update(merged_into=idea)
    idea.merged_into = None
    idea.save(update_fields=["merged_into"])
    idea.item.comments = comments_today(process_of(idea), KIND, Comments.FOR_AND_AGAINST)
    idea.item.save(update_fields=["comments"])
    moved = _count_back(idea, into)
    Link.objects.filter(source=into.pk, target=idea.pk, kind=LinkKind.TOOK_IN).delete()
    withdraw_notices(source_of_joining(idea.pk), by=by)
    audit.record("idea.unmerge", idea, by=by, was=into.pk, followers=followers, moved=moved)
    page_changed()
    return idea


def _followers_before(idea: Idea) -> list[int]:
    """Which ideas had been joined to it, as the record of its own joining says."""
    thing = f"{Idea._meta.label_lower}:{idea.pk}"
    record = Record.objects.filter(act="idea.merge", object=thing).order_by("-pk").first()
    return list(record.data["followers"]) if record is not None else []


def _count_back(idea: Idea, into: Idea) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_BACK_MEANWHILE, {"idea": idea.pk, "into": into.pk})
        gone = cursor.rowcount
    if gone:
        count_supports(idea.pk, -gone)
    brought = Support.objects.filter(idea=into, came_from=idea)
    moved = brought.filter(withdrawn_at=None).count()
    brought.delete()
    if moved:
        count_supports(into.pk, -moved)
    return moved
