"""What was looked for and not found: words, place, language and week, and of nobody."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL
from tequio.territories.models import Territory

LONGEST = 50


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


class Gap(models.Model):
    """Folded words that found nothing, with how many different networks asked for them in the week from `week` on."""

    words = models.CharField(max_length=LONGEST)
    # Where it was looked for; None is everywhere.
    territory = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="gaps")
    language = models.CharField(max_length=12)
    week = models.DateField()
    askers = models.PositiveIntegerField(default=1)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["words", "territory", "language", "week"],
                name="gap_once_a_week",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["week"], name="gap_week")]

    def __str__(self) -> str:
        return f"{self.words}: {self.askers}"


class GapSalt(models.Model):
    """What askers are told apart with, for one week; thrown away when it is over."""

    week = models.DateField(unique=True)
    salt = models.BinaryField()

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"{self.week}"


class GapAsker(models.Model):
    """That somebody asked for something this week: a hash of both, which says neither without the week's salt."""

    week = models.DateField()
    who = models.CharField(max_length=64)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "who"], name="gap_asker_once")]

    def __str__(self) -> str:
        return f"{self.week}"


class HiddenGap(models.Model):
    """Words that a steward or moderator took off the page of a place (or of everywhere), with an opaque id of who."""

    words = models.CharField(max_length=LONGEST)
    territory = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="hidden_gaps")
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["words", "territory"], name="hidden_gap_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.words
