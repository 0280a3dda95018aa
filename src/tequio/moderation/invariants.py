"""What `tequio verify` asks of moderation."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from tequio.base.actor import DECISION
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.organisations.models import Organisation

from .models import Appeal, Decision, Report


def nobody_answers_her_own_decision() -> Iterator[str]:
    """The check in the database looks at the appeal; here the decision itself is asked."""
    rows = Appeal.objects.filter(decided_by=F("decision__by"))
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"appeal {pk} was answered by whoever decided first"


def reports_and_their_decision_are_about_the_same() -> Iterator[str]:
    rows = Report.objects.exclude(decision=None).exclude(
        Q(item=F("decision__item")) | Q(comment=F("decision__comment"))
        | Q(organisation=F("decision__organisation"))
        | Q(item=None, comment=None, organisation=None)
    )  # fmt: skip
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"report {pk} was decided by a decision on something else"


def what_a_decision_hid_has_its_decision() -> Iterator[str]:
    """Each number that stands on a hidden thing leads to a decision."""
    known = {f"{DECISION}{pk}" for pk in Decision.objects.order_by("pk").values_list("pk", flat=True)}
    for model in (Item, Comment, Organisation):
        rows = model.objects.filter(hidden_by__startswith=DECISION).order_by("pk")
        for pk, hidden_by in rows.values_list("pk", "hidden_by"):
            if hidden_by not in known:
                yield f"{model._meta.model_name} {pk} was hidden by a decision that is not there"
