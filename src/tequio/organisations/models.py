"""Organisations of every kind, who belongs to them, and who says that they are who they say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.actor import decision_number
from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.files.models import StoredFile
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import ACTS_FOR_IT, MembershipRole, OrganisationKind, StandardClass, Standing, VerificationMethod


class Organisation(models.Model):
    """Who does something together, or alone for her living. No papers are needed to stand here."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = MultilingualField()
    description = MultilingualField()
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="organisations")
    territories = models.ManyToManyField(
        Territory, through="ActionPlace", related_name="organisations_at_work"
    )
    website = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    registration = models.CharField(max_length=60, blank=True)
    founded = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list)
    logo = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="organisations")
    # The newest one, ended or not, so that a list needs no second look.
    verification = models.ForeignKey("Verification", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="organisations_made")
    made_at = models.DateTimeField(default=timezone.now)
    hidden_by = models.CharField(max_length=60, blank=True)
    # Its names folded: by one it stands in lists, in all of them it is looked for.
    sort_name = models.CharField(max_length=200)
    names = models.TextField()

    privacy = Rule(
        person="made_by", export=True, erase="anonymise", merge="move",
        stays=(
            "name", "description", "website", "email", "phone", "address", "registration", "languages",
            "hidden_by", "sort_name", "names",
        ),
        why=gettext_noop("What several people make up stays theirs. Your name goes; if you worked alone, all of it."),
        forget="tequio.organisations.services.forgetting.forget_organisations",
    )  # fmt: skip

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="organisation_list", condition=Q(hidden_by="")),
            models.Index(
                fields=["territory", "sort_name", "id"], name="organisation_place", condition=Q(hidden_by="")
            ),
            models.Index(fields=["asked_at"], name="organisation_asked", condition=Q(asked_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def audit_id(self) -> str:
        return f"organisations.organisation:{self.pk}"

    @property
    def title(self) -> Reading:
        """The name in the reader's language."""
        return read(self.name, current())

    @property
    def decision_number(self) -> int | None:
        """Number of the decision with reasons that hid it; None where there is none."""
        return decision_number(self.hidden_by)

    @property
    def standing(self) -> Standing:
        """Whether a steward stands for it. `verification` must be at hand."""
        if self.verification is None:
            return Standing.UNVERIFIED
        return Standing.VERIFIED if self.verification.ended_at is None else Standing.ENDED

    @property
    def is_verified(self) -> bool:
        return self.standing == Standing.VERIFIED

    @property
    def registered_in(self) -> str:
        """ISO code of the country whose number `registration` is: that of its seat."""
        return self.territory.code.split("-")[0] if self.registration else ""


class ActionPlace(models.Model):
    """A place in which it works, beside that of its seat."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="action_places")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="action_places")

    privacy = NOT_PERSONAL

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "territory"], name="action_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.territory_id}"


class MemberClass(models.Model):
    """A class of members: one everybody knows (`key` of StandardClass), or one in its own words."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="classes")
    key = models.CharField(max_length=20, choices=StandardClass.choices, blank=True)
    words = MultilingualField()
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(default=True)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], condition=~Q(key=""), name="member_class_once"
            ),
            models.CheckConstraint(condition=~Q(key="", words={}), name="member_class_has_words"),
        ]

    def __str__(self) -> str:
        return self.key or str(self.pk)

    @property
    def title(self) -> Reading:
        if self.words:
            return read(self.words, current())
        return Reading(str(StandardClass(self.key).label), current(), "original", current())


class Membership(models.Model):
    """A person, or another organisation, belongs to it from a day on; with `until` it is over."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="memberships")
    member = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="alliances")
    role = models.CharField(max_length=16, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    member_class = models.ForeignKey(MemberClass, models.SET_NULL, null=True, related_name="memberships")
    # Whether her name stands on the public page: her own word alone.
    is_shown = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(default=timezone.now)

    privacy = Rule(person="person", export=True, erase="delete", merge="move")

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(until=None), name="membership_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "member"], condition=Q(until=None), name="alliance_once"
            ),
            models.CheckConstraint(
                condition=Q(person=None, member__isnull=False) | Q(person__isnull=False, member=None),
                name="membership_of_one",
            ),
            models.CheckConstraint(condition=~Q(member=F("organisation")), name="membership_of_another"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(role=MembershipRole.MEMBER), name="only_people_act"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.member_id} in {self.organisation_id}"

    @property
    def since_moment(self) -> datetime:
        return noon(self.since)

    @property
    def acts_for_it(self) -> bool:
        return self.until is None and self.role in ACTS_FOR_IT


class JoinRequest(models.Model):
    """A person, or an organisation by one who acts for it, asks to belong; the answer has a reason."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="requests")
    by = models.ForeignKey(Person, models.CASCADE, related_name="join_requests")
    applicant = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="requests_made")
    member_class = models.ForeignKey(MemberClass, models.SET_NULL, null=True, related_name="requests")
    words = models.TextField(blank=True)
    is_shown = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    privacy = Rule(person="by", export=True, erase="delete", merge="move")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "by"], condition=Q(answered_at=None, applicant=None), name="asks_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "applicant"], condition=Q(answered_at=None), name="applies_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} to {self.organisation_id}"


class Invitation(models.Model):
    """A letter to an address that is not kept: only what proves it, and a hint for who wrote it.

    It is good for who has that address, until its day, as long as the inviter may invite.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=64)
    hint = models.CharField(max_length=80)
    role = models.CharField(max_length=16, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    member_class = models.ForeignKey(MemberClass, models.SET_NULL, null=True, related_name="invitations")
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="invited_by", export=True, erase="delete", merge="move", secret=("token", "address")
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.pk}"


class Verification(models.Model):
    """A steward has made sure that it is who it says; when that ends, the row says when and why."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="verifications")
    method = models.CharField(max_length=20, choices=VerificationMethod.choices)
    checked_on = models.DateField()
    evidence = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="verified_organisations")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="ended_verifications")
    reason = models.CharField(max_length=300, blank=True)

    privacy = Rule(
        person="by", export=True, erase="anonymise", merge="move", stays=("evidence", "reason"),
        why=gettext_noop("What a steward wrote down for a place belongs to it. Your name goes."),
    )  # fmt: skip

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(ended_at=None), name="verified_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.method}"

    @property
    def checked_moment(self) -> datetime:
        """The day as a moment at noon, for saying it."""
        return noon(self.checked_on)


class RegisterGrant(models.Model):
    """A steward trusts its list of members: it may confirm who lives in the place."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="register_grants")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="register_grants")
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="register_grants")
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    privacy = Rule(
        person="granted_by", export=True, erase="anonymise", merge="move", stays=("reason",),
        why=gettext_noop("What a steward wrote down for a place belongs to it. Your name goes."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "territory"], condition=Q(ended_at=None), name="register_grant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.territory_id}"


def today() -> date:
    return timezone.now().date()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
