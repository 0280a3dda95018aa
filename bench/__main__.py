"""All benchmarks, one after the other: `make bench`, or `python bench` in an environment with the extra "bench".

They run beside a database of their own under var/bench, never in one that holds somebody's data.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEQUIO = ["-m", "tequio.config.cli"]
STEPS: list[tuple[str, list[str]]] = [
    ("The opinion map", [*TEQUIO, "bench", "opinion-map", "--participants", "100000", "--statements", "500"]),
    ("Beside red-dwarf", ["bench/opinion_map_against_reddwarf.py", "10000", "300"]),
    ("Uploads", ["bench/uploads.py"]),
    ("Tables", [*TEQUIO, "migrate"]),
    ("Places", [*TEQUIO, "territories", "load", "TG"]),
    ("The job, with the votes in PostgreSQL", ["bench/postgres_map.py"]),
    ("The record of acts", ["bench/audit.py"]),
    ("Notices and digests", ["bench/notices.py"]),
    ("What a write costs", ["bench/writes.py"]),
    ("Backup and restore", ["bench/backup.py"]),
    ("Pages", ["bench/pages.py"]),
]


def main() -> int:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "TEQUIO_DATA": str(ROOT / "var" / "bench"), "TEQUIO_TEST": "0", "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
    }  # fmt: skip
    os.environ.update(environment)
    sys.path.insert(0, str(ROOT / "src"))
    from tequio.config.postgres import open_database

    failed = []
    with open_database():
        for title, words in STEPS:
            print(f"\n## {title}\n", flush=True)
            if subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=False).returncode:
                failed.append(title)
    if failed:
        print(f"\nnot measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
