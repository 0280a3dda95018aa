"""The decorator of every view that accepts a POST: it acts once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.base.errors import Refused

from . import services

# What a session holds of somebody who is not signed in: opaque ids, given again with a stored answer.
CARRIED = ("guest", "door")
LONGEST_AGENT = 400
SIGN_IN_AGAIN = timedelta(minutes=15)
View = Callable[..., HttpResponse]


def acts_once(view: View) -> View:
    """POST takes effect once per form key; a redirect is its answer, anything else asks again.

    The view redirects when it is done and may say something by `messages`; both are stored and given
    again to whoever sends the same form twice. GET passes through; the page is never kept.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get("form_key", "")
        if not services.KEY.match(key):
            return _say(request, _("This form is incomplete. Please go back and send it again."), 400)
        try:
            return _act(view, request, key, args, kwargs)
        except services.InFlight:
            answer = _say(request, _("It is still being saved. Please look again in a moment."), 409)
            answer["Retry-After"] = "3"
            return answer
        except services.KeyReused as reused:
            return _say(request, _("This form was already sent."), 409, to=(reused.answer or {}).get("to"))
        except Refused as refused:
            return _say(request, str(refused.reason), 429 if refused.code == "too_often" else 403)

    guarded.acts_once = True  # type: ignore[attr-defined]
    guarded.answered_before = answered_before  # type: ignore[attr-defined]
    return never_cache(guarded)


def acts_by_token(view: View) -> View:
    """POST takes effect by a signed token in the address alone: no cookie, no form key, and none is read.

    For mail programs that post what a header of a letter says (RFC 8058). What it does must be the same done
    twice, and must be nothing that a third person could want to do to somebody.
    """
    view.acts_by_token = True  # type: ignore[attr-defined]
    return view


def answered_before(request: HttpRequest) -> HttpResponse | None:
    """The stored answer to a form that was sent before, by somebody whom it signed out or erased."""
    key = request.POST.get("form_key", "")
    if not services.KEY.match(key):
        return None
    try:
        sent = services.find_sent(**_as_sent(request, key))
    except services.KeyReused:
        return None
    return None if sent is None else _stored_answer(request, sent)


def _as_sent(request: HttpRequest, key: str) -> dict[str, str]:
    return {"who": sender(request), "key": key, "url": request.path[:500], "body": _digest_body(request)}


def _stored_answer(request: HttpRequest, sent: services.Sent) -> HttpResponse:
    return _answer_again(request, sent.answer or {}, timezone.now() - sent.row.at)


def _act(
    view: View, request: HttpRequest, key: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    with services.once(**_as_sent(request, key)) as sent:
        if sent.answer is not None:
            return _stored_answer(request, sent)
        request.redraws_form = True  # type: ignore[attr-defined]
        before = request.user.pk
        response = view(request, *args, **kwargs)
        if response.status_code not in (302, 303):
            sent.forget()
            return response
        said = messages.get_messages(request)
        sent.answer = {
            "to": response["Location"],
            "say": [[message.level, str(message)] for message in said],
            **{name: request.session.get(name) for name in CARRIED},
            "member": request.user.pk if request.user.pk != before else None,
        }
        said.used = False  # type: ignore[union-attr]
        sent.person = getattr(getattr(request, "person", None), "audit_id", "")
        return response


def _answer_again(request: HttpRequest, answer: dict[str, Any], age: timedelta) -> HttpResponse:
    """The retry of a browser that never got its cookies also gets the guest or the member it became.

    A browser that did get them has another CSRF cookie since it signed in or out, and is another sender.
    """
    _see_newest_session(request)
    for name in CARRIED:
        if answer.get(name) and name not in request.session:
            request.session[name] = answer[name]
    if answer.get("member") and not request.user.is_authenticated and age < SIGN_IN_AGAIN:
        member = get_user_model()._default_manager.filter(pk=answer["member"], is_active=True).first()
        if member is not None:
            login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    for level, words in answer.get("say", []):
        messages.add_message(request, level, words)
    return redirect(answer.get("to", "/"))


def _see_newest_session(request: HttpRequest) -> None:
    """It was read before the first sender was done: what that one wrote into it must not be written over."""
    if hasattr(request.session, "_session_cache"):
        del request.session._session_cache


def _say(request: HttpRequest, words: str, status: int, to: str | None = None) -> HttpResponse:
    return render(request, "base/said.html", {"words": words, "to": to}, status=status)


def sender(request: HttpRequest) -> str:
    """Hash of the CSRF cookie: there before the guest is, survives her beginning."""
    return hashlib.sha256(request.COOKIES.get("csrftoken", "").encode()).hexdigest()


def network_of(request: HttpRequest) -> str:
    """The network a request comes from, for counting: an IPv4 address, or the /64 of an IPv6 one.

    X-Forwarded-For is believed from right to left as long as the one who says it is a declared proxy.
    """
    address = request.META.get("REMOTE_ADDR", "")
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while said and _is_proxy(address):
        address = said.pop()
    try:
        number = ip_address(address)
    except ValueError:
        return "unknown"
    number = getattr(number, "ipv4_mapped", None) or number
    return str(ip_network((number, 64), strict=False) if number.version == 6 else number)


def agent_of(request: HttpRequest) -> str:
    """What the browser says it is."""
    return request.headers.get("User-Agent", "")[:LONGEST_AGENT]


def _is_proxy(address: str) -> bool:
    try:
        number = ip_address(address)
    except ValueError:
        return False
    return any(number in network for network in settings.PROXIES)


def _digest_body(request: HttpRequest) -> str:
    """Of the sorted fields and the files' bytes; never the raw body, whose boundary and token change."""
    digest = hashlib.sha256()
    for name in sorted(request.POST):
        if name not in ("csrfmiddlewaretoken", "form_key"):
            digest.update(repr((name, request.POST.getlist(name))).encode("utf-8", "surrogatepass"))
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(repr((name, upload.name)).encode("utf-8", "surrogatepass"))
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()
