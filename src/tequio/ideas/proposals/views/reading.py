"""Ideas as anybody reads them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.consent.enums import Purpose
from tequio.consent.types import current_text
from tequio.discussions.selectors.reading import brief_talk
from tequio.files.selectors import rendition_of
from tequio.files.views import serve
from tequio.ideas.answers.selectors.standing import standing_of
from tequio.ideas.processes.enums import Bar
from tequio.people.middleware import who

from .. import permissions
from ..selectors.detail import idea_page
from .finding import around, find_idea


@login_not_required
@require_safe
def idea_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person, idea = who(request), find_idea(request, pk)
    item = idea.item
    takes_supports = permissions.takes_supports(idea)
    bar = permissions.supporting_bar(person, idea) if takes_supports else Bar.NONE
    context = {
        **around(idea),
        "page": idea_page(person, idea),
        "takes_supports": takes_supports,
        "bar": bar.value,
        "consent": current_text(Purpose.IDEAS),
        "can": {
            "edit": permissions.can_edit(person, idea),
            "send": permissions.can_send(person, idea),
            "withdraw": permissions.can_withdraw(person, idea),
            "merge": permissions.can_merge(person, idea) or permissions.can_unmerge(person, idea),
            "split": permissions.can_split(person, idea),
            "invite": permissions.can_invite(person, idea),
            "translate": permissions.can_translate(person, idea),
        },
        "thread": thread_of(person, item),
        "ways": ways_on(person, "idea", item),
        "talk": brief_talk(item, person),
        "is_followed": vars(idea)["is_followed"],
        "shows_original": "original" in request.GET,
        "saves_data": request.headers.get("Save-Data") == "on",
        "answer": standing_of(item, person) if item.is_shown else None,
        "icons": "support comment translate bell flag clock",
    }
    return render(request, "proposals/idea_detail.html", context)


@login_not_required
@require_safe
def picture(request: HttpRequest, pk: int, picture: int, width: int) -> HttpResponseBase:
    """A copy of one of its pictures, to whoever may see the idea."""
    idea = get_object_or_404(permissions.visible_to(who(request)), pk=pk)
    shown = get_object_or_404(idea.item.illustrations.all(), pk=picture)
    rendition = rendition_of(shown.file_id, width=width)
    if rendition is None:
        raise Http404
    return serve(rendition, request)
