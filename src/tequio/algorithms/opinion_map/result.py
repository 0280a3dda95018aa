"""What a run of the opinion map says, and its one JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.opinion_map.axes import Axes
from tequio.algorithms.opinion_map.matrix import Floats
from tequio.algorithms.opinion_map.parameters import NAME, VERSION, Parameters
from tequio.algorithms.opinion_map.smoothing import SmoothedCount
from tequio.algorithms.opinion_map.statistics import Direction, GroupStatistics

State = Literal["groups", "no_votes", "degenerate", "too_few_people", "no_distinct_groups"]
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class RepresentativeStatement:
    """A statement that sets a group apart: r times as likely as elsewhere (z: rt), probability p (z: pt)."""

    statement: int
    direction: Direction
    metric: float
    r: float
    rt: float
    p: float
    pt: float


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """People who answered alike. `id` is the rank by size; `given` the caller's own id, if any."""

    id: int
    members: NDArray[np.int64]
    representative: tuple[RepresentativeStatement, ...]
    given: Any = None

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass(frozen=True, eq=False, slots=True)
class Consensus:
    """Statement ids most of all people agree with, and most disagree with, strongest first."""

    agree: tuple[int, ...]
    disagree: tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class OpinionMap:
    """The result of one run over N people and M statements; arrays follow `participants` and `statements`.

    state               "groups", or why there are none
    placed              bool[N]      who is on the map
    label               int8[N]      group of each person, -1 for none
    positions           [N, 2]       in the inner sign (agree -1); empty [0, 2] when degenerate
    counts              int64[M, 3]  all votes: disagree, pass, agree
    statistics          per group [K, M]; with no groups K = 1, everybody placed together
    gac_agree, gac_disagree  [M]     group-informed consensus
    extremity           [M]
    priorities          [M]
    priorities_suspicious            True when all priorities are equal although the votes differ
    silhouettes         {k: value}   of every number of groups that was tried
    smoothing           to be handed to the next run of the same conversation
    """

    state: State
    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    placed: NDArray[np.bool_]
    label: NDArray[np.int8]
    groups: tuple[Group, ...]
    consensus: Consensus
    counts: NDArray[np.int64]
    statistics: GroupStatistics
    gac_agree: Floats
    gac_disagree: Floats
    extremity: Floats
    priorities: Floats
    priorities_suspicious: bool
    axes: Axes
    positions: Floats
    silhouettes: dict[int, float]
    smoothing: SmoothedCount
    parameters: Parameters
    version: str = VERSION

    @property
    def k(self) -> int:
        """Number of groups; 0 when nobody stands apart."""
        return len(self.groups)

    @property
    def placed_count(self) -> int:
        return int(self.placed.sum())

    @property
    def vote_count(self) -> int:
        return int(self.counts.sum())

    @property
    def explained(self) -> float:
        """Share of all differences that the two axes show, between 0 and 1."""
        return float(self.axes.explained.sum())

    def as_document(self, input_sha256: str, *, people: bool = True) -> dict[str, Any]:
        """Plain values for JSON; keys in a fixed order, never NaN. `people` False leaves out who stands where."""
        statements = self.statements.tolist()
        keys = [str(statement) for statement in statements]
        return {
            "state": self.state,
            "participants": len(self.participants),
            "statements": len(statements),
            "votes": self.vote_count,
            "placed": self.placed_count,
            "k": self.k,
            "groups": [_group_document(group, people) for group in self.groups],
            "consensus": {"agree": list(self.consensus.agree), "disagree": list(self.consensus.disagree)},
            "group_informed_consensus": dict(zip(keys, self.gac_agree.tolist(), strict=True)),
            "group_informed_consensus_disagree": dict(zip(keys, self.gac_disagree.tolist(), strict=True)),
            "priorities": dict(zip(keys, self.priorities.tolist(), strict=True)),
            "extremity": dict(zip(keys, self.extremity.tolist(), strict=True)),
            "silhouettes": {str(k): value for k, value in self.silhouettes.items()},
            "axes": {
                "statements": statements,
                "mean": self.axes.mean.tolist(),
                "components": self.axes.components.tolist(),
                "explained": self.axes.explained.tolist(),
                "agree": -1,
            },
            **({"positions": self._positions()} if people else {}),
            "algorithm": {
                "name": NAME,
                "version": self.version,
                "parameters": self.parameters.as_dict(),
                "seed": self.parameters.seed,
                "input_sha256": input_sha256,
            },
        }

    def _positions(self) -> dict[str, list[float]]:
        if not len(self.positions):
            return {}
        rounded = np.round(self.positions, DECIMALS) + 0.0
        return dict(zip(map(str, self.participants.tolist()), rounded.tolist(), strict=True))


def _group_document(group: Group, people: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": group.id,
        "size": group.size,
        **({"members": group.members.tolist()} if people else {}),
        "representative": [
            {
                "statement": found.statement,
                "direction": found.direction,
                "metric": found.metric,
                "r": found.r,
                "rt": found.rt,
                "p": found.p,
                "pt": found.pt,
            }
            for found in group.representative
        ],
    }
    if group.given is not None:
        document["given"] = group.given
    return document
