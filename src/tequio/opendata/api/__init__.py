"""`/api/v1/`: the operations of every flat, under one document, one key, one way to say what went wrong."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Router, Schema

from tequio import __version__
from tequio.base.api import READING, Moment, Problem
from tequio.catalogue.api import router as catalogue
from tequio.discussions.api import router as discussions
from tequio.ideas.answers.api import router as official_answers
from tequio.ideas.deliberation.api import router as deliberation
from tequio.ideas.processes.api import router as processes
from tequio.ideas.proposals.api import problems
from tequio.ideas.proposals.api import router as proposals
from tequio.organisations.api import router as organisations
from tequio.territories.api import router as territories

from .answers import Api, teach
from .entry import enter, granted

ROUTERS = (
    catalogue,
    territories,
    organisations,
    discussions,
    processes,
    proposals,
    problems,
    deliberation,
    official_answers,
)

api = Api(
    title="Tequio",
    version=__version__,
    description="Everything public, without a key. With a key of a member: what she sees, and acts in her name.",
    urls_namespace="api",
    auth=enter,
    openapi_url=None,
    docs_url=None,
)
teach(api)
for one in ROUTERS:
    api.add_router("", one)

own = Router(tags=["keys"])


class KeyOut(Schema):
    """`person` is her number here."""

    person: int
    name: str
    scopes: list[str]
    until: Moment


@own.get("/key", response={200: KeyOut, **READING}, summary=noop("What this key opens"))
def get_key(request: HttpRequest) -> KeyOut:
    grant = granted(request)
    if grant is None:
        raise Problem(401, "key", _("This needs a key. A member makes one under “My account”."))
    key = grant.key
    return KeyOut(person=key.person_id, name=key.name, scopes=key.scopes, until=key.until)


api.add_router("", own)
