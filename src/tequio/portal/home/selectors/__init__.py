"""What home, places and doors show, each as finished values for one template."""

from .doors import door_page
from .front import home_page
from .organisations import organisation_list, organisation_page
from .places import countries, place, territory_page

__all__ = [
    "countries",
    "door_page",
    "home_page",
    "organisation_list",
    "organisation_page",
    "place",
    "territory_page",
]
