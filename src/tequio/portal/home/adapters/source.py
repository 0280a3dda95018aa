"""The running source code as one archive, so that whoever uses the site can have it (AGPL, section 13)."""

from __future__ import annotations

import gzip
import io
import tarfile
from functools import lru_cache
from pathlib import Path

import tequio

PACKAGE = Path(tequio.__file__).parent
BESIDE = ("LICENSE", "README.md", "pyproject.toml", "requirements.lock")
LEFT_OUT = {".pyc", ".mo"}


@lru_cache(maxsize=1)
def packed_source() -> bytes:
    """A .tar.gz of the package and the papers beside it; the same bytes for the same code."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, name in _files():
            facts = tarfile.TarInfo(f"tequio/{name}")
            facts.size = path.stat().st_size
            with path.open("rb") as content:
                archive.addfile(facts, content)
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def _files() -> list[tuple[Path, str]]:
    root = PACKAGE.parent.parent
    papers = [(root / name, name) for name in BESIDE if (root / name).is_file()]
    code = [
        (path, f"src/tequio/{path.relative_to(PACKAGE).as_posix()}")
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and path.suffix not in LEFT_OUT and "__pycache__" not in path.parts
    ]
    return papers + code
