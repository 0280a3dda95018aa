"""Conversations: people answer short statements that they also write themselves."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, time

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.fields import MultilingualField
from tequio.base.jobs import later
from tequio.base.languages import current
from tequio.base.moments import zone
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.catalogue.enums import WhoMay
from tequio.catalogue.models import Item
from tequio.ideas.processes.models import Entry, Process
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import CohortState, DeclineReason, ImportState, Moderation, Uptake, VoteValue


class Conversation(models.Model):
    """The question, place, languages and dates are the item's; here is how it is held."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="conversation")
    background = MultilingualField()
    zone = models.CharField(max_length=40, default="UTC")
    who_may = models.CharField(max_length=10, choices=WhoMay.choices, default=WhoMay.ANYONE)
    moderation = models.CharField(max_length=8, choices=Moderation.choices, default=Moderation.BEFORE)
    takes_statements = models.BooleanField(default=True)
    next_number = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    answers_for_it = models.CharField(max_length=120, blank=True)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def process(self) -> Process | None:
        """The process it stands in, where it stands in one."""
        entry: Entry | None = getattr(self.item, "entry", None)
        return entry.process if entry is not None else None

    @property
    def takes_answers(self) -> bool:
        return self.item.is_open

    @property
    def answer_due_moment(self) -> datetime | None:
        """The promised day as a moment at noon, where it was promised."""
        if self.answer_due is None:
            return None
        return datetime.combine(self.answer_due, time(12), tzinfo=zone(self.zone))


class Cohort(models.Model):
    """Participants who arrived in a burst and answer alike. Their answers stay; they count where it is released.

    `burst` is how many arrived in those minutes, `likeness` their mean share of answers as the common pattern says,
    `among_others` the share of everybody else who answers like that. `version` is the recipe's, 0 the code's own.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="cohorts")
    state = models.CharField(max_length=10, choices=CohortState.choices, default=CohortState.ASIDE)
    since = models.DateTimeField()
    until = models.DateTimeField()
    people = models.PositiveIntegerField()
    burst = models.PositiveIntegerField()
    likeness = models.FloatField()
    among_others = models.FloatField()
    version = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="cohorts_decided")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    privacy = Rule(
        person="decided_by", export=True, erase="anonymise", merge="move", stays=("state", "reason"),
        why=gettext_noop("An organiser’s answer was given for a place, and people rely on it. Your name goes."),
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.people} alike"

    @property
    def counts(self) -> bool:
        return self.state == CohortState.RELEASED


class Participant(models.Model):
    """A person in one conversation, under a number. Those of an imported file have no person."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="participations")
    source = models.BigIntegerField(null=True)
    began_at = models.DateTimeField(default=timezone.now)
    answers = models.PositiveIntegerField(default=0)
    is_banned = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    consent = models.CharField(max_length=40, blank=True)
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, related_name="members")

    privacy = Rule(
        person="person", export=True, erase="anonymise", merge="move", stays=("consent",),
        why=gettext_noop("Your answers stay under a number that leads to nobody, unless you take them back."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="participant_once"),
            models.UniqueConstraint(fields=["conversation", "source"], name="participant_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.pk}"

    def absorb(self, lost: Participant) -> None:
        """`lost` was the same person as a guest and her answers are here now: count them anew.

        The map still knows the number that went, so a new one is asked for.
        """
        self.answers = self.votes.count()
        self.is_banned = self.is_banned or lost.is_banned
        self.began_at = min(self.began_at, lost.began_at)
        self.consent = self.consent or lost.consent
        self.withdrawn_at = self.withdrawn_at or lost.withdrawn_at
        self.save(update_fields=["answers", "is_banned", "began_at", "consent", "withdrawn_at"])
        later(
            "deliberation.recompute",
            once=f"map-{self.conversation_id}",
            in_seconds=3,
            pk=self.conversation_id,
        )


class Statement(models.Model):
    """One thought others can answer. Its words are the item's title; its state is the item's too."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="statement")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="statements")
    is_seed = models.BooleanField(default=False)
    is_meta = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged_from")
    decline_reason = models.CharField(max_length=12, choices=DeclineReason.choices, blank=True)
    decline_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="author", export=True, erase="anonymise", merge="move",
        words=("decline_note",), forget="tequio.ideas.deliberation.services.forgetting.forget_statements",
    )  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.number}"

    @property
    def words(self) -> Reading:
        return read(self.item.title, current())


class StatementVote(models.Model):
    """A participant's answer to a statement, the one that counts today."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes", db_index=False)
    value = models.SmallIntegerField(choices=VoteValue.choices)
    is_important = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="participant", export=True, erase="anonymise", merge="move", later="at")

    class Meta:
        constraints = [
            # The value rides along, so that a map is read from the index alone.
            models.UniqueConstraint(
                fields=["statement", "participant"], include=["value"], name="statement_vote_once"
            ),
            models.CheckConstraint(condition=models.Q(value__in=[-1, 0, 1]), name="statement_vote_value"),
        ]
        # Nearly free for writers; finds the answers of the last minutes.
        indexes = [BrinIndex(fields=["at"], autosummarize=True, name="statement_vote_at")]

    def __str__(self) -> str:
        return f"{self.participant_id} on {self.statement_id}: {self.value}"

    @staticmethod
    def absorb_all(pairs: Sequence[tuple[StatementVote, StatementVote]]) -> None:
        """Of two answers of one person the earlier is history, as if she had changed it.

        An equal one too: it may be sealed in its batch already and must not get lost.
        """
        StatementVoteChange.objects.bulk_create(
            StatementVoteChange(
                participant_id=kept.participant_id, statement_id=kept.statement_id, value=lost.value,
                was_important=lost.is_important, given_at=lost.at, changed_at=kept.at,
            )
            for kept, lost in pairs
        )  # fmt: skip


class StatementVoteChange(models.Model):
    """What an answer was before it was changed; only ever added."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="vote_changes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="vote_changes")
    value = models.SmallIntegerField()
    was_important = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="participant", export=True, erase="anonymise", merge="move")

    def __str__(self) -> str:
        return f"{self.participant_id} on {self.statement_id} was {self.value}"


class VoteBatch(models.Model):
    """The answers of a conversation that were given from `since` to before `until`: how many, and their digest.

    An audit record holds the same digest, so that the chain seals it. Only ever added.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="vote_batches")
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    is_taken_in = models.BooleanField(default=False)
    votes = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "since", "until"], name="vote_batch_once")
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.votes} until {self.until}"


