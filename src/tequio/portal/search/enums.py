"""What a search can be narrowed to, and the orders it is offered in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Moment(models.TextChoices):
    OPEN = "open", _("Open now")
    LATER = "later", pgettext_lazy("state of things found", "Opens later")
    OVER = "over", _("Over")


class Order(models.TextChoices):
    BEST = "best", _("Best match first")
    NEWEST = "newest", _("Newest first")
    CLOSING = "closing", _("Closing soonest first")


class Facet(models.TextChoices):
    KIND = "kind", _("Kind")
    DOOR = "door", _("Door")
    PLACE = "place", _("Place")
    LANGUAGE = "language", _("Can be read in")
    STATE = "state", _("State")
