"""What is on its way at the door: codes sent out, and changes of address that wait."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule
from tequio.people.models import Person

from .enums import CodeFor, Outcome


class SignInCode(models.Model):
    """One code that was asked for. The browser's session holds the `uid` alone.

    It stands in a table and not in the session: a session is read before a try and written after it, so
    requests side by side would each have all tries. It holds no account and no claim on the address;
    `person` is who was signed in when she asked for it, to add an address or to show that it is her.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.CharField(max_length=254)
    purpose = models.CharField(max_length=10, choices=CodeFor.choices, default=CodeFor.SIGN_IN)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    next = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    until = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    proven_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="person",
        erase="delete",
        merge="keep",
        why="it belongs to an address, and is gone within a day",
    )

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def can_be_tried(self) -> bool:
        return self.proven_at is None and self.tries_left > 0 and self.until > timezone.now()

    @property
    def is_to_telephone(self) -> bool:
        return self.to.startswith("+")


class AddressChange(models.Model):
    """A steward who knows a member in person vouches for her new address, because the old one is lost.

    It waits for days; whoever signs in to the account meanwhile stops it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="address_changes")
    lost = models.CharField(max_length=254)
    to = models.CharField(max_length=254)
    reason = models.CharField(max_length=300)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITS, blank=True)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="address_change_one_a_person"
            ),
            models.UniqueConstraint(
                fields=["to"], condition=models.Q(ended_at=None), name="address_change_one_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.outcome or 'waits'}"

    @property
    def is_due(self) -> bool:
        return self.ended_at is None and self.due_at <= timezone.now()
