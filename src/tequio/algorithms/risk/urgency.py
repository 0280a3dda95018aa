"""How urgent it is that somebody looks at a thing: the values that the recipe "report-queue" weighs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A thing that waits for a moderator.

    `reports`: how many people reported it, and `by_hand` how many of the reports show no sign of a machine.
    `risk`: the sum of its own signs over the limit of the screening, 0 and more. `hours`: since it came in.
    """

    reports: int = 0
    by_hand: int = 0
    is_grave: bool = False
    is_shown: bool = False
    risk: float = 0.0
    hours: float = 0.0


def urgency_of(case: Case, *, half_reports: float, half_wait: float) -> dict[str, float]:
    """{feature: value from 0 to 1}. Saturating: n/(n + half), so the hundredth report moves nothing any more."""
    return {
        "grave": float(case.is_grave),
        "reports": case.reports / (case.reports + half_reports),
        "shown": float(case.is_shown),
        "by_hand": float(case.by_hand > 0),
        "signs": min(1.0, max(0.0, case.risk)),
        "waiting": max(0.0, case.hours) / (max(0.0, case.hours) + half_wait),
    }
