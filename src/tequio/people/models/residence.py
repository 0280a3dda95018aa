"""Where somebody was proven to live, and the four ways to prove it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.territories.models import Territory

from ..enums import Method, Month


class Residence(models.Model):
    """She lives in the territory: how that was proven, when, and until when it counts.

    `verified_by` is an opaque id ("people.person:12"); `register` says which register or list it was.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="residences")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="residences")
    method = models.CharField(max_length=10, choices=Method.choices)
    verified_at = models.DateTimeField(default=timezone.now)
    verified_by = models.CharField(max_length=80)
    register = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(db_index=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    # Of two proofs for one place the later one stays: it counts longer.
    privacy = Rule(person="person", export=True, erase="delete", merge="move", later="verified_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "territory"], condition=models.Q(ended_at=None), name="residence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.territory_id} by {self.method}"

    @property
    def is_good(self) -> bool:
        return self.ended_at is None and self.until > timezone.now()


class ResidenceRule(models.Model):
    """How a place, and those in it without a rule of their own, verifies residents."""

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="residence_rule")
    methods = models.JSONField(default=list)
    months = models.PositiveSmallIntegerField(choices=Month.choices, default=Month.TWO_YEARS)
    changed_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"rule of {self.territory_id}"


class ShownCode(models.Model):
    """Six signs that stand on her phone for ten minutes: who reads them finds her, and nobody else can."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="shown_code")
    code = models.CharField(max_length=6, unique=True)
    until = models.DateTimeField()

    privacy = Rule(person="person", erase="delete", merge="move", later="until")

    def __str__(self) -> str:
        return f"code of {self.person_id}"


class ResidenceLetter(models.Model):
    """A letter on paper to where she says she lives. Address and code are blanked once it is printed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="residence_letters")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="residence_letters")
    address = models.CharField(max_length=400, blank=True)
    code = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField(default=5)
    asked_at = models.DateTimeField(default=timezone.now)
    printed_at = models.DateTimeField(null=True)
    printed_by = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = Rule(person="person", export=True, erase="delete", merge="move", later="asked_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "territory"],
                condition=models.Q(ended_at=None),
                name="residence_letter_once",
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.uid}"


class IdentifierList(models.Model):
    """A register as a list of slow hashes. `content` is the upload on its way to the worker, then blanked."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="identifier_lists")
    name = models.CharField(max_length=80)
    content = models.BinaryField(null=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"list {self.pk} of {self.territory_id}"


class ListedIdentifier(models.Model):
    """One line of a list: HMAC over the slow hash of identifier and year of birth; nothing can be read back.

    `used_by` is an HMAC over line and person: she may use it again, nobody else may, and it names nobody.
    """

    of = models.ForeignKey(IdentifierList, models.CASCADE, related_name="lines")
    digest = models.CharField(max_length=64)
    used_by = models.CharField(max_length=64, blank=True)

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "digest"], name="listed_identifier_once")]
        indexes = [models.Index(fields=["digest"], name="listed_identifier_digest")]

    def __str__(self) -> str:
        return f"line {self.pk} of list {self.of_id}"
