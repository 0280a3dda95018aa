"""Who arrived in a burst and answers alike: the sign of one person behind many."""

from .cohorts import NUMBERS, Cohort, Numbers, cohorts, cohorts_of, with_numbers
from .crowds import bursts

__all__ = ["NUMBERS", "Cohort", "Numbers", "bursts", "cohorts", "cohorts_of", "with_numbers"]
