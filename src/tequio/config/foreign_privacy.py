"""What outside packages' tables hold of people: the `privacy` rule that our own models carry themselves.

Read as `settings.FOREIGN_PRIVACY`, keyed "app_label.model". A test knows every outside model.
"""

from __future__ import annotations

from tequio.base.privacy import NOT_PERSONAL, Rule

FOREIGN: dict[str, Rule] = {
    "account.emailaddress": Rule(person="user", export=True, erase="delete", merge="move", address="email"),
    # Never written: codes of our own prove an address. Hangs on the address, and goes with it.
    "account.emailconfirmation": Rule(person="email_address__user", erase="delete", merge="move"),
    # Its secrets are of no use to her and of use to a thief: exported are kind, name and days.
    "mfa.authenticator": Rule(person="user", export=True, erase="delete", merge="move"),
    # Whose it is stands inside, signed. `people.Device` names the sessions of a person, and her
    # erasure ends them by `people.services.devices.end_sessions`.
    "sessions.session": Rule(
        person="session_data", erase="delete", merge="keep", why="a session belongs to a browser"
    ),
    "auth.permission": NOT_PERSONAL,
    "auth.group": NOT_PERSONAL,
    "auth.group_permissions": NOT_PERSONAL,
    "contenttypes.contenttype": NOT_PERSONAL,
    # Arguments of jobs are ids, never words (`base.jobs.later`).
    "procrastinate.procrastinatejob": NOT_PERSONAL,
    "procrastinate.procrastinateevent": NOT_PERSONAL,
    "procrastinate.procrastinateperiodicdefer": NOT_PERSONAL,
    "procrastinate.procrastinateworker": NOT_PERSONAL,
}
# In an export these fields of outside tables stay out.
SECRET_FIELDS: dict[str, tuple[str, ...]] = {"mfa.authenticator": ("data",)}
