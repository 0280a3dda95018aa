"""What `tequio verify` asks of the record of acts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Min, OuterRef, Subquery
from django.utils import timezone

from tequio.base.chain import Broken, Sealed, faults

from .models import Anchor, Link, Record, digest_of

PATIENCE = timedelta(minutes=1)
CHUNK = 5_000
# Not as a join: with statistics from before a large load the planner may compare every row with every other.
WITHOUT_LINK = """
SELECT id FROM audit_record WHERE is_sealed EXCEPT SELECT record_id FROM audit_link ORDER BY 1
"""
SENTENCES = {
    Broken.CHANGED: "audit record {name} was changed after it was sealed (link {seq})",
    Broken.REMOVED: "audit record {name} was removed after it was sealed (link {seq})",
    Broken.SWAPPED: "audit records {name} and {other} were swapped after they were sealed (link {seq})",
    Broken.LINK_CHANGED: "link {seq} of audit record {name} was changed",
    Broken.LINK_REMOVED: "link {seq} of the audit chain was removed",
}


def every_record_fits_its_digest() -> Iterator[str]:
    """Names each record whose content is not what was written, sealed or not."""
    columns = ("pk", "at", "actor", "act", "object", "data", "digest")
    for pk, at, actor, act, thing, data, digest in (
        Record.objects.order_by("pk").values_list(*columns).iterator(CHUNK)
    ):
        if digest_of(at, actor, act, thing, data) != digest:
            yield f"audit record {pk} was changed after it was written"


def the_chain_holds() -> Iterator[str]:
    for fault in faults(_chain()):
        yield SENTENCES[fault.kind].format(name=fault.name, other=fault.other, seq=fault.seq)


def the_chain_leads_to_its_anchors() -> Iterator[str]:
    """An end of the chain that was cut off or written anew is seen here; letters see it even if anchors are not."""
    today = Link.objects.filter(seq=OuterRef("seq")).values("hash")
    for anchor in Anchor.objects.annotate(found=Subquery(today)).order_by("seq"):
        if anchor.found != anchor.hash:
            yield f"link {anchor.seq} is not the one that was anchored on {anchor.day}"


def every_sealed_record_has_its_link() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_LINK)
        for (pk,) in cursor:
            yield f"audit record {pk} is marked as sealed and has no link"


def records_are_sealed_within_a_minute() -> Iterator[str]:
    number, since = _unsealed()
    if since is not None and timezone.now() - since > PATIENCE:
        yield f"{number} audit records wait for their link, the oldest since {since:%Y-%m-%d %H:%M} UTC: does a worker run?"


def notes() -> Iterator[str]:
    """What is so and worth knowing: `tequio verify` says it beside its findings."""
    last = Link.objects.order_by("-seq").first()
    number, _since = _unsealed()
    yield f"{number} audit records are not sealed yet; the chain has {last.seq if last else 0} links"


def _chain() -> Iterator[Sealed]:
    """All links in order, each with what its record says now."""
    links = Link.objects.order_by("seq").values_list("seq", "record_id", "hash")
    part = list(links[:CHUNK])
    while part:
        records = Record.objects.filter(pk__in=[record for _seq, record, _hash in part])
        contents = {
            pk: f"{txid} {digest}" for pk, txid, digest in records.values_list("pk", "txid", "digest")
        }
        for seq, record, stored in part:
            yield Sealed(seq, str(record), contents.get(record), stored)
        part = list(links.filter(seq__gt=part[-1][0])[:CHUNK])


def _unsealed() -> tuple[int, datetime | None]:
    """(how many records wait for their link, since when the oldest does)."""
    found = Record.objects.filter(is_sealed=False).aggregate(number=Count("id"), since=Min("at"))
    return found["number"], found["since"]
