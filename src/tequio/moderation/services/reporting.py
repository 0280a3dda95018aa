"""Taking in a report: from anybody, once a thing and person, with a receipt."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.links import absolute
from tequio.catalogue.services.scales import LATELY, MOST_RECENT, Scales
from tequio.guards.services import spend, spend_quietly
from tequio.outbox.services import write_letter
from tequio.people.models import Person

from ..enums import Rule
from ..models import Report
from ..permissions import can_report
from ..selectors.receipts import receipt_path
from ..types import Thing

REPORTS_A_DAY, DAY = 20, 86_400
# Somebody else's address may be typed: she is not flooded.
LETTERS_A_DAY = 5


@transaction.atomic
def send_report(
    thing: Thing, *, rule: str, law: str = "", words: str = "", email: str = "", language: str,
    filling: Filling | None = None, sender: str = "", by: Person | None,
) -> Report:  # fmt: skip
    """Say that a thing breaks a rule. `by` None is a visitor, who follows it by the secret address alone.

    `sender` is what visitors are counted by: the network they come from. What looks sent by a machine is
    kept like any other; the queue says so. Refused for her own words and for what she reported already.
    """
    if rule not in Rule.values or (rule == Rule.LAW) != bool(law):
        raise ValueError(f"rule {rule!r} with law {law!r}")
    if not can_report(by, thing):
        raise Refused(_("This cannot be reported now."), code="closed")
    spend("report", who=by.audit_id if by else f"net {sender}", limit=REPORTS_A_DAY, seconds=DAY)
    row = Report(
        **thing.columns, kind=thing.kind, territory=thing.territory, rule=rule, law=law, words=words,
        email=email, language=language, reporter=by, signs=_signs(thing, words, filling),
    )  # fmt: skip
    Report.objects.bulk_create([row], ignore_conflicts=True)
    kept = Report.objects.filter(uid=row.uid).first()
    if kept is None:
        raise Refused(_("You have reported this already. A moderator will look at it."), code="again")
    audit.record("report.send", kept, by=by, rule=rule, kind=kept.kind, about=thing.source)
    if email and spend_quietly("report-letter", who=email.casefold(), limit=LETTERS_A_DAY, seconds=DAY):
        _write_receipt(kept)
    return kept


def _signs(thing: Thing, words: str, filling: Filling | None) -> dict[str, float]:
    """By the numbers of the screening; the words alone may be short, a copy needs four."""
    rows = Report.objects.filter(made_at__gt=timezone.now() - LATELY).exclude(words="")
    recent = tuple(rows.order_by("-pk").values_list("words", flat=True)[:MOST_RECENT])
    return Scales(thing.territory.pk).signs([words], filling, recent=recent)


def _write_receipt(report: Report) -> None:
    with translation.override(report.language):
        lines = [
            _("Thank you. Your report has the number %(number)d.") % {"number": report.pk},
            _("A moderator of the place reads it and decides. You will get the decision and its reasons."),
            _("Here you see where it stands. Keep this address to yourself:"),
            absolute(receipt_path(report)),
            _("How reports are decided:") + " " + absolute(reverse("home:rules")),
        ]
        subject = _("Your report %(number)d") % {"number": report.pk}
    write_letter(to=report.email, subject=subject, text="\n\n".join(lines))
