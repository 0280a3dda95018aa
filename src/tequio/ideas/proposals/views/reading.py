"""Ideas as anybody reads them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.catalogue.enums import Bar
from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.consent.enums import Purpose
from tequio.consent.types import current_text
from tequio.discussions.selectors.reading import brief_talk
from tequio.ideas.answers.selectors.standing import on_thread, standing_of
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
    thread = thread_of(person, item)
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
        "thread": thread,
        "ways": ways_on(person, "idea", item),
        "talk": brief_talk(item, person),
        "is_followed": vars(idea)["is_followed"],
        "shows_original": "original" in request.GET,
        "saves_data": request.headers.get("Save-Data") == "on",
        "answer": standing_of(item, person, results=on_thread(thread)) if item.is_shown else None,
        "icons": "support comment translate bell flag clock",
    }
    return render(request, "proposals/idea_detail.html", context)
