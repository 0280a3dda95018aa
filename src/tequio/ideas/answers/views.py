from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
