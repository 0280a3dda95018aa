"""Who acts, as the lower floors may know it: no import of people below people."""

from typing import Any, Protocol

# Under this and its number a decision with reasons stands where something is hidden, as an actor's opaque id would.
DECISION = "moderation.decision:"


def decision_number(hidden_by: str) -> int | None:
    """Of the decision that hid something; None where a moderator did so alone, or nobody."""
    return int(hidden_by.removeprefix(DECISION)) if hidden_by.startswith(DECISION) else None


class Actor(Protocol):
    pk: Any

    @property
    def audit_id(self) -> str: ...

    def holds(self, role: str, territory: Any) -> bool: ...


class System:
    """The platform itself, for jobs and set-up."""

    pk = None
    audit_id = "system"

    def holds(self, role: str, territory: Any) -> bool:
        return True


SYSTEM = System()
