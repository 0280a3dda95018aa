"""The opinion map beside red-dwarf on the same made-up votes, in one process, one BLAS thread each.

    python bench/opinion_map_against_reddwarf.py 10000 300

needs an environment of its own with the extra "bench" (red-dwarf brings pandas, SciPy and scikit-learn).
Both get their votes in memory, each in the form it asks for. CPU seconds, not the clock.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

from reddwarf.implementations.polis import run_pipeline
from threadpoolctl import threadpool_limits

from tequio.algorithms.opinion_map import Parameters, Votes, compute
from tequio.ideas.deliberation.commands.bench import made_up_votes

RUNS = 5


def cpu_of(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def as_records(votes: Votes) -> list[dict[str, int]]:
    """The list of dictionaries red-dwarf wants."""
    people, topics = votes.participants[votes.row].tolist(), votes.statements[votes.column].tolist()
    return [
        {"participant_id": person, "statement_id": topic, "vote": vote, "modified": 0}
        for person, topic, vote in zip(people, topics, votes.vote.tolist(), strict=True)
    ]


def main(people: int, topics: int) -> None:
    votes = made_up_votes(people, topics, seed=0)
    records = as_records(votes)
    parameters = Parameters(min_group_size=1)
    with threadpool_limits(limits=1):
        small = made_up_votes(60, 12, seed=1)
        compute(small)
        run_pipeline(votes=as_records(small), random_state=0)
        ours = statistics.median(cpu_of(lambda: compute(votes, parameters=parameters)) for _ in range(RUNS))
        theirs = cpu_of(lambda: run_pipeline(votes=records, random_state=0))
    print(
        json.dumps(
            {"participants": people, "statements": topics, "votes": len(votes)}
            | {
                "ours_cpu_s": round(ours, 4),
                "reddwarf_cpu_s": round(theirs, 4),
                "times": round(theirs / ours, 1),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
