"""Bringing a conversation from another place: its files, then a page that says how far it is."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.languages import current
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.selectors import breadcrumbs

from ..enums import ImportState
from ..forms.importing import ImportForm
from ..models import ConversationImport
from ..permissions import imports_visible_to, visible_to
from ..selectors.import_troubles import say_expected, say_file, say_found, say_trouble
from ..selectors.organising import main_place, places_to_open
from ..services import importing as services


@acts_once
def import_new(request: HttpRequest) -> HttpResponse:
    places = places_to_open(who(request))
    if not places:
        raise Http404
    is_sent = request.method == "POST"
    form = ImportForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, places=places,
        initial={"language": current(), "territory": main_place(who(request))},
    )  # fmt: skip
    if is_sent and form.is_valid():
        data = form.cleaned_data
        row = services.ask_for_import(
            form.contents(), territory=form.place, language=data["language"], question=data["question"],
            licence=data["licence"], by=member(request),
        )  # fmt: skip
        return redirect("deliberation:import_detail", row.uid)
    context = {"form": form, "places": [], "door": "ideas"}
    return render(request, "deliberation/import_form.html", context, status=422 if form.errors else 200)


@acts_once
def import_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(
        imports_visible_to(who(request)).select_related("territory", "conversation__item"), uid=uid
    )
    if request.method == "POST":
        return _decide(request, row)
    is_asked = row.state == ImportState.WAITING and bool(row.trouble)
    earlier = (
        visible_to(who(request)).select_related("item").filter(pk=row.trouble["same_as"]) if is_asked else []
    )
    has_failed = row.state == ImportState.FAILED
    trouble = row.trouble if has_failed else {}
    context = {
        "row": row,
        "places": [*breadcrumbs(row.territory), row.territory],
        "is_asked": is_asked,
        "earlier": next(iter(earlier), None),
        "is_running": row.state not in services.OVER and not is_asked,
        "percent": round(100 * row.done / row.total) if row.total else 0,
        "trouble": say_trouble(trouble) if has_failed else "",
        "details": trouble if "file" in trouble else None,
        "file": say_file(trouble.get("file", "")),
        "expected": say_expected(trouble.get("expected", "")),
        "found": say_found(trouble.get("found", "")),
        "door": "ideas",
    }
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(
        request, "deliberation/_import.html" if is_part else "deliberation/import_detail.html", context
    )


def _decide(request: HttpRequest, row: ConversationImport) -> HttpResponse:
    if request.POST.get("do") == "again":
        services.import_again(row, by=member(request))
        return redirect("deliberation:import_detail", row.uid)
    services.drop_import(row, by=member(request))
    messages.info(request, _("Nothing was imported. The files are deleted."))
    return redirect("deliberation:import_new")
