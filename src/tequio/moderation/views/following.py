"""What became of a report, the reasons of a decision, and appealing against it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.base.languages import current
from tequio.guards.views import acts_once
from tequio.people.middleware import who

from ..enums import Side
from ..forms import AppealForm
from ..models import Decision, Report
from ..permissions import can_appeal, can_open_desk, decisions_visible_to, moderates, side_of
from ..selectors.desk import signs_in_words
from ..selectors.receipts import receipt_of, report_by
from ..services import appealing


def _report(token: str) -> Report:
    report = report_by(token)
    if report is None:
        raise Http404
    return report


@login_not_required
@never_cache
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the secret address follows the report, without an account."""
    shown = receipt_of(_report(token))
    return render(request, "moderation/receipt.html", {"receipt": shown, "token": token})


@login_not_required
@acts_once
def appeal_by_reporter(request: HttpRequest, token: str) -> HttpResponse:
    report = _report(token)
    shown = receipt_of(report)
    if shown.decision is None or not shown.may_appeal:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        appealing.appeal(
            shown.decision, Side.REPORTER, words=form.cleaned_data["words"], language=current(),
            report=report, by=report.reporter if report.reporter == who(request) else None,
        )  # fmt: skip
        messages.success(request, _("Your appeal is here. Another moderator reads it."))
        return redirect("moderation:receipt", token)
    context = {"form": form, "decision": shown.decision, "back": request.path.removesuffix("appeal/")}
    return render(request, "moderation/appeal.html", context, status=422 if form.is_bound else 200)


def _decision(request: HttpRequest, pk: int) -> Decision:
    rows = decisions_visible_to(who(request)).select_related(
        "territory", "item__territory", "item__author", "item__part_of", "comment__item__territory",
        "comment__author", "organisation__territory", "organisation__made_by",
    ).prefetch_related("reports", "appeals__answer", "answered__decision__reports")  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@login_not_required
@never_cache
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement of reasons, for whom it concerns: author, who reported it, moderators of the place."""
    person, found = who(request), _decision(request, pk)
    side = side_of(person, found)
    appeals = list(found.appeals.all())
    own = [one for one in appeals if one.side == side and (one.person_id in (None, _id(person)))]
    context: dict[str, Any] = {
        "may_decide": found.thing is not None and can_open_desk(person, found.thing),
        "decision": found, "thing": found.thing, "side": side, "appeal": own[0] if own else None,
        "may_appeal": not own and can_appeal(found, side),
        "signs": signs_in_words(found.signs),
        "first": next((one.decision for one in found.answered.all()), None),
        "shows_thing": side == Side.AUTHOR or moderates(person, found.territory),
    }  # fmt: skip
    return render(request, "moderation/decision.html", context)


def _id(person: Any) -> int | None:
    return person.pk if person is not None else None


@login_not_required
@acts_once
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """By its author, or by a member who reported it."""
    person, found = who(request), _decision(request, pk)
    side = side_of(person, found)
    if person is None or side is None or not can_appeal(found, side):
        raise Http404
    reports = [one for one in found.reports.all() if one.reporter_id == person.pk]
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        appealing.appeal(
            found, side, words=form.cleaned_data["words"], language=current(),
            report=reports[0] if side == Side.REPORTER else None, by=person,
        )  # fmt: skip
        messages.success(request, _("Your appeal is here. Another moderator reads it."))
        return redirect("moderation:decision", pk)
    context = {"form": form, "decision": found, "back": request.path.removesuffix("appeal/")}
    return render(request, "moderation/appeal.html", context, status=422 if form.is_bound else 200)
