"""A plain map of a place: where points fall on a field, how long a bar of the scale is, how far it is."""

from .field import Field, Point, Scale, distance, frame_of, grid_of, scale_of

__all__ = ["Field", "Point", "Scale", "distance", "frame_of", "grid_of", "scale_of"]
