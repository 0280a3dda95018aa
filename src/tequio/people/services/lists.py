"""A register as a list of slow hashes: taken in, used line by line, ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.formats.identifiers import Row, read_list, slow_hash
from tequio.guards.services import spend
from tequio.territories.models import Territory

from ..enums import Method
from ..models import IdentifierList, ListedIdentifier, Person, Residence
from ..permissions import can_keep_lists
from ..selectors.residence import verifying_in
from .residence import write_residence

CHUNK = 100
TRIES_AN_HOUR = 5


def salt_of(territory: Territory) -> str:
    """The salt of a place's lists, for hashing them before they leave the office that keeps them."""
    return salted_hmac("tequio.people.list.salt", territory.code, algorithm="sha256").hexdigest()[:32]


def kept_digest(hashed: str) -> str:
    """What the table holds: a stolen table without our key is of no use, with it each guess costs a slow hash."""
    return salted_hmac("tequio.people.list", hashed, algorithm="sha256").hexdigest()


@transaction.atomic
def upload_list(territory: Territory, *, name: str, content: bytes, by: Person) -> IdentifierList:
    """Take a list in; the worker hashes it. Raises formats.identifiers.BadList where it cannot be read."""
    if not can_keep_lists(by, territory):
        raise Refused(_("Only a steward of this place can do this."))
    rows = read_list(content)
    row = IdentifierList.objects.create(
        territory=territory, name=name, content=content, rows=len(rows), made_by=by.audit_id
    )
    audit.record("residence.list", row, by=by, rows=len(rows))
    later("people.hash_list", once=f"list-{row.pk}", pk=row.pk)
    return row


def hash_list(pk: int) -> None:
    """Hash chunk by chunk, each kept at once: whoever takes over goes on where it stopped. The upload goes at the end."""
    source = IdentifierList.objects.select_related("territory").filter(pk=pk, ended_at=None).first()
    if source is None or source.content is None:
        return
    rows, salt = read_list(bytes(source.content)), salt_of(source.territory)
    for start in range(source.done, len(rows), CHUNK):
        _keep(pk, start, rows[start : start + CHUNK], salt)
    IdentifierList.objects.filter(pk=pk).update(content=None, ready_at=timezone.now())


def _keep(pk: int, start: int, rows: list[Row], salt: str) -> None:
    digests = [kept_digest(row.hash or slow_hash(row.identifier, row.year, salt)) for row in rows]
    with transaction.atomic():
        ListedIdentifier.objects.bulk_create(
            [ListedIdentifier(of_id=pk, digest=digest) for digest in digests], ignore_conflicts=True
        )
        IdentifierList.objects.filter(pk=pk).update(done=start + len(rows))


@transaction.atomic
def end_list(row: IdentifierList, *, by: Person) -> None:
    """Its lines are deleted. What was verified by it keeps its date."""
    if not can_keep_lists(by, row.territory):
        raise Refused(_("Only a steward of this place can do this."))
    IdentifierList.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now(), content=None)
    ListedIdentifier.objects.filter(of=row).delete()
    audit.record("residence.list_end", row, by=by)


@transaction.atomic
def verify_by_list(
    person: Person, territory: Territory, *, identifier: str, year_of_birth: int
) -> Residence | None:
    """She stands on a list of the place. None: not found, or somebody else used the line; which, is not said."""
    if not verifying_in(territory).allows(Method.LIST):
        raise Refused(_("This place does not verify in this way."), code="method")
    spend("residence.list", who=person.audit_id, limit=TRIES_AN_HOUR, seconds=3600)
    digest = kept_digest(slow_hash(identifier, year_of_birth, salt_of(territory)))
    lines = ListedIdentifier.objects.select_for_update(of=("self",)).filter(
        digest=digest, of__territory=territory, of__ended_at=None
    )
    for line in lines.select_related("of").order_by("-id"):
        mark = salted_hmac("tequio.people.line", f"{digest} {person.uid}", algorithm="sha256").hexdigest()
        if line.used_by in ("", mark):
            line.used_by = mark
            line.save(update_fields=["used_by"])
            return write_residence(
                person, territory, Method.LIST, verified_by="system",
                register=f"people.identifierlist:{line.of_id}", by=person,
            )  # fmt: skip
        return None
    return None
