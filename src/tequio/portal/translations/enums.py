from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Need(models.TextChoices):
    """What a text needs in a language."""

    MISSING = "missing", pgettext_lazy("of a translation", "Missing")
    STALE = "stale", _("Older than the original")
    MACHINE = "machine", _("By a machine, read by nobody")
