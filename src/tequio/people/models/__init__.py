"""Persons, members and guests alike, and their roles in territories; their further tables in files of their own."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule
from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..enums import IMPLIED, RoleName
from ..types.ages import MAJORITY, ages_of

if TYPE_CHECKING:
    from datetime import datetime


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(uid=username or "")


class Person(AbstractBaseUser):
    """Somebody. A guest is a row too, made by her first act; she becomes a member in the same row.

    No address here: those are allauth's EmailAddress, unique among the verified ones. `language` is that of
    letters to her, `languages` those she reads, the dearest first. `country` ("ES", "CA-QC") is what she said
    when she joined; where `home` is known, its country counts.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, blank=True)
    is_guest = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="en")
    languages = models.JSONField(default=list, blank=True)
    home = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="residents")
    country = models.CharField(max_length=6, blank=True)
    year_of_birth = models.PositiveSmallIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged_from")
    began_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "uid"
    objects = PersonManager()
    privacy = Rule(
        person="id", export=True, erase="anonymise", merge="keep", why="the row a guest leaves points on"
    )

    def __str__(self) -> str:
        return self.shown_name or f"#{self.pk}"

    @property
    def audit_id(self) -> str:
        return f"people.person:{self.pk}"

    @property
    def is_member(self) -> bool:
        return not self.is_guest

    @property
    def is_minor(self) -> bool:
        """Whether she may still be under 18, by the year she told; a year not told is that of a grown-up."""
        ages = ages_of(self.year_of_birth, timezone.now().year)
        return ages is not None and ages.youngest < MAJORITY

    @property
    def shown_name(self) -> str:
        """The name others see. Of a minor only the first word: no family name stands on a public page."""
        return self.name.split()[0] if self.is_minor and self.name.strip() else self.name

    @cached_property
    def current_roles(self) -> list[tuple[str, int]]:
        """(role, territory id) of today, read once."""
        return list(self.roles.filter(ended_at=None).values_list("role", "territory_id"))

    @cached_property
    def current_residences(self) -> list[tuple[int, datetime, str]]:
        """(territory id, until when, by which method) of her proven places of today, read once."""
        standing = self.residences.filter(ended_at=None, until__gt=timezone.now())
        return list(standing.order_by("id").values_list("territory_id", "until", "method"))

    @cached_property
    def has_guardian(self) -> bool:
        """Whether a grown-up has agreed to her account, and has not taken it back; read once."""
        return self.guardian_consents.filter(given_at__isnull=False, withdrawn_at=None).exists()

    def holds(self, role: str, territory: Territory | None) -> bool:
        """Whether she holds `role` (or one that implies it) in the territory or above it."""
        if territory is None or self.is_guest or not self.is_active:
            return False
        enough = {role, *IMPLIED.get(RoleName(role), set())}
        places = {place for name, place in self.current_roles if name in enough}
        return bool(places) and not places.isdisjoint(above_ids(territory.pk))

    def role_places(self, role: str) -> list[int]:
        """Ids of the territories in which she holds `role`, or one that implies it, herself."""
        enough = {role, *IMPLIED.get(RoleName(role), set())}
        return sorted({place for name, place in self.current_roles if name in enough})


class Role(models.Model):
    """A person's role in a territory, from a day to a day. `reason` is that of granting it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="roles")
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="granted_roles")
    granted_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="ended_roles")
    end_reason = models.CharField(max_length=300, blank=True)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "territory"],
                condition=models.Q(ended_at=None),
                name="role_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.territory_id}"


from .access import Device, Telephone  # noqa: E402  (they point at Person)
from .guardian import GuardianConsent  # noqa: E402  (they point at Person and Role)
from .invitation import RoleInvitation  # noqa: E402
from .residence import (  # noqa: E402
    IdentifierList,
    ListedIdentifier,
    Residence,
    ResidenceLetter,
    ResidenceRule,
    ShownCode,
)

__all__ = [
    "Device",
    "GuardianConsent",
    "IdentifierList",
    "ListedIdentifier",
    "Person",
    "PersonManager",
    "Residence",
    "ResidenceLetter",
    "ResidenceRule",
    "Role",
    "RoleInvitation",
    "ShownCode",
    "Telephone",
]
