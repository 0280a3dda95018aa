from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from .permissions import can_translate, visible_to
from .selectors import phases_of, step_of


@login_not_required
def process_detail(request: HttpRequest, pk: int) -> HttpResponse:
    process = get_object_or_404(
        visible_to(who(request)).select_related("item__territory", "item__discussion", "item__part_of"),
        pk=pk,
    )
    item = process.item
    phases = phases_of(process.pk, person=who(request))
    number, now = step_of(phases)
    context = {
        "process": process,
        "item": item,
        "phases": phases,
        "now": now,
        "step_number": number,
        "talk": brief_talk(item, who(request)),
        "thread": thread_of(who(request), item),
        "ways": ways_on(who(request), "process", item),
        "can_translate": can_translate(who(request), process),
        "door": "ideas",
        "places": [*breadcrumbs(item.territory), item.territory],
    }
    return render(request, "processes/process_detail.html", context)
