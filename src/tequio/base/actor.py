"""Who acts, as the lower floors may know it: no import of people below people."""

from typing import Any, Protocol


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
