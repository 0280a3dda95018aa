"""Persons, members and guests alike, and their roles in territories."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule
from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..enums import IMPLIED, RoleName


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(uid=username or "")


class Person(AbstractBaseUser):
    """Somebody. A guest is a row too, made by her first act; she becomes a member in the same row.

    No address here: those are allauth's EmailAddress, unique among the verified ones.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, blank=True)
    is_guest = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="en")
    home = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="residents")
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
        return self.name or f"#{self.pk}"

    @property
    def audit_id(self) -> str:
        return f"people.person:{self.pk}"

    @property
    def is_member(self) -> bool:
        return not self.is_guest

    @cached_property
    def current_roles(self) -> list[tuple[str, int]]:
        """(role, territory id) of today, read once."""
        return list(self.roles.filter(ended_at=None).values_list("role", "territory_id"))

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
    """A person's role in a territory, from a day to a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="roles")
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="granted_roles")
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

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

__all__ = ["Device", "Person", "PersonManager", "Role", "Telephone"]
