"""Documents beside answers and results."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.files.services import Upload, store_document
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Paper
from ..permissions import can_add_paper

MOST_PAPERS = 30


@transaction.atomic
def add_paper(item: Item, upload: Upload, name: Field, *, by: Person) -> Paper:
    """Put a document beside it. Refused with a `files.enums.Trouble` as its code where it cannot be taken."""
    if not can_add_paper(by, item):
        raise Refused(_("Only those who answer for this place can add documents here."))
    if Paper.objects.filter(item=item).count() >= MOST_PAPERS:
        raise Refused(_("There are 30 documents here, which is the most."), code="many")
    paper = Paper.objects.create(item=item, name=name, file=store_document(upload, by=by))
    audit.record("paper.add", paper, by=by, item=item.pk)
    page_changed()
    return paper
