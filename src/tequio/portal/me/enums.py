from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CopyState(models.TextChoices):
    """How far the copy of somebody's data is."""

    WAITING = "waiting", pgettext_lazy("copy of data", "It begins in a moment")
    RUNNING = "running", pgettext_lazy("copy of data", "It is being written")
    DONE = "done", pgettext_lazy("copy of data", "Ready")
    FAILED = "failed", pgettext_lazy("copy of data", "It did not work")


class ErasureState(models.TextChoices):
    """From the wish to its end."""

    ASKED = "asked", _("Waits for the code")
    WAITING = "waiting", _("Waits for its day")
    DONE = "done", _("Done")
    CALLED_OFF = "called_off", _("Called off")


class ErasureReason(models.TextChoices):
    """Who wanted it, and by which way; a closed list, because free text would name somebody."""

    HERSELF = "self", _("She herself, on this site")
    LETTER = "letter", _("By a letter")
    GUARDIAN = "guardian", _("By a parent or guardian")
    AUTHORITY = "authority", _("By an authority or a court")
    DEATH = "death", _("After a death")
