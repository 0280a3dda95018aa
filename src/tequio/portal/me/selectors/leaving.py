"""What going means, in plain words: read off the rules, so that the page says what is done."""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.ideas.deliberation.models import Participant
from tequio.people.models import Person

from ..enums import ErasureState
from ..models import Erasure
from ..types.page import Staying
from ..types.walk import Belonging, Whose
from ..types.words import table_name
from .belongings import belongings, rows_of, whose


def staying(person: Person) -> list[Staying]:
    """What of hers is not deleted but loses her name, or is kept, and why; only what she has."""
    hers = whose(person)
    return [
        Staying(table_name(one.model), _(one.rule.why), keeps_row=one.rule.erase == "keep")
        for one in belongings()
        if _says_why(one) and rows_of(one, hers).exists()
    ]


def going(person: Person) -> list[str]:
    """What is deleted, of what she has."""
    hers = whose(person)
    return [table_name(one.model) for one in belongings() if _goes(one, hers)]


def _says_why(one: Belonging) -> bool:
    return one.rule.erase != "delete" and bool(one.rule.why) and one.model is not Person


def _goes(one: Belonging, hers: Whose) -> bool:
    model: type[Model] = one.model
    is_shown = one.rule.export and one.rule.erase == "delete" and model._meta.app_label != "me"
    return is_shown and rows_of(one, hers).exists()


def answers_of(person: Person) -> int:
    return sum(Participant.objects.filter(person=person).values_list("answers", flat=True))


def waiting_erasure(uid: str) -> Erasure | None:
    """One that can still be called off."""
    rows = Erasure.objects.filter(uid=uid, state=ErasureState.WAITING, at_once=False, due_at__gt=timezone.now())
    return rows.select_related("person__home").first()
