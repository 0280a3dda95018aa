"""The mathematics again, the slow and obvious way: dense, in loops, for small matrices only."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def dense(
    rows: Sequence[int], columns: Sequence[int], votes: Sequence[int], shape: tuple[int, int]
) -> Matrix:
    """[N, M] inner answers (agree -1, disagree 1), NaN where nobody voted."""
    matrix = np.full(shape, np.nan)
    for row, column, vote in zip(rows, columns, votes, strict=True):
        matrix[row, column] = -vote
    return matrix


def axes(matrix: Matrix, zeroed: Sequence[int]) -> tuple[Matrix, Matrix, Matrix]:
    """(mean, all eigenvectors as rows by falling eigenvalue, eigenvalues) of the filled and centred matrix."""
    filled = matrix.copy()
    filled[:, list(zeroed)] = 0.0
    mean = np.nanmean(filled, axis=0)
    filled = np.where(np.isnan(filled), mean, filled) - mean
    values, vectors = np.linalg.eigh(filled.T @ filled)
    return mean, vectors.T[::-1], values[::-1]


def project(matrix: Matrix, zeroed: Sequence[int], mean: Matrix, components: Matrix) -> Matrix:
    zeroed_matrix = matrix.copy()
    zeroed_matrix[:, list(zeroed)] = 0.0
    positions = np.zeros((len(matrix), 2))
    for i, row in enumerate(zeroed_matrix):
        answered = [j for j in range(len(row)) if not math.isnan(row[j])]
        scale = math.sqrt(len(row) / max(len(answered), 1))
        for axis in (0, 1):
            positions[i, axis] = scale * sum((row[j] - mean[j]) * components[axis, j] for j in answered)
    return positions


def k_means(points: Matrix, k: int) -> list[int] | None:
    """Lloyd from the k lexicographically smallest distinct points seen with agree = +1, to convergence."""
    seen = sorted({(round(-x, 9), round(-y, 9)) for x, y in points.tolist()})
    if len(seen) < k:
        return None
    centres = [(-x, -y) for x, y in seen[:k]]
    label: list[int] = []
    for _ in range(300):
        new = [
            min(range(k), key=lambda c: ((x - centres[c][0]) ** 2 + (y - centres[c][1]) ** 2, c))
            for x, y in points.tolist()
        ]
        if new == label:
            break
        label = new
        for c in range(k):
            own = [points[i] for i in range(len(points)) if label[i] == c]
            if own:
                centres[c] = tuple(np.mean(own, axis=0))
    return label


def silhouette(points: Matrix, label: Sequence[int]) -> float:
    total = 0.0
    groups = sorted(set(label))
    if len(groups) < 2:
        return -1.0
    for i, own in enumerate(label):
        distance = {
            g: [math.dist(points[i], points[j]) for j in range(len(label)) if label[j] == g and j != i]
            for g in groups
        }
        if not distance[own]:
            continue
        a = sum(distance[own]) / len(distance[own])
        b = min(sum(distance[g]) / len(distance[g]) for g in groups if g != own)
        total += (b - a) / max(a, b) if max(a, b) > 0 else 0.0
    return total / len(label)


def adjusted_rand(first: Sequence[int], second: Sequence[int]) -> float:
    pairs = lambda counts: sum(math.comb(n, 2) for n in counts)  # noqa: E731
    both: dict[tuple[int, int], int] = {}
    for pair in zip(first, second, strict=True):
        both[pair] = both.get(pair, 0) + 1
    a, b = pairs(np.unique(first, return_counts=True)[1]), pairs(np.unique(second, return_counts=True)[1])
    expected = a * b / math.comb(len(first), 2)
    return float((pairs(both.values()) - expected) / ((a + b) / 2 - expected))
