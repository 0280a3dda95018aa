"""`tequio bench opinion-map`: what a map costs, in CPU seconds, memory and sweeps over the votes.

CPU time, not the clock: other work on the machine does not count. One BLAS thread. Reading or making the
votes is
not part of it.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tequio.algorithms.opinion_map import OpinionMap, Parameters, Votes, compute
from tequio.base.command_line import CommandFailed
from tequio.ideas.deliberation.commands.opinion_map import read_input, say, whole_number

HELP = "measure what an algorithm costs, on made-up or on real votes"
NEEDS_DATABASE = False

VOTES_EACH = 45
LATENT_SHARES = (0.4, 0.3, 0.2, 0.1)
PEOPLE_AT_ONCE = 4096
SWEEPS = 9
# Runs below this many votes are measured three times and the middle one counts.
REPEATED_BELOW = 10_000_000
MEGABYTE = 1e6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["opinion-map"], help="the algorithm to measure")
    parser.add_argument("--participants", metavar="N", help="people to make up")
    parser.add_argument("--statements", metavar="M", help="statements to make up")
    parser.add_argument(
        "--votes", type=Path, metavar="FILE", help="votes.csv or participants-votes.csv, or its folder"
    )
    parser.add_argument(
        "--comments", type=Path, metavar="FILE", help="comments.csv, for what was moderated out"
    )
    parser.add_argument("--seed", default="0", metavar="N", help="of the made-up votes (0)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")


def run(options: argparse.Namespace) -> int:
    votes, zeroed, meta = _votes_asked_for(options)
    measured = measure(votes, zeroed=zeroed, meta=meta)
    say(json.dumps(measured) if options.json else _as_table(measured))
    return 0


def measure(votes: Votes, *, zeroed: list[int], meta: list[int]) -> dict[str, Any]:
    """CPU and memory of each stage, beside one sweep of numpy.bincount over the same votes."""
    with threadpool_limits(limits=1):
        compute(made_up_votes(60, 12, seed=1))
        runs = [_measured_run(votes, zeroed, meta) for _ in range(3 if len(votes) < REPEATED_BELOW else 1)]
        stages = sorted(runs, key=lambda one: sum(one.cpu.values()))[len(runs) // 2]
        sweep = _sweep_seconds(votes)
    total = sum(stages.cpu.values())
    return {
        "participants": votes.shape[0],
        "statements": votes.shape[1],
        "votes": len(votes),
        "stages": {name: {"cpu_s": stages.cpu[name], "peak_mb": stages.peak[name]} for name in stages.cpu},
        "total": {"cpu_s": total, "peak_mb": max(stages.peak.values())},
        "bincount": {"cpu_s": sweep},
        "ratio": total / sweep,
    }


def made_up_votes(people: int, statements: int, *, seed: int) -> Votes:
    """About 45 votes a person (at most half of the statements) from four latent groups of unequal size."""
    rng = np.random.default_rng(seed)
    agree = rng.beta(0.6, 0.6, (len(LATENT_SHARES), statements)).astype(np.float32) * np.float32(0.85)
    asked = min(VOTES_EACH / statements, 0.5)
    lengths, columns, answers = [np.zeros(1, np.int64)], [], []
    for first in range(0, people, PEOPLE_AT_ONCE):
        count = min(PEOPLE_AT_ONCE, people - first)
        group = rng.choice(len(LATENT_SHARES), size=count, p=LATENT_SHARES)
        eagerness = rng.gamma(4.0, 0.25, count).astype(np.float32)[:, None] * np.float32(asked)
        shown = rng.random((count, statements), dtype=np.float32) < eagerness
        shown[np.arange(count), rng.integers(0, statements, count)] = True
        row, column = np.nonzero(shown)
        luck = rng.random(len(row), dtype=np.float32)
        answer = (luck < agree[group[row], column]).astype(np.int8)
        answer[luck >= 0.85] = 0
        answer[(answer == 0) & (luck < 0.85)] = -1
        lengths.append(np.bincount(row, minlength=count))
        columns.append(column.astype(np.int16 if statements <= 32767 else np.int32))
        answers.append(answer)
    return _only_voted(people, statements, np.cumsum(np.concatenate(lengths)), columns, answers)


def _only_voted(
    people: int,
    statements: int,
    row_start: NDArray[np.int64],
    columns: list[NDArray[Any]],
    answers: list[NDArray[np.int8]],
) -> Votes:
    """The votes as made, unless a statement got none: then its column goes."""
    column, answer = np.concatenate(columns), np.concatenate(answers)
    ids = np.arange(people, dtype=np.int64)
    voted = np.bincount(column, minlength=statements) > 0
    if not voted.all():
        return Votes.from_arrays(np.repeat(ids, np.diff(row_start)), column, answer)
    return Votes(ids, np.arange(statements, dtype=np.int64), row_start, column, answer)


@dataclass(eq=False)
class _Stages:
    """CPU seconds and peak megabytes of each stage, over what was resident before the first."""

    resident_before: float
    cpu: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def watch(self, name: str) -> Iterator[None]:
        _forget_peak()
        begin = time.process_time()
        yield
        self.cpu[name] = time.process_time() - begin
        self.peak[name] = round(max(_memory("VmHWM") - self.resident_before, 0.0), 1)


def _measured_run(votes: Votes, zeroed: list[int], meta: list[int]) -> _Stages:
    _give_back_memory()
    stages = _Stages(_memory("VmRSS"))
    result: OpinionMap = compute(votes, zeroed=zeroed, meta=meta, parameters=Parameters(), watch=stages.watch)
    del result
    return stages


def _sweep_seconds(votes: Votes) -> float:
    """The middle of several sweeps as algorithms/explained/opinion-map.md defines one."""
    statement, vote, size = votes.column.astype(np.int32), votes.vote, 3 * len(votes.statements)

    def sweep() -> None:
        np.bincount(statement * 3 + vote + 1, minlength=size)

    return statistics.median(_cpu_of(sweep) for _ in range(SWEEPS))


def _cpu_of(work: Callable[[], None]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _memory(field_name: str) -> float:
    """Megabytes of a field of the kernel's account of this process; VmHWM is the peak, VmRSS what is
    resident now.
    """
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field_name + ":"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise CommandFailed(f"the kernel does not tell {field_name} of this process")


def _forget_peak() -> None:
    """Sets the kernel's record of the peak back to what is resident now."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError as refused:
        raise CommandFailed(
            f"the kernel does not let this process measure its memory: {refused}"
        ) from refused


