"""By what a member comes in besides e-mail addresses (allauth's table), and where she is signed in."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule

from ..enums import WayIn


class Telephone(models.Model):
    """The number a member proved, as +22890123456. No unproven number is ever kept here."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="telephone")
    number = models.CharField(max_length=16)
    proven_at = models.DateTimeField(default=timezone.now)

    # Where two accounts turn out to be one, the account's own number stays; a guest never has any.
    privacy = Rule(person="person", export=True, erase="delete", merge="move", address="number")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="telephone_once")]

    def __str__(self) -> str:
        return f"{self.number[:4]}…"


class Device(models.Model):
    """A browser in which a member is signed in: which session is whose.

    Django's session row tells it only to who can read what is signed inside.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=10, choices=WayIn.choices, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_on = models.DateField(default=timezone.localdate)

    privacy = Rule(person="person", export=True, erase="delete", merge="move", secret=("session_key",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session_key"], name="device_once")]

    def __str__(self) -> str:
        return f"{self.browser} {self.system}".strip() or f"#{self.pk}"
