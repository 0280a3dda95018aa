"""“Was this what you asked for?”: one answer each, by those who asked."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.consent.enums import Channel, Purpose
from tequio.consent.services import give
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person

from ..enums import Verdict
from ..models import Judgement, Result
from ..permissions import can_judge

JUDGEMENTS_A_DAY = 100
LONGEST = 500


@transaction.atomic
def judge(result: Result, verdict: str, *, words: str = "", by: Person) -> Judgement:
    """Her word on it, in place of the one before. To say it is an opinion: she agrees to its text by sending."""
    if verdict not in Verdict.values or len(words) > LONGEST:
        raise ValueError(f"unknown verdict or too many words: {verdict!r}, {len(words)}")
    if not can_judge(by, result):
        raise Refused(_("This question is for those who follow it or asked for it."))
    spend("judgement", who=by.audit_id, limit=JUDGEMENTS_A_DAY, seconds=86_400)
    give(by, Purpose.OPINIONS, language=current(), channel=Channel.WEB, by=by)
    row = Judgement(result=result, person=by, verdict=verdict, words=words, at=timezone.now())
    Judgement.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["result", "person"],
        update_fields=["verdict", "words", "at"],
    )
    saved = Judgement.objects.get(result=result, person=by)
    audit.record("result.judge", saved, by=by, result=result.pk)
    page_changed()
    return saved
