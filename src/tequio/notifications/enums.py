from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Event(models.TextChoices):
    """What may happen to a thing. The words stand over the switches."""

    OPENED = "opened", _("Something opens")
    CLOSING = "closing", _("Something closes soon")
    OVER = "over", _("Something is over")
    RESULTS = "results", _("First results are out")
    ANSWERED = "answered", _("An organiser answers")
    PROGRESS = "progress", _("What came of it moves on")
    ANSWER_DUE = "answer_due", _("An answer I owe is due")
    PUBLISHED = "published", _("What I wrote is shown")
    DECLINED = "declined", _("What I wrote is not shown")
    DECIDED = "decided", _("A moderator decides on what I wrote or reported")
    ROLE = "role", _("I am given a role")
    TRANSLATED = "translated", _("What I wrote is translated")
    CARRIED = "carried", _("What I wrote is carried on")
    REACHED = "reached", _("An idea has enough support for an answer")
    JOINED = "joined", _("An idea I support is joined with another")
    INVITED = "invited", _("I am asked to be a co-author")


class Channel(models.TextChoices):
    """Where a person hears of it."""

    PAGE = "page", _("Here on the page")
    AT_ONCE = "at_once", _("A letter at once")
    DIGEST = "digest", _("In my digest")


class Rhythm(models.TextChoices):
    """How often a digest comes."""

    NEVER = "never", pgettext_lazy("digest", "Never")
    DAILY = "daily", pgettext_lazy("digest", "Every day")
    WEEKLY = "weekly", pgettext_lazy("digest", "Once a week")


class Stop(StrEnum):
    """What one click at the foot of a letter ends."""

    DIGEST = "digest"
    AT_ONCE = "at_once"
    ALL = "all"
