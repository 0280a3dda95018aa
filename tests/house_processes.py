"""What a house has of processes: one that waits for signatures, a letter that asks, an organisation that is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from people import words
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import ItemParty
from tequio.ideas.processes.models import Invitation, PhaseFeature, Process
from tequio.ideas.processes.services import PhasePlan, Plan
from tequio.ideas.processes.services.backing import propose_process
from tequio.ideas.processes.services.team import digest_of
from tequio.organisations.models import Organisation
from tequio.organisations.selectors.invitations import address_digest
from tequio.people.models import Person
from tequio.territories.models import Territory

PROPOSED = "A bench at every stop"


def add_processes(
    tag: str, place: Territory, process: Process, people: dict[str, Person | None]
) -> dict[str, Any]:
    """The member proposes one; the process takes ideas now; the author's organisation and the member are asked."""
    member, author = people["member"], people["author"]
    assert member
    assert author
    plan = Plan(
        words(PROPOSED), words("Where to sit."), words("Old people wait."), [PhasePlan(words("Ideas"))],
        languages=["en"],
    )  # fmt: skip
    proposed = propose_process(plan, territory=place, by=member)
    phase = process.phases.order_by("position").first()
    assert phase
    PhaseFeature.objects.create(phase=phase, act="create", kind="idea")
    Invitation.objects.create(
        process=process, digest=digest_of(f"process-{tag}"), address=address_digest(f"member.{tag}@example.org"),
        hint="m…@example.org", by=author, until=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    runs = Organisation.objects.get(territory=place, verification__isnull=False)
    asked = ItemParty.objects.create(item=process.item, organisation=runs, role=PartyRole.ORGANISER)
    return {"proposed": proposed, "asked": asked}


PROCESS_PATHS = {
    **dict.fromkeys(
        ("processes:detail", "processes:edit", "processes:state", "processes:team"),
        lambda house: {"pk": house.process.pk},
    ),
    "processes:answer": lambda house: {"pk": house.process.pk, "party": house.notes["asked"].pk},
    "processes:join": lambda house: {"token": f"process-{house.tag}"},
    "processes:sign": lambda house: {"uid": house.notes["proposed"].signing},
    **dict.fromkeys(("processes:rules", "processes:change_rules"), lambda house: {"code": house.place.code}),
}
