"""What waits for translators, one thing beside its original, and what a place cannot read yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.base.languages import current, name_of
from tequio.base.multilingual import digest
from tequio.base.text import clean_text
from tequio.base.translatable import TRANSLATABLE, Translatable, at
from tequio.guards.views import acts_once
from tequio.people.enums import RoleName
from tequio.people.middleware import member, who
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from .adapters.machine import machine
from .enums import Need
from .forms import TranslateForm
from .selectors import queue as selectors
from .selectors.gaps import gaps_of
from .services import suggest
from .services import translate as save
from .types import Wish

# Words of a page that were typed and not saved, while another text of it was.
KEPT = "translations_kept"
EVERY = "all"


@require_safe
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What she may translate: in the places that named her, and what she wrote herself."""
    person = member(request)
    places = selectors.places_of(person)
    code = request.GET.get("place", "")
    place = Territory.objects.filter(code=code).first() if code else None
    offered = selectors.languages_wanted(person, [*places, *([place] if place else [])])
    wish = _wish(request, place, offered)
    languages = _languages(wish, person, offered)
    page = selectors.queue(person, wish, languages, before=request.GET.get("before", ""))
    context = {
        "page": page, "wish": wish, "places": places, "languages": offered, "shown_languages": languages,
        "kinds": list(TRANSLATABLE.values()), "needs": Need.choices, "carry_on": _query(wish), "icons": "translate search",
        "is_translator": bool(places),
    }  # fmt: skip
    return render(request, "translations/queue.html", context)


def _languages(wish: Wish, person: Person, offered: list[str]) -> list[str]:
    if wish.language == EVERY:
        return offered
    return [wish.language] if wish.language else selectors.read_by(person)


def _wish(request: HttpRequest, place: Territory | None, offered: list[str]) -> Wish:
    """What is none of the choices is as if it were not chosen."""

    def chosen(name: str, known: Any) -> str:
        value = request.GET.get(name, "")
        return value if value in known else ""

    return Wish(
        place,
        chosen("kind", TRANSLATABLE),
        chosen("language", [*offered, EVERY]),
        chosen("need", Need.values),
    )


def _query(wish: Wish) -> str:
    parts = {
        "place": wish.place.code if wish.place else "", "kind": wish.kind, "language": wish.language, "need": wish.need,
    }  # fmt: skip
    return urlencode({name: value for name, value in parts.items() if value})


@login_not_required
@require_safe
def gaps(request: HttpRequest, code: str) -> HttpResponse:
    """What a reader of each language finds in the original alone."""
    place = get_object_or_404(Territory, code=code)
    person = who(request)
    context = {
        "territory": place, "places": breadcrumbs(place), "gaps": gaps_of(place), "icons": "translate",
        "may_translate": person is not None and person.holds(RoleName.TRANSLATOR, place),
    }  # fmt: skip
    return render(request, "translations/gaps.html", context)


@acts_once
def translate(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One thing, all its texts beside their originals: saved together or one by one."""
    one, row = _find(request, kind, pk)
    if request.method != "POST":
        return _page(request, one, row, _kept_form(request, one, row))
    form = _form(one, row, request.POST)
    act, _colon, what = request.POST.get("do", "").partition(":")
    if act == "suggest":
        return _page(request, one, row, _with_suggestion(request, one, row, form, what), status=200)
    only = what if act == "save" and what in one.fields_of(row) else ""
    if not form.is_valid() or not form.has_any(only):
        return _page(request, one, row, form, status=422)
    try:
        save(one, row, form.typed(only), by=member(request))
    except Refused as refused:
        if refused.code != "changed":
            raise
        one, row = _find(request, kind, pk)
        return _page(request, one, row, _form(one, row, request.POST).tell(str(refused.reason)), status=422)
    return _saved(request, one, row, form, only)


def _find(request: HttpRequest, kind: str, pk: int) -> tuple[Translatable, Any]:
    one = TRANSLATABLE.get(kind)
    if one is None:
        raise Http404
    row = get_object_or_404(one.found(who(request)), pk=pk)
    if not one.may(who(request), row):
        raise Http404
    return one, row


def _form(one: Translatable, row: Any, data: Any = None) -> TranslateForm:
    return TranslateForm(data, texts=one.texts, values=one.fields_of(row), languages=one.languages_of(row))


def _kept_form(request: HttpRequest, one: Translatable, row: Any) -> TranslateForm:
    """With what she typed into other texts of this page before she saved one."""
    kept = request.session.get(KEPT, {})
    if kept.get("of") != f"{one.kind}:{row.pk}":
        return _form(one, row)
    form = _form(one, row, _form(one, row).completed(kept["words"]))
    form.is_valid()
    return form


def _saved(request: HttpRequest, one: Translatable, row: Any, form: TranslateForm, only: str) -> HttpResponse:
    others = form.untouched_by(only) if only else {}
    if others:
        request.session[KEPT] = {"of": f"{one.kind}:{row.pk}", "words": others}
        messages.success(request, _("That text is saved. What you wrote in the others is not saved yet."))
        return redirect(request.get_full_path())
    request.session.pop(KEPT, None)
    messages.success(request, _("The translations are saved."))
    return redirect(reverse("translations:queue") if "queue" in request.GET else one.path_of(row))


def _with_suggestion(
    request: HttpRequest, one: Translatable, row: Any, form: TranslateForm, what: str
) -> TranslateForm:
    """The form as she typed it, the machine's words in one field of it; nothing is saved."""
    name, _colon, tag = what.partition(":")
    words = form.original_of(name, tag)
    if words is None:
        raise Http404
    text = clean_text(suggest(words, tag, by=member(request)))
    sent = {key: value for key, value in form.sent().items() if not key.endswith("_right")}
    if not text:
        told = _form(one, row, sent)
        told.add_error(
            None, _("The translating machine does not answer now. Nothing is lost; please write it yourself.")
        )
        return told
    sent |= {f"{name}_{tag}": text, f"{name}_{tag}_machine": digest(text)}
    form = _form(one, row, sent)
    form.is_valid()
    said = _("A machine wrote the text in %(language)s. Please read it beside the original before you save.")
    messages.info(request, said % {"language": name_of(tag, current())})
    return form


def _page(
    request: HttpRequest, one: Translatable, row: Any, form: TranslateForm, status: int = 200
) -> HttpResponse:
    item = one.item_of(row)
    place = at(row, one.place)
    context = {
        "form": form, "kind": one, "path": one.path_of(row), "place": place, "places": [*breadcrumbs(place), place],
        "door": item.kind_info.door.value if item else "", "icons": "translate",
        "has_machine": machine() is not None, "has_several": len(form.texts) > 1,
    }  # fmt: skip
    return render(request, "translations/translate.html", context, status=status)
