"""What `tequio verify` asks of consents."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import OuterRef, Q, Subquery

from .models import Consent, ConsentFact
from .types import BY_VERSION


def every_consent_is_what_was_said_last() -> Iterator[str]:
    """The state and the newest fact of the same person and text say the same."""
    facts = ConsentFact.objects.filter(person=OuterRef("person"), version=OuterRef("version"))
    last = Subquery(facts.order_by("-at", "-id").values("is_given")[:1])
    differing = Consent.objects.annotate(said=last).filter(
        Q(said=None) | Q(is_given=True, said=False) | Q(is_given=False, said=True)
    )
    for pk, version in differing.order_by("pk").values_list("pk", "version"):
        yield f"consent {pk} to {version} does not stand as it was said last"


def every_text_is_known() -> Iterator[str]:
    versions = ConsentFact.objects.exclude(version__in=list(BY_VERSION)).order_by("version")
    for version in versions.values_list("version", flat=True).distinct():
        yield f"somebody agreed to “{version}”, and nobody knows its words any more"
