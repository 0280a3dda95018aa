"""A result as anybody reads it, and the question to those who asked for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.guards.views import acts_once
from tequio.notifications.selectors.pages import follows_item
from tequio.people.middleware import who

from ..forms.results import JudgeForm
from ..permissions import can_translate
from ..selectors.results import question_for, result_page
from ..services.judging import judge as save_judgement
from .finding import find_result, page, places_of


@login_not_required
@require_safe
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = who(request)
    result = find_result(request, pk)
    item = result.item
    return page(
        request, "result_detail.html", result=result, item=item, shown=result_page(result, person),
        places=places_of(item.territory), thread=thread_of(person, item), ways=ways_on(person, "result", item),
        talk=brief_talk(item, person), is_followed=follows_item(person, item),
        can_translate=can_translate(person, result), shows_original="original" in request.GET,
        icons="comment translate bell agree clock",
    )  # fmt: skip


@login_not_required
@acts_once
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who asked; everybody else reads for whom it is, and can follow."""
    person = who(request)
    result = find_result(request, pk)
    question = question_for(result, person)
    context: dict[str, Any] = {
        "result": result,
        "item": result.item,
        "places": places_of(result.item.territory),
        "icons": "bell",
    }
    if person is None or not question.may_judge:
        return page(request, "not_asked.html", status=403, is_followed=False, **context)
    own = question.own
    initial = {"verdict": own.verdict, "words": own.words} if own else {}
    form = JudgeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_judgement(result, form.cleaned_data["verdict"], words=form.cleaned_data["words"], by=person)
        messages.success(request, _("Thank you. You can change it at any time."))
        return redirect(result.item.path)
    return page(request, "judge.html", form=form, question=question, **context)
