"""Statements of reasons on their way: a notice to members, a letter where there is an address."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.base.actor import Actor
from tequio.base.links import absolute
from tequio.base.multilingual import Field
from tequio.notifications.enums import Event
from tequio.notifications.services import tell
from tequio.organisations.enums import ACTS_FOR_IT
from tequio.organisations.models import Membership
from tequio.outbox.services import write_letter
from tequio.people.models import Person

from ..enums import Side
from ..models import Appeal, Decision, Report
from ..permissions import can_appeal
from ..selectors.receipts import receipt_path


def tell_decision(decision: Decision, *, by: Actor) -> None:
    """Its author, and everybody whose report it decides. A letter of reasons needs no consent: the law asks for it."""
    for person in _authors(decision):
        _tell_author(person, decision, by)
    for report in Report.objects.filter(decision=decision).select_related("reporter"):
        _tell_reporter(report, decision, by)


def tell_answer(appeal: Appeal, decision: Decision, *, by: Actor) -> None:
    """Both sides hear what came of an appeal."""
    for person in _authors(decision):
        _tell_author(person, decision, by)
    for report in Report.objects.filter(decision=appeal.decision_id).select_related("reporter"):
        _tell_reporter(report, decision, by)


def _authors(decision: Decision) -> list[Person]:
    """Who wrote it; of an organisation those who speak for it today."""
    thing = decision.thing
    if thing is None:
        return []
    if decision.organisation_id is not None:
        rows = Membership.objects.filter(
            organisation=decision.organisation_id, until=None, role__in=ACTS_FOR_IT, person__is_active=True
        )
        return [row.person for row in rows.select_related("person").order_by("pk") if row.person]
    return [thing.author] if thing.author is not None and thing.author.is_active else []


def _tell_author(person: Person, decision: Decision, by: Actor) -> None:
    thing = decision.thing
    _notice(person, decision, by, thing.field if thing else {})
    address = _address(person)
    if address:
        path = reverse("moderation:decision", args=[decision.pk])
        _write(address, person.language, decision, Side.AUTHOR, path)


def _tell_reporter(report: Report, decision: Decision, by: Actor) -> None:
    if report.reporter is not None and report.reporter.is_active:
        _notice(report.reporter, decision, by, {})
    if report.email:
        _write(report.email, report.language, decision, Side.REPORTER, receipt_path(report))


def _notice(person: Person, decision: Decision, by: Actor, words: Field) -> None:
    """`words` are her own: what was hidden is not carried to others by the notice of it."""
    tell(
        person, Event.DECIDED, source=decision.audit_id, territory=decision.territory,
        words=words, occasion=str(person.pk),
        path=reverse("moderation:decision", args=[decision.pk]), by=by,
    )  # fmt: skip


def _address(person: Person) -> str:
    """The primary one of her proven addresses; "" for guests."""
    rows: Iterable[str] = (
        EmailAddress.objects.filter(user=person, verified=True)
        .order_by("-primary", "pk")
        .values_list("email", flat=True)[:1]
    )
    return next(iter(rows), "")


def _write(to: str, language: str, decision: Decision, side: Side, path: str) -> None:
    with translation.override(language):
        context = {
            "decision": decision, "side": side.value, "may_appeal": can_appeal(decision, side),
            "address": absolute(f"/{language}{path[3:]}"), "rules": absolute(reverse("home:rules")),
            "thing": decision.thing,
        }  # fmt: skip
        text = render_to_string("moderation/reasons.txt", context)
        subject = _("A moderator decided: %(measure)s") % {"measure": decision.get_measure_display()}
    write_letter(to=to, subject=subject, text=text)
