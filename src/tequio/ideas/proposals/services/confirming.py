"""“Me too, here”: one of each person, counted as it is written, taken back at any time."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.catalogue.enums import Comments
from tequio.catalogue.models import ItemCount
from tequio.discussions.enums import CommentState, Side
from tequio.discussions.permissions import can_comment
from tequio.discussions.services.writing import still_there, withdraw_comment, write_comment
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..models import Confirmation, Problem
from ..permissions import can_confirm

CONFIRMATIONS_AN_HOUR = 60
LONGEST_WORDS = 500
INSERT = """
INSERT INTO proposals_confirmation (problem_id, person_id, territory_id, place_name, at)
VALUES (%s, %s, %s, %s, clock_timestamp()) ON CONFLICT (problem_id, person_id) DO NOTHING
"""


@transaction.atomic
def confirm_problem(
    problem: Problem,
    *,
    territory: Territory,
    place_name: str = "",
    text: str = "",
    language: str = "",
    filling: Filling | None = None,
    by: Person,
) -> bool:
    """She has it too, in `territory`: the problem's place or one in it. False: she said so before; the place is new.

    `text` becomes a comment of hers. The number of people is written in the same transaction, so it is never wrong.
    """
    if not can_confirm(by, problem):
        raise Refused(_("This problem cannot be confirmed now."), code="closed")
    if territory.pk not in subtree_ids(problem.item.territory_id):
        raise ValueError(f"{territory} does not lie in the place of problem {problem.pk}")
    if len(text) > LONGEST_WORDS:
        raise ValueError(f"at most {LONGEST_WORDS} characters are said with it, not {len(text)}")
    spend("confirm", who=by.audit_id, limit=CONFIRMATIONS_AN_HOUR, seconds=3600)
    still_there(by)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [problem.pk, by.pk, territory.pk, place_name])
        is_new = cursor.rowcount == 1
    mine = Confirmation.objects.filter(problem=problem, person=by)
    if is_new:
        ItemCount.objects.filter(pk=problem.pk).update(people=F("people") + 1)
    else:
        mine.update(territory=territory, place_name=place_name, at=timezone.now())
    if text and can_comment(by, problem.item):
        # Where a process has two columns, what she adds speaks for taking it up.
        side = Side.FOR if problem.item.comments == Comments.FOR_AND_AGAINST else ""
        comment = write_comment(
            problem.item, text, language=language, side=side, name=by.name, filling=filling, by=by
        )
        mine.update(comment=comment)
    page_changed()
    return is_new


@transaction.atomic
def take_confirmation_back(problem: Problem, *, by: Person) -> bool:
    """Her row goes, and what she said with it is withdrawn. False: there was none."""
    row = (
        Confirmation.objects.select_for_update(of=("self",))
        .select_related("comment")
        .filter(problem=problem, person=by)
        .first()
    )
    if row is None:
        return False
    comment = row.comment
    row.delete()
    ItemCount.objects.filter(pk=problem.pk).update(people=F("people") - 1)
    if comment is not None and comment.author_id == by.pk and comment.state != CommentState.WITHDRAWN:
        withdraw_comment(comment, by=by)
    page_changed()
    return True


@transaction.atomic
def forget_confirmations(rows: QuerySet[Confirmation], *, by: Actor) -> int:
    """Somebody leaves: her confirmations go, and the numbers of people with them. Returns how many."""
    numbers = dict(rows.order_by().values_list("problem").annotate(number=Count("pk")))
    for problem, number in sorted(numbers.items()):
        ItemCount.objects.filter(pk=problem).update(people=F("people") - number)
    count, _rows = rows.delete()
    if count:
        page_changed()
    return count
