"""Ideas and problems, for programs."""

from .ideas import router
from .problems import router as problems

__all__ = ["problems", "router"]
