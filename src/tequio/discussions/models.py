"""What people say about an item: comments, one level of answers, marks of those who found them useful."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils import timezone

from tequio.base.actor import decision_number
from tequio.base.fields import MultilingualField
from tequio.base.jobs import later
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.catalogue.enums import HideReason, WhoMay
from tequio.catalogue.models import Item
from tequio.organisations.models import Organisation
from tequio.people.models import Person

from .enums import CommentState, Side


class Discussion(models.Model):
    """How an item is talked about, and the numbers of it: whether and in which columns is the item's own word.

    `methods`, ages and `organisation` narrow `who_may` where a process says so; without `organisation` members of
    the item's own are meant. The numbers are counted anew by a job (`tally`); a writer never touches this row.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="discussion")
    who_may = models.CharField(max_length=10, choices=WhoMay.choices, default=WhoMay.ANYONE)
    methods = models.JSONField(default=list, blank=True)
    least_age = models.PositiveSmallIntegerField(null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    reads_first = models.BooleanField(default=False)
    comments = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    pro = models.PositiveIntegerField(default=0)
    contra = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"discussion of {self.item_id}"


class Comment(models.Model):
    """One comment on an item, or an answer to one. `signed` is the name she chose to show, "" for none.

    `number` is given by the job that counts, without gaps, so that no writer waits for another.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="remarks")
    reply_to = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    side = models.CharField(max_length=8, choices=Side.choices, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="remarks")
    signed = models.CharField(max_length=80, blank=True)
    words = MultilingualField()
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=CommentState.choices, default=CommentState.PUBLISHED)
    made_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Who hid it, as an opaque id ("decision:3").
    hidden_by = models.CharField(max_length=60, blank=True)
    hidden_reason = models.CharField(max_length=20, choices=HideReason.choices, blank=True)
    hidden_note = models.CharField(max_length=500, blank=True)
    # Written elsewhere and brought here: the name of where, and its id there.
    source = models.CharField(max_length=80, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    # What the look at it before it was shown found: {sign: value}.
    signs = models.JSONField(default=dict, blank=True)

    privacy = Rule(
        person="author", export=True, erase="anonymise", merge="move",
        words=("words", "signed", "hidden_note"), stays=("side", "state", "hidden_by", "hidden_reason", "signs", "source", "external_id"),
        secret=("signs",), forget="tequio.discussions.services.tallying.forget",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["item", "-made_at", "-id"], name="comment_of_item", condition=models.Q(reply_to=None)
            ),
            models.Index(
                fields=["reply_to", "made_at", "id"], name="comment_replies",
                condition=models.Q(reply_to__isnull=False),
            ),
            models.Index(fields=["made_at"], name="comment_held", condition=models.Q(state="held")),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="comment_number_once"),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~models.Q(external_id=""),
                name="comment_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(reply_to=None) | models.Q(side=""), name="comment_reply_has_no_side"
            ),
            models.CheckConstraint(
                condition=~models.Q(reply_to=models.F("id")), name="comment_answers_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: comment {self.pk}"

    @property
    def path(self) -> str:
        """Its own page, in the language of the reader."""
        return reverse("discussions:comment", args=[self.pk])

    @property
    def decision_number(self) -> int | None:
        """Number of the decision with reasons that hid it; None where there is none."""
        return decision_number(self.hidden_by)

    @property
    def is_shown(self) -> bool:
        return self.state == CommentState.PUBLISHED and not self.hidden_by

    @property
    def is_erased(self) -> bool:
        """Its author left and took her words along."""
        return not self.words


class CommentNumbers(models.Model):
    """Numbers of a comment that order it: a narrow row beside it, written by the job that counts."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="numbers")
    replies = models.PositiveIntegerField(default=0)
    useful = models.PositiveIntegerField(default=0)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.useful}"


class CommentRevision(models.Model):
    """What a comment said before it was changed: the original text, and until when it stood."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    text = models.TextField()
    language = models.CharField(max_length=35)
    until = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="comment", export=True, erase="delete", merge="move")

    class Meta:
        indexes = [models.Index(fields=["comment", "id"], name="comment_revision_order")]

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.until:%Y-%m-%d}"


class Useful(models.Model):
    """A person found a comment useful. One row each, put there without looking first."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="useful_marks")
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(
        person="person", export=True, erase="delete", merge="move",
        forget="tequio.discussions.services.tallying.forget_marks",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="useful_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} by {self.person_id}"

    @staticmethod
    def absorb_all(pairs: Sequence[tuple[Useful, Useful]]) -> None:
        """Two marks of one person became one: what they belong to is counted anew."""
        comments = Comment.objects.filter(pk__in={kept.comment_id for kept, _lost in pairs})
        for item in sorted(set(comments.values_list("item_id", flat=True))):
            later("discussions.tally", once=f"tally-{item}", in_seconds=2, pk=item)
