"""In which order ideas are read: a rotation by weighted lot, so that late ones are seen as well as early ones."""

from .rotation import FEATURES, SHIFT, Idea, Numbers, Placed, arrange, lot, phase, values_of

__all__ = ["FEATURES", "SHIFT", "Idea", "Numbers", "Placed", "arrange", "lot", "phase", "values_of"]
