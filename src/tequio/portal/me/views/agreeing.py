from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.consent.selectors import history_of, standings
from tequio.guards.views import acts_once
from tequio.ideas.deliberation.selectors.taking_part import withdrawn_answers
from tequio.people.middleware import who

from ..forms import SwitchForm
from ..selectors.agreeing import facts_of
from ..selectors.leaving import answers_of
from ..selectors.mine import zone_of
from ..services.agreeing import turn_consent


@login_not_required
@acts_once
def consents(request: HttpRequest) -> HttpResponse:
    """A switch for each purpose. Guests too: taking back must be as easy as giving."""
    person = who(request)
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if form.is_bound and person is None:
        raise Http404
    if form.is_valid() and person is not None:
        is_given = form.cleaned_data["do"] == "give"
        answers = turn_consent(person, form.cleaned_data["purpose"], is_given=is_given, by=person)
        messages.success(request, _said(is_given, answers))
        return redirect("me:consents")
    context = {
        "standings": standings(person) if person else [],
        "answers": answers_of(person) if person else 0,
        "taken_back": withdrawn_answers(person),
        "zone": zone_of(person),
    }
    return render(request, "me/consents.html", context, status=422 if form.is_bound else 200)


def _said(is_given: bool, answers: int) -> str:
    if answers and is_given:
        return ngettext(
            "Thank you. %(number)d answer of yours counts again.",
            "Thank you. %(number)d answers of yours count again.",
            answers,
        ) % {"number": answers}
    if answers:
        return ngettext(
            "Taken back. %(number)d answer of yours is not counted any more.",
            "Taken back. %(number)d answers of yours are not counted any more.",
            answers,
        ) % {"number": answers}
    return _("Thank you. You agree to this.") if is_given else _("Taken back.")


@login_not_required
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Every time she said yes or no, in the words of that day."""
    person = who(request)
    context = {"facts": facts_of(history_of(person)), "zone": zone_of(person)}
    return render(request, "me/history.html", context)
