"""The numbers behind each claim, statement by statement, and the history of the maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tequio.algorithms.opinion_map.statistics import GroupStatistics, group_statistics

from ..models import Conversation, OpinionMap
from ..types import Cell, HistoryPage, NumbersPage, Run, StatementNumbers, Words
from .results import NOBODY, newest_map, percents, shown_groups, words_of
from .shared_ground import SIGNIFICANT, seen, share

A_PAGE = 25
MOST_RUNS = 30
LINE_RUNS = 200
SORTS = ("shared", "apart", "divided", "answers", "number")
LINE_WIDTH, LINE_HEIGHT = 320, 80


def numbers_page(conversation: Conversation, *, sort: str, page: str) -> NumbersPage:
    """Twenty-five statements of the newest map in the asked order; odd input gives the first page by shared ground."""
    sort = sort if sort in SORTS else SORTS[0]
    newest = newest_map(conversation)
    if newest is None:
        return NumbersPage(None, [], [], sort, 1, 1)
    result = newest.result
    groups = shown_groups(result)
    words = words_of(conversation)
    numbers = sorted(number for number in words if str(number) in result["counts"])
    rows = np.array([[g["counts"].get(str(n), NOBODY) for n in numbers] for g in groups], np.int64)
    statistics = group_statistics(rows.reshape(len(groups), len(numbers), 3)) if groups else None
    order = sorted(range(len(numbers)), key=_order(sort, result, numbers, statistics))
    pages = max(1, -(-len(numbers) // A_PAGE))
    at = min(max(1, int(page)), pages) if page.isdecimal() and len(page) < 6 else 1
    shown = order[(at - 1) * A_PAGE : at * A_PAGE]
    return NumbersPage(
        newest.made_at,
        [group["letter"] for group in groups],
        [_statement(words[numbers[index]], index, result, groups, statistics) for index in shown],
        sort,
        at,
        pages,
    )


def _order(
    sort: str, result: dict[str, Any], numbers: list[int], statistics: GroupStatistics | None
) -> Callable[[int], tuple[float, int]]:
    counts = result["counts"]

    def consensus(index: int) -> float:
        key = str(numbers[index])
        if statistics is None:
            return max(share(counts[key], 0), share(counts[key], 2))
        return max(result["group_informed_consensus"][key], result["group_informed_consensus_disagree"][key])

    def apart(index: int) -> float:
        if statistics is None:
            return 0.0
        return float(max(np.abs(statistics.rat[:, index]).max(), np.abs(statistics.rdt[:, index]).max()))

    by: dict[str, Callable[[int], float]] = {
        "shared": consensus,
        "apart": apart,
        "divided": lambda index: min(
            share(counts[str(numbers[index])], 0), share(counts[str(numbers[index])], 2)
        ),
        "answers": lambda index: seen(counts[str(numbers[index])]),
        "number": lambda index: -index,
    }
    value = by[sort]
    return lambda index: (-value(index), index)


def _statement(
    words: Words,
    index: int,
    result: dict[str, Any],
    groups: list[dict[str, Any]],
    statistics: GroupStatistics | None,
) -> StatementNumbers:
    """Everybody first, then each group; significant where it differs from the other groups together."""
    key = str(words.number)
    rows = [result["counts"][key], *(group["counts"].get(key, NOBODY) for group in groups)]
    bars = [percents(row) for row in rows]
    own = [
        (False, False),
        *(
            (bool(statistics.rat[k, index] > SIGNIFICANT), bool(statistics.rdt[k, index] > SIGNIFICANT))
            for k in range(len(groups))
            if statistics is not None
        ),
    ]
    return StatementNumbers(
        words=words,
        answers=seen(rows[0]),
        consensus_agree=result["group_informed_consensus"][key] if groups else None,
        consensus_disagree=result["group_informed_consensus_disagree"][key] if groups else None,
        is_left_out=words.number in result["zeroed"],
        agree=[Cell(bar.agree, more[0]) for bar, more in zip(bars, own, strict=True)],
        disagree=[Cell(bar.disagree, more[1]) for bar, more in zip(bars, own, strict=True)],
        skipped=[Cell(bar.skipped, False) for bar in bars],
        seen=[seen(row) for row in rows],
        estimate=[round((row[2] + 1) / (seen(row) + 2), 3) for row in rows],
    )


def history_page(conversation: Conversation) -> HistoryPage:
    """The newest maps, newest first, and a line of the answers over time."""
    rows = list(
        OpinionMap.objects.filter(conversation=conversation)
        .order_by("-id")
        .values("pk", "made_at", "participants", "votes", "placed", "groups", "digest", "result__shared")[
            :LINE_RUNS
        ]
    )
    words = words_of(conversation)
    runs = []
    for row, before in zip(rows[:MOST_RUNS], [*rows[1 : MOST_RUNS + 1], None], strict=False):
        now, then = _shared_numbers(row), _shared_numbers(before) if before else _shared_numbers(row)
        runs.append(
            Run(
                row["pk"], row["made_at"], row["participants"], row["votes"], row["placed"], row["groups"],
                len(now), row["digest"],
                [words[number] for number in sorted(now - then) if number in words],
                [words[number] for number in sorted(then - now) if number in words],
            )
        )  # fmt: skip
    return HistoryPage(
        runs,
        _line(rows[::-1]),
        max((row["votes"] for row in rows), default=0),
        rows[-1]["made_at"] if rows else None,
        rows[0]["made_at"] if rows else None,
    )


def _shared_numbers(row: Mapping[str, Any]) -> set[int]:
    shared = row["result__shared"] or {}
    return {*shared.get("agree", ()), *shared.get("disagree", ())}


def _line(rows: Sequence[Mapping[str, Any]]) -> str:
    """Path data of answers over time, oldest first, in a field of 320 by 80; empty for fewer than two maps."""
    if len(rows) < 2:
        return ""
    first, last = rows[0]["made_at"], rows[-1]["made_at"]
    whole = (last - first).total_seconds() or 1.0
    most = max(1, *(row["votes"] for row in rows))
    points = dict.fromkeys(
        (
            round(LINE_WIDTH * (row["made_at"] - first).total_seconds() / whole),
            round(LINE_HEIGHT * (1 - row["votes"] / most)),
        )
        for row in rows
    )
    return "M" + "L".join(f"{x} {y}" for x, y in points)
