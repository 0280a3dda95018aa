"""Who may upload. Who sees a file is the business of the thing that shows it, never of the file."""

from __future__ import annotations

from tequio.base.actor import Actor


def can_upload(person: Actor) -> bool:
    """Members, and the platform itself."""
    if person.pk is None:
        return True
    return bool(getattr(person, "is_member", False) and getattr(person, "is_active", False))


def can_send_picture(person: Actor) -> bool:
    """Also guests, beside what they write themselves; what shows it waits until somebody has looked at it."""
    return can_upload(person) or bool(
        getattr(person, "is_guest", False) and getattr(person, "is_active", False)
    )
