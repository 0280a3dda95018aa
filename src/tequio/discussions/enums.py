from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    """On which side of a discussion in two columns a comment stands."""

    FOR = "for", pgettext_lazy("side of a discussion", "For")
    AGAINST = "against", pgettext_lazy("side of a discussion", "Against")


class CommentState(models.TextChoices):
    """Hidden is none of these: it stands beside, so that showing it again restores what it was."""

    PUBLISHED = "published", pgettext_lazy("state of a comment", "Published")
    HELD = "held", pgettext_lazy("state of a comment", "Waiting for a moderator")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a comment", "Withdrawn")


class Order(models.TextChoices):
    """In which order comments are read; the first is the recipe's."""

    RECIPE = "mixed", _("Mixed")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
