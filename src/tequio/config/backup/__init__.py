"""One file that holds everything people did here, and the way back from it.

The file is a zip: `database.dump` (pg_dump's custom format, pictures and documents in it), `guests.copy`
(sessions of guests) and `manifest.json` (what the database must be like again, row for row).
"""

from tequio.config.backup.restoring import Way, check, restore
from tequio.config.backup.taking import take

__all__ = ["Way", "check", "restore", "take"]
