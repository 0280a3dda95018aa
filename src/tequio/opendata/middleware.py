"""Under /api/ everything is answered in JSON, also what went wrong before or beside the operations."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PATH = "/api/"
SAID: dict[int, tuple[str, str | Promise]] = {
    400: ("bad_request", _("The request cannot be read: send JSON in UTF-8.")),
    403: ("refused", _("This is not allowed.")),
    404: ("not_found", _("There is nothing here that you may see.")),
    405: ("method", _("This address does not take this method.")),
    413: ("too_large", _("This is more than the address takes.")),
    503: ("away", _("The database is away for a moment. Please try again.")),
}
OURS = ("server_error", _("Something went wrong on our side."))


class ProblemsInJson:
    """Stands in front of what answers with pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_ours = request.path_info.startswith(PATH) and response.status_code >= 400
        if not is_ours or response.get("Content-Type", "").startswith("application/json"):
            return response
        code, words = SAID.get(response.status_code, OURS)
        with translation.override(translation.get_language_from_request(request)):
            document = {"code": code, "message": str(words), "fields": []}
        kept = {name: response[name] for name in ("Retry-After", "Allow") if name in response}
        answer = JsonResponse(document, status=response.status_code, headers=kept)
        answer["Cache-Control"] = "no-store"
        return answer