class StatementAnswer(models.Model):
    """What the organiser does with a statement, and why."""

    statement = models.OneToOneField(Statement, models.CASCADE, primary_key=True, related_name="answer")
    uptake = models.CharField(max_length=14, choices=Uptake.choices)
    text = MultilingualField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="statement_answers")
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(
        person="by", export=True, erase="anonymise", merge="move", stays=("text",),
        why=gettext_noop("An organiser’s answer was given for a place, and people rely on it. Your name goes."),
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.uptake}"

    @property
    def words(self) -> Reading:
        return read(self.text, current())


class OpinionMap(models.Model):
    """One run of the algorithm: what went in (digest), with what, and what came out.

    `result` is the JSON of the command line without people, by statement numbers, with the counts of each
    group; `people` holds the packed arrays of `selectors.people_arrays`, of the newest run only: where each
    participant stands, in which group, and since when she is on the map ("once in, always in").
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="maps")
    made_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)
    version = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    seed = models.BigIntegerField(default=0)
    participants = models.PositiveIntegerField(default=0)
    votes = models.PositiveBigIntegerField(default=0)
    placed = models.PositiveIntegerField(default=0)
    groups = models.PositiveSmallIntegerField(default=0)
    seconds = models.FloatField(default=0)
    result = models.JSONField(default=dict)
    smoothing = models.JSONField(default=dict)
    people = models.BinaryField(null=True)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="opinion_map_newest")]

    def __str__(self) -> str:
        return f"map {self.pk} of {self.conversation_id}"


class ConversationImport(models.Model):
    """An export folder of the field that is being taken in. The files stay only until it is done."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="conversation_imports")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="conversation_imports")
    conversation = models.ForeignKey(Conversation, models.SET_NULL, null=True, related_name="imports")
    language = models.CharField(max_length=8, default="en")
    question = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    trouble = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="by", export=True, erase="anonymise", merge="move",
        words=("question", "licence", "trouble"), stays=("language", "digest"),
    )  # fmt: skip

    def __str__(self) -> str:
        return f"import {self.uid}"


class ImportFile(models.Model):
    """An uploaded file on its way to the worker, which may be another machine."""

    of = models.ForeignKey(ConversationImport, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    privacy = Rule(person="of", erase="delete", merge="move")

    def __str__(self) -> str:
        return self.name
