"""Votes into the database by the million: PostgreSQL's binary COPY from arrays, without a Python object a row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from django.db import connection
from numpy.typing import NDArray

# COPY's own frame: signature, flags, length of the header's extension; an end mark.
HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
# PostgreSQL counts microseconds from the year 2000.
EPOCH_2000 = 946_684_800_000_000
ROWS_AT_ONCE = 50_000
COLUMNS = "participant_id, statement_id, value, is_important, at"
ROW = np.dtype(
    [
        ("columns", ">i2"),
        ("participant_length", ">i4"), ("participant", ">i8"),
        ("statement_length", ">i4"), ("statement", ">i8"),
        ("value_length", ">i4"), ("value", ">i2"),
        ("important_length", ">i4"), ("important", "i1"),
        ("at_length", ">i4"), ("at", ">i8"),
    ]
)  # fmt: skip
LENGTHS = {"participant": 8, "statement": 8, "value": 2, "important": 1, "at": 8}


def copy_votes(
    participants: NDArray[np.int64],
    statements: NDArray[np.int64],
    values: NDArray[np.int8],
    important: NDArray[np.bool_],
    micros: NDArray[np.int64],
    *,
    on_progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Rows of StatementVote from arrays of equal length; ids are the tables', `micros` counts since 1970."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY deliberation_statementvote ({COLUMNS}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.write(HEAD)
        for begin in range(0, len(values), ROWS_AT_ONCE):
            part = slice(begin, begin + ROWS_AT_ONCE)
            rows = np.empty(len(values[part]), dtype=ROW)
            rows["columns"] = len(LENGTHS)
            for name, length in LENGTHS.items():
                rows[f"{name}_length"] = length
            rows["participant"], rows["statement"] = participants[part], statements[part]
            rows["value"], rows["important"] = values[part], important[part]
            rows["at"] = micros[part] - EPOCH_2000
            copy.write(rows.tobytes())
            on_progress(begin + len(rows))
        copy.write(END)


def settle_votes() -> None:
    """Tidy the table after many new rows, once they are committed: until then no map is read from the index alone."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) deliberation_statementvote")
