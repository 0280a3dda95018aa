"""What may be turned about the opinion map, and the version of its mathematics."""

from __future__ import annotations

from dataclasses import asdict, dataclass

NAME = "opinion-map"
VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every number the method depends on. The defaults are explained in algorithms/explained/opinion-map.md.

    `min_group_size` None means max(5, 5 % of the people placed); 1 reproduces the reference.
    `seed` only starts the search for the axes: it moves results by rounding errors, not by more.
    """

    min_group_size: int | None = None
    max_groups: int = 5
    min_votes: int = 7
    fill_to: int = 15
    exact_up_to: int = 4000
    grid: int = 96
    polishing_steps: int = 3
    significance: float = 1.2816
    listed: int = 5
    smoothing: int = 4
    axes_tolerance: float = 1e-8
    seed: int = 0

    def __post_init__(self) -> None:
        lowest = {"max_groups": 2, "min_votes": 1, "fill_to": 0, "exact_up_to": 1, "grid": 2}
        lowest |= {"polishing_steps": 0, "listed": 1, "smoothing": 1, "seed": 0}
        for name, least in lowest.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, not {getattr(self, name)}")
        if self.min_group_size is not None and self.min_group_size < 1:
            raise ValueError(f"min_group_size must be at least 1, not {self.min_group_size}")
        if not 0 < self.axes_tolerance < 1:
            raise ValueError(f"axes_tolerance must lie between 0 and 1, not {self.axes_tolerance}")

    def smallest_group(self, placed: int) -> int:
        """The least number of people a group needs when `placed` people are on the map."""
        if self.min_group_size is not None:
            return self.min_group_size
        return max(5, -(-placed // 20))

    def as_dict(self) -> dict[str, int | float | None]:
        return asdict(self)
