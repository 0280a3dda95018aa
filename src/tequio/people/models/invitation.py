"""The letter that asks somebody to look after a place."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule
from tequio.territories.models import Territory

from ..enums import RoleName


class RoleInvitation(models.Model):
    """A role waits for whoever proves the address. The link in the letter is known by its digest alone.

    The address goes when the invitation is taken, called back or over.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="role_invitations")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    email = models.CharField(max_length=254, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, related_name="role_invitations"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    taken_as = models.ForeignKey("people.Role", models.SET_NULL, null=True, related_name="invitations")

    privacy = Rule(
        person="email", erase="delete", merge="keep", why="it belongs to an address, and is gone in two weeks"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "role", "email"],
                condition=models.Q(ended_at=None),
                name="role_invitation_once",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} as {self.role} of {self.territory_id}"

    @property
    def is_good(self) -> bool:
        return self.ended_at is None and self.until > timezone.now()
