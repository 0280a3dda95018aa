"""Silhouettes of several partitions at once, from one blocked sweep over all distances."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

# Places per block: one block of distances (256 x 256 doubles) stays in the cache.
BLOCK = 256


def silhouettes(places: Floats, weights: Floats, labels: list[NDArray[np.int8]]) -> list[float]:
    """The mean silhouette of each labelling of places [P, 2], each standing for weights [P] people.

    For a person: a = mean distance to the others of the own group, b = least mean distance to another group,
    s = (b - a) / max(a, b), and 0 for somebody alone in a group. A labelling with one group only gives -1.
    The work is done in the precision of `places`.
    """
    if not labels:
        return []
    members = [_members(label, weights) for label in labels]
    sums = _distance_sums(places, np.hstack(members))
    scores, begin = [], 0
    for label, member in zip(labels, members, strict=True):
        end = begin + member.shape[1]
        scores.append(_score(sums[:, begin:end], label, weights, member.sum(axis=0)))
        begin = end
    return scores


def _members(label: NDArray[np.int8], weights: Floats) -> Floats:
    """[P, groups]: the weight of each place in the column of its group."""
    member = np.zeros((len(label), int(label.max()) + 1), dtype=weights.dtype)
    member[np.arange(len(label)), label] = weights
    return member


def _distance_sums(places: Floats, member: Floats) -> Floats:
    """distances @ member, never holding all distances; each pair of blocks is measured once, used twice."""
    x, y = np.ascontiguousarray(places.T)
    sums = np.zeros_like(member)
    for first in range(0, len(x), BLOCK):
        here = slice(first, first + BLOCK)
        for second in range(first, len(x), BLOCK):
            there = slice(second, second + BLOCK)
            distance = np.subtract.outer(x[here], x[there])
            distance *= distance
            across = np.subtract.outer(y[here], y[there])
            across *= across
            distance += across
            np.sqrt(distance, out=distance)
            sums[here] += distance @ member[there]
            if second > first:
                sums[there] += distance.T @ member[here]
    return sums


def _score(sums: Floats, label: NDArray[np.int8], weights: Floats, sizes: Floats) -> float:
    """Mean silhouette from the summed distances to each group [P, groups]."""
    rows = np.arange(len(label))
    own_size = sizes[label]
    own = sums[rows, label] / np.maximum(own_size - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(sizes > 0, sums / sizes, np.inf)
    means[rows, label] = np.inf
    other = means.min(axis=1)
    if not np.isfinite(other).all():
        return -1.0
    larger = np.maximum(own, other)
    value = np.where((own_size > 1) & (larger > 0), (other - own) / np.where(larger > 0, larger, 1.0), 0.0)
    return float((value * weights).sum() / weights.sum())
