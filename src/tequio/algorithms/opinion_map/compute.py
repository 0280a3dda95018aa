"""One run of the opinion map, from votes to what the groups say (algorithms/explained/opinion-map.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tequio.algorithms.opinion_map import axes as axes_
from tequio.algorithms.opinion_map import groups as groups_
from tequio.algorithms.opinion_map import statistics as statistics_
from tequio.algorithms.opinion_map.axes import Axes
from tequio.algorithms.opinion_map.matrix import CentredMatrix, Floats
from tequio.algorithms.opinion_map.parameters import Parameters
from tequio.algorithms.opinion_map.priorities import is_suspicious, priority
from tequio.algorithms.opinion_map.result import Consensus, Group, OpinionMap, RepresentativeStatement, State
from tequio.algorithms.opinion_map.smoothing import SmoothedCount, smooth
from tequio.algorithms.opinion_map.votes import Votes

Watch = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, eq=False, slots=True)
class Previous:
    """What a living conversation hands on from its last run.

    statements  int64[M']   ids of the columns of components
    components  [2, M']     so that the picture is not mirrored from one run to the next
    smoothing               so that the number of groups does not jump
    """

    statements: NDArray[np.int64]
    components: Floats
    smoothing: SmoothedCount | None = None


@dataclass(frozen=True, eq=False, slots=True)
class _Grouping:
    """Who is in which group, before anything is said about the groups."""

    state: State
    placed: NDArray[np.bool_]
    label: NDArray[np.int8]
    given: tuple[Any, ...] | None
    silhouettes: dict[int, float]
    smoothing: SmoothedCount


def compute(
    votes: Votes,
    *,
    zeroed: ArrayLike = (),
    meta: ArrayLike = (),
    already_in: ArrayLike = (),
    groups: Mapping[int, Any] | None = None,
    previous: Previous | None = None,
    parameters: Parameters | None = None,
    watch: Watch | None = None,
) -> OpinionMap:
    """The opinion map of these votes. Leave banned people out beforehand: `votes.without(ids)`.

    zeroed      statement ids that count as 0 for everybody: moderated out or merged into another
    meta        statement ids about the people themselves: zeroed too, and asked first
    already_in  participant ids that were on an earlier map of this conversation: once in, always in
    groups      {participant id: group id}: takes these groups as they are instead of looking for them
    previous    the last run of the same conversation
    watch       called with the name of each stage, gives a context manager to measure it with
    """
    parameters = parameters or Parameters()
    watch = watch or _unwatched
    is_meta = np.isin(votes.statements, np.asarray(meta, dtype=np.int64))
    is_zeroed = is_meta | np.isin(votes.statements, np.asarray(zeroed, dtype=np.int64))
    with watch("matrix"):
        matrix = CentredMatrix.of(votes, is_zeroed)
    with watch("axes"):
        axes = _axes(matrix, parameters)
    with watch("positions"):
        positions = axes_.project_people(matrix, axes) if axes.explained[0] > 0 else np.empty((0, 2))
        extremity = np.hypot(*axes_.project_statements(axes).T)
    with watch("groups"):
        grouping = _grouping(votes, positions, already_in, groups, previous, parameters)
    with watch("statistics"):
        said = _what_groups_say(votes, matrix, grouping, is_zeroed, is_meta, extremity, parameters)
    if previous is not None and len(positions):
        signs = axes_.aligned(axes, votes.statements, previous.components, previous.statements)
        axes = Axes(axes.mean, axes.components * signs[:, None], axes.explained)
        positions = positions * signs
    return OpinionMap(
        state=grouping.state,
        participants=votes.participants,
        statements=votes.statements,
        placed=grouping.placed,
        label=grouping.label,
        counts=matrix.counts,
        extremity=extremity,
        axes=axes,
        positions=positions,
        silhouettes=grouping.silhouettes,
        smoothing=grouping.smoothing,
        parameters=parameters,
        **said,
    )


def _unwatched(stage: str) -> AbstractContextManager[None]:
    return nullcontext()


def _axes(matrix: CentredMatrix, parameters: Parameters) -> Axes:
    """No axes where one person or one statement leaves nothing to compare."""
    if len(matrix.row_start) <= 2 or len(matrix.mean) < 2:
        return Axes(matrix.mean, np.zeros((2, len(matrix.mean))), np.zeros(2))
    return axes_.find_axes(matrix, parameters)


def _grouping(
    votes: Votes,
    positions: Floats,
    already_in: ArrayLike,
    given: Mapping[int, Any] | None,
    previous: Previous | None,
    parameters: Parameters,
) -> _Grouping:
    earlier = previous.smoothing if previous is not None else None
    if given is not None:
        return _given_groups(votes, given)
    old = np.isin(votes.participants, np.asarray(already_in, dtype=np.int64))
    placed = groups_.who_is_placed(votes.votes_per_participant, len(votes.statements), old, parameters)
    least = parameters.smallest_group(int(placed.sum()))
    label = np.full(len(placed), -1, dtype=np.int8)
    state: State = "no_votes" if not len(votes) else "degenerate"
    silhouettes: dict[int, float] = {}
    shown = smooth(0, earlier, parameters.smoothing)
    if len(positions):
        state = "too_few_people"
        if placed.sum() >= max(2 * least, 2):
            plane = groups_.Plane.of(positions[placed], parameters)
            found = groups_.partitions(plane, parameters.max_groups)
            silhouettes = {one.k: one.silhouette for one in found}
            chosen, shown = _chosen(plane, found, least, earlier, parameters)
            state = "no_distinct_groups"
            if chosen is not None:
                state = "groups"
                label[placed] = groups_.ranked(chosen, shown.shown)
    return _Grouping(state, placed, label, None, silhouettes, shown)


def _chosen(
    plane: groups_.Plane,
    found: list[groups_.Partition],
    least: int,
    earlier: SmoothedCount | None,
    parameters: Parameters,
) -> tuple[NDArray[np.int8] | None, SmoothedCount]:
    """Labels to show: the best, held back by smoothing while the number shown before is possible."""
    steps = parameters.polishing_steps
    labels: dict[int, NDArray[np.int8] | None] = {}
    best = 0
    for one in groups_.best_first(found, least):
        labels[one.k] = groups_.people_labels(plane, one, least, steps)
        if labels[one.k] is not None:
            best = one.k
            break
    wanted = smooth(best, earlier, parameters.smoothing)
    for one in groups_.best_first(found, least):
        if one.k == wanted.shown and one.k not in labels:
            labels[one.k] = groups_.people_labels(plane, one, least, steps)
    shown = wanted.shown if labels.get(wanted.shown) is not None else best
    return labels.get(shown), SmoothedCount(shown, wanted.candidate, wanted.runs)


def _given_groups(votes: Votes, given: Mapping[int, Any]) -> _Grouping:
    """Groups as the caller has them; people without a vote, or without a group, are in none."""
    names: dict[Any, int] = {}
    label = np.full(len(votes.participants), -1, dtype=np.int64)
    for index, person in enumerate(votes.participants.tolist()):
        if person in given:
            label[index] = names.setdefault(given[person], len(names))
    if len(names) > 127:
        raise ValueError(f"{len(names)} groups are given; at most 127 can be told apart")
    rank = groups_.ranked(label, len(names)) if names else label.astype(np.int8)
    by_rank = {int(rank[np.argmax(label == index)]): name for name, index in names.items()}
    state: State = "groups" if names else ("too_few_people" if len(votes) else "no_votes")
    return _Grouping(
        state=state,
        placed=rank >= 0,
        label=rank,
        given=tuple(by_rank[index] for index in range(len(names))),
        silhouettes={},
        smoothing=SmoothedCount(len(names), len(names), 1),
    )


def _what_groups_say(
    votes: Votes,
    matrix: CentredMatrix,
    grouping: _Grouping,
    is_zeroed: NDArray[np.bool_],
    is_meta: NDArray[np.bool_],
    extremity: Floats,
    parameters: Parameters,
) -> dict[str, Any]:
    k = int(grouping.label.max(initial=-1)) + 1
    label = grouping.label if k else np.where(grouping.placed, 0, -1).astype(np.int8)
    statistics = statistics_.group_statistics(statistics_.count_by_group(matrix, label, max(k, 1)))
    z, listed = parameters.significance, parameters.listed
    agreed, disagreed = statistics_.majority(matrix.counts, is_zeroed, z, listed)
    ids = votes.statements
    s = statistics
    agree, disagree, seen = s.agree.sum(axis=0), s.disagree.sum(axis=0), s.seen.sum(axis=0)
    priorities = priority(agree, disagree, seen, extremity, is_meta)
    weighed = [values[~is_zeroed] for values in (priorities, agree, disagree, seen)]
    gac_agree, gac_disagree = statistics_.group_informed_consensus(statistics)
    return {
        "groups": tuple(
            _group(votes, grouping, statistics, rank, is_zeroed, parameters) for rank in range(k)
        ),
        "consensus": Consensus(tuple(ids[agreed].tolist()), tuple(ids[disagreed].tolist())),
        "statistics": statistics,
        "gac_agree": gac_agree,
        "gac_disagree": gac_disagree,
        "priorities": priorities,
        "priorities_suspicious": is_suspicious(*weighed),
    }


def _group(
    votes: Votes,
    grouping: _Grouping,
    statistics: statistics_.GroupStatistics,
    rank: int,
    is_zeroed: NDArray[np.bool_],
    parameters: Parameters,
) -> Group:
    found = statistics_.representative(
        statistics, rank, is_zeroed, parameters.significance, parameters.listed
    )
    described = tuple(
        RepresentativeStatement(
            int(votes.statements[one.column]), one.direction, one.metric, one.r, one.rt, one.p, one.pt
        )
        for one in found
    )
    given = grouping.given[rank] if grouping.given is not None else None
    return Group(rank, votes.participants[grouping.label == rank], described, given)
