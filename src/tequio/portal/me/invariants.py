"""What `tequio verify` asks of those who left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .enums import ErasureState
from .models import Erasure

LATE = timedelta(days=1)


def who_was_erased_is_gone() -> Iterator[str]:
    """No name, no address, no open account; a restored backup brings such people back."""
    address = EmailAddress.objects.filter(user=OuterRef("person"))
    back = Erasure.objects.filter(
        Q(person__is_active=True) | ~Q(person__name="") | Exists(address), state=ErasureState.DONE
    )
    for pk, person in back.order_by("pk").values_list("pk", "person"):
        yield f"person {person} was erased (erasure {pk}) and is here again"


def nobody_waits_to_be_erased_for_long() -> Iterator[str]:
    late = Erasure.objects.filter(state=ErasureState.WAITING, due_at__lt=timezone.now() - LATE)
    for pk, due in late.order_by("pk").values_list("pk", "due_at"):
        yield f"erasure {pk} was due on {due:%Y-%m-%d} and is not done: is the worker running?"
