"""Writes docs/settings.md from the typed table of settings; `make check` says when it is behind."""

import sys
from pathlib import Path

from tequio.config.environment import TABLE

TARGET = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """# Settings

Every setting comes from the environment. This table is written by `scripts/settings_table.py` from
`src/tequio/config/environment.py`, where each is read and checked before anything starts.

| name | without it | what it is |
|---|---|---|
"""
TAIL = """
For set-up and tests only: `PYTHON` (the Python that `make` uses), `TEQUIO_CHROMIUM` (the browser of the
tests), `TEQUIO_TEST` (1: the cluster of the tests instead of the one that holds data).
"""


def text() -> str:
    rows = (f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.what} |\n" for one in TABLE)
    return HEAD + "".join(rows) + TAIL


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text() == text():
            return 0
        print("docs/settings.md is behind; run: .venv/bin/python scripts/settings_table.py", file=sys.stderr)
        return 1
    TARGET.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
