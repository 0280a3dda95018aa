"""One decision for many: kept as a draft that is read, then sent by the worker, each in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, all_texts, read
from tequio.catalogue.models import Item
from tequio.people.models import Person

from ..enums import BatchState
from ..models import Batch, BatchLine
from ..permissions import can_answer
from ..types import fill, unknown_blanks
from .answering import Said, check_said, give_answer

MOST_AT_ONCE = 200


@transaction.atomic
def make_batch(items: Sequence[Item], said: Said, *, instead_of: Batch | None = None, by: Person) -> Batch:
    """A draft for these items; nothing is sent yet. Refused where one of them is not hers to answer now.

    The draft `instead_of` goes; Refused with the code "sent" where that one is on its way already.
    """
    check_said(said, by)
    if not 0 < len(items) <= MOST_AT_ONCE:
        raise ValueError(f"1 to {MOST_AT_ONCE} at once, not {len(items)}")
    if any(unknown_blanks(text) for text in all_texts(said.reasons)):
        raise ValueError("unknown blank")
    if not all(can_answer(by, item) for item in items):
        raise Refused(_("One of these is not yours to answer now. Look at your list again."))
    if instead_of is not None and not drop_batch(instead_of, by=by):
        raise Refused(_("These answers are on their way already."), code="sent")
    batch = Batch.objects.create(
        by=by, decision=said.decision, reasons=said.reasons, office=said.office,
        organisation=said.organisation,
    )  # fmt: skip
    BatchLine.objects.bulk_create([BatchLine(batch=batch, item=item) for item in items])
    audit.record("answer_batch.make", batch, by=by, items=[item.pk for item in items][:MOST_AT_ONCE])
    return batch


@transaction.atomic
def send_batch(batch: Batch, *, by: Person) -> bool:
    """Ask the worker to send it. False: it was asked already."""
    row = _lock_own(batch, by)
    if row.state != BatchState.DRAFT:
        return False
    row.state = BatchState.SENDING
    row.save(update_fields=["state"])
    audit.record("answer_batch.send", row, by=by)
    later("answers.send_batch", once=f"answers-{row.pk}", pk=row.pk)
    return True


@transaction.atomic
def drop_batch(batch: Batch, *, by: Person) -> bool:
    """A draft that is not sent goes. False: it is on its way."""
    row = _lock_own(batch, by)
    if row.state != BatchState.DRAFT:
        return False
    audit.record("answer_batch.drop", row, by=by)
    row.delete()
    return True


def _lock_own(batch: Batch, by: Person) -> Batch:
    if batch.by_id != by.pk:
        raise Refused(_("Only who wrote these answers can send them."))
    return Batch.objects.select_for_update().get(pk=batch.pk)


def run_batch(pk: int) -> int:
    """The worker's part, safe to run again: what is done stays done. Returns how many answers were given now."""
    batch = Batch.objects.filter(pk=pk, state=BatchState.SENDING).select_related("by", "organisation").first()
    if batch is None:
        return 0
    given = 0
    for line in list(BatchLine.objects.filter(batch=batch, done_at=None).values_list("pk", flat=True)):
        given += _send_line(batch, line)
    with transaction.atomic():
        ended = Batch.objects.filter(pk=pk, state=BatchState.SENDING)
        if ended.update(state=BatchState.DONE, ended_at=timezone.now()):
            audit.record("answer_batch.end", batch, by=batch.by, given=given)
    return given


@transaction.atomic
def _send_line(batch: Batch, pk: int) -> bool:
    line = (
        BatchLine.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("item__territory", "item__author")
        .filter(pk=pk, done_at=None)
        .first()
    )
    if line is None:
        return False
    said = Said(batch.decision, filled(batch.reasons, line.item), batch.office, batch.organisation)
    try:
        if batch.by is None:
            raise Refused(_("Whoever wrote this has left."))
        with transaction.atomic():
            line.answer = give_answer(line.item, said, by=batch.by)
    except Refused as refused:
        line.trouble = str(refused.reason)[:300]
    line.done_at = timezone.now()
    line.save(update_fields=["answer", "trouble", "done_at"])
    return line.answer is not None


def filled(reasons: Field, item: Item) -> Field:
    """The words with what differs: title and place in each language, and the name of whoever wrote the thing."""
    return fill(reasons, {tag: _blanks(item, tag) for tag in reasons})


def _blanks(item: Item, tag: str) -> dict[str, str]:
    with translation.override(tag if tag in INTERFACE else "en"):
        everybody = _("all who asked for it")
    # Who wrote a statement is known to nobody: it stands under a number.
    author = item.author if item.kind != "statement" else None
    name = author.shown_name if author is not None and author.is_active else ""
    return {
        "title": read(item.title, tag).text,
        "place": read(item.territory.name, tag).text,
        "name": name or everybody,
    }
