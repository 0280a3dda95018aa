"""Small export folders of the field for tests."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

VOTES = """timestamp,datetime,comment-id,voter-id,vote
1435654192085,Tue Jun 30 2015,0,7,1
1435654192085,Tue Jun 30 2015,0,7,-1
1435654193000,Tue Jun 30 2015,1,7,0
1435654190000,Tue Jun 30 2015,0,9,1
1435654199000,Tue Jun 30 2015,2,9,1
"""
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1435650000000,,0,7,1,1,1,"Prices, on the wall."
1435650000500,,1,11,0,0,0,Repairs in two days.
1435650000900,,2,7,1,0,-1,Buy my shoes.
"""
SUMMARY = 'topic,"How do we get online?"\nurl,https://example.org/talk\nvoters,2\nconversation-description,"The line\nis slow."\n'


def shared_data() -> Path:
    """The folder with real conversations; tests skip where it is absent."""
    root = Path(__file__).parents[1]
    return Path(os.environ.get("TEQUIO_SHARED_DATA", root.parent / "shared" / "data"))


def uploads(files: dict[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in files.items()]


def zipped(files: dict[str, bytes], inside: str = "export/") -> dict[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(inside + name, content)
    return {"export.zip": out.getvalue()}


def packed(files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{name}.gz": gzip.compress(content) for name, content in files.items()}
