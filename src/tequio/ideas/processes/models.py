"""A process: a question a territory works on, in phases."""

from __future__ import annotations

from datetime import datetime, time

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.moments import zone
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.catalogue.enums import ItemState, WhoMay
from tequio.catalogue.models import Item
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import Act, Blueprint


class Process(models.Model):
    """Title, place, dates and who looks after it (its parties) are the item's; here is what a process adds.

    Who answers is the party with that role, else the place itself; `answer_due` is the day that was announced.
    `methods` are the ways of verifying residents that count here, empty for all; ages are in full years.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="process")
    background = MultilingualField()
    zone = models.CharField(max_length=40, default="UTC")
    blueprint = models.CharField(max_length=20, choices=Blueprint.choices, default=Blueprint.OWN)
    who_may = models.CharField(max_length=10, choices=WhoMay.choices, default=WhoMay.ANYONE)
    methods = models.JSONField(default=list, blank=True)
    least_age = models.PositiveSmallIntegerField(null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    # When its phases were last looked at: what they open is written to the items then.
    turned_at = models.DateTimeField(null=True)
    # The address under which members sign it before it is open; only a process that members opened has one.
    signing = models.UUIDField(null=True, blank=True, unique=True)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"process {self.pk}"

    @property
    def is_gathering(self) -> bool:
        """Whether it waits for members' signatures."""
        return self.signing is not None and self.item.state == ItemState.DRAFT and not self.item.hidden_by

    @property
    def waits_for_reading(self) -> bool:
        """Whether a moderator reads it before it is signed."""
        is_held = self.item.state == ItemState.HELD and self.item.published_at is None
        return self.signing is not None and is_held and not self.item.hidden_by

    @property
    def answer_due_moment(self) -> datetime | None:
        """The end of the promised day by its clock, where one was promised."""
        if self.answer_due is None:
            return None
        return datetime.combine(self.answer_due, time(23, 59), tzinfo=zone(self.zone))


class Phase(models.Model):
    """One step of a process; its part (a conversation, a vote …) is an item where there is one."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    title = MultilingualField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    part = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="phases")

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["process", "position"], name="phase_position_once")]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.position}"

    @property
    def words(self) -> Reading:
        return read(self.title, current())

    @property
    def step(self) -> str:
        """ "done", "now" or "next", by the dates."""
        now = timezone.now()
        if self.closes_at and self.closes_at <= now:
            return "done"
        if self.opens_at and self.opens_at > now:
            return "next"
        return "now"


class PhaseFeature(models.Model):
    """One thing a phase opens: an act on a kind of item, for whom. What no row of today names is closed.

    `who_may` empty: whoever may take part in the process.
    """

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="features")
    act = models.CharField(max_length=10, choices=Act.choices)
    kind = models.CharField(max_length=20)
    who_may = models.CharField(max_length=10, choices=WhoMay.choices, blank=True)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["phase", "act", "kind"], name="phase_feature_once")]

    def __str__(self) -> str:
        return f"{self.phase_id}: {self.act} {self.kind}"


class Entry(models.Model):
    """An item (an idea, a problem, a conversation, a result) in a process. One without stands in the open hub."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="entry")
    process = models.ForeignKey(Process, models.CASCADE, related_name="entries", db_index=False)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [models.Index(fields=["process", "-item"], name="entry_newest")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.process_id}"


class DateChange(models.Model):
    """A date of a published process was moved: from when to when, and why, for everybody to read.

    `was_over`: the former end had passed, so that what was closed is open again.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="date_changes")
    title = MultilingualField()
    opened_before = models.DateTimeField(null=True)
    closed_before = models.DateTimeField(null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    was_over = models.BooleanField(default=False)
    is_new = models.BooleanField(default=False)
    is_gone = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="dates_changed")
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(
        person="by", export=True, erase="anonymise", merge="move", stays=("title", "reason"),
        why=gettext_noop("Whoever takes part relies on why a date was moved. Your name goes."),
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"dates of {self.process_id}"

    @property
    def words(self) -> Reading:
        return read(self.title, current())


class Invitation(models.Model):
    """A letter asks somebody to look after a process together. The link in it is known by its digest alone.

    So is the address; `hint` is what the one who invited reads of it.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=64)
    hint = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.CASCADE, related_name="process_invitations")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="by", export=True, erase="delete", merge="move", secret=("digest", "address"), words=("hint",)
    )

    def __str__(self) -> str:
        return f"{self.hint} for {self.process_id}"


class Backing(models.Model):
    """A member's signature under a process that members of a place want to open there."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="backings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="backings")
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "person"], name="backing_once")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.process_id}"


class PlaceRule(models.Model):
    """What the stewards of a place have set for its ideas; places in it without a rule of their own take it.

    `openers`: how many members open a process together. From `petition_supports` supports on an idea in the
    open hub is owed an answer within `petition_days`; no number, no such promise.
    """

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="idea_rule")
    openers = models.PositiveSmallIntegerField(default=10)
    petition_supports = models.PositiveIntegerField(null=True, blank=True)
    petition_days = models.PositiveSmallIntegerField(default=60)
    changed_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"rule of {self.territory_id}"
