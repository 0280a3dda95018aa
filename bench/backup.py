"""How long a backup and a restore take, with a million answers in the database.

    python bench/backup.py [--participants 22000] [--statements 500]

In a cluster of its own, made and taken away again. Seconds on the clock, and of our own CPU with PostgreSQL's.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from installation import Cluster

FILL = """
import sys, django
django.setup()
sys.argv = ["fill"]
from postgres_map import load, open_bench_conversation
from tequio.ideas.deliberation.commands.bench import made_up_votes
votes = made_up_votes(int({participants}), int({statements}), seed=0)
load(open_bench_conversation(int({statements})), votes)
print(len(votes))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--participants", type=int, default=22_000)
    parser.add_argument("--statements", type=int, default=500)
    options = parser.parse_args()
    with Cluster() as cluster:
        host = cluster.host("bench")
        host.tequio("migrate")
        host.tequio("territories", "load", "TG")
        host.environment["PYTHONPATH"] += os.pathsep + str(ROOT / "bench")
        words = FILL.format(participants=options.participants, statements=options.statements)
        votes = int(host.python("-c", words).splitlines()[-1])
        file = cluster.folder / "bench.tequio"
        took = {}
        for word, arguments in (("backup", [str(file)]), ("restore", ["--replace", str(file)])):
            began = time.perf_counter()
            host.tequio(word, *arguments)
            took[word] = time.perf_counter() - began
        size = file.stat().st_size
    print(
        f"{votes:,} answers, file {size / 1e6:.1f} MB; "
        + ", ".join(f"{w} {s:.1f} s" for w, s in took.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
