"""The opinion map: who answered alike, what sets each group apart, and what all share.

votes = Votes.from_arrays(participant_ids, statement_ids, answers)   # 1 agree, 0 pass, -1 disagree
result = compute(votes, zeroed=moderated_out, meta=meta)
result.groups, result.consensus, result.gac_agree, result.as_document(input_digest(votes))
"""

from tequio.algorithms.opinion_map.axes import Axes
from tequio.algorithms.opinion_map.compute import Previous, compute
from tequio.algorithms.opinion_map.parameters import NAME, VERSION, Parameters
from tequio.algorithms.opinion_map.priorities import (
    FEATURES,
    ROUTING,
    Choice,
    Routing,
    features,
    is_suspicious,
    next_statement,
    priority,
)
from tequio.algorithms.opinion_map.result import Consensus, Group, OpinionMap, RepresentativeStatement
from tequio.algorithms.opinion_map.smoothing import SmoothedCount, match_groups, smooth
from tequio.algorithms.opinion_map.statistics import GroupStatistics
from tequio.algorithms.opinion_map.votes import Votes, VotesError, input_digest

__all__ = [
    "FEATURES",
    "NAME",
    "ROUTING",
    "VERSION",
    "Axes",
    "Choice",
    "Consensus",
    "Group",
    "GroupStatistics",
    "OpinionMap",
    "Parameters",
    "Previous",
    "RepresentativeStatement",
    "Routing",
    "SmoothedCount",
    "Votes",
    "VotesError",
    "compute",
    "features",
    "input_digest",
    "is_suspicious",
    "match_groups",
    "next_statement",
    "priority",
    "smooth",
]
