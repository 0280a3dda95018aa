"""What going means, in plain words: read off the rules, so that the page says what is done."""

from __future__ import annotations

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.ideas.deliberation.models import Participant
from tequio.people.models import Person

from ..enums import ErasureState
from ..models import Erasure
from ..types.page import Staying
from ..types.walk import Belonging
from ..types.words import table_name
from .belongings import belongings, rows_of, whose


def what_happens(person: Person) -> tuple[list[str], list[Staying]]:
    """(what is deleted, what stays without her name or is kept, and why), of what she has; one query for all."""
    hers, shown = whose(person), [one for one in belongings() if _goes(one) or _says_why(one)]
    asked = {f"has_{number}": Exists(rows_of(one, hers)) for number, one in enumerate(shown)}
    found = Person.objects.filter(pk=person.pk).annotate(**asked).values(*asked).first() or {}
    there = [one for number, one in enumerate(shown) if found.get(f"has_{number}")]
    going = [table_name(one.model) for one in there if _goes(one)]
    staying = [
        Staying(table_name(one.model), _(one.rule.why), keeps_row=one.rule.erase == "keep")
        for one in there
        if _says_why(one)
    ]
    return going, staying


def _says_why(one: Belonging) -> bool:
    return one.rule.erase != "delete" and bool(one.rule.why) and one.model is not Person


def _goes(one: Belonging) -> bool:
    return one.rule.export and one.rule.erase == "delete" and one.model._meta.app_label != "me"


def answers_of(person: Person) -> int:
    return sum(Participant.objects.filter(person=person).values_list("answers", flat=True))


def waiting_erasure(uid: str) -> Erasure | None:
    """One that can still be called off."""
    rows = Erasure.objects.filter(
        uid=uid, state=ErasureState.WAITING, at_once=False, due_at__gt=timezone.now()
    )
    return rows.select_related("person__home").first()
