"""Django with one view that says "ok" and nothing around it: what pages are measured against."""

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    SECRET_KEY="only-for-measuring",
    DATABASES={},
)
django.setup()


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", headers={"Content-Length": "2"})


urlpatterns = [path("", empty)]

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
