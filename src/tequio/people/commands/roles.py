"""`tequio people grant EMAIL ROLE TERRITORY --reason …`: the operator names the first steward of a place."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tequio.base.command_line import CommandFailed

if TYPE_CHECKING:
    from tequio.territories.models import Territory

ROLES = ("steward", "facilitator", "moderator", "translator")


def add_words(words: Any) -> None:
    """Add grant, end and list to `words`, the subparsers of `tequio people`."""
    for word, what in (("grant", "grant a role; so the first steward is named"), ("end", "end a role")):
        sub = words.add_parser(word, help=what)
        sub.add_argument("email", help="the address she signs in with; unknown, she is invited there")
        sub.add_argument("role", choices=ROLES)
        sub.add_argument("territory", metavar="TERRITORY", help="code of the place, as ES-BI-bilbao")
        sub.add_argument("--reason", required=True, help="why; the stewards of the place read it")
    shown = words.add_parser("list", help="who holds which role in a place")
    shown.add_argument("territory", metavar="TERRITORY")
    for word in ("grant", "end", "list"):
        words.choices[word].set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    from tequio.territories.models import Territory

    place = Territory.objects.filter(code=options.territory).first()
    if place is None:
        raise CommandFailed(
            f"There is no place “{options.territory}”. “tequio territories load” adds countries."
        )
    if options.word == "list":
        return show(place)
    return {"grant": grant, "end": end}[options.word](options, place)


def show(place: Territory) -> int:
    from tequio.people.selectors import roles_page

    for row in roles_page(place).held:
        print(f"{row.granted_at:%Y-%m-%d}  {row.role:<12} {row.person.name or row.person_id}")
    return 0


def grant(options: argparse.Namespace, place: Territory) -> int:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from tequio.base.actor import SYSTEM
    from tequio.people.models import Role
    from tequio.people.services.roles import grant_by_address

    try:
        validate_email(options.email)
    except ValidationError:
        raise CommandFailed(f"“{options.email}” is not an e-mail address.") from None
    made = grant_by_address(
        options.email, options.role, place, reason=options.reason[:300], by=SYSTEM
    )  # fmt: skip
    if isinstance(made, Role):
        print(f"{options.email} is {options.role} of {options.territory} now.")
    else:
        print(f"Nobody has proven {options.email} yet: an invitation is on its way, good for 14 days.")
    return 0


def end(options: argparse.Namespace, place: Territory) -> int:
    from tequio.base.actor import SYSTEM
    from tequio.base.command_line import NOT_SO
    from tequio.people.models import Role
    from tequio.people.services.roles import end_role

    row = Role.objects.select_related("territory").filter(
        person__emailaddress__email=options.email.lower(), person__emailaddress__verified=True,
        role=options.role, territory=place, ended_at=None,
    ).first()  # fmt: skip
    if row is None:
        raise CommandFailed(f"{options.email} is not {options.role} of {options.territory}.", NOT_SO)
    end_role(row, by=SYSTEM, reason=options.reason)
    print(f"{options.email} is not {options.role} of {options.territory} any more.")
    return 0
