"""Official answers with their clock, and the results that follow from them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.catalogue.models import Item
from tequio.files.models import StoredFile
from tequio.ideas.processes.models import Process
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import BatchState, Because, Decision, MilestoneState, Verdict


class AnswerDue(models.Model):
    """The clock of an item that is owed an answer: since when, until when, why, by whom.

    `organisation` is who answers; None is the place itself, through its stewards. `assigned_to` is the colleague
    who prepares the answer.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="answer_due")
    because = models.CharField(max_length=10, choices=Because.choices)
    process = models.ForeignKey(Process, models.SET_NULL, null=True, related_name="answers_due")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="answers_due")
    since = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="answers_to_prepare")

    privacy = Rule(person="assigned_to", erase="anonymise", merge="move")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="answer_due_open", condition=models.Q(answered_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__lt=models.F("due_at")), name="answer_due_after_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"answer for {self.item_id} until {self.due_at:%Y-%m-%d}"


class Answer(models.Model):
    """The official answer to an item; saying it anew replaces it, and the former one stays readable."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="answers")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reasons = MultilingualField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="official_answers")
    # In what capacity, as the page shows it: "digital services".
    office = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="official_answers")
    at = models.DateTimeField(default=timezone.now)
    # When a newer one took its place, or it was taken back: then none did, and the clock runs again.
    replaced_at = models.DateTimeField(null=True)
    is_taken_back = models.BooleanField(default=False)

    privacy = Rule(
        person="by", export=True, erase="anonymise", merge="move", stays=("reasons", "office"),
        why=gettext_noop("An official answer was given for a place, and people rely on it. Your name goes."),
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(replaced_at=None), name="answer_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.decision}"

    @property
    def words(self) -> Reading:
        return read(self.reasons, current())


class AnswerTemplate(models.Model):
    """Words that officers of a place use again, with blanks for what differs."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="answer_templates")
    name = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reasons = MultilingualField()
    changed_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="answer_template_once")]

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.name}"


class Batch(models.Model):
    """One decision given to many: its words with blanks, read once more as a whole before they are sent."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="answer_batches")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reasons = MultilingualField()
    office = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="answer_batches")
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="by", export=True, erase="anonymise", merge="move", stays=("reasons", "office"),
        why=gettext_noop("An official answer was given for a place, and people rely on it. Your name goes."),
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.uid}: {self.state}"


class BatchLine(models.Model):
    """One item of a batch. `answer` once it was given, `trouble` where it could not be, in the officer's words."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.CASCADE, related_name="batch_lines")
    answer = models.OneToOneField(Answer, models.SET_NULL, null=True, related_name="batch_line")
    trouble = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "item"], name="batch_line_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.item_id}"


class Result(models.Model):
    """What came of it, followed to its end. Title, place, picture and dates are the item's.

    `planned` in the smallest coin of `currency` (ISO 4217). What it grew out of is a link.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="result")
    body = MultilingualField()
    planned = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="results")
    finished_at = models.DateTimeField(null=True)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned=None) | ~models.Q(currency=""), name="result_money_has_currency"
            )
        ]

    def __str__(self) -> str:
        return f"result {self.pk}"


class Milestone(models.Model):
    """One step of a result. Who moves its day says why."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = MultilingualField()
    state = models.CharField(max_length=10, choices=MilestoneState.choices, default=MilestoneState.PLANNED)
    due = models.DateField(null=True, blank=True)
    first_due = models.DateField(null=True, blank=True)
    delay = MultilingualField()
    done_at = models.DateTimeField(null=True)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "position"],
                name="milestone_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.result_id}/{self.position}"

    @property
    def words(self) -> Reading:
        return read(self.title, current())


class Spending(models.Model):
    """Money that was spent on a result, in the smallest coin of its currency; a correction is a line with minus."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="spendings")
    on = models.DateField()
    amount = models.BigIntegerField()
    what = MultilingualField()
    written_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="spending_of_something")]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.amount}"


class Paper(models.Model):
    """A document beside an answer or a result: a cost sheet, a legal note, minutes."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="papers")
    name = MultilingualField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="papers")
    added_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"paper of {self.item_id}"


class Judgement(models.Model):
    """Whether the result is what she asked for, by somebody who had asked for it."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="judgements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="person", export=True, erase="delete", merge="move", words=("words",), later="at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "person"], name="judgement_once")]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.verdict}"
