from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("In use")
    OLD = "old", _("Used before")


class Combining(models.TextChoices):
    """How the values of the features become one number."""

    PRODUCT = "product", _("Each value is raised to the power of its weight; the results are multiplied.")
    SUM = "sum", _("Each value is multiplied by its weight; the results are added.")
