"""People with similar answers: k-means on the plane, judged by silhouette, with a least size for a group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.opinion_map.matrix import Floats
from tequio.algorithms.opinion_map.parameters import Parameters
from tequio.algorithms.opinion_map.silhouette import silhouettes

Labels = NDArray[np.int8]

MOST_ROUNDS = 300
# Positions closer than this are one place when the starting points are picked.
SAME_PLACE_DECIMALS = 9


@dataclass(frozen=True, eq=False, slots=True)
class Partition:
    """One way of grouping the placed people.

    k           groups asked for
    silhouette  how well separated they are, between -1 and 1
    label       [P] group of each place, 0 to k-1 (not yet by size)
    centres     [k, 2]
    smallest    people in the smallest group; 0 when fewer than k groups came out
    """

    k: int
    silhouette: float
    label: Labels
    centres: Floats
    smallest: int


@dataclass(frozen=True, eq=False, slots=True)
class Plane:
    """The placed people as points [P, 2] and, for many, as the cells of a grid they fall into.

    places   [C, 2]  the points themselves, or the mean position in each occupied cell
    weights  [C]     people at each place
    cell     [P]     the place of each person; None when the places are the points
    """

    points: Floats
    places: Floats
    weights: Floats
    cell: NDArray[np.intp] | None

    @classmethod
    def of(cls, points: Floats, parameters: Parameters) -> Plane:
        """A grid from `exact_up_to` people on: then nothing below is quadratic in people."""
        if len(points) <= parameters.exact_up_to:
            return cls(points, points, np.ones(len(points)), None)
        return cls(points, *_cells(points, parameters.grid))


def who_is_placed(
    votes_each: NDArray[np.int64], statements: int, already_in: NDArray[np.bool_], parameters: Parameters
) -> NDArray[np.bool_]:
    """[N] True for those with min(min_votes, statements) votes and those already in; topped up to `fill_to`.

    Topping up takes those with most votes, at equal numbers those with the smaller id.
    """
    placed = (votes_each >= min(parameters.min_votes, statements)) | already_in
    missing = parameters.fill_to - int(placed.sum())
    if missing > 0:
        others = np.flatnonzero(~placed)
        placed[others[np.argsort(-votes_each[others], kind="stable")[:missing]]] = True
    return placed


def partitions(plane: Plane, most: int) -> list[Partition]:
    """The places of a plane (inner sign) in 2 to `most` groups, as far as there are places enough."""
    places, weights = plane.places, plane.weights
    starts = _starting_points(places, most)
    fits = [_k_means(places, weights, starts[:k]) for k in range(2, len(starts) + 1)]
    kind = np.float64 if plane.cell is None else np.float32
    scores = silhouettes(places.astype(kind), weights.astype(kind), [label for label, _ in fits])
    found = []
    for (label, centres), score in zip(fits, scores, strict=True):
        smallest = int(np.bincount(label, weights=weights, minlength=len(centres)).min())
        found.append(Partition(len(centres), score, label, centres, smallest))
    return found


def best_first(found: list[Partition], least: int) -> list[Partition]:
    """Those without a group of fewer than `least` people, best separated first; at a tie fewer groups."""
    fitting = [one for one in found if one.smallest >= max(least, 1)]
    return sorted(fitting, key=lambda one: (-one.silhouette, one.k))


def people_labels(plane: Plane, one: Partition, least: int, steps: int) -> Labels | None:
    """[P] group of each person, on a grid polished on the points; None if a group gets too small."""
    if plane.cell is None:
        return one.label
    label, centres, ones = one.label[plane.cell], one.centres, np.ones(len(plane.points))
    for _ in range(steps):
        centres = _centres(plane.points, ones, label, centres)
        label = nearest(plane.points, centres)
    smallest = np.bincount(label, minlength=one.k).min()
    return label if smallest >= max(least, 1) else None


def ranked(label: NDArray[np.integer], k: int) -> Labels:
    """The same groups numbered by size descending, then by their first member; -1 stays -1."""
    sizes = np.bincount(label[label >= 0], minlength=k)
    first = np.array([np.argmax(label == group) for group in range(k)])
    place = np.empty(k + 1, dtype=np.int8)
    place[np.lexsort((first, -sizes))] = np.arange(k)
    place[k] = -1
    return place[label]


def _cells(points: Floats, grid: int) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """(mean position of each occupied cell, people in it, cell of each person)."""
    low = points.min(axis=0)
    extent = np.maximum(points.max(axis=0) - low, np.finfo(float).tiny)
    steps = np.minimum(((points - low) / extent * grid).astype(np.intp), grid - 1)
    flat = steps[:, 0] * grid + steps[:, 1]
    people = np.bincount(flat, minlength=grid * grid)
    occupied = np.flatnonzero(people)
    weights = people[occupied].astype(float)
    sums = [np.bincount(flat, weights=axis, minlength=grid * grid)[occupied] for axis in points.T]
    place = np.zeros(grid * grid, dtype=np.intp)
    place[occupied] = np.arange(len(occupied))
    return np.stack(sums, axis=1) / weights[:, None], weights, place[flat]


def _starting_points(places: Floats, most: int) -> Floats:
    """The lexicographically smallest distinct places, seen with agree = +1 as the reference sees them.

    The inner sign has agree = -1, which turns the plane round: smallest there is greatest here.
    """
    rounded = np.round(-places, SAME_PLACE_DECIMALS) + 0.0
    _, first = np.unique(rounded, axis=0, return_index=True)
    return places[first[:most]]


def _k_means(places: Floats, weights: Floats, start: Floats) -> tuple[Labels, Floats]:
    """(label of each place, centres) when no label changes any more. An emptied group keeps its centre."""
    centres = start.copy()
    label = nearest(places, centres)
    for _ in range(MOST_ROUNDS):
        centres = _centres(places, weights, label, centres)
        moved = nearest(places, centres)
        if np.array_equal(moved, label):
            break
        label = moved
    return label, centres


def _centres(places: Floats, weights: Floats, label: Labels, centres: Floats) -> Floats:
    total = np.bincount(label, weights=weights, minlength=len(centres))
    sums = [np.bincount(label, weights=weights * axis, minlength=len(centres)) for axis in places.T]
    means = np.stack(sums, axis=1) / np.maximum(total, 1)[:, None]
    return np.where(total[:, None] > 0, means, centres)


def nearest(places: Floats, centres: Floats) -> Labels:
    """[P] index of the nearest centre, by true squared distance; at a tie the first."""
    x, y = np.ascontiguousarray(places.T)
    label = np.zeros(len(places), dtype=np.int8)
    least = np.full(len(places), np.inf)
    for index, (cx, cy) in enumerate(centres):
        distance = (x - cx) ** 2 + (y - cy) ** 2
        closer = distance < least
        label[closer] = index
        np.minimum(least, distance, out=least)
    return label
