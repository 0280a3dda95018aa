"""A grown-up's yes, where somebody is too young to join alone."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule


class GuardianConsent(models.Model):
    """Asked by e-mail, given or not. Until it is given there is no account: what she typed waits here a week.

    `to` is the address or telephone she proved. Given, her words and the addresses are blanked: the row then says that somebody agreed, and when.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="guardian_consents")
    digest = models.CharField(max_length=64, unique=True)
    to = models.CharField(max_length=254, blank=True)
    guardian_email = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=6, blank=True)
    year_of_birth = models.PositiveSmallIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    until = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    def __str__(self) -> str:
        return f"guardian's consent {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.given_at is None and self.withdrawn_at is None and self.until > timezone.now()

    @property
    def stands(self) -> bool:
        return self.given_at is not None and self.withdrawn_at is None
