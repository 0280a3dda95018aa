"""A plain map as finished values: no tiles, no request to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.base.multilingual import Reading


@dataclass(frozen=True)
class Mark:
    """A thing on the map. `number` joins it to its line in the table beside; `x` from the left, `y` from the top."""

    x: float
    y: float
    number: int
    kind: str
    words: Reading
    path: str
    where: str = ""


@dataclass(frozen=True)
class PlaceName:
    """The name of a place at its middle."""

    x: float
    y: float
    words: Reading


@dataclass(frozen=True)
class PlaceMap:
    """A square of `size` units, `km` wide; `scale_km` and `scale` are the bar in kilometres and units.

    `frame` is the same square as an address carries it: "latitude,longitude,km".
    """

    size: int
    km: float
    frame: str
    lines: tuple[float, ...]
    scale: float
    scale_km: float
    marks: tuple[Mark, ...] = ()
    names: tuple[PlaceName, ...] = ()
    chosen: tuple[float, float] | None = None
    more: int = 0

    @property
    def scale_words(self) -> str:
        """As "500 m" or "2 km", the same in all languages of the interface."""
        if self.scale_km < 1:
            return f"{round(self.scale_km * 1000)} m"
        return f"{round(self.scale_km)} km"
