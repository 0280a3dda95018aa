"""A moderator's decision: carried out, kept with its reasons, told to its author and to who reported it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.moments import months_later
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.notifications.services import withdraw_notices
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.recipes.selectors import active

from ..enums import Found, Measure, Rule
from ..models import Decision, Report
from ..permissions import can_decide
from ..selectors.desk import newest_change, newest_decision, open_reports
from ..types import Thing
from .carrying_out import carry_out
from .telling import tell_decision

LONGEST_FACTS = 2_000


def possible(thing: Thing) -> list[Measure]:
    """What can be done with it as it stands now."""
    if thing.is_hidden:
        return [Measure.SHOW, Measure.LEAVE]
    if thing.is_held:
        return [Measure.SHOW, Measure.HIDE]
    return [Measure.HIDE, Measure.ASK, Measure.LEAVE]


def plain_reasons() -> dict[str, str]:
    """The decision on what only waited, as a moderator would type it: advertising is what the signs look for."""
    facts = _("A moderator read it. It breaks no rule.")
    return {"measure": Measure.SHOW, "rule": Rule.SPAM, "facts": facts, "language": current()}


@transaction.atomic
def decide(
    thing: Thing, *, measure: str, rule: str, law: str = "", facts: str, language: str, seen: int,
    words: int | None = None, by: Person,
) -> Decision:  # fmt: skip
    """Decide on a thing and on all reports on it that wait. `seen` is the newest decision the moderator knew, 0 for
    none, `words` the newest change of the words she read: whoever was slower is refused with code "changed".
    """
    _check(rule, law, facts)
    thing = lock(thing)
    reports = open_reports(thing)
    if not can_decide(by, thing, reports):
        raise Refused(_("Somebody else must decide this: it is yours, or you reported it."), code="own")
    if newest_decision(thing) != seen:
        raise Refused(_("Somebody else decided meanwhile. Look at it, then decide anew."), code="changed")
    if words is not None and words != newest_change(thing):
        raise Refused(
            _("The words changed while you were reading. Look at them, then decide."), code="changed"
        )
    if measure not in possible(thing):
        raise Refused(_("That cannot be done with it now."), code="changed")
    decision = write_decision(thing, measure, rule=rule, law=law, facts=facts, language=language,
                              appeal_until=_appeal_until(thing), by=by)  # fmt: skip
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(decision=decision)
    carry_out(thing, decision, by=by)
    if measure == Measure.HIDE:
        withdraw_notices(thing.source, by=by)
    tell_decision(decision, by=by)
    return decision


def write_decision(
    thing: Thing, measure: str, *, rule: str, law: str, facts: str, language: str,
    appeal_until: datetime | None, began_at: datetime | None = None, by: Person,
) -> Decision:  # fmt: skip
    """The row with its record. `began_at` is when somebody first asked for it."""
    reports = Report.objects.filter(decision=None, **thing.columns)
    reported_at = reports.aggregate(first=Min("made_at"))["first"]
    decision = Decision.objects.create(
        **thing.columns, kind=thing.kind, territory=thing.territory, measure=measure, rule=rule, law=law,
        facts=facts, language=language, signs=thing.signs if thing.is_held else {},
        found=_found(thing, is_reported=reported_at is not None),
        began_at=began_at or reported_at or (held_since(thing) if thing.is_held else timezone.now()),
        appeal_until=appeal_until, by=by,
    )  # fmt: skip
    audit.record(
        "moderation.decide", decision, by=by, measure=measure, rule=rule, about=thing.source,
        found=decision.found,
    )  # fmt: skip
    return decision


def lock(thing: Thing) -> Thing:
    """The thing as it is now; two who decide on it at once take turns."""
    row = thing.row
    if isinstance(row, Item):
        Item.objects.select_for_update(of=("self",)).get(pk=row.pk)
        return Thing(
            Item.objects.select_related("territory", "author", "screening", "part_of").get(pk=row.pk)
        )
    if isinstance(row, Comment):
        Comment.objects.select_for_update(of=("self",)).get(pk=row.pk)
        return Thing(Comment.objects.select_related("item__territory", "author").get(pk=row.pk))
    Organisation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return Thing(Organisation.objects.select_related("territory", "made_by").get(pk=row.pk))


def held_since(thing: Thing) -> datetime:
    """An organisation never waits."""
    return thing.waits_since


def _found(thing: Thing, *, is_reported: bool) -> Found:
    if thing.is_held:
        return Found.BOTH if is_reported else Found.SIGNS
    return Found.REPORT if is_reported else Found.MODERATOR


def _check(rule: str, law: str, facts: str) -> None:
    if rule not in Rule.values or (rule == Rule.LAW) != bool(law):
        raise ValueError(f"rule {rule!r} with law {law!r}")
    if not 0 < len(facts) <= LONGEST_FACTS:
        raise ValueError(f"facts have 1 to {LONGEST_FACTS} characters, not {len(facts)}")


def _appeal_until(thing: Thing) -> datetime:
    """So many months from now, on the same day, or the last of a shorter month."""
    months = active("report-queue", thing.territory.pk).whole("appeal_months")
    return months_later(timezone.now(), months)
