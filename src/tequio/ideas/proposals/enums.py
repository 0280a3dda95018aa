from django.db import models
from django.utils.translation import gettext_lazy as _


class HowOften(models.TextChoices):
    """How often a problem is met."""

    ONCE = "once", _("It happened once")
    SOMETIMES = "sometimes", _("Now and then")
    WEEKLY = "weekly", _("Every week")
    DAILY = "daily", _("Every day")
    ALWAYS = "always", _("All the time")
