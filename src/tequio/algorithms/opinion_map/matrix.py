"""The centred vote matrix, never written out: as sparse as the votes, swept in blocks that stay in the cache.

Inside the mathematics agree is -1 and disagree +1, the sign of the field's reference. A missing vote is
filled with the column's mean, so that after centring it is exactly 0: only the votes themselves are touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.opinion_map.votes import Integers, Votes

Floats = NDArray[np.float64]

# Votes per block: keys, gathered pairs and weights of one block together take two to three megabytes.
BLOCK = 1 << 16
# The inner sign of the three answers in the order of the files' -1 (disagree), 0 (pass), 1 (agree).
INNER = np.array([1.0, 0.0, -1.0])


@dataclass(frozen=True, eq=False, slots=True)
class CentredMatrix:
    """The matrix X: answer - mean[j] where i answered j, else 0; zeroed columns are 0 throughout.

    keys       [V]     column * 3 + vote + 1
    row_start  [N+1]   the votes of row i
    zeroed     [M]     True for the columns that are 0 for everybody
    counts     [M, 3]  votes on each statement: disagree, pass, agree
    mean       [M]     of the inner answers; 0 for zeroed columns
    value      [M, 3]  the entry of X for each statement and answer
    """

    keys: Integers
    row_start: NDArray[np.int64]
    zeroed: NDArray[np.bool_]
    counts: NDArray[np.int64]
    mean: Floats
    value: Floats

    @classmethod
    def of(cls, votes: Votes, zeroed: NDArray[np.bool_]) -> CentredMatrix:
        """`zeroed` [M] marks the columns that count as 0 for everybody."""
        keys = votes.keys()
        counts = count_keys(keys, 3 * len(zeroed)).reshape(-1, 3)
        mean = (counts @ INNER) / np.maximum(counts.sum(axis=1), 1)
        value = INNER - mean[:, None]
        mean[zeroed] = 0.0
        value[zeroed] = 0.0
        return cls(keys, votes.row_start, zeroed, counts, mean, value)

    @property
    def variation(self) -> float:
        """The sum of all squared entries: what all axes together explain."""
        return float((self.counts * self.value**2).sum())

    def answers_per_row(self) -> NDArray[np.int64]:
        """[N] columns in which a row holds an answer: its votes, and every zeroed column."""
        answers = np.diff(self.row_start)
        if not self.zeroed.any():
            return answers
        is_kept = np.repeat(~self.zeroed, 3)
        kept = np.empty_like(answers)
        for first, last, keys in self._row_blocks():
            starts = self.row_start[first:last] - self.row_start[first]
            kept[first:last] = np.add.reduceat(is_kept[keys], starts, dtype=np.int64)
        return kept + int(self.zeroed.sum())

    def sample(self, every: int) -> CentredMatrix:
        """Every so-and-so-many-th row, with the means of all rows."""
        begins, ends = self.row_start[:-1:every], self.row_start[1::every]
        starts = np.concatenate(([0], np.cumsum(ends - begins)))
        picked = np.repeat(begins - starts[:-1], ends - begins) + np.arange(starts[-1])
        return CentredMatrix(self.keys[picked], starts, self.zeroed, self.counts, self.mean, self.value)

    def times(self, block: Floats) -> Floats:
        """X @ block for block [M, 1] or [M, 2]; the result is [N, 1] or [N, 2]."""
        table = self._table(block)
        result = np.empty(len(self.row_start) - 1, dtype=table.dtype)
        for first, last, _, sums in self._row_sums(table):
            result[first:last] = sums
        return result.view(np.float64).reshape(len(result), -1)

    def gram_times(self, block: Floats) -> Floats:
        """X.T @ (X @ block) for block [M, 1] or [M, 2], in one sweep over the votes."""
        size = self.value.size
        totals = np.zeros((block.shape[1], size))
        for first, last, keys, sums in self._row_sums(self._table(block)):
            lengths = np.diff(self.row_start[first : last + 1])
            for total, part in zip(totals, (sums.real, sums.imag), strict=False):
                total += np.bincount(keys, weights=np.repeat(part, lengths), minlength=size)
        return (totals.reshape(len(totals), -1, 3) * self.value).sum(axis=2).T.copy()

    def _table(self, block: Floats) -> NDArray[Any]:
        """What a vote adds to the sum of its row, by key; two components travel as one complex number."""
        kind = np.complex128 if block.shape[1] == 2 else np.float64
        return (self.value * np.ascontiguousarray(block).view(kind)).ravel()

    def _row_sums(self, table: NDArray[Any]) -> Iterator[tuple[int, int, Any, Any]]:
        """(first row, last row, their keys, their sums) block by block."""
        gathered = np.empty(self._longest_block(), dtype=table.dtype)
        for first, last, keys in self._row_blocks():
            values = gathered[: len(keys)]
            np.take(table, keys, out=values, mode="clip")
            starts = self.row_start[first:last] - self.row_start[first]
            yield first, last, keys, np.add.reduceat(values, starts)

    def _row_blocks(self) -> Iterator[tuple[int, int, NDArray[np.intp]]]:
        """(first row, last row, their keys) of about BLOCK votes; the keys are overwritten next time."""
        buffer = np.empty(self._longest_block(), dtype=np.intp)
        first, rows = 0, len(self.row_start) - 1
        while first < rows:
            begin = self.row_start[first]
            last = max(first + 1, int(np.searchsorted(self.row_start, begin + BLOCK, "right")) - 1)
            keys = buffer[: self.row_start[last] - begin]
            keys[:] = self.keys[begin : self.row_start[last]]
            yield first, last, keys
            first = last

    def _longest_block(self) -> int:
        return max(BLOCK, int(np.diff(self.row_start).max(initial=0)))


def count_keys(keys: Integers, size: int) -> NDArray[np.int64]:
    """How often each key below `size` occurs, in blocks: bincount alone would copy everything to 64 bits."""
    counts = np.zeros(size, dtype=np.int64)
    for begin in range(0, len(keys), 1 << 16):
        counts += np.bincount(keys[begin : begin + (1 << 16)], minlength=size)
    return counts
