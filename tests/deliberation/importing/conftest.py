"""Export folders, and the worker's part done at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exports import COMMENTS, SUMMARY, VOTES, shared_data, uploads
from forms import send
from tequio.ideas.deliberation.models import ConversationImport
from tequio.ideas.deliberation.services.importing import run_import


@pytest.fixture
def real_folder() -> Callable[[str], Path]:
    def find(name: str) -> Path:
        folder = shared_data() / "polis" / name
        if not folder.is_dir():
            pytest.skip(f"no real data: {folder.name} is not under TEQUIO_SHARED_DATA or ../shared/data")
        return folder

    return find


@pytest.fixture
def folder() -> dict[str, bytes]:
    """{name: content} of a whole, small export."""
    return {"votes.csv": VOTES.encode(), "comments.csv": COMMENTS.encode(), "summary.csv": SUMMARY.encode()}


@pytest.fixture
def bring(browser_of: Callable[..., Any], alice: Any, lome: Any) -> Callable[..., Any]:
    """Send files as Alice and let the worker do its part; gives the import's row, or the page that refused."""

    def make(files: dict[str, bytes], **data: Any) -> Any:
        values = {"territory": lome.pk, "language": "en", "folder": uploads(files), **data}
        answer = send(browser_of(alice), "/en/conversations/import/", values)
        if answer.status_code != 302:
            return answer
        row = ConversationImport.objects.order_by("-pk").first()
        assert row is not None
        assert answer["Location"] == f"/en/conversations/import/{row.uid}/"
        if not row.trouble:
            run_import(row.pk)
            row.refresh_from_db()
        return row

    return make
