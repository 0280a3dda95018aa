"""What the organiser does with a statement, and why."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.guards.services import page_changed
from tequio.notifications.services import withdraw_notices
from tequio.people.models import Person

from ..enums import Uptake
from ..models import Statement, StatementAnswer
from ..permissions import can_organise
from .notices import source_of_answer, tell_of_answer


@transaction.atomic
def answer_for(statement: Statement, uptake: str, text: Field, *, by: Person) -> StatementAnswer:
    """Say what becomes of a shown statement; saying it again replaces what was said."""
    if uptake not in Uptake.values:
        raise ValueError(f"unknown uptake: {uptake!r}")
    _lock(statement, by)
    if not statement.item.is_shown:
        raise Refused(_("Only statements that are shown can be answered."))
    answer, _made = StatementAnswer.objects.update_or_create(
        statement=statement, defaults={"uptake": uptake, "text": text, "by": by, "at": timezone.now()}
    )
    tell_of_answer(statement, answer, by=by)
    audit.record("statement.uptake", statement, by=by, uptake=uptake)
    page_changed()
    return answer


@transaction.atomic
def take_answer_back(statement: Statement, *, by: Person) -> None:
    """Leave it open again what becomes of the statement."""
    _lock(statement, by)
    StatementAnswer.objects.filter(statement=statement).delete()
    withdraw_notices(source_of_answer(statement), by=by)
    audit.record("statement.uptake", statement, by=by, uptake="")
    page_changed()


def _lock(statement: Statement, by: Person) -> None:
    if not can_organise(by, statement.conversation):
        raise Refused(_("Only those who look after this conversation can answer for it."))
    Statement.objects.select_for_update().get(pk=statement.pk)
