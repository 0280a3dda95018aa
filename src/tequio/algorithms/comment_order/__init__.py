"""In which order comments are read: recent, answered, useful, and some by lot, so that late ones are seen."""

from .order import FEATURES, Numbers, Placed, Remark, arrange, values_of

__all__ = ["FEATURES", "Numbers", "Placed", "Remark", "arrange", "values_of"]
