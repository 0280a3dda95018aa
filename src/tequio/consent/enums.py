from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What somebody may agree to. Each is agreed to, and withdrawn, on its own."""

    OPINIONS = "opinions", _("My answers on the opinion map")
    IDEAS = "ideas", _("Ideas I propose and support")
    RESEARCH = "research", _("My answers for research and open data")
    LETTERS = "letters", _("Letters about what I follow")
    NEWS = "news", _("Letters about what is new in my place")


class Channel(models.TextChoices):
    """By which way it was said."""

    WEB = "web", _("On this site")
    PAPER = "paper", _("On paper")
    SMS = "sms", _("By SMS")
    HELPER = "helper", _("Said to a helper")
    PROGRAM = "program", _("By a program with her key")
