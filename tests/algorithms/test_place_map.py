"""A plain map: points there and back, distances by known cities, round scales."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.algorithms.place_map import Field, Point, distance, frame_of, grid_of, scale_of

LOME, BILBAO = Point(6.137, 1.223), Point(43.263, -2.935)


def test_distances_of_cities():
    assert distance(LOME, LOME) == 0
    assert distance(LOME, BILBAO) == pytest.approx(4145, rel=0.01)
    assert distance(Point(0, 0), Point(0, 90)) == pytest.approx(10_007.5, rel=0.0001)
    assert distance(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22.24, rel=0.01)
    assert distance(Point(90, 0), Point(-90, 0)) == pytest.approx(20_015, rel=0.001)


@given(
    st.floats(-70, 70), st.floats(-180, 179.9), st.floats(0.3, 500), st.floats(0, 360), st.floats(0, 360)
)  # fmt: skip
def test_there_and_back(latitude, longitude, km, x, y):
    field = Field(Point(latitude, longitude), km)
    again = field.place(field.point_at(x, y))
    assert again == pytest.approx((x, y), abs=0.01)


def test_the_middle_north_and_east():
    field = Field(LOME, 10.0)
    assert field.place(LOME) == (180.0, 180.0)
    x, y = field.place(Point(6.182, 1.223))
    assert (x, y) == (pytest.approx(180), pytest.approx(0, abs=1))
    assert field.place(Point(6.137, 1.268))[0] == pytest.approx(358.6, abs=1.5)
    assert field.holds(LOME)
    assert not field.holds(BILBAO)


def test_a_field_stays_on_earth():
    assert Field(Point(89.9, 0), 1_000.0).point_at(180, 0).latitude == 90
    assert Field(Point(-89.9, 0), 1_000.0).point_at(180, 360).latitude == -90
    assert -180 <= Field(Point(0, 179.9), 100.0).point_at(360, 180).longitude < -179


def test_frames_hold_their_points():
    assert frame_of([]) is None
    one = frame_of([LOME])
    assert one is not None
    assert (one.middle.latitude, one.middle.longitude, one.km) == pytest.approx((6.137, 1.223, 1.0))
    points = [LOME, Point(6.2, 1.3), Point(6.1, 1.1)]
    field = frame_of(points)
    assert field is not None
    assert all(field.holds(point) for point in points)
    across = frame_of([Point(-17, 179.8), Point(-17, -179.8)])
    assert across is not None
    assert across.km < 70
    assert across.holds(Point(-17, 180))


@pytest.mark.parametrize(
    ("km", "bar"), [(10.0, 2.0), (16.0, 5.0), (1.0, 0.2), (3.1, 1.0), (700.0, 200.0), (0.3, 0.1)]
)
def test_the_bar_is_round_and_at_most_a_third(km, bar):
    field = Field(LOME, km)
    scale = scale_of(field)
    assert scale.km == pytest.approx(bar)
    assert scale.length == pytest.approx(bar * 360 / km)
    assert scale.length <= 120.001


def test_lines_stand_one_bar_apart():
    field = Field(LOME, 10.0)
    lines = grid_of(field)
    assert lines[len(lines) // 2] == 180
    assert lines[1] - lines[0] == pytest.approx(72)
    assert lines[0] >= 0
    assert lines[-1] <= 360
