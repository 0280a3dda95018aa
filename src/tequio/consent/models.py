"""What people agreed to: how it stands today, and every time it was said, in words that are known."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.jobs import later
from tequio.base.privacy import Rule
from tequio.people.models import Person

from .enums import Channel, Purpose


class Consent(models.Model):
    """How one text of one purpose stands for one person today."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    is_given = models.BooleanField()
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    at = models.DateTimeField(default=timezone.now)

    # A guest who withdrew yesterday and agrees as a member today agrees: the later word counts.
    privacy = Rule(person="person", export=True, erase="delete", merge="move", later="at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "version"], name="consent_once"),
        ]
        indexes = [
            models.Index(
                fields=["purpose", "person"], name="consent_given", condition=models.Q(is_given=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.version} {'yes' if self.is_given else 'no'}"

    def absorb(self, lost: Consent) -> None:
        """`lost` was the same person's, and said the contrary earlier: answers given under it follow the later word."""
        if lost.is_given and not self.is_given and self.purpose == Purpose.OPINIONS:
            later("deliberation.follow_consent", once=f"consent-{self.person_id}", pk=self.person_id)


class ConsentFact(models.Model):
    """It was given, or withdrawn, at that moment. Only ever added; the database refuses the rest.

    `digest` is the SHA-256 of the words as they were read in `language`, by `ConsentText.digest`.
    """

    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="consent_facts")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    is_given = models.BooleanField()
    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    at = models.DateTimeField(default=timezone.now)

    # Erased, the fact stays without whom: that somebody had agreed is what the numbers of a map rest on.
    privacy = Rule(
        person="person", export=True, erase="anonymise", merge="move", stays=("version", "language", "digest"),
        why=gettext_noop("What was agreed to, and when, without whom: the numbers of an opinion map rest on it."),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "id"], name="consent_fact_of")]

    def __str__(self) -> str:
        return f"{self.version} {'given' if self.is_given else 'withdrawn'} at {self.at.isoformat()}"
