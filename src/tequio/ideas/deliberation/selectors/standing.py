"""Where one reader stands on the newest map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.map_picture import Box, Pointer, Scale, choose_pointer
from tequio.algorithms.map_picture.draw import HEIGHT, WIDTH
from tequio.base.languages import current
from tequio.people.models import Person

from ..models import Conversation, OpinionMap
from ..types import You
from .map_document import label_of
from .people_arrays import PeopleArrays, unpack
from .taking_part import participant_of

# Nearer to another group's middle than this share of both distances: near the edge.
NEAR = 0.15
LETTERS_OF_YOU = {"en": 3, "es": 2, "fr": 4}


def your_place(conversation: Conversation, person: Person | None, newest: OpinionMap | None) -> You | None:
    """None for somebody who has not taken part; otherwise her answers, and her place where she has one."""
    participant = participant_of(conversation, person)
    if participant is None or not participant.answers:
        return None
    packed = _people_of(newest) if newest is not None else None
    if newest is None or packed is None:
        return You(participant.answers)
    needed = min(newest.parameters["min_votes"], newest.result["statements"])
    missing = max(0, needed - participant.answers)
    index = packed.find(participant.pk)
    if index is None or packed.group[index] < 0:
        return You(participant.answers, missing)
    group = newest.result["groups"][int(packed.group[index])]
    point = np.array([[packed.x[index], packed.y[index]]], float)
    (x, y), pointer = _pointed_at(newest, point)
    return You(
        participant.answers,
        letter=group["letter"],
        is_near_edge=_is_near_edge(packed, index),
        x=round(x),
        y=round(y),
        line=(round(pointer.end_x), round(pointer.end_y)),
        word=(round(pointer.word_x), round(pointer.word_y)),
        anchor=pointer.anchor,
    )


def _people_of(newest: OpinionMap) -> PeopleArrays | None:
    packed = OpinionMap.objects.filter(pk=newest.pk).values_list("people", flat=True).first()
    return unpack(packed) if packed else None


def _pointed_at(newest: OpinionMap, point: NDArray[np.float64]) -> tuple[tuple[float, float], Pointer]:
    """The point on the field, and the line from there to the word."""
    stored = newest.result["picture"]
    x, y = Scale(*stored["scale"]).at(point)[0].tolist()
    taken = [
        Box.of_text(shape["label"][0], shape["label"][1], len(label_of(group)))
        for shape, group in zip(stored["groups"], newest.result["groups"], strict=True)
    ]
    letters = LETTERS_OF_YOU.get(current(), 4)
    return (x, y), choose_pointer(x, y, letters, Box(0, 0, WIDTH, HEIGHT), taken=taken)


def _is_near_edge(people: PeopleArrays, index: int) -> bool:
    """Whether the middle of another group is nearly as close as that of her own."""
    x, y, own = float(people.x[index]), float(people.y[index]), int(people.group[index])
    distances = {
        number: float(np.hypot(people.x[mask].mean() - x, people.y[mask].mean() - y))
        for number in range(int(people.group.max()) + 1)
        if (mask := people.group == number).any()
    }
    others = [distance for number, distance in distances.items() if number != own]
    if not others:
        return False
    return min(others) - distances[own] < NEAR * (min(others) + distances[own])
