"""The picture of an opinion map: positions in, shapes on a small field out.

picture = draw(positions, groups)         # groups: 0.. for those in a group, -1 for those not placed
picture.groups[0].edge, picture.groups[0].marks, picture.scale.at(x, y)
"""

from tequio.algorithms.map_picture.draw import GroupShape, Picture, Scale, draw
from tequio.algorithms.map_picture.hull import convex_hull, rounded_hull
from tequio.algorithms.map_picture.labels import Box, Pointer, choose_label_spot, choose_pointer
from tequio.algorithms.map_picture.marks import aggregate_marks, people_per_mark
from tequio.algorithms.map_picture.paths import dash_path, mark_path, smooth_path

__all__ = [
    "Box",
    "GroupShape",
    "Picture",
    "Pointer",
    "Scale",
    "aggregate_marks",
    "choose_label_spot",
    "choose_pointer",
    "convex_hull",
    "dash_path",
    "draw",
    "mark_path",
    "people_per_mark",
    "rounded_hull",
    "smooth_path",
]
