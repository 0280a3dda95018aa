"""What `tequio verify` asks of discussions."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from tequio.catalogue.enums import Comments

from .models import Comment, CommentNumbers


def answers_belong_to_their_comment() -> Iterator[str]:
    """One level, and on the same item."""
    replies = Comment.objects.exclude(reply_to=None)
    for pk in replies.exclude(item=F("reply_to__item")).order_by("pk").values_list("pk", flat=True):
        yield f"comment {pk} answers one on another item"
    for pk in replies.exclude(reply_to__reply_to=None).order_by("pk").values_list("pk", flat=True):
        yield f"comment {pk} answers an answer"


def everything_has_its_side_where_there_are_two() -> Iterator[str]:
    two_columns = Comment.objects.filter(item__comments=Comments.FOR_AND_AGAINST, reply_to=None, side="")
    for pk in two_columns.order_by("pk").values_list("pk", flat=True):
        yield f"comment {pk} takes no side where there are two"


def comments_are_counted() -> Iterator[str]:
    """Where no count waits in the queue, the numbers are what the rows say."""
    shown = Q(replies__state="published", replies__hidden_by="")
    rows = (
        Comment.objects.exclude(item__in=_waiting())
        .annotate(said=Count("replies", filter=shown, distinct=True), marked=Count("marks", distinct=True))
        .exclude(Q(numbers__replies=F("said")) & Q(numbers__useful=F("marked")))
        .order_by("pk")
    )
    for pk in rows.values_list("pk", flat=True):
        yield f"comment {pk} has other numbers than it has answers and marks"
    for pk in CommentNumbers.objects.filter(comment__number=None).order_by("pk").values_list("pk", flat=True):
        yield f"comment {pk} was counted and has no number"


def _waiting() -> list[int]:
    """Items whose discussion is being counted, or soon will be."""
    jobs = ProcrastinateJob.objects.filter(task_name="discussions.tally", status__in=("todo", "doing"))
    return [args["pk"] for args in jobs.order_by("id").values_list("args", flat=True)]
