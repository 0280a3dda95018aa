"""What `tequio verify` asks of following, notices and digests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from .models import Announcement, Digest, Follow, Notice

LONG_ENOUGH = timedelta(hours=1)


def follows_say_what_they_are() -> Iterator[str]:
    """The key of a follow, which keeps it single, says the same as its columns."""
    for row in Follow.objects.order_by("pk").iterator():
        key = Follow.key_of(
            item_id=row.item_id, organisation_id=row.organisation_id, territory_id=row.territory_id,
            kind=row.kind, words=row.words,
        )  # fmt: skip
        if key != row.key:
            yield f"follow {row.pk} is kept as “{row.key}” and is “{key}”"


def everybody_is_told() -> Iterator[str]:
    """Nothing that was due an hour ago waits for being told."""
    late = timezone.now() - LONG_ENOUGH
    rows = Announcement.objects.filter(done_at=None, withdrawn_at=None, due_at__lt=late)
    for row in rows.order_by("pk"):
        yield f"announcement {row.pk} ({row}) is told up to person {row.told_up_to} and not to the end"


def digests_belong_to_whom_they_were_sent() -> Iterator[str]:
    """A notice is in a digest of the same person, and that digest says it holds some."""
    strange = Notice.objects.exclude(digest=None).exclude(digest__person=F("person"))
    for pk in strange.order_by("pk").values_list("pk", flat=True):
        yield f"notice {pk} went out in somebody else's digest"
    empty = Digest.objects.filter(notices=0).filter(Exists(Notice.objects.filter(digest=OuterRef("pk"))))
    for pk in empty.order_by("pk").values_list("pk", flat=True):
        yield f"digest {pk} says it held no notice, and some say they were in it"
