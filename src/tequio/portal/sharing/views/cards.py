"""Pictures of pages: the same for everybody, so only of what everybody may see."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.catalogue.permissions import visible_to
from tequio.organisations.permissions import visible_to as visible_organisations
from tequio.territories.models import Territory

from ..adapters.card_picture import Card
from ..services import DRAWER


@login_not_required
def item_card(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(visible_to(None).select_related("territory"), pk=pk)
    card = Card(
        kind=str(item.kind_info.word), title=read(item.title, current()).text, place=str(item.territory.title),
        foot=settings.PUBLIC_HOST, door=item.kind_info.door.value,
    )  # fmt: skip
    return _answer(card)


@login_not_required
def place_card(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Territory, code=code)
    return _answer(Card(str(place.get_kind_display()), str(place.title), "", settings.PUBLIC_HOST))


@login_not_required
def organisation_card(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(
        visible_organisations(None).filter(hidden_by="").select_related("territory"), pk=pk
    )
    card = Card(str(one.get_kind_display()), str(one.title), str(one.territory.title), settings.PUBLIC_HOST)
    return _answer(card)


def _answer(card: Card) -> HttpResponse:
    try:
        return HttpResponse(DRAWER.picture(card), content_type="image/png")
    except Refused as refused:
        answer = HttpResponse(str(refused.reason), content_type="text/plain; charset=utf-8", status=503)
        answer["Retry-After"] = "5"
        answer["Cache-Control"] = "no-store"
        return answer
