"""Opening, changing and ending processes; what their phases open."""

from __future__ import annotations

from .opening import open_process
from .plans import PhasePlan, Plan

__all__ = ["PhasePlan", "Plan", "open_process"]
