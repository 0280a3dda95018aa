"""Where the real conversations lie, and a plain reader of them that shares no code with the project."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(os.environ.get("TEQUIO_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
REFERENCE = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "canadian-electoral-reform",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.taxes",
    "scoop-hivemind.ubi",
    "vtaiwan.uberx",
)
PRODUCTION = (
    "25ptpt-3gp-no-strict-with-meta",
    "50ptpt-3gp-strict-no-meta",
    "below-100-ptpts",
    "r4tykwac8thvzv35jrn53-biodiversity",
)


def real(*parts: str) -> Path:
    """The path of real data, or a skip that says what is missing."""
    path = ROOT.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no real data: {'/'.join(parts)} is not under TEQUIO_SHARED_DATA")
    return path


def load_json(path: Path) -> Any:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return json.load(file)


def only(folder: Path, ending: str) -> Path:
    (found,) = (path for path in folder.iterdir() if ending in path.name)
    return found


def plain_rows(path: Path) -> list[dict[str, str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
