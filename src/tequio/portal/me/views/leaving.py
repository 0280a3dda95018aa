from __future__ import annotations

import time
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.base.actor import SYSTEM
from tequio.guards.views import acts_once
from tequio.people.middleware import who

from ..enums import ErasureState
from ..forms import CodeForm, LeaveForm
from ..models import Erasure
from ..permissions import erasures_visible_to
from ..selectors.leaving import answers_of, waiting_erasure, what_happens
from ..selectors.mine import address_of, zone_of
from ..services.erasing import SALT, ask_erasure, call_off, prove_erasure

# Where the door notes that somebody has just proved herself once more, and for how long that counts.
PROVED, PROVEN_SECONDS = "proved", 3600


@login_not_required
@acts_once
def leave(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then a code proves that it is she. A guest needs none."""
    person = who(request)
    if person is None:
        return render(request, "me/leave_nobody.html")
    has_address = bool(address_of(person))
    is_proven = time.time() - request.session.get(PROVED, 0) < PROVEN_SECONDS
    if person.is_member and not has_address and not is_proven:
        return redirect(f"{reverse('door:prove')}?{urlencode({'next': reverse('me:leave')})}")
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask_erasure(
            person, takes_answers=form.cleaned_data["answers"] == "take",
            at_once=form.cleaned_data["when"] == "now", is_proven=is_proven, by=person,
        )  # fmt: skip
        return redirect("me:leave_code") if has_address else _gone(request)
    going, staying = what_happens(person)
    context = {
        "form": form,
        "going": going,
        "staying": staying,
        "answers": answers_of(person),
        "can_wait": has_address,
    }
    return render(request, "me/leave.html", context, status=422 if form.is_bound else 200)


@acts_once
def code(request: HttpRequest) -> HttpResponse:
    row = erasures_visible_to(who(request)).filter(state=ErasureState.ASKED).order_by("-pk").first()
    if row is None:
        return redirect("me:leave")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        right = prove_erasure(row, form.cleaned_data["code"], link=request.build_absolute_uri, by=row.person)
        if right:
            return _gone(request)
        if right is None:
            messages.info(request, _("This code is over. Please ask for another."))
            return redirect("me:leave")
        form.add_error("code", _wrong(row))
    return render(
        request, "me/leave_code.html", {"form": form, "row": row}, status=422 if form.is_bound else 200
    )


def _wrong(row: Erasure) -> str:
    return ngettext(
        "This is not the code of the newest letter. You can try once more.",
        "This is not the code of the newest letter. You can try %(number)d more times.",
        row.tries_left,
    ) % {"number": row.tries_left}


def _gone(request: HttpRequest) -> HttpResponse:
    """Signed out here too; forms on pages that stay open behind the "back" button belong to nobody any more."""
    logout(request)
    rotate_token(request)
    return redirect("me:left")


@login_not_required
@never_cache
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "me/left.html")


@login_not_required
@acts_once
def stay(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter: the account opens again. The link is good until the day of erasing."""
    try:
        row = waiting_erasure(signing.loads(token, salt=SALT))
    except signing.BadSignature as error:
        raise Http404 from error
    if row is None:
        return render(request, "me/stay_over.html", status=410)
    if request.method == "POST":
        call_off(row, by=SYSTEM)
        messages.success(request, _("Your account is open again. Sign in as always."))
        return redirect("door:sign_in")
    return render(request, "me/stay.html", {"row": row, "zone": zone_of(row.person)})
