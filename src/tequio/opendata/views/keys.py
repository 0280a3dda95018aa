"""My keys for programs: making one, seeing its secret once, ending one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.text import read_id
from tequio.guards.views import acts_once
from tequio.people.middleware import member

from ..forms import KeyForm
from ..permissions import visible_to
from ..selectors.keys import keys_of
from ..services.keys import end_key, make_key

# The secret waits in the session for the one page that shows it: the stored answer of a form holds no secret.
WAITING = "new_program_key"


@acts_once
def keys(request: HttpRequest) -> HttpResponse:
    person = member(request)
    if request.POST.get("do") == "end":
        end_key(
            get_object_or_404(visible_to(person), pk=read_id(request.POST.get("key", "")) or 0), by=person
        )
        messages.success(request, _("The key is ended. Programs cannot use it any more."))
        return redirect("opendata:keys")
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _make(request, form):
        return redirect("opendata:keys")
    context = {
        "form": form,
        "keys": keys_of(person),
        "secret": request.session.pop(WAITING, "") if request.method == "GET" else "",
    }
    return render(request, "opendata/keys.html", context, status=422 if form.is_bound else 200)


def _make(request: HttpRequest, form: KeyForm) -> bool:
    """False: she has as many as one may have, and the form says so."""
    data = form.cleaned_data
    try:
        _key, secret = make_key(data["name"], data["scopes"], data["days"], by=member(request))
    except Refused as refused:
        if refused.code != "many":
            raise
        form.add_error(None, str(refused.reason))
        return False
    request.session[WAITING] = secret
    return True
