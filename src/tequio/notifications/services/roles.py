"""A role was granted: people stand below this floor, so they ask for it by the name of a job."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation

from tequio.base.actor import SYSTEM
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, add_translation, write_original
from tequio.people.enums import RoleName
from tequio.people.models import Role

from ..enums import Event
from .announcing import tell


@transaction.atomic
def tell_of_role(pk: int) -> bool:
    row = (
        Role.objects.select_related("person", "territory", "granted_by").filter(pk=pk, ended_at=None).first()
    )
    if row is None or (row.granted_by_id == row.person_id):
        return False
    return tell(
        row.person, Event.ROLE, source=f"people.role:{row.pk}", territory=row.territory,
        words=_name_of(row.role), path=f"/places/{row.territory.code}/", by=row.granted_by or SYSTEM,
    )  # fmt: skip


def _name_of(role: str) -> Field:
    """The role's name in the languages of the interface; the platform's own words, so all are as good."""
    said = {}
    for language in INTERFACE:
        with translation.override(language):
            said[language] = str(RoleName(role).label)
    field = write_original(said["en"], "en")
    for language in INTERFACE:
        if language != "en":
            field = add_translation(field, language, said[language])
    return field
