"""Points of WGS 84 on a flat field: equirectangular, true at the field's middle latitude (Snyder 1987, p. 90).

Good for a town or a region; near the poles and for half the world it is not meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, ceil, cos, floor, log10, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius
KM_A_DEGREE = EARTH_KM * radians(1)
STEEPEST = 85.0
LEAST_KM, MOST_KM = 0.1, 12_000.0


@dataclass(frozen=True)
class Point:
    """Degrees of WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Field:
    """A square of `size` units whose middle is `middle` and whose side is `km` long."""

    middle: Point
    km: float
    size: int = 360

    @property
    def _stretch(self) -> float:
        return cos(radians(max(-STEEPEST, min(STEEPEST, self.middle.latitude))))

    def place(self, point: Point) -> tuple[float, float]:
        """(x, y) of a point, from the left and from the top; outside of 0 to `size` where it is off the field."""
        east = _turn(point.longitude - self.middle.longitude) * self._stretch * KM_A_DEGREE
        south = (self.middle.latitude - point.latitude) * KM_A_DEGREE
        return (self.size / 2 + east * self.size / self.km, self.size / 2 + south * self.size / self.km)

    def point_at(self, x: float, y: float) -> Point:
        """The point that falls on (x, y), kept on earth."""
        east = (x - self.size / 2) * self.km / self.size
        south = (y - self.size / 2) * self.km / self.size
        latitude = self.middle.latitude - south / KM_A_DEGREE
        longitude = _turn(self.middle.longitude + east / (KM_A_DEGREE * self._stretch))
        return Point(max(-90.0, min(90.0, latitude)), longitude)

    def holds(self, point: Point) -> bool:
        x, y = self.place(point)
        return 0 <= x <= self.size and 0 <= y <= self.size


@dataclass(frozen=True)
class Scale:
    """A bar of 1, 2 or 5 times a power of ten: its length in kilometres and in units of the field."""

    km: float
    length: float


def _turn(degrees: float) -> float:
    """Between -180 and 180."""
    return (degrees + 180.0) % 360.0 - 180.0


def distance(one: Point, other: Point) -> float:
    """Kilometres along the great circle (haversine formula)."""
    south, north = radians(one.latitude), radians(other.latitude)
    half_height = sin((north - south) / 2) ** 2
    half_width = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half_height + cos(south) * cos(north) * half_width)))


def frame_of(
    points: Sequence[Point], *, least_km: float = 1.0, size: int = 360, air: float = 1.25
) -> Field | None:
    """The square that holds all points with some air, at least `least_km` wide; None without a point."""
    if not points:
        return None
    # Longitudes are counted from the first point, so that a place on both sides of the date line is no world.
    first = points[0].longitude
    east = [_turn(point.longitude - first) for point in points]
    north = [point.latitude for point in points]
    middle = Point((min(north) + max(north)) / 2, _turn(first + (min(east) + max(east)) / 2))
    flat = Field(middle, 1.0, 1)
    wide = (max(east) - min(east)) * KM_A_DEGREE * flat._stretch
    high = (max(north) - min(north)) * KM_A_DEGREE
    return Field(middle, min(MOST_KM, max(least_km, max(wide, high) * air, LEAST_KM)), size)


def scale_of(field: Field) -> Scale:
    """The longest round bar that takes at most a third of the field."""
    most = field.km / 3 * (1 + 1e-9)  # 0.3 / 3 is a little less than 0.1
    power = 10.0 ** floor(log10(most))
    km = next(step * power for step in (5, 2, 1) if step * power <= most)
    return Scale(km, km * field.size / field.km)


def grid_of(field: Field) -> list[float]:
    """Units from the left (and from the top) of lines that stand one bar of the scale apart, one in the middle."""
    step = scale_of(field).length
    half = field.size / 2
    return [half + number * step for number in range(ceil(-half / step), floor(half / step) + 1)]
