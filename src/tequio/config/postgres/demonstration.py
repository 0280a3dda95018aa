"""Whether the embedded database is a demonstration: a mark laid in its data directory as it is made.

The mark is made together with the cluster or never, so a database that anybody ever used for
something else can not become a demonstration, and one behind DATABASE_URL is none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

from tequio.config.postgres.places import place

DemoState = Literal["wanted", "loaded"]
MARK = "tequio-demo"


def demo_state(environ: Mapping[str, str] = os.environ) -> DemoState | None:
    """'wanted' until the demo is in, then 'loaded'; None for every database that is no demo."""
    if environ.get("DATABASE_URL", "").strip():
        return None
    try:
        said = (place(environ=environ).data / MARK).read_text().strip()
    except (FileNotFoundError, PermissionError):
        return None
    return cast(DemoState, said) if said in ("wanted", "loaded") else None


def note_demo_loaded(environ: Mapping[str, str] = os.environ) -> None:
    """From now on the demo is not loaded again."""
    mark = place(environ=environ).data / MARK
    if mark.exists():
        write_mark(mark.parent, "loaded")


def write_mark(data: Path, state: DemoState) -> None:
    new = data / f"{MARK}.new"
    new.write_text(state + "\n")
    new.chmod(0o600)
    owner = data.stat()
    os.chown(new, owner.st_uid, owner.st_gid)
    new.replace(data / MARK)
