"""The two directions in which answers differ most: block Lanczos with a check on what it returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.opinion_map.matrix import CentredMatrix, Floats
from tequio.algorithms.opinion_map.parameters import Parameters

# With four times this many votes, the search starts from the axes of an evenly spaced sample of the rows.
SAMPLE_VOTES = 50_000
SAMPLE_EVERY_AT_MOST = 16
SAMPLE_TOLERANCE = 1e-3
MOST_SWEEPS = 150
# A direction this much shorter than the longest is rounding, not a direction.
NOTHING = 1e-10
# Loadings closer than this are equally large: the sign then hangs on the statement with the smaller id.
TIE = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Axes:
    """Two axes over M statements, in the inner sign (agree -1, disagree +1).

    mean        [M]     mean answer of each statement, 0 where zeroed
    components  [2, M]  orthonormal loadings; the second row is 0 when the votes vary along one line only
    explained   [2]     share of all variation along each axis, between 0 and 1
    """

    mean: Floats
    components: Floats
    explained: Floats


def find_axes(matrix: CentredMatrix, parameters: Parameters) -> Axes:
    """First two eigenvectors of X.T @ X, the largest loading of each positive."""
    total = matrix.variation
    components = np.zeros((2, len(matrix.mean)))
    explained = np.zeros(2)
    if total > 0:
        lengths, vectors = _leading(matrix, parameters.axes_tolerance, parameters.seed)
        for index in range(len(lengths)):
            if lengths[index] > NOTHING * lengths[0]:
                components[index] = _with_sign(vectors[:, index])
                explained[index] = min(lengths[index] / total, 1.0)
    return Axes(matrix.mean, components, explained)


def aligned(
    axes: Axes, statements: NDArray[np.int64], earlier: Floats, earlier_statements: NDArray[np.int64]
) -> Floats:
    """[1 or -1, 1 or -1]: what to multiply each axis by, so that the picture keeps its sides."""
    _, here, there = np.intersect1d(statements, earlier_statements, assume_unique=True, return_indices=True)
    agreement = (axes.components[:, here] * earlier[:, there]).sum(axis=1)
    return np.where(agreement < 0, -1.0, 1.0)


def project_people(matrix: CentredMatrix, axes: Axes) -> Floats:
    """[N, 2]: sqrt(M / answers of i) * the sum of (answer - mean) * loading over what i answered.

    A zeroed column holds the answer 0 of everybody, so it counts among the answers of everybody.
    """
    answered = np.maximum(matrix.answers_per_row(), 1)
    scale = np.sqrt(len(matrix.mean) / answered)
    return matrix.times(axes.components.T) * scale[:, None]


def project_statements(axes: Axes) -> Floats:
    """[M, 2]: where somebody would stand whose only answer is agreement with that statement."""
    count = len(axes.mean)
    return (np.sqrt(count) * (-1.0 - axes.mean) * axes.components).T


def _with_sign(loadings: Floats) -> Floats:
    sizes = np.abs(loadings)
    decides = int(np.flatnonzero(sizes >= sizes.max() * (1 - TIE))[0])
    return loadings if loadings[decides] > 0 else -loadings


def _leading(matrix: CentredMatrix, tolerance: float, seed: int) -> tuple[Floats, Floats]:
    """(up to two eigenvalues descending, [M, 2] eigenvectors) of X.T @ X.

    Each round multiplies a block of two by X.T @ X, solves the small problem on all directions seen so far
    (Rayleigh-Ritz) and goes on along the residuals, which spans the same space as block Lanczos; it ends
    when both residuals are below `tolerance` times the greatest eigenvalue.
    """
    active = (matrix.value != 0).any(axis=1)
    start = _start(matrix, active, tolerance, seed)
    basis = _orthonormal(start, np.empty((len(active), 0)))
    block, image = basis, np.empty((len(active), 0))
    for _ in range(MOST_SWEEPS):
        image = np.hstack([image, matrix.gram_times(block)])
        small = basis.T @ image
        lengths, turn = np.linalg.eigh((small + small.T) / 2)
        lengths, turn = lengths[:-3:-1], turn[:, :-3:-1]
        vectors = basis @ turn
        residual = image @ turn - vectors * lengths
        open_ = np.linalg.norm(residual, axis=0) > tolerance * lengths[0]
        if not open_.any() or basis.shape[1] >= active.sum():
            break
        block = _orthonormal(residual[:, open_], basis)
        basis = np.hstack([basis, block])
    return lengths, vectors


def _start(matrix: CentredMatrix, active: NDArray[np.bool_], tolerance: float, seed: int) -> Floats:
    every = min(len(matrix.keys) // SAMPLE_VOTES, SAMPLE_EVERY_AT_MOST)
    if every >= 4:
        return _leading(matrix.sample(every), max(tolerance, SAMPLE_TOLERANCE), seed)[1]
    noise = np.random.default_rng(seed).standard_normal((len(active), 2))
    return noise * active[:, None]


def _orthonormal(block: Floats, basis: Floats) -> Floats:
    """An orthonormal basis of what `block` adds to `basis`; empty when it adds nothing but rounding."""
    sizes = np.linalg.norm(block, axis=0)
    block = block[:, sizes > 0] / sizes[sizes > 0]
    for _ in range(2):
        block = block - basis @ (basis.T @ block)
    added: list[Floats] = []
    for direction in block.T:
        for earlier in added:
            direction = direction - earlier * (earlier @ direction)
        size = np.linalg.norm(direction)
        if size > NOTHING:
            added.append(direction / size)
    return np.array(added).T.reshape(len(block), len(added))
