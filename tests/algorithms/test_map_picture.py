"""The picture: outlines hold everybody, marks are few, nothing leaves the frame, same input same shapes."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tequio.algorithms.map_picture import (
    Box,
    Scale,
    aggregate_marks,
    choose_pointer,
    convex_hull,
    dash_path,
    draw,
    mark_path,
    people_per_mark,
    rounded_hull,
    smooth_path,
)
from tequio.algorithms.map_picture.draw import HEIGHT, WIDTH

coordinates = st.floats(-1e4, 1e4, allow_nan=False, width=32)
clouds = st.integers(1, 60).flatmap(lambda count: arrays(np.float64, (count, 2), elements=coordinates))


def holds(corners: np.ndarray, points: np.ndarray, slack: float) -> bool:
    """Every point lies left of every side, or nearer to it than `slack`."""
    for here, ahead in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        side = ahead - here
        length = np.hypot(*side)
        across = side[0] * (points[:, 1] - here[1]) - side[1] * (points[:, 0] - here[0])
        if length > 0 and (across / length < -slack).any():
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(clouds)
def test_a_hull_holds_every_point_and_its_corners_are_points(points):
    corners = convex_hull(points)
    assert {tuple(corner) for corner in corners.tolist()} <= {tuple(point) for point in points.tolist()}
    if len(corners) > 2:
        assert holds(corners, points, 1e-6)


def test_the_hull_of_a_square_with_people_inside():
    inside = np.random.default_rng(1).uniform(0.1, 0.9, (50, 2))
    corners = convex_hull(np.vstack([inside, [[0, 0], [1, 0], [1, 1], [0, 1]]]))
    assert corners.tolist() == [[0, 0], [1, 0], [1, 1], [0, 1]]


def test_dropping_inner_points_changes_no_corner():
    """Many points take another way; it must end at the same hull."""
    points = np.random.default_rng(2).normal(size=(5_000, 2))
    parts = [convex_hull(points[begin : begin + 500]) for begin in range(0, 5_000, 500)]
    assert convex_hull(points).tolist() == convex_hull(np.vstack(parts)).tolist()


def test_many_points_on_one_line_are_a_line():
    line = np.stack([np.arange(2_000.0), np.arange(2_000.0)], axis=1)
    assert convex_hull(line).tolist() == [[0, 0], [1999, 1999]]


def test_nobody_has_no_hull():
    with pytest.raises(ValueError, match="at least one point"):
        convex_hull(np.empty((0, 2)))


@settings(max_examples=40, deadline=None)
@given(clouds)
def test_air_around_everybody(points):
    corners = rounded_hull(points, 7.0)
    assert len(corners) >= 6
    assert holds(corners, points, -5.0)


@pytest.mark.parametrize(("people", "each"), [(1, 1), (250, 1), (251, 2), (1_921, 10), (100_000, 500)])
def test_how_many_one_mark_stands_for(people, each):
    assert people_per_mark(people) == each
    assert people / each <= 250


@settings(max_examples=40, deadline=None)
@given(clouds, st.integers(1, 9))
def test_marks_lie_among_those_they_stand_for(points, each):
    marks = aggregate_marks(points, each)
    assert 1 <= len(marks) <= max(1, round(len(points) / each))
    corners = rounded_hull(points, 1e-2)
    assert holds(corners, marks, 1e-2)
    weights = len(points) / len(marks)
    assert weights >= each / 2 or len(marks) == 1


def test_neighbours_share_a_mark():
    """Four far clusters of ten, ten to a mark: each mark stands in one of them."""
    middles = np.array([[0, 0], [100, 0], [0, 100], [100, 100]], float)
    points = np.repeat(middles, 10, axis=0) + np.random.default_rng(3).uniform(-1, 1, (40, 2))
    marks = aggregate_marks(np.random.default_rng(4).permutation(points), 10)
    nearest = {int(np.argmin(np.hypot(*(middles - mark).T))) for mark in marks}
    assert nearest == {0, 1, 2, 3}
    assert max(np.hypot(*(middles - mark).T).min() for mark in marks) < 2


def two_groups(people: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    groups = np.repeat([0, 1, -1], [people // 2, people // 3, people - people // 2 - people // 3])
    return random.normal(size=(people, 2)) + np.array([[-3, 0], [3, 1], [0, 0]])[groups], groups


def test_a_picture_stays_in_its_frame_and_is_small_at_any_size():
    for people in (40, 30_000):
        picture = draw(*two_groups(people))
        shapes = [
            picture.loose,
            *(group.marks for group in picture.groups),
            *(g.edge for g in picture.groups),
        ]
        for shape in shapes:
            assert (shape >= 0).all()
            assert (shape <= [WIDTH, HEIGHT]).all()
        assert sum(len(group.marks) for group in picture.groups) + len(picture.loose) <= 255
        for group in picture.groups:
            assert Box.of_text(*group.label, 8).beyond(Box(0, 0, WIDTH, HEIGHT)) == 0


def test_labels_do_not_cover_one_another():
    picture = draw(*two_groups(300))
    first, second = (Box.of_text(*group.label, 8) for group in picture.groups)
    assert first.overlap(second) == 0


def test_the_same_people_give_the_same_picture():
    points, groups = two_groups(500)
    once, again = draw(points, groups), draw(points.copy(), groups.copy())
    assert [smooth_path(group.edge) for group in once.groups] == [
        smooth_path(group.edge) for group in again.groups
    ]
    assert [mark_path(group.marks, 0) for group in once.groups] == [
        mark_path(g.marks, 0) for g in again.groups
    ]


def test_up_in_the_map_is_up_on_the_page():
    scale = Scale(0, 0, 10)
    (right, up), (left, down) = scale.at(np.array([[1, 1], [-1, -1]])).tolist()
    assert (right, up) == (190, 126)
    assert (left, down) == (170, 146)


def test_nothing_to_draw_is_said():
    with pytest.raises(ValueError, match="nobody is in a group"):
        draw(np.zeros((3, 2)), np.full(3, -1))
    with pytest.raises(ValueError, match="2 positions for 3"):
        draw(np.zeros((2, 2)), np.zeros(3))
    with pytest.raises(ValueError, match="without gaps"):
        draw(np.zeros((2, 2)), np.array([0, 2]))


def test_everybody_on_one_spot_can_be_drawn():
    picture = draw(np.zeros((6, 2)), np.repeat([0, 1], 3))
    assert all(np.isfinite(group.edge).all() for group in picture.groups)


@pytest.mark.parametrize(("sign", "path"), [(0, "M5 6h0"), (1, "M2 8h6l-3-5z"), (2, "M3 4h4v4h-4z")])
def test_signs(sign, path):
    assert mark_path(np.array([[5.2, 6.1]]), sign) == path


def test_paths_are_whole_and_closed():
    path = smooth_path(np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float))
    assert path == "M0 5Q0 0 5 0Q10 0 10 5Q10 10 5 10Q0 10 0 5z"
    assert dash_path(np.array([[5, 5], [9, 9]])) == "M3 5h4M7 9h4"
    assert re.fullmatch(r"[MQz0-9. -]+", path)


def test_the_word_you_stays_inside_wherever_you_stand():
    frame = Box(0, 0, WIDTH, HEIGHT)
    for x, y in ((10, 10), (350, 10), (10, 260), (350, 260), (180, 136)):
        pointer = choose_pointer(x, y, 4, frame)
        assert 0 <= pointer.end_x <= WIDTH
        assert 0 <= pointer.word_y <= HEIGHT
