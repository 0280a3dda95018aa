"""Crowds that arrive at once, as tables int8[people, statements] of 1, 0, -1, and 2 for no answer."""

from __future__ import annotations

import numpy as np


def puppets(
    number: int, statements: int, *, noise: float = 0.05, answered: float = 0.5, seed: int = 1
) -> np.ndarray:
    """All follow one pattern; each answers that part of all, and now and then something else."""
    random = np.random.default_rng(seed)
    table = np.tile(random.choice([-1, 1], statements).astype(np.int8), (number, 1))
    slips = random.random(table.shape) < noise
    table[slips] = random.choice([-1, 0, 1], int(slips.sum()))
    table[random.random(table.shape) >= answered] = 2
    return table


def hall(number: int, statements: int, *, seed: int = 2) -> np.ndarray:
    """People who differ: some statements find most of them, on others they are apart."""
    random = np.random.default_rng(seed)
    agree = random.random((number, statements)) < random.beta(1.5, 1.5, statements)
    table = np.where(agree, 1, -1).astype(np.int8)
    table[random.random(table.shape) < 0.15] = 0
    return table
