"""The picture of a conversation: handing it out, and choosing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.files.selectors import picture_of, rendition_of
from tequio.files.services import store_picture
from tequio.files.views import serve
from tequio.guards.views import acts_once
from tequio.people.middleware import member
from tequio.territories.selectors import breadcrumbs

from ..forms.picture import PictureForm
from ..models import Conversation
from ..services.pictures import set_picture, take_picture_away
from .answering import find_conversation
from .organising import organised


@login_not_required
def picture(request: HttpRequest, pk: int, width: int) -> HttpResponseBase:
    """A copy of the conversation's picture, to whoever may see the conversation."""
    rendition = rendition_of(find_conversation(request, pk).item.picture_id, width=width)
    if rendition is None:
        raise Http404
    return serve(rendition, request)


@acts_once
def change_picture(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = organised(request, pk)
    if request.method != "POST":
        return _page(request, conversation, PictureForm(conversation=conversation))
    if request.POST.get("do") == "remove" and conversation.item.picture_id:
        take_picture_away(conversation, by=member(request))
        messages.success(request, _("The picture is gone."))
        return redirect("deliberation:detail", pk)
    form = PictureForm(request.POST, request.FILES, conversation=conversation)
    if not form.is_valid() or not _save(request, conversation, form):
        return _page(request, conversation, form)
    messages.success(request, _("The picture is shown with the conversation."))
    return redirect("deliberation:detail", pk)


def _save(request: HttpRequest, conversation: Conversation, form: PictureForm) -> bool:
    """False where the upload was not taken; the form then says why."""
    person, upload = member(request), form.cleaned_data["picture"]
    try:
        stored = store_picture(upload, by=person) if upload else None
    except Refused as refused:
        if refused.code == "too_often":
            raise
        form.add_error("picture", str(refused.reason))
        return False
    set_picture(conversation, stored, form.words(by=person.shown_name), by=person)
    return True


def _page(request: HttpRequest, conversation: Conversation, form: PictureForm) -> HttpResponse:
    item = conversation.item
    context = {
        "form": form,
        "conversation": conversation,
        "item": item,
        "places": [*breadcrumbs(item.territory), item.territory],
        "picture": picture_of(item.picture_id),
        "door": "ideas",
    }
    return render(request, "deliberation/picture_form.html", context, status=422 if form.errors else 200)
