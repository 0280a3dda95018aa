"""How likely a first post is not meant for people: signs that anybody can read, added up with weights."""

from .assess import Assessment, assess
from .signs import SIGNS, Filling, Post, signs_of

__all__ = ["SIGNS", "Assessment", "Filling", "Post", "assess", "signs_of"]
