"""Words that officers of a place use again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field, all_texts
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import Decision
from ..models import AnswerTemplate
from ..permissions import can_keep_templates
from ..types import unknown_blanks


@transaction.atomic
def save_template(
    territory: Territory,
    *,
    name: str,
    decision: str,
    reasons: Field,
    template: AnswerTemplate | None = None,
    by: Person,
) -> AnswerTemplate:
    """A new one, or `template` with other words. Refused with the code "name" where the place has one of that name."""
    if not can_keep_templates(by, territory):
        raise Refused(_("Only stewards of this place keep its templates."))
    if decision not in Decision.values or any(unknown_blanks(text) for text in all_texts(reasons)):
        raise ValueError("unknown decision or blank")
    row = template or AnswerTemplate(territory=territory)
    row.name, row.decision, row.reasons, row.changed_at = name, decision, reasons, timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("There is a template with this name here already."), code="name") from None
    audit.record("answer_template.save", row, by=by, decision=str(decision))
    return row


@transaction.atomic
def delete_template(template: AnswerTemplate, *, by: Person) -> None:
    """Answers that were written with it stay as they are."""
    if not can_keep_templates(by, template.territory):
        raise Refused(_("Only stewards of this place keep its templates."))
    audit.record("answer_template.delete", template, by=by)
    template.delete()
