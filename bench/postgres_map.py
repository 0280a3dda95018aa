"""The map's job against the bare algorithm, with the votes in a real PostgreSQL.

    python bench/postgres_map.py [--participants 100000] [--statements 500] [--keep]

Loads made-up votes by COPY in the order people gave them, into the database the settings name; runs the job's
service as the worker would (reading, computing, keeping the row) and prints CPU seconds of this process, of its
database backend, of the algorithm alone, and their ratio. Removes what it loaded, unless --keep.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

import django

django.setup()

import numpy as np
from django.db import connection, transaction
from threadpoolctl import threadpool_limits

from tequio.algorithms.opinion_map import Votes, compute
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import write_original
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.commands.bench import made_up_votes
from tequio.ideas.deliberation.models import Conversation, Participant
from tequio.ideas.deliberation.selectors.vote_reading import read_votes
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.maps import recompute_map
from tequio.territories.models import Territory

AT_ONCE = 100_000
TICKS = os.sysconf("SC_CLK_TCK")


def backend_cpu() -> float:
    """CPU seconds of this connection's backend; the server runs on this machine."""
    fields = (
        Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    )
    return (int(fields[11]) + int(fields[12])) / TICKS


def open_bench_conversation(statements: int) -> Conversation:
    territory = Territory.objects.order_by("pk").first()
    if territory is None:
        raise SystemExit("load a territory first: tequio territories load TG")
    seeds = [write_original(f"Statement {number} of the benchmark", "en") for number in range(statements)]
    plan = Plan(question=write_original("A benchmark", "en"), background={}, languages=["en"])
    return open_conversation(plan, territory=territory, seeds=seeds, by=SYSTEM)


def load(conversation: Conversation, votes: Votes) -> None:
    """Participants, then votes: each person's in a row, as sessions come in."""
    statements = np.array(conversation.statements.order_by("number").values_list("pk", flat=True), np.int64)
    with transaction.atomic(), connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            "INSERT INTO deliberation_participant (conversation_id, began_at, answers, is_banned, consent) "
            "SELECT %s, now(), 0, false, '' FROM generate_series(1, %s)",
            [conversation.pk, len(votes.participants)],
        )
        people = np.array(
            Participant.objects.filter(conversation=conversation).order_by("pk").values_list("pk", flat=True),
            np.int64,
        )
        person, statement = people[votes.row], statements[votes.statements[votes.column]]
        columns = "(value, is_important, at, participant_id, statement_id)"
        with cursor.copy(f"COPY deliberation_statementvote {columns} FROM STDIN") as copy:
            for first in range(0, len(votes), AT_ONCE):
                part = slice(first, first + AT_ONCE)
                rows = zip(
                    votes.vote[part].tolist(), person[part].tolist(), statement[part].tolist(), strict=True
                )
                copy.write("".join(f"{v}\tf\t2026-01-01 10:00:00+00\t{p}\t{s}\n" for v, p, s in rows))


def vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE) deliberation_statementvote")


def measure(what: str, work: object) -> float:
    """Prints and returns CPU seconds of process and backend together."""
    backend, process, clock = backend_cpu(), time.process_time(), time.perf_counter()
    work()  # type: ignore[operator]
    process, backend = time.process_time() - process, backend_cpu() - backend
    seconds = time.perf_counter() - clock
    print(
        f"{what:44} process {process:6.2f}  backend {backend:6.2f}  both {process + backend:6.2f}  clock {seconds:6.2f}"
    )
    return process + backend


def remove(conversation: Conversation) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            "DELETE FROM deliberation_statementvote WHERE statement_id IN "
            "(SELECT item_id FROM deliberation_statement WHERE conversation_id = %s)",
            [conversation.pk],
        )
        cursor.execute("DELETE FROM deliberation_participant WHERE conversation_id = %s", [conversation.pk])
        Item.objects.filter(pk=conversation.pk).delete()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--participants", type=int, default=100_000)
    parser.add_argument("--statements", type=int, default=500)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    votes = made_up_votes(options.participants, options.statements, seed=0)
    print(f"{len(votes):,} votes of {options.participants:,} people on {options.statements} statements")
    conversation = open_bench_conversation(options.statements)
    load(conversation, votes)
    with threadpool_limits(limits=1):
        compute(made_up_votes(60, 12, seed=1))
        measure("reading alone, before VACUUM", lambda: read_votes(conversation))
        vacuum()
        measure("reading alone", lambda: read_votes(conversation))
        bare = sorted(measure("the algorithm alone", lambda: compute(votes)) for _ in range(3))[1]
    first = measure("the job, first map", lambda: recompute_map(conversation.pk))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE deliberation_statementvote SET value = -value WHERE participant_id IN "
            "(SELECT id FROM deliberation_participant WHERE conversation_id = %s ORDER BY id LIMIT 20)",
            [conversation.pk],
        )
    later = measure("the job, after some hundred new votes", lambda: recompute_map(conversation.pk))
    measure("the job, nothing new", lambda: recompute_map(conversation.pk))
    print(f"first map / algorithm {first / bare:.1f}, later map / algorithm {later / bare:.1f}")
    if not options.keep:
        remove(conversation)


if __name__ == "__main__":
    main()
