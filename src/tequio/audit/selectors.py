"""The chain as it stands."""

from __future__ import annotations

from .models import Link


def head() -> Link | None:
    """The last link."""
    return Link.objects.order_by("-seq").first()


def link_of(number: int) -> Link | None:
    return Link.objects.filter(seq=number).first()
