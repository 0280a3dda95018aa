"""The parameters of every rule that ranks, routes or matches: versions, one in use, none lost."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import Rule
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import Status


class Recipe(models.Model):
    """One version of a rule's numbers, everywhere (`territory` None) or in one place and what lies in it.

    `features` is a list of {name, weight, words: {language: text}}: the words as they were when it was proposed,
    so that an old version reads as it was decided. `parameters` is {name: number}.
    """

    name = models.SlugField(max_length=40)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="recipes")
    number = models.PositiveIntegerField()
    features = models.JSONField(default=list)
    parameters = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PROPOSED)
    reason = MultilingualField()
    decided_by = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="proposed_recipes")
    proposed_at = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    privacy = Rule(
        person="proposed_by", export=True, erase="anonymise", merge="move",
        stays=("name", "features", "parameters", "reason", "decided_by"),
        why=gettext_noop("By which rules a place was ranked, and why, stays readable for everybody. Your name goes."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "territory", "number"], name="recipe_number_once"),
            models.UniqueConstraint(
                fields=["name", "number"], name="recipe_number_once_everywhere", condition=models.Q(territory=None)
            ),
            models.UniqueConstraint(
                fields=["name", "territory"], name="recipe_one_active", condition=models.Q(status="active")
            ),
            models.UniqueConstraint(
                fields=["name"], name="recipe_one_active_everywhere",
                condition=models.Q(status="active", territory=None),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(since__isnull=False, until=None),
                name="recipe_active_since",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def weights(self) -> dict[str, float]:
        return {feature["name"]: feature["weight"] for feature in self.features}

    @property
    def feature_lines(self) -> list[tuple[str, float]]:
        """(words as they were proposed, in the reader's language, weight)."""
        return [(feature["words"][current()], feature["weight"]) for feature in self.features]

    @property
    def why_it_was_changed(self) -> Reading:
        return read(self.reason, current())
