"""The pages about the API; and its operations, which stand outside languages and take no cookie."""

from __future__ import annotations

from django.urls import path

from .api import api, guide
from .api.opening import opened
from .views import keys

app_name = "opendata"
urlpatterns = [
    path("api/", guide.guide, name="guide"),
    path("account/keys/", keys.keys, name="keys"),
]

_patterns, _app, _namespace = api.urls
operations = (opened(_patterns), _app, _namespace)
