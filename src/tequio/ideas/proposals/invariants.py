"""What `tequio verify` asks of ideas."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from tequio.audit.models import Record

from .models import Idea, Support, SupportAct, SupportBatch, digest_of_acts


def ideas_know_how_many_support_them() -> Iterator[str]:
    """The number beside it, the rows of those who support it, and what was counted say the same."""
    standing = Support.objects.filter(idea=OuterRef("pk"), withdrawn_at=None).order_by().values("idea")
    counted = SupportAct.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    ideas = Idea.objects.annotate(
        rows=Coalesce(Subquery(standing.annotate(n=Count("pk")).values("n")), 0),
        acts=Coalesce(Subquery(counted.annotate(n=Sum("step")).values("n")), 0),
        shown=F("item__count__supports"),
    )
    wrong = ideas.filter(~Q(shown=F("rows")) | ~Q(shown=F("acts"))).order_by("pk")
    for pk, shown, rows, acts in wrong.values_list("pk", "shown", "rows", "acts"):
        yield f"idea {pk} shows {shown} supports, {rows} people support it, {acts} were counted"


def joined_ideas_lead_somewhere() -> Iterator[str]:
    """To an idea that stands for itself."""
    lost = Idea.objects.exclude(merged_into=None).exclude(merged_into__merged_into=None)
    for pk, into in lost.order_by("pk").values_list("pk", "merged_into"):
        yield f"idea {pk} is joined to idea {into}, which is joined to another itself"


def batches_of_supports_are_those_that_were_recorded() -> Iterator[str]:
    """The digest of each batch stands in the audit chain too, and the acts still make it."""
    acts = Record.objects.filter(act="idea.seal_supports").order_by("pk").values_list("object", "data")
    recorded = {thing.partition(":")[2]: (data["acts"], data["digest"]) for thing, data in acts.iterator()}
    for batch in SupportBatch.objects.order_by("pk").iterator():
        if recorded.pop(str(batch.pk), None) != (batch.acts, batch.digest):
            yield f"batch {batch.pk} of supports is not the one that was recorded"
        elif digest_of_acts(batch.since, batch.until) != (batch.acts, batch.digest):
            yield f"what was counted in batch {batch.pk} of supports was changed afterwards"
    for lost in recorded:
        yield f"batch {lost} of supports was removed"
