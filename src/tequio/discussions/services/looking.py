"""The look at words before they are shown: the one place where comments ask how risky they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from tequio.catalogue.models import Item
from tequio.people.models import Person


@dataclass(frozen=True)
class Look:
    """`signs`: {sign: value} for the moderators' queue. `is_held`: somebody reads it before it is shown."""

    signs: dict[str, float] = field(default_factory=dict)
    is_held: bool = False


def look_at(item: Item, text: str, *, by: Person) -> Look:
    return Look()
