"""Signing a process that members of a place want to open."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.links import absolute
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.selectors import breadcrumbs

from ..models import Process
from ..permissions import can_organise, can_read, can_sign, under_signature
from ..selectors.backing import signatures_of
from ..selectors.page import process_page
from ..services.backing import sign_process, take_signature_back


@login_not_required
@acts_once
def sign(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Read it, see how many are missing, sign; once it is open this leads to its page."""
    rows = under_signature(uid).select_related("item__territory", "item__author", "item__organisation")
    process = get_object_or_404(rows, signing=uid)
    person, item = who(request), process.item
    if process.waits_for_reading:
        return _waits(request, process)
    if not process.is_gathering:
        return redirect("processes:detail", process.pk)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    signatures = signatures_of(process, person)
    may_take_back = signatures.is_hers and item.author_id != getattr(person, "pk", None)
    if do == "sign" and can_sign(person, process):
        opened = sign_process(process, by=member(request))
        messages.success(request, _("It is open. Thank you.") if opened else _("You have signed. Thank you."))
        return redirect("processes:sign", uid)
    if do == "back" and may_take_back:
        take_signature_back(process, by=member(request))
        messages.success(request, _("Your signature is taken back."))
        return redirect("processes:sign", uid)
    context = {
        "process": process,
        "item": item,
        "page": process_page(person, process),
        "signatures": signatures,
        "may_sign": can_sign(person, process) and not signatures.is_hers,
        "may_take_back": may_take_back,
        "may_organise": can_organise(person, process),
        "may_report": item.author_id != getattr(person, "pk", None),
        "link": absolute(request.path),
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }
    return render(request, "processes/sign.html", context, status=422 if request.method == "POST" else 200)


def _waits(request: HttpRequest, process: Process) -> HttpResponse:
    """Nobody signs it yet. Its words are read by whoever looks after it and by the moderators alone."""
    person, item = who(request), process.item
    if request.method == "POST":
        messages.info(request, _("A moderator reads it first. Nobody can sign it before."))
        return redirect("processes:sign", process.signing)
    context = {
        "process": process,
        "item": item,
        "page": process_page(person, process) if can_read(person, process) else None,
        "may_organise": can_organise(person, process),
        "link": absolute(request.path),
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }
    return render(request, "processes/sign_waits.html", context)
