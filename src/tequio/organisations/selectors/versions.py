"""Which version of a page somebody looks at."""

from __future__ import annotations

import hashlib
import json

from ..models import Organisation


def version_of(organisation: Organisation) -> str:
    """A digest of all an administrator can change in its form, the places where it works apart."""
    values = [
        organisation.kind, organisation.name, organisation.description, organisation.website,
        organisation.email, organisation.phone, organisation.address, organisation.registration,
        organisation.founded, organisation.languages,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]
