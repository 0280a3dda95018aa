"""Where everybody stands on the newest map, packed into the map's row: bytes in, arrays out."""

from __future__ import annotations

import io
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class PeopleArrays:
    """N people, ascending by `person`.

    person  int64[N]  id of our participant row
    x, y    float32[N]  position, in the sign of the algorithm; 0 where nothing could be drawn
    group   int8[N]   group of the stored result, -1 for none
    since   int64[N]  since when on the map, seconds of Unix time; 0 for those not placed
    """

    person: NDArray[np.int64]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    group: NDArray[np.int8]
    since: NDArray[np.int64]

    @property
    def is_placed(self) -> NDArray[np.bool_]:
        return self.since > 0

    def find(self, person: int) -> int | None:
        """The index of that participant; None for somebody the map does not know."""
        index = int(np.searchsorted(self.person, person))
        return index if index < len(self.person) and self.person[index] == person else None


def pack(people: PeopleArrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **{field.name: getattr(people, field.name) for field in fields(people)})
    return buffer.getvalue()


def unpack(packed: bytes | memoryview) -> PeopleArrays:
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return PeopleArrays(**{field.name: arrays[field.name] for field in fields(PeopleArrays)})
