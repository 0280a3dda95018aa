"""The secret address of a report: signed, so that nobody finds another's by trying."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from ..enums import Side
from ..models import Appeal, Decision, Report
from ..permissions import can_appeal
from ..types import Thing

SALT = "tequio.moderation.receipt"


@dataclass(frozen=True)
class Receipt:
    """What who reported sees: where it stands, what was decided, what came of an appeal.

    `thing` is None where she may not see it any more.
    """

    report: Report
    decision: Decision | None
    appeal: Appeal | None
    may_appeal: bool
    thing: Thing | None


def receipt_token(report: Report) -> str:
    return signing.Signer(salt=SALT).sign(report.uid.hex)


def receipt_path(report: Report) -> str:
    return reverse("moderation:receipt", args=[receipt_token(report)])


def report_by(token: str) -> Report | None:
    """None for an address that was not made here."""
    try:
        uid = uuid.UUID(hex=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = Report.objects.select_related(
        "territory", "item__territory", "comment__item__territory", "organisation__territory",
        "decision__item__territory", "decision__comment__item__territory",
        "decision__organisation__territory", "decision__territory",
    )  # fmt: skip
    return rows.filter(uid=uid).first()


def receipt_of(report: Report) -> Receipt:
    decision = report.decision
    appeal = None
    if decision is not None:
        appeal = report.appeals.filter(decision=decision).select_related("answer__territory").first()
    thing = report.thing
    return Receipt(
        report=report, decision=decision, appeal=appeal,
        may_appeal=decision is not None and appeal is None and can_appeal(decision, Side.REPORTER),
        thing=thing if thing is not None and thing.is_shown else None,
    )  # fmt: skip
