"""The site with one more address, /bench/row/: the least that a POST of ours can be, one INSERT and a redirect.

It passes the same middleware, acts once like every other POST, and writes no audit record.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from tequio.config import urls
from tequio.guards.views import acts_once

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


urlpatterns = [path("bench/row/", insert_row, name="bench_row"), *urls.urlpatterns]
