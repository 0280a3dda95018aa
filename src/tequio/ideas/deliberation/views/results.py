"""What a conversation says so far: results, the numbers behind them, their history, a hall's wall."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tequio.algorithms.opinion_map import VERSION, Parameters
from tequio.base.explained import explanation
from tequio.base.languages import current
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from ..models import Conversation
from ..permissions import can_answer, visible_to
from ..selectors.cohorts import people_set_aside
from ..selectors.hall import code_of
from ..selectors.hall import hall_count as counted
from ..selectors.results import results_page
from ..selectors.tables import SORTS, history_page, numbers_page


def _find(request: HttpRequest, pk: int) -> Conversation:
    """The conversation if she may see it, with what its head shows; else as absent."""
    rows = visible_to(who(request)).select_related("item__territory", "item__count", "item__entry__process")
    return get_object_or_404(rows, pk=pk)


def _context(conversation: Conversation, **more: Any) -> dict[str, Any]:
    return {"conversation": conversation, "item": conversation.item, "door": "ideas", **more}


@login_not_required
def results(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = _find(request, pk)
    person = who(request)
    item = conversation.item
    context = _context(
        conversation,
        page=results_page(conversation, person),
        places=[*breadcrumbs(item.territory), item.territory],
        can_answer=can_answer(person, conversation),
        set_aside=people_set_aside(conversation),
        icons="agree disagree clock download",
    )
    return render(request, "deliberation/results.html", context)


@login_not_required
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = _find(request, pk)
    page = numbers_page(conversation, sort=request.GET.get("sort", ""), page=request.GET.get("page", ""))
    return render(request, "deliberation/numbers.html", _context(conversation, page=page, sorts=SORTS))


@login_not_required
def history(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = _find(request, pk)
    return render(
        request, "deliberation/history.html", _context(conversation, page=history_page(conversation))
    )


@login_not_required
def hall(request: HttpRequest, pk: int) -> HttpResponse:
    return _hall(request, pk, "deliberation/hall.html")


@login_not_required
def hall_count(request: HttpRequest, pk: int) -> HttpResponse:
    """The live part of the wall alone for htmx, the whole wall for a plain request."""
    is_part = getattr(request, "htmx", False)
    return _hall(request, pk, "deliberation/_hall_count.html" if is_part else "deliberation/hall.html")


def _hall(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    conversation = _find(request, pk)
    address = request.build_absolute_uri(reverse("short_conversation", args=[pk]))
    context = _context(
        conversation,
        count=counted(conversation),
        code=code_of(address),
        address=address.split("://", 1)[1].rstrip("/"),
        is_over=conversation.item.is_over,
    )
    return render(request, template, context)


@login_not_required
def algorithm(request: HttpRequest) -> HttpResponse:
    text = explanation("opinion-map", current())
    assert text is not None
    context = {
        "document_title": text.title,
        "body": text.body,
        "body_language": text.language,
        "version": VERSION,
        "parameters": list(Parameters().as_dict().items()),
        "door": "ideas",
    }
    return render(request, "deliberation/algorithm.html", context)


@login_not_required
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """A short address for walls and posters; the language follows the visitor."""
    return redirect("deliberation:detail", pk=pk)
