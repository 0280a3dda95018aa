"""How likely a first post is not meant for people: signs that anybody can read, added up with weights."""

from .assess import Assessment, assess
from .signs import MACHINE, PICTURE, SIGNS, Filling, Post, signs_of
from .urgency import Case, urgency_of

__all__ = [
    "MACHINE",
    "PICTURE",
    "SIGNS",
    "Assessment",
    "Case",
    "Filling",
    "Post",
    "assess",
    "signs_of",
    "urgency_of",
]
