from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rule(models.TextChoices):
    """The rules of the Rules page, and the law. Whoever reports something says which one it breaks."""

    ATTACK = "attack", _("It attacks or threatens people")
    HATE = "hate", _("It stirs up hatred against a group")
    PERSONAL = "personal", _("It tells private things about somebody")
    FALSE_NAME = "false_name", _("It pretends to come from somebody else")
    SPAM = "spam", _("It is advertising")
    OFF_TOPIC = "off_topic", _("It has nothing to do with the matter")
    LAW = "law", _("It breaks a law")


class Measure(models.TextChoices):
    """What is done with a thing; nothing is ever deleted."""

    HIDE = "hide", _("It is not shown any more")
    LEAVE = "leave", _("It stays as it is")
    ASK = "ask", _("It stays, and its author is asked to change it")
    SHOW = "show", _("It is shown")


class Found(models.TextChoices):
    """How a moderator came to look at it."""

    REPORT = "report", _("Somebody reported it")
    SIGNS = "signs", _("The program held it back because of its signs")
    BOTH = "both", _("It was reported, and the program had held it back")
    MODERATOR = "moderator", _("A moderator came across it")


class Side(models.TextChoices):
    """Who appeals."""

    AUTHOR = "author", pgettext_lazy("who appeals", "Its author")
    REPORTER = "reporter", pgettext_lazy("who appeals", "Who reported it")


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("The decision stands")
    OVERTURNED = "overturned", _("The decision is changed")


class What(models.TextChoices):
    """What can be reported, as it stands in addresses."""

    ITEM = "item", _("Thing")
    COMMENT = "comment", pgettext_lazy("noun", "Comment")
    ORGANISATION = "organisation", _("Organisation")
