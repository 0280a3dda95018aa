"""Ideas: what somebody proposes to a place."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone

from tequio.base.fields import MultilingualField
from tequio.base.privacy import NOT_PERSONAL
from tequio.catalogue.models import Item

from .types import minor_digits, say_amount


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
        return None if self.cost is None else Decimal(self.cost).scaleb(-minor_digits(self.currency))

    @property
    def cost_words(self) -> str:
        """The rough cost as the reader writes money, "" where none was said."""
        return "" if self.cost is None else say_amount(self.cost, self.currency)