def _give_back_memory() -> None:
    """Hands freed memory back to the kernel, so that a stage cannot hide its needs in what reading has left
    over.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _votes_asked_for(options: argparse.Namespace) -> tuple[Votes, list[int], list[int]]:
    made_up = options.participants is not None and options.statements is not None
    half = (options.participants is None) != (options.statements is None)
    if half or made_up == (options.votes is not None):
        raise CommandFailed("give either --participants N --statements M, or --votes FILE")
    if made_up:
        people = whole_number("--participants", options.participants, 1)
        statements = whole_number("--statements", options.statements, 1)
        return made_up_votes(people, statements, seed=whole_number("--seed", options.seed, 0)), [], []
    given = read_input(options.votes, options.comments)
    return given.votes, given.zeroed, given.meta


def _as_table(measured: dict[str, Any]) -> str:
    head = "{participants:,} people × {statements:,} statements, {votes:,} votes".format(**measured)
    rows = [*measured["stages"].items(), ("total", measured["total"])]
    lines = [f"  {name:<12} {cost['cpu_s']:>9.3f} s {cost['peak_mb']:>9.1f} MB" for name, cost in rows]
    sweep = f"one sweep {measured['bincount']['cpu_s']:.4f} s; the map costs {measured['ratio']:.1f} sweeps"
    return "\n".join([head, *lines, sweep])
