"""The site with two more addresses.

/bench/row/ is the least that a POST of ours can be, one INSERT and a redirect: it passes the same middleware, acts once
like every other POST, and writes no audit record. /bench/unrecorded/… takes a statement as ever, but leaves no record.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from tequio.audit import services as audit
from tequio.config import urls
from tequio.guards.views import acts_once
from tequio.ideas.deliberation.views.answering import write

handler404 = urls.handler404
TABLE = "CREATE TABLE IF NOT EXISTS bench_row (id bigserial PRIMARY KEY, person bigint, text text, at timestamptz)"


@login_not_required
@acts_once
def insert_row(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_row (person, text, at) VALUES (%s, %s, now())",
            [request.session.get("guest"), request.POST.get("text", "")],
        )
    return redirect("/en/")


@wraps(write)  # what takes a POST is marked as acting once
def write_unrecorded(request: HttpRequest, pk: int) -> HttpResponse:
    """One request at a time: the record is left out for all of them meanwhile."""
    kept, audit.record = audit.record, lambda *about, **data: None
    try:
        return write(request, pk)
    finally:
        audit.record = kept


urlpatterns = [
    path("bench/row/", insert_row, name="bench_row"),
    path("bench/unrecorded/<int:pk>/", write_unrecorded, name="bench_unrecorded"),
    *urls.urlpatterns,
]
