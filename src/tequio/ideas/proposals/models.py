"""Problems people meet in a place, and ideas: what somebody proposes to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models
from django.utils import timezone

from tequio.base.fields import MultilingualField
from tequio.base.money import say_amount, units_of
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.catalogue.models import Item, ItemCount
from tequio.discussions.models import Comment
from tequio.files.models import StoredFile
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import HowOften

# Per act one line "idea step microseconds", in the order of their moments.
DIGEST = """
SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(
    idea_id || ' ' || step || ' ' || (extract(epoch FROM at) * 1000000)::bigint, E'\n' ORDER BY at, idea_id, step
), ''), 'UTF8')), 'hex')
FROM proposals_supportact WHERE at >= %s AND at < %s
"""


class IdeaSource(models.Model):
    """Where ideas were brought from: its name and their ids there make them known again."""

    name = models.CharField(max_length=80, unique=True)
    licence = models.CharField(max_length=300, blank=True)
    brought_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return self.name


class Idea(models.Model):
    """Title, summary, place, state, dates and author are the item's; who else made it stands in its parties.

    What it answers is a `catalogue.Link` of the kind “answers”. `cost` is rough, in the smallest coin of
    `currency` (ISO 4217). An idea that was brought from elsewhere has the `source` it came from and its id there;
    `supports_there` is how many supported it there.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="idea")
    what = MultilingualField()
    why = MultilingualField()
    for_whom = MultilingualField()
    cost = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    source = models.ForeignKey(IdeaSource, models.PROTECT, null=True, related_name="ideas")
    external_id = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=500, blank=True)
    supports_there = models.PositiveIntegerField(null=True)
    # Joined to another: its page says so and leads there, its supporters were counted over.
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged_from")
    # When its words last changed after somebody supported it, and how many had by then.
    changed_at = models.DateTimeField(null=True)
    supports_when_changed = models.PositiveIntegerField(default=0)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=models.Q(source__isnull=False),
                name="idea_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=None, currency="")
                | (models.Q(cost__isnull=False) & ~models.Q(currency="")),
                name="idea_cost_has_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(source=None, external_id="")
                | (models.Q(source__isnull=False) & ~models.Q(external_id="")),
                name="idea_id_of_which_source",
            ),
        ]

    def __str__(self) -> str:
        return f"idea {self.pk}"

    @property
    def amount(self) -> Decimal | None:
        """The rough cost in whole units of its currency."""
        return None if self.cost is None else units_of(self.cost, self.currency)

    @property
    def cost_words(self) -> str:
        """The rough cost as the reader writes money, "" where none was said."""
        return "" if self.cost is None else say_amount(self.cost, self.currency)


class Support(models.Model):
    """Somebody wants an idea to become true. Taken back, it stays with the moment of that and counts no more.

    Rows write no record each: a job seals how many there were and their digest (reliability).
    """

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="supports")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    # Counted over from an idea that was joined to this one; gone again where that is undone.
    came_from = models.ForeignKey(Idea, models.SET_NULL, null=True, related_name="supports_given_over")

    privacy = Rule(
        person="person", export=True, erase="delete", merge="move", later="at",
        forget="tequio.ideas.proposals.services.supporting.forget_supports",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.idea_id}"

    @staticmethod
    def absorb_all(pairs: Sequence[tuple[Support, Support]]) -> None:
        """Two of one person became one: the idea counts her once from now on."""
        for kept, lost in pairs:
            if lost.withdrawn_at is None:
                count_supports(kept.idea_id, -1)


class SupportAct(models.Model):
    """The number of supports of an idea went up or down by `step`. Names nobody, and is only ever added."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="support_acts", db_index=False)
    step = models.IntegerField()
    at = models.DateTimeField()

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [
            models.Index(fields=["idea"], include=["step"], name="support_act_idea"),
            BrinIndex(fields=["at"], autosummarize=True, name="support_act_at"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(step=0), name="support_act_of_some")]

    def __str__(self) -> str:
        return f"{self.step:+d} for {self.idea_id}"

    @staticmethod
    def digest_between(since: datetime, until: datetime) -> tuple[int, str]:
        """(how many acts, SHA-256 of their lines) in [since, until)."""
        with connection.cursor() as cursor:
            cursor.execute(DIGEST, [since, until])
            acts, digest = cursor.fetchone()
        return acts, digest


class SupportBatch(models.Model):
    """How often supports were counted up or down from `since` to before `until`, and the digest of these acts.

    An audit record holds the same digest, so that the chain seals it. Only ever added.
    """

    since = models.DateTimeField()
    until = models.DateTimeField(unique=True)
    acts = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"{self.acts} until {self.until}"


def count_supports(idea_id: int, step: int) -> int:
    """Count `step` supports more (or fewer), inside a transaction; returns how many there are now.

    The row of numbers is locked until it ends, so that of two who cross a border one is the first. The moment is
    the database's, after that lock: batches rest on it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_itemcount AS own (item_id, parts, people, acts, supports) "
            "VALUES (%(idea)s, 0, 0, 0, greatest(%(step)s, 0)) "
            "ON CONFLICT (item_id) DO UPDATE SET supports = greatest(own.supports + %(step)s, 0) RETURNING supports",
            {"idea": idea_id, "step": step},
        )
        number: int = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO proposals_supportact (idea_id, step, at) VALUES (%s, %s, clock_timestamp())",
            [idea_id, step],
        )
    return number


class Problem(models.Model):
    """Something that goes wrong somewhere. Title, place, point, state and author are the item's."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="problem")
    what = MultilingualField()
    who_is_affected = MultilingualField()
    how_often = models.CharField(max_length=12, choices=HowOften.choices, blank=True)
    evidence = MultilingualField()
    # Of one that was brought from elsewhere, as an idea has them.
    source = models.ForeignKey(IdeaSource, models.PROTECT, null=True, related_name="problems")
    external_id = models.CharField(max_length=100, blank=True)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=models.Q(source__isnull=False),
                name="problem_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(source=None, external_id="")
                | (models.Q(source__isnull=False) & ~models.Q(external_id="")),
                name="problem_id_of_which_source",
            ),
        ]

    def __str__(self) -> str:
        return f"problem {self.pk}"


class Confirmation(models.Model):
    """“Me too, here”: somebody has the same problem, and where.

    What she said with it is a comment on the problem: there it is looked at, answered, reported and translated.
    """

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="confirmations", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="confirmations")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="confirmations")
    place_name = models.CharField(max_length=120, blank=True)
    comment = models.ForeignKey(Comment, models.SET_NULL, null=True, related_name="confirmations")
    at = models.DateTimeField(default=timezone.now)

    privacy = Rule(
        person="person", export=True, erase="delete", merge="move", words=("place_name",),
        forget="tequio.ideas.proposals.services.confirming.forget_confirmations",
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "person"], name="confirmation_once")]

    def __str__(self) -> str:
        return f"{self.person_id} has {self.problem_id}"

    @staticmethod
    def absorb_all(pairs: Sequence[tuple[Confirmation, Confirmation]]) -> None:
        """Two of one person became one: the number of people is one less."""
        for kept, _lost in pairs:
            ItemCount.objects.filter(pk=kept.problem_id).update(people=models.F("people") - 1)


class Illustration(models.Model):
    """A picture beside an idea or a problem, and what it shows for whoever does not see it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="illustrations")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="illustrations")
    says = MultilingualField()
    position = models.PositiveSmallIntegerField(default=0)

    # A picture is whose it is that sent it: it goes with her, and its file in the night after.
    privacy = Rule(person="file", export=True, erase="delete", merge="move")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"picture of {self.item_id}"
