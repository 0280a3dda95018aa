"""What is kept of a map: the command line's JSON without people, with counts, letters, shared ground, picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from tequio.algorithms.map_picture import dash_path, draw, mark_path, smooth_path
from tequio.algorithms.map_picture.draw import HEIGHT, WIDTH
from tequio.algorithms.opinion_map import OpinionMap as Computed
from tequio.algorithms.opinion_map import match_groups

from .people_arrays import PeopleArrays
from .shared_ground import FEWEST, Counts, shared
from .vote_reading import VoteReading

LETTERS = "ABCDEFGHIJ"
MIDDLE = 0.12


def build_document(
    computed: Computed,
    reading: VoteReading,
    digest: str,
    before: dict[str, Any] | None,
    earlier: PeopleArrays | None,
) -> dict[str, Any]:
    """Plain values for JSON. `before` and `earlier` are the last map's, so that letters stay where people stay."""
    document = computed.as_document(digest, people=False)
    keys = [str(number) for number in document["axes"]["statements"]]
    statistics = computed.statistics
    by_group = np.stack(
        [statistics.disagree, statistics.seen - statistics.agree - statistics.disagree, statistics.agree],
        axis=2,
    )
    document["counts"] = _rows(keys, computed.counts)
    letters = _letters(computed, reading, before, earlier)
    for group, counts, letter in zip(document["groups"], by_group, letters, strict=False):
        group |= {"letter": letter, "counts": _rows(keys, counts)}
    document["zeroed"], document["meta"] = reading.zeroed, reading.meta
    document["enough_answers"] = int(
        (reading.votes.votes_per_participant >= min(computed.parameters.min_votes, len(keys))).sum()
    )
    left_out = {str(number) for number in reading.zeroed}
    published: list[Counts] = [group["counts"] for group in document["groups"] if group["size"] >= FEWEST]
    open_keys = [key for key in keys if key not in left_out]
    document["shared"] = {
        "agree": [int(key) for key in shared(published, open_keys, 2)],
        "disagree": [int(key) for key in shared(published, open_keys, 0)],
    }
    document["picture"] = _picture(computed, document["groups"])
    return document


def _rows(keys: list[str], counts: Any) -> Counts:
    return dict(zip(keys, counts.tolist(), strict=True))


def _letters(
    computed: Computed, reading: VoteReading, before: dict[str, Any] | None, earlier: PeopleArrays | None
) -> str:
    """Letters by size, or those of the last map when the same number of groups grew out of its groups."""
    plain = LETTERS[: computed.k]
    if before is None or earlier is None or len(before.get("groups", ())) != computed.k:
        return plain
    now = [reading.persons[computed.label == number] for number in range(computed.k)]
    then = [earlier.person[earlier.group == number] for number in range(computed.k)]
    found = match_groups(now, then)
    kept = [before["groups"][index]["letter"] for index in found if index is not None]
    return "".join(kept) if len(kept) == computed.k else plain


def _picture(computed: Computed, groups: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Path data and places for labels; nothing where there are no groups to draw."""
    if not computed.k or not len(computed.positions):
        return None
    letters = max(len(label_of(group)) for group in groups)
    picture = draw(computed.positions, computed.label, letters=letters)
    shapes = []
    for number, shape in enumerate(picture.groups):
        middle = shape.edge.mean(axis=0) / [WIDTH, HEIGHT] - 0.5
        shapes.append(
            {
                "edge": smooth_path(shape.edge),
                "marks": mark_path(shape.marks, LETTERS.index(groups[number]["letter"])),
                "label": [shape.label[0], shape.label[1]],
                "across": _side(float(middle[0])),
                "up": -_side(float(middle[1])),
            }
        )
    scale = picture.scale
    return {
        "each": picture.each,
        "scale": [scale.centre_x, scale.centre_y, scale.units],
        "origin": list(scale.origin),
        "groups": shapes,
        "loose": dash_path(picture.loose),
    }


def label_of(group: dict[str, Any]) -> str:
    return f"{group['letter']} · {group['size']}"


def _side(offset: float) -> int:
    """-1, 0 or 1: to one side of the middle, in it, to the other side."""
    return 0 if abs(offset) < MIDDLE else (1 if offset > 0 else -1)
