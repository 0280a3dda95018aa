"""Kinds of organisations, what a person is in one, and how one is verified."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    COOPERATIVE = "cooperative", _("Co-operative")
    ASSOCIATION = "association", _("Association")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    INFORMAL_GROUP = "informal_group", _("Informal group")
    SELF_EMPLOYED = "self_employed", _("Self-employed person")
    CITY = "city", _("City or municipality")
    PUBLIC_AGENCY = "public_agency", _("Public agency")
    FEDERATION = "federation", _("Federation")
    UNIVERSITY = "university", _("University")
    COMPANY = "company", _("Company")


class MembershipRole(models.TextChoices):
    """An administrator also represents; a representative speaks and acts for it; a member belongs to it."""

    ADMINISTRATOR = "administrator", pgettext_lazy("role in an organisation", "Administrator")
    REPRESENTATIVE = "representative", pgettext_lazy("role in an organisation", "Representative")
    MEMBER = "member", pgettext_lazy("role in an organisation", "Member")


ACTS_FOR_IT = (MembershipRole.ADMINISTRATOR, MembershipRole.REPRESENTATIVE)


class StandardClass(models.TextChoices):
    WORKER = "worker", pgettext_lazy("class of membership", "Worker")
    CONSUMER = "consumer", pgettext_lazy("class of membership", "Consumer")
    PRODUCER = "producer", pgettext_lazy("class of membership", "Producer")
    SUPPORTER = "supporter", pgettext_lazy("class of membership", "Supporter")


_WORK = (StandardClass.WORKER, StandardClass.SUPPORTER)
# What a new organisation begins with; its administrators change it as they like.
FIRST_CLASSES: dict[str, tuple[StandardClass, ...]] = {
    OrganisationKind.COOPERATIVE: tuple(StandardClass),
    OrganisationKind.SOCIAL_ENTERPRISE: tuple(StandardClass),
    OrganisationKind.ASSOCIATION: _WORK,
    OrganisationKind.INFORMAL_GROUP: (StandardClass.SUPPORTER,),
    OrganisationKind.UNIVERSITY: _WORK,
    OrganisationKind.COMPANY: _WORK,
    OrganisationKind.CITY: (StandardClass.WORKER,),
    OrganisationKind.PUBLIC_AGENCY: (StandardClass.WORKER,),
}


class VerificationMethod(models.TextChoices):
    PAPERS = "papers", _("Papers were seen")
    PUBLIC_REGISTER = "public_register", _("Found in a public register")
    VISIT = "visit", _("Visited in person")
    VOUCHED = "vouched", _("Two people known here vouch for it")


class Standing(models.TextChoices):
    """What a steward says of it, if anything."""

    UNVERIFIED = "unverified", _("Not verified yet")
    VERIFIED = "verified", _("Verified")
    ENDED = "ended", _("Verification ended")
