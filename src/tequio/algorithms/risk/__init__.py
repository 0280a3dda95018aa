"""How likely a post is not meant for people: signs that anybody can read, added up with weights."""

from .assess import Assessment, assess
from .change import adds_risk, links_in
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
    "adds_risk",
    "assess",
    "links_in",
    "signs_of",
    "urgency_of",
]
