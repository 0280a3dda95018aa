"""Writing, answering, changing, taking back and marking: pages of their own, never kept."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.multilingual import original_language, original_text
from tequio.base.trap import filling_of, filling_of_change
from tequio.catalogue.enums import Bar, Comments
from tequio.catalogue.models import Item
from tequio.guards.views import acts_once
from tequio.people.middleware import begin, who

from .. import permissions
from ..enums import CommentState, Side
from ..forms import CommentForm, EditForm, MarkForm
from ..models import Comment
from ..selectors.reading import said_of
from ..services.marking import mark_useful, take_mark_back
from ..services.writing import edit_comment, withdraw_comment, write_comment
from .reading import around, find_comment, find_item

ON_THE_FIELD = {"name": "name", "side": "side"}


@login_not_required
@acts_once
def write(request: HttpRequest, pk: int) -> HttpResponse:
    item = find_item(request, pk)
    return _write(request, item, None)


@login_not_required
@acts_once
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    comment = find_comment(request, pk)
    if comment.reply_to_id is not None or not comment.is_shown:
        raise Http404
    return _write(request, comment.item, comment)


def _write(request: HttpRequest, item: Item, above: Comment | None) -> HttpResponse:
    person = who(request)
    if not permissions.can_comment(person, item):
        return _not_now(request, item)
    form = CommentForm(
        request.POST or None, languages=languages_of(item),
        has_sides=above is None and item.comments == Comments.FOR_AND_AGAINST,
        initial={"name": person.name if person else "", "side": request.GET.get("side", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and (comment := _send(request, item, above, form)):
        return redirect("discussions:comment", comment.pk)
    context = {
        "form": form, "above": said_of(above, item, person) if above else None, "sides": Side.choices,
        "reads_first": permissions.rules_of(item).reads_first, **around(item),
    }  # fmt: skip
    return render(request, "discussions/write.html", context, status=422 if form.is_bound else 200)


def languages_of(item: Item) -> list[str]:
    return [*item.languages, *item.territory.languages]


def _send(request: HttpRequest, item: Item, above: Comment | None, form: CommentForm) -> Comment | None:
    """Save it. None: the service found something the form could not know, and the form says so."""
    data = form.cleaned_data
    try:
        comment = write_comment(
            item, data["text"], language=data["language"], side=data.get("side", ""), reply_to=above,
            name=data["name"], filling=filling_of(request), by=begin(request),
        )  # fmt: skip
    except Refused as refused:
        if refused.code not in ON_THE_FIELD:
            raise
        form.add_error(ON_THE_FIELD[refused.code], str(refused.reason))
        return None
    messages.success(request, _said(comment))
    return comment


def _said(comment: Comment) -> str:
    if comment.state == CommentState.HELD:
        return _("Thank you. It is shown once a moderator has read it. Here you see what becomes of it.")
    return _("Thank you. Everybody can read it now.")


def _not_now(request: HttpRequest, item: Item) -> HttpResponse:
    """Closed, or not for her: the page says which, and what can be done instead."""
    keeps = permissions.commenting_bar(who(request), item) if permissions.is_open(item) else Bar.NOW
    context = {"bar": keeps, "rules": permissions.rules_of(item), **around(item)}
    context["organisation_id"] = permissions.organisation_of(item)
    return render(request, "discussions/not_now.html", context, status=403)


def _said_of_change(comment: Comment) -> str:
    if comment.state == CommentState.HELD:
        return _("Your change is kept and waits. It is shown once a moderator has read it.")
    return _("Your comment was changed. What it was stays readable.")


@login_not_required
@acts_once
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = find_comment(request, pk)
    person = who(request)
    if person is None or not permissions.can_edit(person, comment):
        raise Http404
    form = EditForm(request.POST or None, initial={"text": original_text(comment.words)})
    if request.method == "POST" and form.is_valid():
        comment = edit_comment(
            comment, form.cleaned_data["text"], filling=filling_of_change(request), by=person
        )
        messages.success(request, _said_of_change(comment))
        return redirect("discussions:comment", pk)
    context = {
        "form": form, "comment": comment, "written_in": original_language(comment.words), **around(comment.item)
    }  # fmt: skip
    return render(request, "discussions/edit.html", context, status=422 if form.is_bound else 200)


@login_not_required
@acts_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    comment = find_comment(request, pk)
    person = who(request)
    if person is None or not permissions.can_withdraw(person, comment):
        raise Http404
    if request.method == "POST":
        withdraw_comment(comment, by=person)
        messages.success(request, _("You took your comment back."))
        return redirect("discussions:comment", pk)
    said = said_of(comment, comment.item, person, is_whole=True)
    return render(request, "discussions/withdraw.html", {"said": said, **around(comment.item)})


@login_not_required
@acts_once
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """`?mark=` shows the page on which a visitor confirms; whoever has begun presses the button on the list."""
    item = find_item(request, pk)
    form = MarkForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        if request.method != "POST":
            raise Http404
        return render(request, "discussions/useful.html", {"said": None, **around(item)}, status=422)
    comment = _markable(request, item, form.comment)
    if request.method == "POST":
        person = begin(request)
        if form.cleaned_data["unmark"]:
            take_mark_back(comment, by=person)
        else:
            mark_useful(comment, by=person)
        return redirect(_back(comment, form.cleaned_data["back"]))
    said = said_of(comment, item, who(request), is_whole=True)
    return render(request, "discussions/useful.html", {"said": said, **around(item)})


def _back(comment: Comment, where: str) -> str:
    """To where the button stood; the list may have moved on, then to the top of it."""
    paths = {"item": comment.item.path, "list": reverse("discussions:discussion", args=[comment.item_id])}
    return f"{paths[where]}#c{comment.pk}" if where in paths else comment.path


def _markable(request: HttpRequest, item: Item, pk: int) -> Comment:
    comments = permissions.visible_to(who(request)).filter(item=item).select_related("author")
    comment = get_object_or_404(comments, pk=pk)
    comment.item = item
    if not permissions.can_mark(who(request), comment):
        raise Http404
    return comment
